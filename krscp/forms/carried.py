"""What a page carries on to the next step of the same task: signed, packed, for one person, for half a day.

Nothing is stored on the way: whoever leaves the page leaves nothing behind.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest

MAX_AGE = 12 * 60 * 60
MAX_LENGTH = 5_000_000  # characters; settings.DATA_UPLOAD_MAX_MEMORY_SIZE leaves room for it


class NotCarried(ValueError):
    """What came back is not what this person's page was given, or too old."""


def pack(request: HttpRequest, purpose: str, value: Any) -> str:
    """The value as text for a hidden field; only the same person can send it back, and only for this purpose."""
    return signing.dumps([request.user.pk, value], salt=f"krscp.forms.carried.{purpose}", compress=True)


def unpack(request: HttpRequest, purpose: str, text: str) -> Any:
    """Raises NotCarried."""
    try:
        person, value = signing.loads(text, salt=f"krscp.forms.carried.{purpose}", max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise NotCarried from problem
    if person != request.user.pk:
        raise NotCarried
    return value
