"""The pages of bodies: names over time, who holds which post, what they lead and what they share."""

import datetime as dt
import re

import pytest

from krscp import clock
from subgroups.bodies import holdings
from subgroups.models import Body, BodyName, NameKind, Post
from subgroups.services.people import appoint, end_appointment
from tests.factories import make_person, say, the_part
from tests.pages import page, queries, read, section

pytestmark = pytest.mark.django_db


def test_bodies_stand_under_their_kinds(lay_member, sign_in):
    text = read(sign_in(lay_member), "/bodies/")
    order = ["Senior Leadership Group", "Subgroup", "Local Learning and Review subgroup", "Commissioners", "Project X"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Vulnerable Child and Adolescent subgroup (VCA) 10 2" in text


def test_a_body_shows_its_other_and_its_past_names(lay_member, sign_in):
    vca = Body.objects.get(slug="vca")
    BodyName.objects.create(body=vca, name="Exploitation subgroup", kind=NameKind.PAST)
    names = section(sign_in(lay_member), "/bodies/vca/", "names")
    assert "Official name Vulnerable Child and Adolescent subgroup Also called" in names
    assert "VCA sub-group" in names
    assert names.endswith("Past names Exploitation subgroup")


def test_posts_show_their_holder_and_agency_or_that_they_are_vacant(vca_cochair1, lay_member, sign_in):
    posts = section(sign_in(lay_member), "/bodies/vca/", "posts")
    assert "Co-chair, VCA subgroup (Achieving for Children) Vca cochair1; Achieving for Children" in posts
    assert "Co-chair, VCA subgroup (police) Vacant Metropolitan Police" in posts


def test_a_handover_moves_the_post(vca_cochair1, lay_member, sign_in):
    post = Post.objects.get(slug="vca-co-chair-1")
    last_day = dt.date(2026, 5, 3)
    end_appointment(appointment=post.appointments.get(), ends=last_day)
    appoint(person=make_person(email="new@people.example", name="The new one"), post=post, starts=dt.date(2026, 6, 1))
    client = sign_in(lay_member)

    def posts_on(day: dt.date) -> str:
        with clock.at(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)):
            return section(client, "/bodies/vca/", "posts")

    assert "Vca cochair1" in posts_on(last_day)
    assert "Vacant since 4 May 2026" in posts_on(dt.date(2026, 5, 20))
    assert "The new one" in posts_on(dt.date(2026, 6, 1))


def test_no_co_chair_at_all_is_a_warning(vca_cochair1, lay_member, sign_in):
    post = Post.objects.get(slug="vca-co-chair-1")
    end_appointment(appointment=post.appointments.get(), ends=dt.date(2026, 5, 3))
    with clock.at(dt.datetime(2026, 5, 20, tzinfo=dt.UTC)):
        assert "No co-chair since 4 May 2026." in read(sign_in(lay_member), "/bodies/vca/")
    assert "No co-chair yet." in read(sign_in(lay_member), "/bodies/ld/")


def test_one_co_chair_is_no_warning(vca_cochair1, lay_member, sign_in):
    assert "No co-chair" not in read(sign_in(lay_member), "/bodies/vca/")


def test_two_co_chairs_from_one_agency_are_a_warning(vca_cochair1, vca_cochair2, lay_member, sign_in):
    client = sign_in(lay_member)
    assert "Both co-chairs come from" not in read(client, "/bodies/vca/")
    second = Post.objects.get(slug="vca-co-chair-2")
    second.agency = Post.objects.get(slug="vca-co-chair-1").agency
    second.save()
    assert "Both co-chairs come from Achieving for Children." in read(client, "/bodies/vca/")


def test_what_llr_shares_is_computed(lay_member, sign_in):
    leads = section(sign_in(lay_member), "/bodies/llr/", "leads")
    assert "No recommendation names LLR alone. It shares 3 , 5 , 7 , 18 , 20 , 24 , 28(e) ." in leads


def test_a_body_that_leads_something_alone_has_no_such_line(lay_member, sign_in):
    assert "No recommendation names" not in read(sign_in(lay_member), "/bodies/vca/")


def test_a_body_that_leads_nothing_says_so(lay_member, sign_in):
    assert "No recommendation names Police as lead." in read(sign_in(lay_member), "/bodies/police/")


def test_own_recommendations_stand_apart_from_supported_ones(vca_cochair1, lay_member, sign_in):
    say(the_part("25"), vca_cochair1)
    client = sign_in(lay_member)
    leads, supports = (section(client, "/bodies/vca/", name) for name in ("leads", "supports"))
    assert "25 Audit of marginalised communities ● On track" in leads
    assert "28(e) Strategy for engaging children" in leads
    assert "27 Youth Out Loud model ○ Not started" in supports
    assert "27 Youth" not in leads


def test_each_status_links_to_its_recommendation(lay_member, sign_in):
    markup = page(sign_in(lay_member), "/bodies/vca/")
    assert 'href="/isr-2021/25/"' in markup
    assert 'href="/isr-2021/28/#part-e"' in markup


def test_a_body_that_is_not_there_is_not_found(lay_member, sign_in):
    assert sign_in(lay_member).get("/bodies/none/").status_code == 404


def test_a_body_with_ten_recommendations_costs_the_queries_of_one_with_two(lay_member, sign_in):
    client = sign_in(lay_member)
    assert queries(client, "/bodies/vca/") == queries(client, "/bodies/early-help-board/") <= 12


@pytest.fixture
def three_on_a_page(monkeypatch):
    monkeypatch.setattr(holdings, "ON_A_PAGE", 3)



def rows(client, path: str, name: str) -> list[str]:
    table = page(client, path).partition(f'id="{name}-table"')[2].partition("</table>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall('<th scope="row">.*?</th>', table)]


def test_a_long_list_stands_on_pages_of_its_own(lay_member, sign_in, monkeypatch):
    client = sign_in(lay_member)
    whole = rows(client, "/bodies/vca/", "leads")
    supported = rows(client, "/bodies/vca/", "supports")
    monkeypatch.setattr(holdings, "ON_A_PAGE", 3)
    pages = [rows(client, f"/bodies/vca/?leads={number}", "leads") for number in range(1, 5)]
    assert [row for listed in pages for row in listed] == whole
    assert [len(listed) for listed in pages] == [3, 3, 3, 1]
    markup = page(client, "/bodies/vca/?leads=2")
    assert "10 recommendations" in markup
    assert 'href="?leads=3#leads"' in markup
    assert rows(client, "/bodies/vca/?leads=4", "supports") == supported


def test_a_list_of_one_page_says_no_count(lay_member, sign_in):
    markup = page(sign_in(lay_member), "/bodies/vca/")
    assert "10 recommendations" not in markup
    assert "Pages of" not in markup


@pytest.mark.usefixtures("three_on_a_page")
def test_of_much_that_is_shared_the_first_page_is_named(lay_member, sign_in):
    leads = section(sign_in(lay_member), "/bodies/llr/", "leads")
    assert "It shares 3 , 5 , 7 and parts of 4 more recommendations." in leads


@pytest.mark.usefixtures("three_on_a_page")
def test_the_file_holds_all_pages(lay_member, sign_in):
    told = b"".join(sign_in(lay_member).get("/bodies/vca/export/csv/").streaming_content).decode("utf-8-sig")
    assert told.count("Leads,") == 10
    assert told.count("Supports,") == 2
