"""Refusals and failures: the reason, whom to ask, and a way on that does not lead back to the same page."""

import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from krscp.failures import cannot_store, nothing_stored
from krscp.forms.unsent import written
from subgroups.context import page
from subgroups.permissions import Permission, posts_that_may

MOST = 8
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be taken; 413: it is too large; 503: nothing can be stored, the session neither.

    Asked by a wrong name, no link here would work; an address that cannot be read is refused before anybody is known.
    """
    if cannot_store(exception):
        return nothing_stored(request)
    if isinstance(exception, DisallowedHost):
        return HttpResponse(render_to_string("400_host.html"), status=400)
    if isinstance(exception, TOO_LARGE):
        return onward(request, "413.html", 413)
    if not hasattr(request, "user"):
        return HttpResponse(render_to_string("400.html"), status=400)
    return onward(request, "unreadable.html", 400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's check against forgery failed, most often because the page was old.

    What was typed is given back if the browser says that a page of the tracker sent it; others put no words here.
    """
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return onward(request, "403_csrf.html", 403, typed=written(request) if own else [])


def broken(request: HttpRequest) -> HttpResponse:
    """500: with the menu, but for what failed just now; 503 where nothing can be stored."""
    if cannot_store(sys.exc_info()[1]):
        return nothing_stored(request)
    return onward(request, "500.html", 500, without=request.path)


def onward(request: HttpRequest, template: str, status: int, without: str = "", **more: object) -> HttpResponse:
    """A page with the menu; a plain one without links where the menu's own questions fail."""
    try:
        told = page(request)
        links = [link for link in told["navigation"] if link.url != without]  # type: ignore[attr-defined]
        home = "" if without == "/" else told["home_url"]
        return render(request, template, {"navigation": links, "home_url": home, **more}, status=status)
    except Exception:  # whatever broke may break this too
        return HttpResponse(render_to_string("500_plain.html"), status=500)


def say_not_allowed(respond: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """405 in words, where Django would send an empty page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        if response.status_code != 405 or response.streaming or response.content:  # type: ignore[attr-defined]
            return response
        told = onward(request, "405.html", 405)
        told["Allow"] = response["Allow"]
        return told

    return answer


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a record that may be read but not changed, or a page not for this person's posts."""
    if request.user.is_authenticated and not request.user.current_posts:
        return render(request, "subgroups/no_post.html", {"typed": written(request)}, status=403)
    about, permission = given(exception)
    owned = about if hasattr(about, "owning_body_ids") else None
    context = {
        "reason": about if isinstance(about, str) else "",
        "readable": about if hasattr(about, "get_absolute_url") else None,
        "typed": written(request),
        "ask": posts_that_may(permission, owned)[:MOST] if permission else [],
    }
    return render(request, "403.html", context, status=403)


def given(exception: Exception | None) -> tuple[Any, Permission | None]:
    """What a refusal was about, or its reason in words, and the permission that was missing."""
    arguments = exception.args if exception is not None else ()
    about, permission = (*arguments, None, None)[:2]
    return about, permission
