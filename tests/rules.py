"""The workflow's rules, typed by hand from section 2 of the product, and what disagrees with them."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.db import transaction

from recommendations.domain import kinds, workflow
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import Part, Priority
from recommendations.services import decisions
from recommendations.services.decisions import Ruling
from recommendations.services.escalations import escalate
from subgroups.models import Body
from subgroups.permissions import Permission
from tests.conftest import cast_member
from tests.factories import A_DAY, LONG_AGO, decide, propose, review_in, say, the_part, the_recommendation

# How a change is called, whose it is, from where, to what, and what must come with it.
CHANGES = """
improve    | UPDATE              | not_started at_risk off_track                              | on_track          | happened next
recover    | UPDATE              | off_track                                                  | at_risk           | happened next
slip       | UPDATE              | not_started on_track                                       | at_risk           | why back date
fall       | UPDATE              | not_started on_track at_risk                               | off_track         | why back date ask
propose    | PROPOSE_COMPLETION  | not_started on_track at_risk off_track                     | awaiting_sign_off | happened evidence children
sign_off   | SIGN_OFF            | awaiting_sign_off                                          | complete          | wording decided recheck
send_back  | DECIDE              | awaiting_sign_off                                          | on_track          | wording decided by
not_accept | DECIDE              | not_started on_track at_risk off_track awaiting_sign_off   | not_accepted      | wording decided
supersede  | DECIDE              | not_started on_track at_risk off_track awaiting_sign_off   | superseded        | wording decided heir
reopen     | DECIDE              | complete not_accepted superseded                           | on_track          | wording decided
"""  # noqa: E501
WORDS = {
    "happened": "what happened", "next": "the next step and its date", "why": "why it has slipped",
    "back": "what will bring it back", "date": "a new date, requested until the SLG agrees it",
    "ask": "what is needed from the SLG, or “Nothing yet”", "evidence": "evidence",
    "children": "the difference for children", "wording": "the decision's wording",
    "decided": "the date of the decision", "recheck": "a re-check date where it asks to keep doing",
    "by": "by when", "heir": "the replacement",
}  # fmt: skip
# Which decision a part in which status takes.
TAKES = """
              not_started on_track at_risk off_track awaiting_sign_off complete not_accepted superseded
