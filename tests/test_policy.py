"""The policy against section 8 of the product, typed here by hand and never read from the matrix."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from subgroups.models import Body, Post, PostRole
from subgroups.permissions import (
    MATRIX,
    Permission,
    Role,
    Scope,
    can,
    can_somewhere,
    leading_roles,
    roles_to_fill,
    why_not_appoint,
    why_not_decide,
    why_not_sign_off,
)
from subgroups.services.people import end_appointment
from tests.factories import make_person

# all: everything; own: what the body of the post leads; sits: everything while a review is in its meeting;
# -: nothing. From product.md, section 8.
SECTION_8 = """
post           VIEW EXPORT UPDATE PROPOSE_COMPLETION DECIDE SIGN_OFF ESCALATE RUN_REVIEWS EDIT_READING MANAGE_PEOPLE IMPORT ANNUAL_REPORT  AUDIT
co_chair       all  all    own    own                -      -        own      -           -            -             -      -              -
commissioner   all  all    own    own                -      -        own      -           -            -             -      -              -
lead           all  all    own    own                -      -        own      -           -            -             -      -              -
slg_member     all  all    own    own                all    all      all      -           -            -             -      -              -
slg_chair      all  all    own    own                all    all      all      -           -            -             -      -              -
strategic_lead all  all    own    own                all    all      all      -           -            -             -      -              -
manager        all  all    all    all                sits   sits     all      all         all          all           all    all            all
team           all  all    all    all                sits   sits     all      all         all          all           all    all            all
lay_member     all  all    -      -                  -      -        -        -           -            -             -      -              -
scrutineer     all  all    -      -                  -      -        -        -           -            -             -      -              all
administrator  all  all    -      -                  -      -        -        -           -            all           -      -              all
"""  # noqa: E501
OWN, OTHER = 1, 2
# On its own and on another body's, before a meeting and while a review sits.
ALLOWS = {
    "all": (True, True, True, True),
    "own": (True, False, True, False),
    "sits": (False, False, True, True),
    "-": (False, False, False, False),
}


def typed() -> dict[tuple[str, str], str]:
    """(post's role, permission) → all, own or -, as typed above."""
    heads, *rows = [line.split() for line in SECTION_8.strip().splitlines()]
    return {(row[0], name): word for row in rows for name, word in zip(heads[1:], row[1:], strict=True)}


def holder(*posts: Post, pk: int = 1) -> SimpleNamespace:
    """A person who holds these posts today."""
    return SimpleNamespace(pk=pk, current_posts=list(posts), email=f"person{pk}@people.example")


def seat(role: str, body: Body, agency: int | None = None) -> Post:
    return Post(role=role, body=body, agency_id=agency)


def owned_by(
    *bodies: int, proposer: SimpleNamespace | None = None, in_meeting: bool = False, then: list[dict] | None = None
) -> SimpleNamespace:
    agencies = [post.agency_id for post in proposer.current_posts if post.agency_id] if proposer else []
    return SimpleNamespace(
        owning_body_ids=lambda: frozenset(bodies),
        proposer_id=proposer.pk if proposer else None,
        proposer_agencies=agencies,
        proposal_owners=then or [],
        in_meeting=in_meeting,
        is_slgs=SLG.pk in bodies,
    )


def disagreements() -> list[str]:
    """Where the policy says something else than section 8."""
    found = []
    for (role, name), word in typed().items():
        user = holder(seat(role, Body(pk=OWN)))
        asked = [owned_by(body, in_meeting=sits) for sits in (False, True) for body in (OWN, OTHER)]
        said = tuple(can(user, Permission[name], item) for item in asked)
        if said != ALLOWS[word]:
            found.append(f"{role} {name}: {said}, section 8 says {word}")
    return found


def test_the_matrix_is_section_8():
    assert disagreements() == []


def test_section_8_is_typed_for_every_post_and_permission():
    assert set(typed()) == {(role, permission.name) for role in PostRole.values for permission in Permission}


def test_every_role_stands_in_the_matrix():
    assert set(MATRIX) == set(Role)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_weakening_or_tightening_any_cell_is_noticed(monkeypatch, role, permission):
    right = MATRIX[role].get(permission)
    for wrong in {None, *Scope} - {right}:
        row = {name: scope for name, scope in MATRIX[role].items() if name != permission}
        monkeypatch.setitem(MATRIX, role, row if wrong is None else row | {permission: wrong})
        assert disagreements(), f"{role} with {permission} {wrong} went unnoticed"


def test_without_a_post_nobody_may_do_anything():
    assert [permission for permission in Permission if can(holder(), permission)] == []


def test_an_owners_right_reaches_nothing_where_what_it_is_about_was_forgotten():
    lead = holder(seat("co_chair", Body(pk=OWN)))
    assert not can(lead, Permission.UPDATE)
    assert can_somewhere(lead, Permission.UPDATE)
    assert not can_somewhere(lead, Permission.DECIDE)


def test_several_posts_add_up():
    both = holder(seat("co_chair", Body(pk=OWN)), seat("lay_member", Body(pk=OTHER)))
    assert can(both, Permission.UPDATE, owned_by(OWN))
    assert not can(both, Permission.UPDATE, owned_by(OTHER)), "the lay member's seat gives no right to update"


# Sign-off: per item, whatever posts a person holds.

VCA = Body(pk=3, name="VCA", kind="subgroup")
SLG = Body(pk=4, name="SLG", kind="slg")
LEADS = Body(pk=5, name="Strategic leads", kind="strategic_leads")
POLICE, HEALTH = 1, 2
co_chair = holder(seat("co_chair", VCA, POLICE), pk=1)
member = holder(seat("slg_member", SLG, HEALTH), pk=2)
constable = holder(seat("slg_member", SLG, POLICE), pk=3)
chair = holder(seat("slg_chair", SLG), seat("slg_member", SLG, POLICE), pk=4)
strategic_lead = holder(seat("strategic_lead", LEADS, HEALTH), pk=5)
manager = holder(seat("manager", Body(pk=6, kind="team")), pk=6)
two_hats = holder(seat("co_chair", VCA, POLICE), seat("slg_member", SLG, POLICE), pk=7)
three_hats = holder(seat("co_chair", VCA), seat("slg_chair", SLG), seat("strategic_lead", LEADS), pk=8)


@pytest.mark.parametrize("decider", [member, constable, chair, strategic_lead])
@pytest.mark.parametrize("proposer", [co_chair, manager])
def test_the_slg_or_a_strategic_lead_signs_off_what_a_subgroup_proposed(decider, proposer):
    assert why_not_sign_off(decider, owned_by(VCA.pk, proposer=proposer)) == ""


@pytest.mark.parametrize("other", [co_chair, holder(), holder(seat("scrutineer", SLG))])
def test_nobody_else_signs_off(other):
    assert why_not_sign_off(other, owned_by(OTHER, proposer=member)).startswith("Only the SLG or a strategic lead")


def test_the_manager_signs_off_as_recorder_and_only_while_a_review_sits():
    assert why_not_sign_off(manager, owned_by(VCA.pk, proposer=co_chair)).startswith("The Manager records")
    assert why_not_sign_off(manager, owned_by(VCA.pk, proposer=co_chair, in_meeting=True)) == ""
    assert why_not_sign_off(manager, owned_by(VCA.pk, proposer=manager, in_meeting=True)).startswith("You proposed")
    assert "one of its members" in why_not_sign_off(manager, owned_by(SLG.pk, proposer=member, in_meeting=True))


@pytest.mark.parametrize("proposer", [two_hats, three_hats, member, chair, strategic_lead])
@pytest.mark.parametrize("owner", [VCA, SLG, LEADS, Body(pk=OTHER)])
def test_the_proposer_never_signs_off_whatever_posts_they_hold(proposer, owner):
    assert why_not_sign_off(proposer, owned_by(owner.pk, proposer=proposer)).startswith("You proposed this")


@pytest.mark.parametrize("decider", [two_hats, three_hats])
def test_a_lead_of_an_owning_body_never_signs_it_off(decider):
    assert why_not_sign_off(decider, owned_by(VCA.pk, proposer=manager)).startswith("You lead VCA")
    assert why_not_sign_off(decider, owned_by(VCA.pk, SLG.pk, proposer=manager)).startswith("You lead VCA")


def test_strategic_leads_do_not_sign_off_their_own():
    assert why_not_sign_off(strategic_lead, owned_by(LEADS.pk, proposer=manager)).startswith("You lead Strategic leads")


def test_what_the_slg_owns_needs_a_member_from_another_agency():
    own = owned_by(SLG.pk, proposer=constable)
    assert why_not_sign_off(member, own) == ""
    assert "another agency" in why_not_sign_off(chair, own)
    assert "another agency" in why_not_sign_off(holder(seat("slg_member", SLG, POLICE), pk=9), own)


def test_a_strategic_lead_signs_off_what_the_slg_owns_from_any_agency():
    police_lead = holder(seat("strategic_lead", LEADS, POLICE), pk=9)
    assert why_not_sign_off(police_lead, owned_by(SLG.pk, proposer=constable)) == ""


def owner_then(body: Body, *leads: SimpleNamespace) -> dict:
    return {"body": body.pk, "slg": body is SLG, "leads": [person.pk for person in leads]}


def test_whoever_leads_a_body_that_owned_it_at_the_proposal_never_signs_it_off():
    item = owned_by(SLG.pk, proposer=manager, then=[owner_then(VCA)])
    assert why_not_sign_off(two_hats, item) == (
        "You lead VCA, which owned this when it was proposed. Somebody from outside it must sign it off."
    )
    assert why_not_sign_off(member, item) == ""


def test_whoever_led_an_owner_at_the_proposal_never_signs_it_off_without_that_post():
    item = owned_by(VCA.pk, proposer=co_chair, then=[owner_then(VCA, co_chair, member)])
    assert why_not_sign_off(member, item).startswith("You led a body that owned this when it was proposed")
    assert why_not_sign_off(constable, item) == ""


def test_what_the_slg_owned_at_the_proposal_is_judged_as_its_own():
    item = owned_by(VCA.pk, proposer=constable, in_meeting=True, then=[owner_then(SLG, constable, member, chair)])
    assert why_not_sign_off(member, item) == ""
    assert "another agency" in why_not_sign_off(chair, item)
    assert "one of its members" in why_not_sign_off(manager, item)
    left = holder(seat("strategic_lead", LEADS, POLICE), pk=chair.pk)
    assert "another agency" in why_not_sign_off(left, item), "a member then, and from the proposer's agency"
    assert why_not_sign_off(holder(seat("strategic_lead", LEADS, POLICE), pk=11), item) == ""


def test_nobody_decides_what_they_asked_for():
    item = owned_by(VCA.pk)
    assert why_not_decide(member, item, [constable.pk]) == ""
    assert why_not_decide(member, item, []) == ""
    assert why_not_decide(member, item, [member.pk]).startswith("You asked for this")
    assert why_not_decide(three_hats, item, [three_hats.pk]).startswith("You asked for this")
    assert why_not_decide(co_chair, item, [member.pk]).startswith("Only the SLG or a strategic lead")


def test_the_manager_decides_as_recorder_and_only_while_a_review_sits():
    sitting = owned_by(VCA.pk, in_meeting=True)
    assert why_not_decide(manager, owned_by(VCA.pk), []).startswith("The Manager records")
    assert why_not_decide(manager, sitting, []) == ""
    assert why_not_decide(manager, sitting, [manager.pk]).startswith("You asked for this")


def test_only_an_administrator_appoints_administrators_and_nobody_themselves():
    admin = holder(seat("administrator", Body(pk=6)), pk=10)
    seats = {role: seat(role, VCA) for role in PostRole.values}
    assert why_not_appoint(manager, seats["co_chair"], "new@people.example") == ""
    assert why_not_appoint(admin, seats["administrator"], "new@people.example") == ""
    assert why_not_appoint(manager, seats["administrator"], "new@people.example").startswith("Only an administrator")
    assert roles_to_fill(admin) == list(PostRole)
    assert roles_to_fill(manager) == [role for role in PostRole if role != "administrator"]
    for person in (manager, admin):
        for post in seats.values():
            assert why_not_appoint(person, post, f" {person.email.upper()} ").startswith("Somebody else")


def test_whoever_may_update_leads_a_body():
    assert leading_roles() == [role for role in PostRole if typed()[role, "UPDATE"] != "-"]


# Rights come from posts held today, London time.


@pytest.mark.parametrize(
    ("instant", "status"),
    [
        ("2026-06-30T22:59:59Z", 200),  # 23:59 in London, the last day
        ("2026-06-30T23:00:00Z", 403),  # midnight in London: the day after
        ("2026-07-01T09:00:00Z", 403),
    ],
)
def test_rights_end_at_london_midnight_after_the_last_day(db, sign_in, instant, status):
    person = make_person("lay-member-1")
    end_appointment(appointment=person.appointments.get(), ends=dt.date(2026, 6, 30))
    with time_machine.travel(instant, tick=False):
        assert sign_in(person).get(reverse("bodies")).status_code == status


@pytest.mark.parametrize(("instant", "status"), [("2026-01-14T23:59:59Z", 403), ("2026-01-15T00:00:00Z", 200)])
def test_rights_begin_at_london_midnight_of_the_first_day(db, sign_in, instant, status):
    person = make_person()
    person.appointments.create(post=Post.objects.get(slug="scrutineer"), starts=dt.date(2026, 1, 15))
    with time_machine.travel(instant, tick=False):
        assert sign_in(person).get(reverse("bodies")).status_code == status


def test_a_closed_account_holds_no_rights(db):
    person = make_person("manager")
    person.is_active = False
    assert not can(person, Permission.VIEW)


# The pages that say all this are written from the code.


def test_the_generated_pages_are_current():
    call_command("write_docs", "--check")


def test_the_check_falls_over_a_page_that_has_drifted(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"roles.md"):
        call_command("write_docs", "--check")
    call_command("write_docs", verbosity=0)
    call_command("write_docs", "--check")
    page = tmp_path / "docs" / "workflow.md"
    page.write_text(page.read_text() + "and more\n")
    with pytest.raises(CommandError, match=r"Out of date: workflow.md"):
        call_command("write_docs", "--check")


def test_a_changed_right_makes_the_pages_stale(monkeypatch):
    monkeypatch.setitem(MATRIX[Role.LAY_MEMBER], Permission.UPDATE, Scope.ALL)
    with pytest.raises(CommandError, match="Out of date"):
        call_command("write_docs", "--check")
