"""What a service answers where it takes nothing: in words for the writer, who keeps what was typed."""

from django.core.exceptions import PermissionDenied


class Refusal(ValueError):
    """Not taken now, and nothing is saved; the message says why."""


class Moved(Refusal):
    """Somebody else was quicker with the same thing; the message says what."""


def refuse_if(reason: str) -> None:
    """Raises PermissionDenied with the reason, if there is one."""
    if reason:
        raise PermissionDenied(reason)
