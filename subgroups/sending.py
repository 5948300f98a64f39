"""How a view answers a form that is acted on once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from krscp.forms.tokens import token_of
from krscp.forms.writing import TakenBack, top_of
from krscp.refusals import Refusal
from subgroups.models import Agency, Body, BodyName, User
from subgroups.once import FormAnswer, act_once, answered, remember
from subgroups.services.records import sent_before

LEVELS = {"success": messages.SUCCESS, "info": messages.INFO, "warning": messages.WARNING, "error": messages.ERROR}


def key_of(request: HttpRequest) -> UUID | None:
    """The token of what was sent: this form with this content, of this person, to this address."""
    token = token_of(request.POST)
    return uuid5(token, f"{request.user.pk} {request.path}") if token is not None else None


def sent_again(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form that was acted on before, or None."""
    key = key_of(request) if request.method == "POST" else None
    before = answered(key) if key is not None else None
    return told(request, before) if before is not None else None


def answer_once(request: HttpRequest, act: Callable[[], FormAnswer]) -> HttpResponse:
    """Do `act` and say what it answers; the same form sent again only says so again. What `act` raises goes on.

    What follows the first time (a mail) may give another answer.
    """
    key = key_of(request)
    answer, is_first = act_once(key, act) if key is not None else (act(), True)
    changed = answer.after() if answer.after is not None and is_first else None
    if changed is not None and key is not None:
        remember(key, changed)
    return told(request, changed or answer)


def answer_after(request: HttpRequest, act: Callable[[], FormAnswer]) -> HttpResponse:
    """The same for what takes transactions of its own; a twin at the same moment meets its own rules there."""
    answer, key = act(), key_of(request)
    if key is not None:
        remember(key, answer)
    return told(request, answer)


def answer_each(request: HttpRequest, act: Callable[[], FormAnswer]) -> HttpResponse:
    """The same for what is kept once under the token of its own row, or over the version that its writer saw."""
    return told(request, act())


def answer_step(request: HttpRequest, act: Callable[[], str], place: str) -> HttpResponse:
    """A button with nothing to type: done once, or its page says why it is not."""
    try:
        return answer_once(request, lambda: FormAnswer(act(), place))
    except Refusal as refusal:
        return told(request, FormAnswer(str(refusal), place, "error"))


def by_row(
    model: type[models.Model], by: User, words: Callable[[Any], FormAnswer]
) -> Callable[[UUID | None], FormAnswer | None]:
    """What a form answered whose token is its row's. Raises TakenBack for a row that is withdrawn."""

    def before(token: UUID | None) -> FormAnswer | None:
        row = sent_before(model, token, by)
        if row is not None and getattr(row, "is_withdrawn", False):
            raise TakenBack
        return words(row) if row is not None else None

    return before


def told(request: HttpRequest, answer: FormAnswer) -> HttpResponse:
    """To its page with the words, at the top, where they are seen."""
    if answer.words:
        messages.add_message(request, LEVELS[answer.kind], answer.words, extra_tags=answer.undo)
    return HttpResponseRedirect(top_of(answer.address))


def known_names() -> list[str]:
    """Names of bodies and agencies, which are not people: the check for personal details passes them over."""
    return [one for model in (Body, BodyName, Agency) for one in model._default_manager.values_list("name", flat=True)]
