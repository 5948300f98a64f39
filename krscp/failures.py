"""What a visitor sees where the tracker cannot store anything: that nothing was saved, what to do, what was typed."""

import errno
import logging
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
ON_SQLITE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")
ON_POSTGRESQL = {"25006", "53100"}  # a transaction that may only read; a full disk


def cannot_store(error: BaseException | None) -> bool:
    """Whether it failed because disk or database took nothing: full, or open for reading only."""
    return any(
        getattr(one, "sqlite_errorname", "").startswith(ON_SQLITE)
        or getattr(one, "pgcode", "") in ON_POSTGRESQL
        or (isinstance(one, OSError) and one.errno in FULL_DISK)
        for one in chain(error)
    )


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what caused it, and what was being handled when it was raised."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


def nothing_stored(request: HttpRequest) -> HttpResponse:
    """A page that looks nothing up, with what was typed to copy."""
    page = {"typed": typed_in(request), "sent": request.method == "POST"}
    return HttpResponse(render_to_string("503.html", page), status=503, headers={"Retry-After": "300"})


def typed_in(request: HttpRequest) -> list[str]:
    """What reads as written text, as it was sent; nothing, where what was sent cannot be read any more."""
    try:
        sent = list(request.POST.lists())
    except Exception:
        log.warning("What was sent could not be read.")
        return []
    return [value for name, values in sent for value in values if "password" not in name and " " in value.strip()]
