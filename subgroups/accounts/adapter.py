"""How people get in: by invitation only. The door for single sign-on opens here later."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_reset
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from krscp import tries
from subgroups.models import User

log = logging.getLogger(__name__)


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: the Manager or an administrator invites people to posts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Email address or password is not right. Check both, or ask for a new password",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes and try again, or ask for a new password",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail that cannot be sent must not tell a stranger that the address has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("A mail of kind %s could not be sent.", template_prefix)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the configured host, whatever host was asked."""
        uid, _, token = key.partition("-")
        return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', args=[uid, token])}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as the proxies of settings.ALLAUTH_TRUSTED_PROXY_COUNT saw it.

        One that did not pass all of them counts for the nearest: what it says of itself is no way round.
        """
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return request.META.get("REMOTE_ADDR") or "unknown"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Look at the password unless too many were wrong; failed tries count for the account (promise: lockout)."""
        place = tries.begin(str(credentials.get("email") or ""))
        if place is None:
            raise self.validation_error("too_many_login_attempts")
        try:
            person = super().authenticate(request, **credentials)
        except ValidationError:  # too many from one place: this password was not looked at
            tries.give_back(place)
            raise
        if person is not None:
            tries.give_back(place)
        return person


@receiver(password_reset)
def start_afresh(sender: object, user: User, **_: object) -> None:
    """Who has set a new password by mail is not kept out by what strangers tried before."""
    tries.forget(user.email)
