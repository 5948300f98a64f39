"""What views that write have in common: the clash page, the careful pause, and where to go afterwards."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from recommendations.forms.base import WritingForm, token_of
from recommendations.models import Part
from recommendations.services.records import EditClash, sent_before
from subgroups.access import Request


def sent_already(request: Request, model: type[models.Model]) -> Any | None:
    """What this very form with this text saved before, or None.

    One that was withdrawn since is no longer saved: it goes on under a fresh token, and meets the clash page.
    """
    before = sent_before(model, token_of(request.POST), request.user)
    if before is None or not getattr(before, "is_withdrawn", False):
        return before
    again = request.POST.copy()
    again["token"] = str(uuid.uuid4())
    request.POST = again  # type: ignore[assignment]
    return None


def saved(request: Request, part: Part, words: str, undo_url: str = "") -> HttpResponse:
    """Back to the recommendation, with a focused banner that says what was saved, and Undo where it can be."""
    messages.success(request, words, extra_tags=undo_url)
    return HttpResponseRedirect(part.get_absolute_url())


def carried(request: Request, form: WritingForm) -> list[tuple[str, str]]:
    """Everything that was sent except what `form` asks for itself, to carry on to the next page."""
    asked = {"csrfmiddlewaretoken"} | {
        sent for name in form.fields for sent in (name, f"{name}_day", f"{name}_month", f"{name}_year")
    }
    return [(name, value) for name, values in request.POST.lists() if name not in asked for value in values]


def clash(request: Request, error: EditClash, form: WritingForm, **context: Any) -> HttpResponse:
    """Both texts, and the writer's own in the form still, ready to be saved on top of what now stands."""
    form.look_again(error.part.version)
    context |= {"form": form, "part": error.part, "theirs": error.latest, "hidden": carried(request, form)}
    return render(request, "recommendations/writing/clash.html", context, status=409)


def refuse_if(reason: str) -> None:
    """Raises PermissionDenied with the reason, if there is one."""
    if reason:
        raise PermissionDenied(reason)
