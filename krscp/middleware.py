"""What holds for every page: what no database can hold stays out, it goes out compressed, an idle session ends."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from krscp import clock
from krscp.failures import cannot_store
from krscp.forms.fields import clean_data

Respond = Callable[[HttpRequest], HttpResponse]
NUL = "\0"
REMEMBER_EVERY = timedelta(minutes=1)


def readable_addresses(respond: Respond) -> Respond:
    """An address with a NUL in it is refused, and a cookie with one is no cookie: PostgreSQL holds no such text."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in name + value}
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if NUL in request.path or any(NUL in text for text in asked):
            raise BadRequest("The address holds a NUL.")
        return respond(request)

    return answer


def readable_posts(respond: Respond) -> Respond:
    """What is sent with a NUL in it is cleaned as every form cleans its text, also where no form reads it."""

    def answer(request: HttpRequest) -> HttpResponse:
        return respond(request)

    def process_view(request: HttpRequest, *view: object) -> None:
        if any(NUL in name or any(NUL in value for value in values) for name, values in request.POST.lists()):
            request.POST = clean_data(request.POST)  # type: ignore[assignment]

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


class Sessions(SessionMiddleware):
    """Where nothing can be stored, pages are read on: that somebody was here is not worth a failure."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Exception as error:
            if request.method not in ("GET", "HEAD") or not cannot_store(error):
                raise
            return response


def private_pages(respond: Respond) -> Respond:
    """What a signed-in person sees stays out of shared and local caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


def compressed_pages(respond: Respond) -> Respond:
    """Pages go out compressed; files are so by themselves, or stream a row at a time, and stay as they are.

    Each gets a random length of padding (Django's own), so that its size tells nothing (docs/decisions/17).
    """
    compress = GZipMiddleware(respond).process_response

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        return compress(request, response) if is_page else response  # type: ignore[return-value]

    return answer


def session_limits(respond: Respond) -> Respond:
    """A session ends after 30 idle minutes, and 12 hours after sign-in however busy (promise 7)."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            end_or_remember(request)
        return respond(request)

    return answer


def end_or_remember(request: HttpRequest) -> None:
    """Sign the person out when a limit has passed; else note, once a minute, that they are here."""
    now = clock.now().timestamp()
    seen, since = request.session.get("seen", now), request.session.get("since", now)
    if now - seen > settings.SESSION_IDLE_SECONDS or now - since > settings.SESSION_COOKIE_AGE:
        request.session_ended_for = str(request.user.pk)  # type: ignore[attr-defined]
        logout(request)
    elif now - seen > REMEMBER_EVERY.total_seconds():
        request.session["seen"] = now


@receiver(user_logged_in)
def begin(sender: object, request: HttpRequest, **_: object) -> None:
    """Both limits count from the sign-in."""
    request.session["seen"] = request.session["since"] = clock.now().timestamp()
