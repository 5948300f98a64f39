"""What views that write have in common: the clash page, the careful pause, and where to go afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from recommendations.forms.base import WritingForm
from recommendations.models import Part
from recommendations.services.records import EditClash
from subgroups.access import Request


def saved(request: Request, part: Part, words: str, undo_url: str = "") -> HttpResponse:
    """Back to the recommendation, with a focused banner that says what was saved, and Undo where it can be."""
    messages.success(request, words, extra_tags=undo_url)
    return HttpResponseRedirect(part.get_absolute_url())


def carried(request: Request, form: WritingForm) -> list[tuple[str, str]]:
    """Everything that was sent except what `form` asks for itself, to carry on to the next page."""
    asked = {"csrfmiddlewaretoken", "identifies_nobody"} | {
        sent for name in form.fields for sent in (name, f"{name}_day", f"{name}_month", f"{name}_year")
    }
    return [(name, str(value)) for name, value in request.POST.items() if name not in asked]


def clash(request: Request, error: EditClash, form: WritingForm, **context: Any) -> HttpResponse:
    """Both texts, and the writer's own in the form still, ready to be saved on top of what now stands."""
    form.look_again(error.part.version)
    context |= {"form": form, "part": error.part, "theirs": error.update, "hidden": carried(request, form)}
    return render(request, "recommendations/writing/clash.html", context, status=409)


def refuse_unless(reason: str) -> None:
    """Raises PermissionDenied with the reason, if there is one."""
    if reason:
        raise PermissionDenied(reason)
