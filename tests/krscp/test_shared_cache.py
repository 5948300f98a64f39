"""The cache that all processes share says so where it takes nothing."""

import errno

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command

from krscp.shared_cache import SharedCache


@pytest.fixture
def shared(db) -> SharedCache:
    call_command("createcachetable", "shared_cache", verbosity=0)
    return SharedCache("shared_cache", {})


def test_a_key_is_added_once(shared):
    assert shared.add("tries", 1)
    assert not shared.add("tries", 2)
    assert shared.get("tries") == 1


def test_a_cache_that_takes_nothing_is_an_error_and_not_a_key_that_stands(shared, monkeypatch):
    monkeypatch.setattr(DatabaseCache, "add", lambda *_, **__: False)
    with pytest.raises(OSError, match="takes nothing") as caught:
        shared.add("tries", 1)
    assert caught.value.errno == errno.EROFS
