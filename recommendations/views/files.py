"""The one door through which files leave: who took what is written down before the first byte goes out."""

from collections.abc import Callable, Iterable
from typing import IO

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from recommendations.services.exporting import log_export
from subgroups.access import Request

Content = bytes | IO[bytes] | Iterable[bytes]


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
