"""What views that write have in common: the clash page, the careful pause, and where to go afterwards."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from krscp.forms.tokens import KEEP, token_of
from recommendations.models import Part
from recommendations.services.records import EditClash
from recommendations.state.said import told
from recommendations.writing.combine import joined
from recommendations.writing.forms import BOTH, THEIRS, WritingForm
from subgroups.access import Request
from subgroups.sending import top_of
from subgroups.services.records import sent_before

NOTHING_SAVED = "Nothing of what you wrote was saved. What was there before you stands."


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
    return HttpResponseRedirect(top_of(part.get_absolute_url()))


def carried(request: Request, *forms: WritingForm | None) -> list[tuple[str, str]]:
    """Everything that was sent except what these forms ask for themselves, to carry on to the next page."""
    asked = {"csrfmiddlewaretoken", KEEP} | {
        sent
        for form in forms if form is not None
        for name in form.fields
        for sent in (name, f"{name}_day", f"{name}_month", f"{name}_year")
    }  # fmt: skip
    return [(name, value) for name, values in request.POST.lists() if name not in asked for value in values]


def keeps_theirs(request: Request, part: Part) -> HttpResponse | None:
    """Back to the recommendation, where the writer chose to let the other text stand alone."""
    if request.POST.get(KEEP) != THEIRS:
        return None
    messages.info(request, NOTHING_SAVED)
    return HttpResponseRedirect(top_of(part.get_absolute_url()))


def combines(request: Request, part: Part) -> bool:
    """Whether the writer chose to combine; what was sent then holds both texts. Saves nothing yet."""
    if request.POST.get(KEEP) != BOTH:
        return False
    request.POST = joined(request.POST, EditClash(part).latest, part)  # type: ignore[assignment]
    return True


def clash(
    request: Request, error: EditClash, form: WritingForm, *, also: WritingForm | None = None, **context: Any
) -> HttpResponse:
    """Both texts, and the writer's own in the form still, ready to be saved on top of what now stands.

    `also` is a second page of the form.
    """
    form.look_again(error.part.version)
    theirs = error.latest
    what, facts = told(theirs) if theirs is not None else ("", [])
    context |= {"form": form, "also": also, "part": error.part, "theirs": theirs, "what": what, "facts": facts}
    context["is_own"] = theirs is not None and theirs.author_id == request.user.pk
    context["typed"] = _typed(form, also)
    context["hidden"] = carried(request, form, also)
    return render(request, "recommendations/writing/clash.html", context, status=200 if "both" in context else 409)


def combined(request: Request, part: Part, form: WritingForm, **context: Any) -> HttpResponse:
    """The same page with both texts in the boxes, to be edited and saved."""
    return clash(request, EditClash(part), form, both=True, **context)


def not_taken(request: Request, template: str, *forms: WritingForm | None, **page: Any) -> HttpResponse:
    """The page that says why nothing can be saved here now; it gives back what was written."""
    return render(request, template, page | {"typed": _typed(*forms)}, status=409)


def _typed(*forms: WritingForm | None) -> list[tuple[str, str]]:
    return [line for form in forms if form is not None for line in form.typed()]


def refuse_if(reason: str) -> None:
    """Raises PermissionDenied with the reason, if there is one."""
    if reason:
        raise PermissionDenied(reason)
