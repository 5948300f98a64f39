"""What holds for every page: it goes out compressed; of signed-in people nothing is cached, an idle session ends."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from krscp import clock

Respond = Callable[[HttpRequest], HttpResponse]
REMEMBER_EVERY = timedelta(minutes=1)


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

    Each gets a random length of padding (Django's own), so that its size tells nothing (docs/decisions.md).
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
