"""How anything is written: one order of steps for every form, whatever it is about.

Keep theirs → sent already → not for this person → not taken now → combine → checked and careful → on to another
page → save → refused, or somebody else was quicker. Nothing that was typed is lost on the way.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from krscp.forms.careful import PlainForm
from krscp.forms.combine import AnsweredBox, boxes_of, combined, on_top, stood_in
from krscp.forms.date_field import day_boxes
from krscp.forms.found_field import pick_of
from krscp.forms.tokens import BOTH, KEEP, THEIRS, token_of
from krscp.refusals import Moved, Refusal, refuse_if

NOTHING_SAVED = "Nothing of what you wrote was saved. What was there before you stands."
F = TypeVar("F", bound=PlainForm)
A = TypeVar("A")
Told = Callable[[Any], Mapping[str, Any]]  # what a page shows of the form that was sent


class TakenBack(Exception):
    """What this form saved was taken back since: it is saved no longer, and may be sent anew."""


@dataclass(frozen=True)
class Screen:
    """A template and what it shows; `status` is how it is answered where nothing was sent."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    told: Told = lambda form: {}
    status: int = 200


@dataclass(frozen=True)
class Stands:
    """What stands now: what a form says that has seen it, its answers, and what the page tells of it."""

    seen: Mapping[str, str]
    answers: Sequence[AnsweredBox] = ()
    told: Told = lambda form: {}


@dataclass(frozen=True)
class Clash:
    """How to read what stands where somebody was quicker, and the page of two texts; without one the form says it.

    `stands` is given what the service said, or None where “Combine” was chosen.
    """

    stands: Callable[[Moved | None], Stands]
    page: Screen | None = None


@dataclass(frozen=True)
class Writing(Generic[F, A]):
    """One thing to write.

    `make` gives the form over what was sent, or over what stands; `save` raises Refusal, or Moved where somebody else
    was quicker; `once` does it and answers. `place` is where “Keep theirs” leads. `before` says what this form
    answered when it was sent first, where the row keeps its token, and raises TakenBack.
    """

    make: Callable[[QueryDict | None], F]
    save: Callable[[F], A]
    once: Callable[[HttpRequest, Callable[[], A]], HttpResponse]
    page: Screen
    place: str
    before: Callable[[uuid.UUID | None], A | None] = lambda token: None
    why_not: str = ""  # why this person may not
    closed: Screen | None = None  # where nothing is taken now
    clash: Clash | None = None
    box: str | None = None  # which box a refusal is about
    asked: Mapping[str, str] = field(default_factory=dict)  # what the page shows beside the form, to be seen again
    goes_on: Callable[[F], HttpResponse | None] = lambda form: None
    refused: Callable[[F, Refusal], HttpResponse] | None = None  # where the page of the form cannot say it

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page with the form, or what becomes of what was sent."""
        if request.method != "POST":
            refuse_if(self.why_not)
            page = self.closed or self.page
            return self._show(request, self.make(None), page, page.status)
        if request.POST.get(KEEP) == THEIRS:
            messages.info(request, NOTHING_SAVED)
            return HttpResponseRedirect(top_of(self.place))
        sent: QueryDict = request.POST
        try:
            before = self.before(token_of(sent))
        except TakenBack:
            before, sent = None, on_top(sent, {"token": str(uuid.uuid4())})
        if before is not None:
            return self.once(request, lambda: before)
        refuse_if(self.why_not)
        return self._take(request, sent)

    def _take(self, request: HttpRequest, sent: QueryDict) -> HttpResponse:
        """What was sent, for the first time and by somebody who may."""
        form = self.make(sent)
        if self.closed is not None:
            return self._show(request, form, self.closed, 409, typed=form.typed())
        if sent.get(KEEP) == BOTH and self.clash is not None:
            now = self.clash.stands(None)
            return self._choose(request, self.make(combined(sent, now.seen, now.answers)), now, both=True)
        if not form.is_careful():
            return self._show(request, form)
        return self.goes_on(form) or self._save(request, form)

    def _save(self, request: HttpRequest, form: F, *, merges: bool = True) -> HttpResponse:
        try:
            return self.once(request, lambda: self.save(form))
        except Moved as moved:
            return self._moved(request, form, moved, merges=merges)
        except Refusal as refusal:
            if self.refused is not None:
                return self.refused(form, refusal)
            return self._refuse(request, self.make(on_top(form.sent_data, self.asked)), refusal)

    def _moved(self, request: HttpRequest, form: F, moved: Moved, *, merges: bool) -> HttpResponse:
        """Saved on top of what moved elsewhere; where it may have moved in these boxes, both are shown."""
        if self.clash is None:
            return self._refuse(request, form, moved)
        now = self.clash.stands(moved)
        again = self.make(on_top(form.sent_data, now.seen))
        if merges and stood_in(form.sent_data) == boxes_of(now.answers) and again.is_careful():
            return self._save(request, again, merges=False)
        if self.clash.page is None:
            return self._refuse(request, again, moved, **now.told(again))
        return self._choose(request, again, now)

    def _choose(self, request: HttpRequest, form: F, now: Stands, *, both: bool = False) -> HttpResponse:
        """What stands and what was sent; nothing is saved before one of the answers is chosen."""
        page = self.clash.page if self.clash is not None and self.clash.page is not None else self.page
        told = {"both": both, "mine": form.typed(), "place": self.place, **now.told(form)}
        return self._show(request, form, page, 200 if both else 409, **told)

    def _refuse(self, request: HttpRequest, form: F, refusal: Refusal, **more: Any) -> HttpResponse:
        form.add_error(self.box, str(refusal))
        return self._show(request, form, status=409, refusal=str(refusal), **more)

    def _show(
        self, request: HttpRequest, form: F, page: Screen | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        page = page or self.page
        shown = {"form": form, "also": form.also, "hidden": carried(form)}
        return render(request, page.template, {**page.context, **shown, **page.told(form), **more}, status=status)


def carried(form: PlainForm, *others: PlainForm) -> list[tuple[str, str]]:
    """Everything that was sent except what these forms ask for themselves, to carry on to the next page."""
    if not form.is_bound:
        return []
    asked = {"csrfmiddlewaretoken", KEEP} | {
        sent
        for one in others or filter(None, (form, form.also))
        for name in one.fields
        for sent in (name, pick_of(name), *day_boxes(name, None))
    }
    return [(name, value) for name, values in form.sent_data.lists() if name not in asked for value in values]


def top_of(address: str) -> str:
    """The page itself: one that jumps to a part of it leaves what was just saved out of sight."""
    return address.partition("#")[0]
