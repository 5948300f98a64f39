"""The cache in the database, which says so where it takes nothing: Django's keeps silent, and a sign-in would wait."""

import errno
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache


class SharedCache(DatabaseCache):
    """Raises OSError where a key that is not there cannot be added."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        for _ in range(2):  # one that is there may end in this moment
            if super().add(key, value, timeout, version):
                return True
            if self.has_key(key, version):
                return False
        raise OSError(errno.EROFS, "The cache takes nothing.")
