"""One way to change what stands: checked, saved once, and where somebody was quicker both are shown to choose from."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from krscp.forms.tokens import KEEP
from recommendations.domain.workflow import WorkflowError
from recommendations.services.records import Moved
from recommendations.writing.edit_forms import EditForm
from recommendations.writing.forms import BOTH, THEIRS
from recommendations.writing.saying import NOTHING_SAVED, carried
from subgroups.access import Request
from subgroups.once import Answer
from subgroups.sending import answer_once

Make = Callable[[QueryDict | None], EditForm]
Save = Callable[[EditForm], Answer]
CLASH = "recommendations/writing/edit_clash.html"


def edit(
    request: Request, about: models.Model, make: Make, save: Save, *, template: str, place: str, **page: Any
) -> HttpResponse:
    """Show the form over what stands, or take what was sent; `place` is where it leads, and where “Keep theirs” does.

    `make` gives the form with what was sent, or with what stands now; `save` raises Moved when that has moved on.
    """
    if request.POST.get(KEEP) == THEIRS:
        messages.info(request, NOTHING_SAVED)
        return HttpResponseRedirect(place)
    form = make(request.POST or None)
    page |= {"about": about, "place": place}
    if request.POST.get(KEEP) == BOTH:
        return choose(request, make(form.combined_with(make(None))), make, both=True, **page)
    if not form.is_careful():
        return render(request, template, page | {"form": form})
    try:
        return answer_once(request, lambda: save(form))
    except Moved:
        return moved(request, form, make, save, **page)
    except WorkflowError as error:
        form.add_error(None, str(error))
        return render(request, template, page | {"form": form}, status=409)


def moved(request: Request, form: EditForm, make: Make, save: Save, **page: Any) -> HttpResponse:
    """Save on top of what moved elsewhere; where what moved is in these boxes, show both."""
    page["about"].refresh_from_db()
    now = make(None)
    again = make(form.over(now))
    if form.stood_before() == now.boxes() and again.is_careful():
        try:
            return answer_once(request, lambda: save(again))
        except Moved:
            now = make(None)
    return choose(request, make(form.over(now)), make, **page)


def choose(request: Request, form: EditForm, make: Make, *, both: bool = False, **page: Any) -> HttpResponse:
    """What stands and what was sent, where they differ; nothing is saved before one of the answers is chosen."""
    latest = page["about"].history.first()
    page |= {"form": form, "both": both, "theirs": latest, "differing": form.differing(make(make(None).as_sent()))}
    page["is_own"] = latest is not None and latest.history_user_id == request.user.pk
    page["hidden"] = carried(request, form)
    return render(request, CLASH, page, status=200 if both else 409)
