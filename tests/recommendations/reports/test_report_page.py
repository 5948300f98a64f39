"""The report's text and the list of reports: every paragraph has an address, and says what cites it."""

import re

import pytest

from recommendations.models import Paragraph, Recommendation
from tests.factories import say, the_part
from tests.pages import page, queries, read, words

pytestmark = pytest.mark.django_db
REPORT = "/isr-2021/"


def block(markup: str, anchor: str) -> str:
    """The words of one place on the page, up to the next place."""
    after = markup.partition(f'id="{anchor}"')[2].partition(">")[2]
    return words(re.split(r'<(?:div|section|h2|h3)[^>]* id="', after)[0])


def test_every_numbered_paragraph_has_an_address_that_links_to_itself(lay_member, sign_in):
    markup = page(sign_in(lay_member), REPORT)
    numbered = Paragraph.objects.exclude(number="")
    assert numbered.filter(number__in=["A", "L", "5", "68"]).count() == 4
    for paragraph in numbered:
        assert markup.count(f'id="{paragraph.anchor}"') == 1, paragraph
        assert f'href="#{paragraph.anchor}"' in markup, paragraph


def test_paragraphs_stand_word_for_word_in_running_order(lay_member, sign_in):
    text = read(sign_in(lay_member), REPORT)
    places = []
    for paragraph in Paragraph.objects.exclude(number=""):
        start = " ".join(paragraph.text.split("\n")[0].split())
        assert start in text, paragraph
        places.append(text.index(start))
    assert places == sorted(places)


def test_recommendations_stand_in_their_places_with_their_status(vca_cochair1, lay_member, sign_in):
    say(the_part("25"), vca_cochair1)
    markup = page(sign_in(lay_member), REPORT)
    assert markup.index('id="p40"') < markup.index('id="r25"') < markup.index('id="p41"')
    assert "Recommendation 25 ● On track" in block(markup, "r25")
    for recommendation in Recommendation.objects.all():
        assert f'href="/isr-2021/{recommendation.slug}/"' in markup


def test_contents_link_sections_and_what_stands_below_them(lay_member, sign_in):
    contents = page(sign_in(lay_member), REPORT).split("<nav")[1].split("</nav>")[0]
    linked = re.findall(r'href="#(s\d+)"', contents)
    markup = page(sign_in(lay_member), REPORT)
    assert len(linked) > 20
    assert all(markup.count(f'id="{anchor}"') == 1 for anchor in linked)
    assert words(contents).index("LEADERSHIP ARRANGEMENTS") < words(contents).index("The role of the KRSCP Manager")


def test_paragraphs_say_what_cites_them(lay_member, sign_in):
    markup = page(sign_in(lay_member), REPORT)
    assert "Cited by recommendation 7" in block(markup, "p18")
    assert "Cited by the heading “Health, Police" in block(markup, "p39")
    assert "Cited by paragraph 19" in block(markup, "r22")
    assert "Our note" in block(markup, "r22")


def test_a_report_that_is_not_there_is_not_found(lay_member, sign_in):
    assert sign_in(lay_member).get("/isr-1999/").status_code == 404


def test_the_list_counts_recommendations_by_status(vca_cochair1, lay_member, sign_in):
    say(the_part("25"), vca_cochair1)
    text = read(sign_in(lay_member), "/reports/")
    assert "Independent Scrutiny Report, September 2021 September 2021 36 35 ○ Not started 1 ● On track" in text


def test_visitors_are_asked_to_sign_in(client):
    for path in (REPORT, "/reports/", "/isr-2021/12/", "/isr-2021/12/history/", "/bodies/", "/bodies/vca/"):
        assert client.get(path).url.startswith("/sign-in/"), path


def test_a_report_costs_the_same_queries_whatever_stands_in_it(lay_member, sign_in):
    client = sign_in(lay_member)
    before = queries(client, REPORT)
    report = Recommendation.objects.first().report
    for place in range(20):
        Paragraph.objects.create(report=report, number=f"N{place}", text="More", position=9000 + place)
    assert queries(client, REPORT) == before