sign_off      -           -        -       -         yes               -        -            -
send_back     -           -        -       -         yes               -        -            -
not_accept    yes         yes      yes     yes       yes               -        -            -
supersede     yes         yes      yes     yes       yes               -        -            -
reopen        -           -        -       -         -                 yes      yes          yes
agree_date    yes         yes      yes     yes       yes               -        -            -
agree_owner   yes         yes      yes     yes       -                 -        -            -
set_priority  yes         yes      yes     yes       yes               yes      yes          yes
recheck       -           -        -       -         -                 yes      -            -
answer        yes         yes      yes     yes       yes               yes      yes          yes
act           yes         yes      yes     yes       yes               yes      yes          yes
note          yes         yes      yes     yes       yes               yes      yes          yes
"""
# What a decision must set, and what it leaves of the part: status, whether a date, a re-check, a heir, an ask to
# agree a date and a proposer stand afterwards. 25 was proposed with a date asked for, where that can be.
SETS = {
    "send_back": ["agreed_date"], "agree_date": ["agreed_date"], "agree_owner": ["owner"], "recheck": ["recheck_on"],
    "set_priority": ["priority"], "supersede": ["replacement"], "act": ["owner", "due"],
}  # fmt: skip
LEAVES = """
kind         status            date recheck heir asks proposer lead        priority
sign_off     complete          -    yes     -    -    -        vca         -
send_back    on_track          yes  -       -    -    -        vca         -
not_accept   not_accepted      -    -       -    -    -        vca         -
supersede    superseded        -    -       yes  -    -        vca         -
reopen       on_track          -    -       -    -    -        vca         -
reopen_done  on_track          -    -       -    -    -        vca         -
agree_date   awaiting_sign_off yes  -       -    -    yes      vca         -
agree_owner  at_risk           -    -       -    yes  -        llr         -
set_priority awaiting_sign_off -    -       -    yes  yes      vca         yes
recheck      complete          -    yes     -    -    -        vca         -
answer       awaiting_sign_off -    -       -    yes  yes      vca         -
act          awaiting_sign_off -    -       -    yes  yes      vca         -
note         awaiting_sign_off -    -       -    yes  yes      vca         -
"""
# Who asked for what is decided: the proposer, or whoever asked for the date or the answer.
NOT_BY = {
    "sign_off": {"proposer"}, "send_back": {"proposer", "asker"}, "not_accept": {"proposer"}, "supersede": {"proposer"},
    "agree_date": {"asker"}, "answer": {"escalator"},
}  # fmt: skip


def rows(table: str) -> Iterator[list[str]]:
    """The lines of a table, split, without its head."""
    yield from (line.split() for line in table.strip().splitlines()[1:])


def wrong_changes() -> list[str]:
    """Where the transitions say something else than section 2."""
    typed = [[cell.strip() for cell in line.split("|")] for line in CHANGES.strip().splitlines()]
    named = {change.name: change for change in workflow.TRANSITIONS}
    found = list(named.keys() ^ {line[0] for line in typed})
    for name, permission, sources, target, needs in typed:
        change = named[name]
        said = (change.permission, set(change.sources), change.target, {str(need) for need in change.needs})
        if said != (Permission[permission], set(sources.split()), target, {WORDS[need] for need in needs.split()}):
            found.append(f"{name}: {said}")
    return found


def wrong_openings() -> list[str]:
    """Where another decision is open than typed."""
    head = TAKES.strip().splitlines()[0].split()
    return [
        f"{kind} in {status}"
        for kind, *cells in rows(TAKES)
        for status, cell in zip(head, cells, strict=True)
        if (DecisionKind(kind) in kinds.decisions_open(status)) != (cell == "yes")
    ]


def bring(kind: str, chair, member) -> Part:
    """25, with another date asked for and mostly proposed as complete, to where the decision is open."""
    say(the_part("25"), chair, Status.AT_RISK)
    if kind == "answer":
        escalate(part=the_part("25"), ask="Decide", by_when=None, otherwise="", token=uuid.uuid4(), by=chair)
    if kind == "agree_owner":  # no owner changes while sign-off waits
        return the_part("25")
    propose(the_part("25"), chair)
    if kind == "recheck":
        decide(the_part("25"), member, DecisionKind.SIGN_OFF)
    if kind == "reopen_done":
        decide(the_part("25"), member, DecisionKind.SIGN_OFF, recheck_on=A_DAY)
    if kind == "reopen":
        heir = the_recommendation("26")
        decide(the_part("25"), member, DecisionKind.SUPERSEDE, replacement=heir)
    return the_part("25")


def all_it_sets(kind: str) -> dict:
    values = {"agreed_date": A_DAY, "recheck_on": A_DAY, "due": A_DAY, "owner": Body.objects.get(slug="llr"),
              "priority": Priority.objects.first(), "replacement": the_recommendation("26")}  # fmt: skip
    sets = SETS.get(kind, []) + (["recheck_on"] if kind == "sign_off" else [])
    return {name: values[name] for name in sets}


def left(part: Part) -> list[str]:
    """The part as LEAVES has it."""
    facts = [part.agreed_date, part.recheck_on, part.superseded_by_id, part.requested_date, part.proposer_id]
    lead = [owned.body.slug for owned in part.leads]
    main = part.recommendation.priority_links.filter(is_main=True).exists()
    return [part.status, *("yes" if fact else "-" for fact in facts), *lead, "yes" if main else "-"]


def wrong_effects(kinds: list[str]) -> list[str]:
    """Where a decision leaves the part otherwise than typed."""
    chair, member = cast_member("vca_cochair1"), cast_member("slg_member")
    found = []
    for kind, *typed in rows(LEAVES):
        taken = DecisionKind(kind.removesuffix("_done"))
        if taken in kinds:
            with undone():
                decide(bring(kind, chair, member), member, taken, **all_it_sets(kind))
                if left(the_part("25")) != typed:
                    found.append(f"{kind} leaves {left(the_part('25'))}")
    return found


def wrong_refusals(kinds: list[str]) -> list[str]:
    """Which decisions are taken without what they must set, or the wording, or in the future."""
    chair, member = cast_member("vca_cochair1"), cast_member("slg_member")
    found = []
    for kind in kinds:
        with undone():
            part, sets = bring(kind, chair, member), all_it_sets(kind)
            good = {"wording": "Agreed", "decided_on": LONG_AGO} | sets
            bad = [good | {name: None} for name in SETS.get(kind, [])]
            bad += [good | {"wording": ""}, good | {"decided_on": dt.date(2999, 1, 1)}]
            if not taken(part, kind, good):
                found.append(f"{kind} is refused with all it needs")
            found += [f"{kind} is taken with {one}" for one in bad if taken(part, kind, one)]
    return found


def taken(part: Part, kind: str, given: dict) -> bool:
    try:
        decisions.check(part, Ruling(kind=DecisionKind(kind), **given))
    except WorkflowError:
        return False
    return True


def wrong_askers() -> list[str]:
    """Who decides what they asked for themselves, or is kept from what they did not ask for."""
    people = {name: SimpleNamespace(pk=place) for place, name in enumerate(("proposer", "asker", "escalator"), 1)}
    item = SimpleNamespace(
        proposer_id=1, requested_by_id=2, asker_id=3, proposer_agencies=[], proposal_owners=[],
        is_slgs=False, in_meeting=False, sitting="", owning_body_ids=frozenset,
    )  # fmt: skip
    found = []
    for name, person in people.items():
        person.current_posts = [SimpleNamespace(role="slg_member", body_id=9, agency_id=9, body=None)]
        found += [
            f"{kind} by the {name}"
            for kind in DecisionKind
            if bool(decisions.why_not(item, kind, person)) != (name in NOT_BY.get(kind.value, set()))
        ]
    return found


def wrong_closed() -> list[str]:
    """Which decisions are taken where they are not open, or answer what nobody asked, or lead to the part itself."""
    part, found = the_part("25"), []
    for kind, *cells in rows(TAKES):
        for status, cell in zip(TAKES.split(), cells, strict=False):
            part.status = status
            if kind != "answer" and taken(part, kind, good_for(kind)) != (cell == "yes"):
                found.append(f"{kind} in {status}")
    part.status = Status.ON_TRACK
    found += ["answer"] if taken(part, "answer", good_for("answer")) else []
    itself = good_for("supersede") | {"replacement": part.recommendation}
    return found + (["supersede by itself"] if taken(part, "supersede", itself) else [])


def wrong_keeping() -> list[str]:
    """Whether what asks to keep doing is signed off without a day to check again."""
    part = the_part("18", "vca")
    part.status = Status.AWAITING_SIGN_OFF
    return ["sign-off"] if taken(part, "sign_off", good_for("sign_off") | {"recheck_on": None}) else []


def good_for(kind: str) -> dict:
    return {"wording": "Agreed", "decided_on": LONG_AGO} | all_it_sets(kind)


def wrong_in_a_quarterly() -> list[str]:
    """What the Manager records in a co-chairs' quarterly besides actions and notes; the SLG decides meanwhile."""
    manager, member = cast_member("manager"), cast_member("slg_member")
    review = review_in("meeting", manager, kind="quarterly")
    part = Part.objects.flagged(review.held_on).get(pk=the_part("25").pk)
    found = []
    for kind in DecisionKind:
        if (decisions.why_not(part, kind, manager) == "") != (kind in ("act", "note")):
            found.append(f"{kind} by the Manager")
        if decisions.why_not(part, kind, member) != "":
            found.append(f"{kind} by the SLG")
    return found


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
