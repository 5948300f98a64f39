"""What is stored for lists to be sorted by is what the parts make of it, whatever has happened."""

import pytest

from recommendations.models import Recommendation
from tests.factories import made_of_parts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_every_recommendation_says_what_its_parts_make_of_it():
    stored = {one.pk: (one.status, one.next_due) for one in Recommendation.objects.all()}
    assert stored == {one.pk: made_of_parts(one) for one in Recommendation.objects.all()}
    assert sum(due is not None for _, due in stored.values()) > 3
