"""How people get in: by invitation only. The door for single sign-on opens here later."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: the Manager or an administrator invites people to posts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Email address or password is not right. Check both, or ask for a new password",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
