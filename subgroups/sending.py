"""How a view answers a form that is acted on once."""

from collections.abc import Callable
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from krscp.forms.tokens import token_of
from subgroups.once import Answer, act_once, answered, remember

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


def answer_once(
    request: HttpRequest, act: Callable[[], Answer], after: Callable[[], Answer | None] | None = None
) -> HttpResponse:
    """Do `act` and say what it answers; the same form sent again only says so again. What `act` raises goes on.

    `after` is what follows the first time, once it is stored (a mail); it may give another answer.
    """
    key = key_of(request)
    answer, is_first = act_once(key, act) if key is not None else (act(), True)
    changed = after() if after is not None and is_first else None
    if changed is not None and key is not None:
        remember(key, changed)
    return told(request, changed or answer)


def answer_after(request: HttpRequest, act: Callable[[], Answer]) -> HttpResponse:
    """The same for what takes transactions of its own; a twin at the same moment meets its own rules there."""
    answer, key = act(), key_of(request)
    if key is not None:
        remember(key, answer)
    return told(request, answer)


def told(request: HttpRequest, answer: Answer) -> HttpResponse:
    """To its page with the words, at the top, where they are seen."""
    if answer.words:
        messages.add_message(request, LEVELS[answer.kind], answer.words)
    return HttpResponseRedirect(top_of(answer.address))


def top_of(address: str) -> str:
    """The page itself: one that jumps to a part of it leaves what was just saved out of sight."""
    return address.partition("#")[0]
