"""Refusals: the reason, and whom to ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from krscp.kept import written
from subgroups.permissions import Permission, posts_that_may

MOST = 8


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a record that may be read but not changed, or a page not for this person's posts."""
    if request.user.is_authenticated and not request.user.current_posts:
        return render(request, "subgroups/no_post.html", status=403)
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
