"""How people get in: by invitation only. The door for single sign-on opens here later."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

log = logging.getLogger(__name__)


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: the Manager or an administrator invites people to posts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Email address or password is not right. Check both, or ask for a new password",
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

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed tries count for the address alone; allauth would count each host and port anew."""
        return str(credentials.get("email") or "").strip().lower()
