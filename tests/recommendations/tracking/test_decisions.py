"""The SLG's decisions, by the service that every screen uses."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status, WorkflowError
from recommendations.models import Decision, Priority
from recommendations.services import ownership
from recommendations.services.decisions import Ruling
from recommendations.services.decisions import decide as record
from recommendations.services.updates import withdraw
from subgroups.models import Body, Post
from subgroups.services.people import appoint
from tests.factories import A_DAY, LONG_AGO, decide, make_person, propose, say, the_part, the_recommendation

pytestmark = pytest.mark.django_db
LATER = A_DAY + dt.timedelta(days=60)


def test_an_slg_member_signs_off_what_a_subgroup_proposed(vca_cochair1, slg_member):
    propose(the_part("25"), vca_cochair1, Difference.TOO_EARLY)
    decision = decide(the_part("25"), slg_member, DecisionKind.SIGN_OFF)
    assert the_part("25").status == the_recommendation("25").status == Status.COMPLETE
    assert decision.proposal.author == vca_cochair1
    assert decision.author_post == slg_member.post_titles


def test_the_other_co_chair_cannot_sign_off(vca_cochair1, vca_cochair2):
    propose(the_part("25"), vca_cochair1)
    with pytest.raises(PermissionDenied):
        decide(the_part("25"), vca_cochair2, DecisionKind.SIGN_OFF)


def test_a_proposer_who_gains_an_slg_seat_still_cannot_sign_off(vca_cochair1):
    propose(the_part("25"), vca_cochair1)
    vca_cochair1.appointments.all().delete()
    appoint(person=vca_cochair1, post=Post.objects.get(slug="slg-director-of-quality"), starts=LONG_AGO)
    del vca_cochair1.current_posts
    with pytest.raises(PermissionDenied, match="You proposed this"):
        decide(the_part("25"), vca_cochair1, DecisionKind.SIGN_OFF)


def test_an_slg_member_who_leads_the_owning_body_cannot_sign_off(vca_cochair1):
    both = make_person("slg-director-of-quality", "vca-co-chair-2")
    propose(the_part("25"), vca_cochair1)
    with pytest.raises(PermissionDenied, match="which owns this"):
        decide(the_part("25"), both, DecisionKind.SIGN_OFF)


def test_no_owner_changes_while_sign_off_waits(vca_cochair1):
    both = make_person("slg-director-of-quality", "vca-co-chair-2")
    propose(the_part("25"), vca_cochair1)
    with pytest.raises(WorkflowError, match="awaiting SLG sign-off, so “Agree an owner” does not apply"):
        decide(the_part("25"), both, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="qi"))
    with pytest.raises(WorkflowError, match="so its owner stays"):
        ownership.make_lead(part=the_part("25"), body=Body.objects.get(slug="qi"), reason="Taken on", by=both)
    assert [owned.body.slug for owned in the_part("25").leads] == ["vca"]


def test_whoever_leads_what_owned_it_at_the_proposal_cannot_sign_off_however_owners_changed(vca_cochair1):
    both = make_person("slg-director-of-quality", "vca-co-chair-2")
    propose(the_part("25"), vca_cochair1)
    the_part("25").ownerships.filter(kind="lead").update(body=Body.objects.get(slug="qi"))
    with pytest.raises(PermissionDenied, match="which owned this when it was proposed"):
        decide(the_part("25"), both, DecisionKind.SIGN_OFF)


def test_who_led_it_at_the_proposal_cannot_sign_off_after_leaving_that_post(vca_cochair1, slg_member):
    both = make_person("slg-secondary-head", "vca-co-chair-2")
    propose(the_part("25"), vca_cochair1)
    both.appointments.filter(post__slug="vca-co-chair-2").update(ends=LONG_AGO)
    with pytest.raises(PermissionDenied, match="You led a body that owned this when it was proposed"):
        decide(the_part("25"), both, DecisionKind.SIGN_OFF)
    decide(the_part("25"), slg_member, DecisionKind.SIGN_OFF)
    assert the_part("25").proposal_owners == []


def test_what_is_kept_of_the_owners_goes_with_the_proposal(vca_cochair1, vca_cochair2):
    given = propose(the_part("25"), vca_cochair1)
    vca = Body.objects.get(slug="vca")
    assert the_part("25").proposal_owners == [
        {"body": vca.pk, "slg": False, "leads": sorted([vca_cochair1.pk, vca_cochair2.pk])}
    ]
    withdraw(update=given, by=vca_cochair1)
    assert the_part("25").proposal_owners == []


def test_an_unowned_part_that_waits_for_sign_off_asks_for_no_owner(sign_in, manager, slg_member):
    propose(the_part("17"), manager)
    home = sign_in(slg_member).get("/").content.decode()
    assert the_part("17").decide_url("sign-off") in home
    assert the_part("17").decide_url("agree-owner") not in home


def test_what_the_slg_owns_needs_a_member_from_another_agency(slg_member, slg_teacher):
    colleague = make_person("slg-director-of-quality", email="colleague@people.example")
    propose(the_part("9"), slg_member)
    with pytest.raises(PermissionDenied, match="another agency"):
        decide(the_part("9"), colleague, DecisionKind.SIGN_OFF)
    decide(the_part("9"), slg_teacher, DecisionKind.SIGN_OFF)
    assert the_part("9").status == Status.COMPLETE


def test_a_colleague_of_the_proposers_agency_cannot_sign_off_after_the_proposer_left(slg_member):
    colleague = make_person("slg-director-of-quality", email="colleague@people.example")
    propose(the_part("9"), slg_member)
    slg_member.appointments.update(ends=LONG_AGO)
    with pytest.raises(PermissionDenied, match="another agency"):
        decide(the_part("9"), colleague, DecisionKind.SIGN_OFF)


def test_a_member_whose_seat_names_no_agency_cannot_show_to_be_from_elsewhere(slg_member):
    nurse = make_person("slg-designated-nurse")
    propose(the_part("9"), slg_member)
    with pytest.raises(PermissionDenied, match="another agency"):
        decide(the_part("9"), nurse, DecisionKind.SIGN_OFF)


def test_a_proposer_from_the_slg_may_still_set_a_priority(slg_member):
    propose(the_part("9"), slg_member)
    assert decide(the_part("9"), slg_member, DecisionKind.SET_PRIORITY, priority=Priority.objects.first())


def test_a_closed_part_keeps_no_open_request(vca_cochair1, slg_member):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    propose(the_part("25"), vca_cochair1)
    decide(the_part("25"), slg_member, DecisionKind.SIGN_OFF)
    assert (the_part("25").requested_date, the_part("25").requested_by) == (None, None)


def test_a_decision_is_not_dated_in_the_future(slg_member):
    part = the_part("25")
    ruling = Ruling(DecisionKind.AGREE_DATE, "Agreed", clock.today() + dt.timedelta(days=1), agreed_date=A_DAY)
    with pytest.raises(WorkflowError, match="past"):
        record(part=part, ruling=ruling, version=part.version, token=uuid.uuid4(), by=slg_member)


def test_the_manager_does_not_decide_outside_a_review(vca_cochair1, manager):
    propose(the_part("25"), vca_cochair1)
    with pytest.raises(PermissionDenied):
        decide(the_part("25"), manager, DecisionKind.SIGN_OFF)
    assert not Decision.objects.exists()


def test_signing_off_something_to_keep_doing_needs_a_re_check_date(slg_member, vca_cochair1):
    propose(the_part("18", "vca"), vca_cochair1)
    with pytest.raises(WorkflowError, match="re-check"):
        decide(the_part("18", "vca"), slg_member, DecisionKind.SIGN_OFF)
    decide(the_part("18", "vca"), slg_member, DecisionKind.SIGN_OFF, recheck_on=LATER)
    assert the_part("18", "vca").recheck_on == LATER


def test_sending_back_sets_by_when(vca_cochair1, slg_member):
    propose(the_part("25"), vca_cochair1)
    decide(the_part("25"), slg_member, DecisionKind.SEND_BACK, agreed_date=LATER)
    part = the_part("25")
    assert (part.status, part.agreed_date, part.proposer) == (Status.ON_TRACK, LATER, None)


def test_the_first_agreed_date_never_disappears(vca_cochair1, slg_member):
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=LATER)
    part = the_part("25")
    assert (part.first_agreed_date, part.agreed_date, part.date_moves) == (A_DAY, LATER, 1)
    assert (part.requested_date, part.requested_by) == (None, None)


def test_agreeing_the_same_date_again_is_no_move(slg_member):
    for _ in range(2):
        decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    assert the_part("25").date_moves == 0


def test_nobody_agrees_the_date_they_asked_for(slg_member, slg_teacher):
    say(the_part("9"), slg_member, Status.AT_RISK)
    with pytest.raises(PermissionDenied, match="You asked for this"):
        decide(the_part("9"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("9"), slg_teacher, DecisionKind.AGREE_DATE, agreed_date=A_DAY)


def test_an_agreed_owner_leads_and_those_before_support(slg_member):
    decide(the_part("24"), slg_member, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="vca"))
    part = the_part("24")
    assert [owned.body.slug for owned in part.leads] == ["vca"]
    assert {owned.body.slug for owned in part.supporters} == {"slg", "llr", "qi", "ld"}


def test_an_agreed_owner_may_then_update(slg_member, commissioner):
    part = the_part("17")
    assert not part.leads
    decide(part, slg_member, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="commissioners"))
    assert the_part("17").owning_body_ids() == {post.body_id for post in commissioner.current_posts}


def test_one_main_priority_and_the_one_before_also_supports(slg_member):
    first, second = Priority.objects.all()[:2]
    for priority in (first, second):
        decide(the_part("25"), slg_member, DecisionKind.SET_PRIORITY, priority=priority)
    links = the_recommendation("25").priority_links
    assert links.get(is_main=True).priority == second
    assert links.get(is_main=False).priority == first


def test_superseding_names_another_recommendation(slg_member):
    with pytest.raises(WorkflowError):
        decide(the_part("5"), slg_member, DecisionKind.SUPERSEDE, replacement=the_recommendation("5"))
    decide(the_part("5"), slg_member, DecisionKind.SUPERSEDE, replacement=the_recommendation("1"))
    assert the_part("5").superseded_by.number == "1"


def test_what_is_closed_can_be_reopened_and_only_that(slg_member):
    with pytest.raises(WorkflowError):
        decide(the_part("21"), slg_member, DecisionKind.REOPEN)
    decide(the_part("21"), slg_member, DecisionKind.NOT_ACCEPT)
    decide(the_part("21"), slg_member, DecisionKind.REOPEN)
    assert the_part("21").status == Status.ON_TRACK


def test_nothing_is_signed_off_that_nobody_proposed(slg_member):
    with pytest.raises(WorkflowError):
        decide(the_part("25"), slg_member, DecisionKind.SIGN_OFF)
