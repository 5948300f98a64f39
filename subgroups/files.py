"""The one door through which files leave: who took what is written down before the first byte goes out."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from krscp import clock
from krscp.files.columns import Stamp
from krscp.files.downloads import FILE_FORMATS, Content, Listing, file_name, made
from subgroups.access import Request
from subgroups.models import Partnership
from subgroups.services.exporting import log_export


def send_file(
    request: Request,
    make: Callable[[], Content],
    name: str,
    content_type: str,
    *,
    what: str,
    rows: int,
    filtered: str = "",
) -> HttpResponseBase:
    """A file as an answer, saved under its name, never shown in the browser; nothing else sends one.

    It is written down first, then made, so that a file of the log has its own row. An open file is closed with the
    answer; pieces are sent as they are made.
    """
    ending = name.rpartition(".")[2]
    log_export(what=what, file_format=ending, filtered_by=filtered, rows=rows, by=request.user)
    content, headers = make(), {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    if isinstance(content, bytes):
        return HttpResponse(content, content_type, headers=headers)
    if hasattr(content, "read"):
        return FileResponse(content, content_type=content_type, headers=headers)
    return StreamingHttpResponse(content, content_type, headers=headers)


def send_list(
    request: Request, listing: Listing, file_format: str, filtered: str = "", as_at: datetime | None = None
) -> HttpResponseBase:
    """The list as a file, written down first; a page in plain words where Word cannot take it."""
    if not listing.is_there_as(file_format):
        raise Http404("There is no such file format.")
    if listing.is_too_long_for(file_format):
        place = request.path.removesuffix(f"export/{file_format}/")
        context = {"count": listing.count, "most": FILE_FORMATS[file_format].most, "place": place}
        return render(request, "pages/too_long.html", context, status=422)
    make = partial(made, listing, file_format, stamp(as_at or clock.now(), filtered))
    name, told = file_name(listing, file_format, clock.today()), FILE_FORMATS[file_format].content_type
    return send_file(request, make, name, told, what=listing.title, rows=listing.count, filtered=filtered)


def stamp(as_at: datetime, filtered: str = "") -> Stamp:
    """What every file says of itself: the moment, the marking, the filter, and whether it is a demonstration."""
    demonstration = Partnership.objects.filter(is_demonstration=True).exists()
    return Stamp(as_at, settings.MARKING, demonstration, filtered)
