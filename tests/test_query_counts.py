"""Twice the recommendations and twice the updates cost the same number of queries, on every page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from tests.factories import A_DAY, decide, propose, say, second_report, the_part

pytestmark = pytest.mark.django_db
# The pages that everybody opens, with the most queries that each may cost.
LIMITS = {
    "/": 12, "/recommendations/": 12, "/isr-2021/25/": 12, "/isr-2021/12/": 12, "/isr-2021/28/": 12, "/reviews/": 15,
}  # fmt: skip
PAGES = {
    "vca_cochair1": [*LIMITS, "/yours/", "/isr-2021/25/update/", "/isr-2021/25/history/", "/isr-2021/26/complete/"],
    "slg_member": [
        *LIMITS, "/decisions/", "/exceptions/", "/isr-2021/25/decide/agree-date/", "/isr-2021/24/decide/sign-off/",
    ],
    "manager": [*LIMITS, "/chase/", "/isr-2021/12/update/", "/people/", "/annual-report/"],
    "lay_member": [*LIMITS, "/isr-2021/", "/reports/", "/bodies/", "/bodies/vca/", "/bodies/llr/"],
}


def counts(sign_in, people) -> dict[tuple[str, str], int]:
    found = {}
    assert connection.features.supports_json_field  # which Django asks a database once, whichever page comes first
    for person, pages in people:
        client = sign_in(person)
        for path in pages:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            found[person.name, path] = len(queries)
    return found


def some_progress(chair, manager, member) -> None:
    """Updates that worsen and recover, decisions, and an open request."""
    for status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.ON_TRACK, Status.AT_RISK):
        say(the_part("25"), chair, status)
    for slug in ("a", "b", "c"):
        say(the_part("12", slug), manager, Status.OFF_TRACK)
    decide(the_part("26"), member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)


def test_queries_do_not_grow_with_recommendations_or_updates(
    sign_in, vca_cochair1, slg_member, manager, lay_member, llr_cochair
):
    cast = {"vca_cochair1": vca_cochair1, "slg_member": slg_member, "manager": manager, "lay_member": lay_member}
    people = [(cast[who], pages) for who, pages in PAGES.items()]
    some_progress(vca_cochair1, manager, slg_member)
    propose(the_part("24"), llr_cochair)
    before = counts(sign_in, people)
    some_progress(vca_cochair1, manager, slg_member)
    second_report()
    after = counts(sign_in, people)
    assert after == before
    assert {place: number for place, number in after.items() if number > LIMITS.get(place[1], number)} == {}
