"""To ask is not to change: what a question may write is a session, the log of exports, and nothing else."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from tests.permissions.test_permissions import MAY_CHANGE_ON_READING, written

pytestmark = pytest.mark.django_db
# Pages before sign-in, and a link to a new password that somebody guessed: "{}" is a person there is.
PLACES = ("/sign-in/", "/password/reset/", "/password/reset/{}-bad-token/", "/password/reset/{}-set-password/")
SHARED = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("verb", ["get", "head"])
def test_looking_at_a_page_before_sign_in_writes_nothing_and_is_no_try(vca_cochair1, settings, place, verb):
    call_command("createcachetable")
    settings.CACHES = SHARED
    cache.clear()
    with written() as tables:
        answer = getattr(Client(), verb)(place.format(vca_cochair1.pk))
    assert answer.status_code == 200
    assert tables == set()


def test_only_sessions_and_the_log_of_exports_may_be_written_on_reading():
    assert {"django_session", "subgroups_exportrecord"} == MAY_CHANGE_ON_READING
