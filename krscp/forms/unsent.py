"""What somebody sent when their session had ended: kept encrypted, for an hour, for that same person (promise 3.3)."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from krscp import clock

Respond = Callable[[HttpRequest], HttpResponse]
KEPT = "kept"
KEPT_PATH = "kept_path"
SIGNED_OUT = "signed_out"
KEEP_SECONDS = 60 * 60


@dataclass(frozen=True)
class Unsent:
    """What was sent, and where to."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def prose(self) -> list[tuple[str, str]]:
        """What reads as written text, under a name for each box; choices and dates are kept beside it."""
        return [(_label(name), value) for name, value in self.fields if " " in value.strip()]


def _label(name: str) -> str:
    """“row-25-what_happened” is “What happened”."""
    return name.rpartition("-")[2].replace("_", " ").capitalize()


def keep_typing(respond: Respond) -> Respond:
    """A form sent after its session had ended leads through a new sign-in to what was typed; nothing is lost.

    Stands before the middleware that asks people to sign in. A form that fails its check against forgery is not kept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        sent_again, before = request.session.get(KEPT_PATH) == request.get_full_path(), request.user.pk
        response = respond(request)
        if before is not None and request.user.is_anonymous:
            request.session[SIGNED_OUT] = str(before)
        if request.method != "POST":
            return response
        person = whose_session_ended(request)
        if request.user.is_anonymous and person and _wanted_sign_in(request, response):
            keep(request, person)
            return HttpResponseRedirect(f"{reverse('account_login')}?next={reverse('kept')}")
        if sent_again and request.user.is_authenticated:
            forget(request)
        return response

    return answer


def _wanted_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page that was sent to is one behind the sign-in, and so turned the person away."""
    guarded = getattr(getattr(request.resolver_match, "func", None), "login_required", True)
    return guarded and response.status_code == 302 and response["Location"].startswith(reverse("account_login"))


def whose_session_ended(request: HttpRequest) -> str:
    """Whose session it was that ended: just now for being idle, long ago, or by signing out here; "" for nobody's."""
    if ended := getattr(request, "session_ended_for", ""):
        return ended
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    old = Session.objects.filter(session_key=key, expire_date__lte=clock.now()).first() if key else None
    signed_out = request.session.get(SIGNED_OUT, "")
    return str(old.get_decoded().get(SESSION_KEY, "")) if old is not None else signed_out


def keep(request: HttpRequest, person: str) -> None:
    """Keep what was sent in the session that the person signs in with next; files are not kept."""
    told = json.dumps([person, request.get_full_path(), _sent(request), bool(request.FILES)])
    request.session[KEPT] = _cipher().encrypt_at_time(told.encode(), _seconds()).decode()
    request.session[KEPT_PATH] = request.get_full_path()


def written(request: HttpRequest) -> list[tuple[str, str]]:
    """What was written in the form just sent, for a page that refuses it: no refusal loses anybody's text."""
    return Unsent(request.path, _sent(request), False).prose


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]


def kept_for(request: HttpRequest) -> Unsent | None:
    """What is kept for the person who is signed in; None when there is nothing, it is too old, or somebody else's."""
    try:
        told = _cipher().decrypt_at_time(request.session.get(KEPT, ""), KEEP_SECONDS, _seconds())
    except InvalidToken:
        return None
    person, path, fields, had_files = json.loads(told)
    is_theirs = person == str(request.user.pk)
    return Unsent(path, [(name, value) for name, value in fields], had_files) if is_theirs else None


def forget(request: HttpRequest) -> None:
    """What was kept is sent again, or thrown away."""
    request.session.pop(KEPT, None)
    request.session.pop(KEPT_PATH, None)


def _cipher() -> Fernet:
    key = salted_hmac("krscp.forms.unsent", "what was typed", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _seconds() -> int:
    return int(clock.now().timestamp())
