"""Every address of the tracker. Sign-in pages come first, report codes last: they would match any first word."""

from allauth.account import views as account
from django.urls import include, path

from krscp import pages

sign_in = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("accounts-are-by-invitation/", pages.by_invitation, name="account_signup"),
    path("account-closed/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

urlpatterns = [
    *sign_in,
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("", include("subgroups.urls")),
    path("", include("recommendations.urls")),
]
handler403 = "subgroups.views.errors.refused"
