"""Every address of the tracker. Sign-in pages come first, report codes last: they would match any first word."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods

from krscp import pages


def asks(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What is built on Django's form views would take PUT for POST, answer OPTIONS, and count HEAD as a try."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def asked(request: HttpRequest, **address: str) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"  # the server sends no text for it all the same
        return view(request, **address)

    return asked


sign_in = [
    path("sign-in/", asks(account.login), name="account_login"),
    path("sign-out/", asks(account.logout), name="account_logout"),
    path("accounts-are-by-invitation/", pages.by_invitation, name="account_signup"),
    path("account-closed/", asks(account.account_inactive), name="account_inactive"),
    path("password/", asks(account.password_change), name="account_change_password"),
    path("password/reset/", asks(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", asks(account.password_reset_done), name="account_reset_password_done"),
    re_path(  # a token holds hyphens too, so only the first one parts it from the person
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        asks(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        asks(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    *sign_in,
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("", include("subgroups.urls")),
    path("", include("recommendations.urls")),
]
handler400 = "subgroups.errors.unreadable"
handler403 = "subgroups.errors.refused"
handler500 = "subgroups.errors.broken"
