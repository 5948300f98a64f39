"""PostgreSQL finds a page of the list by an index: for each order, and for words of three letters or more."""

import pytest
from django.db import connection
from django.http import QueryDict

from krscp import clock
from recommendations.models import Recommendation
from recommendations.register.filters import RecommendationFilter

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite sorts all of them")
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("", "in_report_order"),
        ("sort=status", "worst_first"),
        ("sort=due", "soonest_first"),
        ("q=audit", "holds_text"),
        ("q=audit", "holds_short_title"),
        ("q=25", "found_by_number"),
    ],
)
def test_an_index_serves(asked, index):
    found = RecommendationFilter(QueryDict(asked), Recommendation.objects.all(), today=clock.today()).qs[:50]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # 36 rows are read faster without
        cursor.execute("SET LOCAL enable_sort = off")
    assert index in found.explain()


