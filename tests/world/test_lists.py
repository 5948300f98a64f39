"""What a list holds and in which order, asked of the database, is what the rule says when it is read part by part."""

import datetime as dt

import pytest
from django.db.models import Exists, OuterRef
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krscp.clock import end_of
from recommendations.domain.flags import Flag, with_flags
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import IN_HAND, OPEN, Status
from recommendations.models import Answered, Confirmation, Escalation, Ownership, Part
from recommendations.services.claims import answered, refresh_asks
from recommendations.state import lists
from recommendations.state.source import rows_at
from subgroups.models import User
from subgroups.permissions import leads
from tests.world.days import TODAY
from tests.world.people import who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
LEADERS = ("vca_cochair1", "slg_member", "two_hats", "manager", "qi_cochair", "project_x_lead", "strategic_lead")
LATEST = dt.date.max
# Worst first: what each reason is, and how urgent it is beside the others.
DATED = ["overdue", "sent back", "due soon", "answered", "re-check", "quiet"]
URGENCY = {"to confirm": 0, "off_track": 1, "overdue": 2, "at_risk": 3, "sent back": 4, "due soon": 5, "answered": 6,
           "re-check": 7, "quiet": 8, "not_started": 9}  # fmt: skip


def in_order(parts) -> list[Part]:
    return sorted(parts, key=lambda part: (part.recommendation.report_id, part.recommendation.position, part.position))


def read() -> list[Part]:
    found = Part.objects.flagged(TODAY).select_related("recommendation__report").prefetch_related("ownerships")
    return in_order(found)


def keys(parts) -> list[int]:
    return [part.id for part in parts]


def worst_first(part) -> tuple:
    return part.status != Status.OFF_TRACK, Flag.OVERDUE not in flags(part), part.agreed_date or LATEST


def flags(part) -> set[Flag]:
    return {flag for flag in Flag if getattr(part, flag.field)}


def reasons(part: Part, person: User) -> set[str]:
    """Why a part needs this person: read from what was said, decided and confirmed about it."""
    found, stands = set(), flags(part)
    last = part.updates.standing().first()
    since = [one.kind for one in part.decisions.all() if last is None or one.created_at > last.created_at]
    proposed = last is not None and last.kind == "proposal"
    if part.status == Status.AWAITING_SIGN_OFF and proposed and last.author_id != person.pk:
        found |= set() if Confirmation.objects.filter(proposal=last, author=person).exists() else {"to confirm"}
    found |= {"overdue"} if Flag.OVERDUE in stands else set()
    found |= {"quiet"} if Flag.QUIET in stands else set()
    found |= {"re-check"} if Flag.RECHECK_DUE in stands else set()
    if part.status in IN_HAND:
        due = part.agreed_date is not None and TODAY <= part.agreed_date <= TODAY + dt.timedelta(days=14)
        found |= {"due soon"} if due else set()
        found |= {"sent back"} if proposed or {"send_back", "reopen"} & set(since) else set()
        found |= {"answered"} if last is not None and last.requested_date and "agree_date" in since else set()
    alone = part.requested_date is None and part.asked is None
    return found | ({part.status} if alone and part.status in URGENCY else set())


def spoken(found: set[str]) -> str:
    return next((reason for reason in ["to confirm", *DATED, *URGENCY] if reason in found), "")


def needs(parts: list[Part], person: User) -> list[tuple[int, str]]:
    """What needs a person, with what to say of it, in order."""
    told = [(part, found) for part in parts if (found := reasons(part, person))]

    def urgent(row: tuple[Part, set[str]]) -> tuple:
        part, found = row
        worst = min(URGENCY[reason] for reason in found)
        return worst, LATEST if worst == 0 else part.agreed_date or LATEST

    return [(part.pk, spoken(found)) for part, found in sorted(told, key=urgent)]


def named(part: Part) -> str:
    """The reason that is told of a part on home, in the words of this file."""
    reason = lists.reason_of(part, TODAY).name.lower()
    return {"recheck": "re-check"}.get(reason, reason if reason in URGENCY else reason.replace("_", " "))


def check(parts: list[Part]) -> None:
    """Every list that holds parts as they stand, against its rule."""
    stand = Part.objects.flagged(TODAY)
    pressing = {Flag.OVERDUE, Flag.DATE_MOVED}
    listed = [part for part in parts if part.status == Status.OFF_TRACK or flags(part) & pressing]
    late = [part for part in parts if part.status == Status.OFF_TRACK or Flag.OVERDUE in flags(part)]
    chased = [part for part in parts if flags(part) & {Flag.OVERDUE, Flag.QUIET}]
    assert keys(lists.exceptions(stand)) == keys(sorted(listed, key=worst_first))
    assert keys(lists.exceptions(stand, lists.LATE)) == keys(sorted(late, key=worst_first))
    assert keys(lists.to_chase(stand)) == keys(sorted(chased, key=worst_first))
    assert [part.pk for part in parts if lists.is_any(part, lists.EXCEPTIONS)] == keys(listed)
    for kind, rule in WAITS.items():
        held = [part for part in parts if rule(part)]
        assert keys(lists.waiting(stand, kind)) == keys(held), kind
        assert [part.pk for part in parts if lists.WAITING[kind].holds(part)] == keys(held), kind
        assert lists.waiting(stand, kind).count() == len(held)


