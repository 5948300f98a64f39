"""Home shows how long each list is and its first rows; a page of its own has all of them, fifty at a time."""

import datetime as dt
import re

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.home.read import home_for
from recommendations.models import Ownership, Part
from tests.factories import decide, propose, say, second_report, the_part
from tests.pages import words
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
ROW = re.compile(r'<th scope="row"><a class="govuk-link" href="([^"]+)"')


def page(sign_in, person, path: str = "/") -> str:
    answer = sign_in(person).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def all_rows(sign_in, person, path: str) -> list[str]:
    """The addresses that the pages of a list name, one page after the other."""
    found: list[str] = []
    for number in range(1, 9):
        shown = page(sign_in, person, f"{path}?page={number}")
        found += ROW.findall(shown)
        if 'rel="next"' not in shown:
            return found
    raise AssertionError(f"{path} has no last page")


def test_a_list_of_ten_looks_as_it_did(sign_in, slg_member, vca_cochair1):
    needs = [item.part for item in home_for(vca_cochair1, TODAY, first=50).own.needs]
    for part in needs[10:]:
        decide(part, slg_member, DecisionKind.NOT_ACCEPT)
    shown = page(sign_in, vca_cochair1)
    assert "Needs you (10)" in shown
    assert "See all" not in shown


def test_a_longer_one_shows_its_first_ten_rows_and_leads_to_all_of_them(sign_in, vca_cochair1):
    everything = [item.part.get_absolute_url() for item in home_for(vca_cochair1, TODAY, first=50).own.needs]
    shown = page(sign_in, vca_cochair1)
    assert "Needs you (13)" in shown
    assert ROW.findall(shown) == everything[:10]
    assert '<a class="govuk-link" href="/yours/">See all 13<' in shown
    assert ROW.findall(page(sign_in, vca_cochair1, "/yours/")) == everything


def test_the_page_of_ones_own_has_what_needs_an_answer_and_then_the_rest(sign_in, vca_cochair1, slg_member):
    second_report()
    for number in ("24", "25"):
        decide(the_part(number), slg_member, DecisionKind.NOT_ACCEPT)
    own = home_for(vca_cochair1, TODAY, first=100).own
    rows = [item.part.get_absolute_url() for item in (*own.needs, *own.rest)]
    assert all_rows(sign_in, vca_cochair1, "/yours/") == rows
    shown = words(page(sign_in, vca_cochair1, "/yours/"))
    assert "Needs you (24)" in shown
    assert "Also yours (2)" in shown


def test_pages_hold_fifty_rows_and_go_on_from_one_kind_to_the_next(sign_in, slg_member, manager, vca_cochair1):
    for code in ("isr-2022", "isr-2023"):
        second_report(code)
    Ownership.objects.filter(part__recommendation__number__in=[str(number) for number in range(1, 20)]).delete()
    propose(the_part("25"), vca_cochair1)
    kinds = home_for(slg_member, TODAY, first=500).decisions.kinds
    rows = [row.part.get_absolute_url() for kind in kinds for row in kind.rows]
    assert len(rows) > 50
    assert all_rows(sign_in, slg_member, "/decisions/") == rows
    first, second = (page(sign_in, slg_member, f"/decisions/?page={number}") for number in (1, 2))
    assert len(ROW.findall(first)) == 50
    assert "To sign off (1)" in first
    assert "To sign off" not in second
    assert f"Owners to confirm ({kinds[3].total})" in second
    assert f"For decision ({len(rows)})" in second
    assert f"Waiting for the SLG ({len(rows)})" in page(sign_in, manager, "/decisions/")
    assert "/decide/" not in page(sign_in, manager, "/decisions/")


def test_a_page_that_is_not_there_is_the_last_one(sign_in, slg_member):
    assert "Owners to confirm (6)" in page(sign_in, slg_member, "/decisions/?page=99")
    assert "Owners to confirm (6)" in page(sign_in, slg_member, "/decisions/?page=second")


def test_what_is_late_is_listed_for_the_slg_and_the_manager_worst_first(sign_in, slg_member, manager, vca_cochair1):
    for days, number in enumerate(("24", "25", "26", "32"), 1):
        say(the_part(number), vca_cochair1)
        decide(the_part(number), slg_member, DecisionKind.AGREE_DATE, agreed_date=TODAY - dt.timedelta(days))
    say(the_part("9"), manager, Status.OFF_TRACK)
    worst = ["/isr-2021/9/", "/isr-2021/32/", "/isr-2021/26/", "/isr-2021/25/", "/isr-2021/24/"]
    assert all_rows(sign_in, slg_member, "/exceptions/") == worst
    assert all_rows(sign_in, manager, "/exceptions/") == worst
    assert "Off track or overdue (5)" in page(sign_in, slg_member, "/exceptions/")


def test_what_is_to_chase_is_listed_for_the_manager(sign_in, manager):
    Part.objects.update(created_at=NOW - dt.timedelta(days=100))
    home = page(sign_in, manager)
    total = Part.objects.count()
    assert f"Overdue or quiet ({total})" in home
    assert '<a class="govuk-link" href="/chase/">See all' in home
    listed = all_rows(sign_in, manager, "/chase/")
    assert len(listed) == total
    assert ROW.findall(home.split("Overdue or quiet (")[1])[:10] == listed[:10]


@pytest.mark.parametrize(("person", "path", "said"), [
    ("slg_member", "/exceptions/", "Nothing is off track or overdue."),
    ("manager", "/chase/", "Nothing is overdue or quiet."),
    ("slg_member", "/decisions/", "No decision is waiting."),
    ("qi_cochair", "/yours/", "No recommendation of yours needs an update."),
])  # fmt: skip
def test_an_empty_list_says_so(request, sign_in, slg_member, person, path, said):
    for part in Part.objects.all():
        decide(the_part(part.recommendation.number, part.slug), slg_member, DecisionKind.NOT_ACCEPT)
    assert said in page(sign_in, request.getfixturevalue(person), path)


def test_a_body_that_shares_more_than_ten_reads_how_many_more(sign_in, llr_cochair):
    second_report()
    [share] = home_for(llr_cochair, TODAY).own.shares
    assert (len(share.places), share.more) == (10, 4)
    assert "and 4 more." in words(page(sign_in, llr_cochair))


def test_changes_are_the_fifteen_latest_of_updates_and_decisions(sign_in, lay_member, vca_cochair1, slg_member):
    for hour in range(9):
        with clock.at(NOW + dt.timedelta(hours=2 * hour)):
            say(the_part("25"), vca_cochair1)
        with clock.at(NOW + dt.timedelta(hours=2 * hour + 1)):
            decide(the_part("26"), slg_member, DecisionKind.NOTE)
    with clock.at(NOW + dt.timedelta(hours=20)):
        changes = home_for(lay_member, TODAY).changes
    assert len(changes.shown) == 15
    assert changes.more == 3
    assert [change.part.reference for change in changes.shown[:4]] == ["26", "25", "26", "25"]
    assert changes.shown == sorted(changes.shown, key=lambda change: change.at, reverse=True)
