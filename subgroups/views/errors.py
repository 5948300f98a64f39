"""Refusals: the reason, and whom to ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from subgroups.models import Post


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a record that may be read but not changed, or a page not for this person's posts."""
    if request.user.is_authenticated and not request.user.current_posts:
        return render(request, "subgroups/no_post.html", status=403)
    about: Any = exception.args[0] if exception is not None and exception.args else None
    owners = about.owning_body_ids() if hasattr(about, "owning_body_ids") else frozenset()
    leaders = Post.objects.filter(body__in=owners, role__in=["co_chair", "lead", "commissioner", "slg_chair"])
    context = {
        "reason": about if isinstance(about, str) else "",
        "readable": about if hasattr(about, "get_absolute_url") else None,
        "ask": list(leaders.select_related("body")[:6]),
    }
    return render(request, "403.html", context, status=403)
