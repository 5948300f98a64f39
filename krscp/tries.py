"""Failed tries to sign in, counted for each account: ten in five minutes, then even the right password waits.

Each try takes one of ten places in the shared cache before the password is looked at, so that tries sent at once
count too; a right password gives its place back, a wrong one holds it for five minutes.
"""

import hashlib

from django.core.cache import cache

MOST = 10
SECONDS = 5 * 60


def begin(account: str) -> str | None:
    """Take a place for one try; None when all are taken."""
    places = _places(account)
    taken = cache.get_many(places)
    return next((place for place in places if place not in taken and cache.add(place, 1, SECONDS)), None)


def give_back(place: str) -> None:
    """The try was no failed one."""
    cache.delete(place)


def forget(account: str) -> None:
    """All failed tries, once the person has set a new password by mail."""
    cache.delete_many(_places(account))


def _places(account: str) -> list[str]:
    """The same for an address however it is typed, and whatever host or port was asked."""
    digest = hashlib.sha256(account.strip().lower().encode()).hexdigest()
    return [f"tries:{digest}:{number}" for number in range(MOST)]