WAITS = {
    DecisionKind.ANSWER: lambda part: part.asked is not None and part.status in OPEN,
    DecisionKind.SIGN_OFF: lambda part: part.status == Status.AWAITING_SIGN_OFF,
    DecisionKind.AGREE_DATE: lambda part: part.requested_date is not None and part.status in OPEN,
    DecisionKind.AGREE_OWNER: lambda part: Flag.NO_OWNER in flags(part) and part.status != Status.AWAITING_SIGN_OFF,
}


def check_own(parts: list[Part], person: User) -> None:
    """What a person leads: what needs an answer, worst first, and the rest."""
    own = [part for part in parts if {owned.body_id for owned in part.leads} & set(leads(person))]
    found = lists.with_urgency(lists.led_by(Part.objects.flagged(TODAY), leads(person)), person, TODAY)
    needed = needs(own, person)
    by_key = {part.pk: part for part in own}
    assert [(part.pk, named(by_key[part.pk])) for part in lists.needing_answer(found)] == needed
    assert keys(lists.needing_none(found)) == [part.pk for part in own if part.pk not in dict(needed)]


def test_every_list_of_the_world_is_what_its_rule_says():
    check(read())


@pytest.mark.parametrize("name", LEADERS)
def test_what_needs_a_person_in_the_world_is_what_the_rule_says(name):
    check_own(read(), who(name))


def test_what_is_stored_for_lists_to_go_by_is_what_was_said_and_decided():
    stored = {part.pk: (part.answered, part.asks) for part in Part.objects.all()}
    asking = set(Escalation.objects.open().values_list("part", flat=True))
    assert stored == {part.pk: (answered(part), part.pk in asking) for part in Part.objects.all()}
    assert {told for told, _ in stored.values()} == {"", Answered.RETURNED, Answered.AGREED}


@pytest.mark.parametrize("day", [dt.date(2025, 12, 1), dt.date(2026, 5, 29), dt.date(2026, 10, 1)])
def test_a_past_day_has_the_exceptions_and_what_waited_that_its_rows_had(day):
    moment = end_of(day)
    rows = with_flags(rows_at(Part, moment), rows_at(Ownership, moment), day, key="id")
    asked = Escalation.objects.filter(created_at__lte=moment, part=OuterRef("id"))
    rows = rows.alias(has_ask=Exists(asked)).select_related("recommendation")
    stood = in_order(rows)
    listed = [row for row in stood if row.status == Status.OFF_TRACK or flags(row) & {Flag.OVERDUE, Flag.DATE_MOVED}]
    assert keys(lists.exceptions(rows)) == keys(sorted(listed, key=worst_first))
    for kind in (DecisionKind.SIGN_OFF, DecisionKind.AGREE_DATE, DecisionKind.AGREE_OWNER):
        assert keys(lists.waiting(rows, kind)) == [row.id for row in stood if WAITS[kind](row)], kind


A_DAY = st.sampled_from([None, *(TODAY + dt.timedelta(days=days) for days in (-200, -91, -1, 0, 1, 14, 15, 90))])
STANDS = st.fixed_dictionaries({
    "status": st.sampled_from([status for status in Status if status != Status.SUPERSEDED]),
    "agreed_date": A_DAY, "recheck_on": A_DAY, "said_on": A_DAY, "asked_for": A_DAY,
    "date_moves": st.integers(0, 2), "answered": st.sampled_from(["", *Answered]),
})  # fmt: skip


@given(st.lists(STANDS, min_size=12, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_parts_stand_the_lists_are_what_their_rules_say(stand):
    person = who("vca_cochair1")
    for part, told in zip(in_order(Part.objects.select_related("recommendation"))[::4], stand, strict=False):
        told = dict(told)
        said_on, asked_for = told.pop("said_on"), told.pop("asked_for")
        said_at = dt.datetime.combine(said_on, dt.time(9), tzinfo=dt.UTC) if said_on is not None else None
        Part.objects.filter(pk=part.pk).update(
            **told, first_agreed_date=told["agreed_date"], requested_date=asked_for, last_said_at=said_at,
            requested_by=person if asked_for else None, proposer=person, superseded_by=None,
        )  # fmt: skip
        refresh_asks(Part.objects.get(pk=part.pk))
    check(read())
