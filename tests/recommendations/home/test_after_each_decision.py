"""After every kind of decision that the SLG can take, everybody's home opens and says what was decided in words."""

import uuid

import pytest

from recommendations.domain.kinds import DecisionKind
from recommendations.models import Priority
from recommendations.services.escalations import escalate
from subgroups.models import Body
from tests.conftest import CAST
from tests.factories import A_DAY, decide, make_person, propose, the_part, the_recommendation
from tests.pages import words

pytestmark = pytest.mark.django_db

# What the home of those who watch says of each kind, typed by hand.
SAID = {
    DecisionKind.SIGN_OFF: "signed off 25",
    DecisionKind.SEND_BACK: "sent back 25",
    DecisionKind.NOT_ACCEPT: "decided against 25",
    DecisionKind.SUPERSEDE: "superseded 25",
    DecisionKind.REOPEN: "reopened 25",
    DecisionKind.AGREE_DATE: "agreed 31 March 2026 for 25",
    DecisionKind.AGREE_OWNER: "as owner of 25",
    DecisionKind.SET_PRIORITY: "as the priority of 25",
    DecisionKind.RECHECK: "checked again 25",
    DecisionKind.ANSWER: "answered what was asked about 25",
    DecisionKind.ACT: "agreed an action for 25",
    DecisionKind.NOTE: "minuted a note on 25",
}


def ready(kind: DecisionKind, chair, member) -> None:
    """Brings 25 to where this decision is open."""
    part = the_part("25")
    if kind in (DecisionKind.SIGN_OFF, DecisionKind.SEND_BACK, DecisionKind.RECHECK):
        propose(part, chair)
    if kind == DecisionKind.RECHECK:
        decide(part, member, DecisionKind.SIGN_OFF)
    if kind == DecisionKind.REOPEN:
        decide(part, member, DecisionKind.NOT_ACCEPT)
    if kind == DecisionKind.ANSWER:
        escalate(part=part, ask="Decide", by_when=None, otherwise="", token=uuid.uuid4(), by=chair)


def sets(kind: DecisionKind) -> dict:
    """What this decision sets."""
    vca = Body.objects.get(slug="vca")
    return {
        DecisionKind.SEND_BACK: {"agreed_date": A_DAY},
        DecisionKind.AGREE_DATE: {"agreed_date": A_DAY},
        DecisionKind.AGREE_OWNER: {"owner": vca},
        DecisionKind.SET_PRIORITY: {"priority": Priority.objects.first()},
        DecisionKind.SUPERSEDE: {"replacement": the_recommendation("26")},
        DecisionKind.RECHECK: {"recheck_on": A_DAY},
        DecisionKind.ACT: {"owner": vca, "due": A_DAY},
    }.get(kind, {})


def test_words_are_typed_for_every_kind():
    assert set(SAID) == set(DecisionKind)


@pytest.mark.parametrize("kind", DecisionKind)
def test_after_each_decision_every_home_opens_and_says_what_was_decided(sign_in, kind):
    people = {who: make_person(*posts, email=f"{who}@people.example") for who, posts in CAST.items()}
    ready(kind, people["vca_cochair1"], people["slg_member"])
    decide(the_part("25"), people["slg_member"], kind, **sets(kind))
    pages = {who: sign_in(person).get("/") for who, person in people.items() if who != "nobody"}
    assert {who: page.status_code for who, page in pages.items()} == dict.fromkeys(pages, 200)
    for who in ("vca_cochair1", "lay_member", "scrutineer"):
        assert SAID[kind] in words(pages[who].content.decode())
