"""What the tags of every page show."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines

from krscp.forms.fields import Form, PartsDateField, Radios
from krscp.templatetags import ui
from tests.krscp.markup import structure

OFF_TRACK = SimpleNamespace(label="Off track", shape="■", tone="red")
AT_RISK = SimpleNamespace(label="At risk", shape="▲", tone="amber")


def render(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request)


def test_a_badge_shows_shape_and_word_and_reads_the_word_only():
    parts = structure(ui.status_badge(OFF_TRACK))
    assert [part for part in parts if isinstance(part, str) and part[0] != "/"] == ["■", "Off track"]
    assert ("span", (("aria-hidden", "true"), ("class", ("app-status__shape",)))) in parts


def test_a_badge_escapes_its_word():
    assert "&lt;b&gt;" in ui.status_badge(SimpleNamespace(label="<b>", shape="■", tone="red"))


def test_a_trend_reads_its_words_in_order():
    assert "At risk, then Off track</span>" in ui.status_trend([AT_RISK, OFF_TRACK])


def test_no_trend_says_so():
    assert "None yet" in ui.status_trend([])


@pytest.mark.django_db
def test_pages_keep_the_filters_of_the_address(rf):
    page = Paginator(range(200), 10).page(10)
    html = render("{% pagination page %}", rf.get("/?status=off_track&page=10"), page=page)
    assert 'href="?status=off_track&amp;page=11"' in html
    assert 'aria-label="Page 10" aria-current="page"' in html
    assert html.count("&ctdot;") == 2


@pytest.mark.django_db
def test_a_list_of_one_page_has_no_page_links(rf):
    assert not render("{% pagination page %}", rf.get("/"), page=Paginator([1], 10).page(1)).strip()


class Question(Form):
    answer = forms.ChoiceField(label="Answer", widget=Radios(), choices=[("yes", "Yes")])
    due = PartsDateField(label="Due date")
    words = forms.CharField(label="Words")

    def clean(self):
        raise forms.ValidationError("Answer <once> only")


def test_the_error_summary_links_to_the_first_control_of_each_field():
    form = Question({"q-due_day": "3", "q-due_month": "13", "q-due_year": "2026"}, prefix="q")
    html = render("{% error_summary form %}", form=form)
    assert '<a href="#id_q-answer_0">Select answer</a>' in html
    assert '<a href="#id_q-due_month">Due date must be a real date</a>' in html
    assert '<a href="#id_q-words">Enter words</a>' in html
    assert "<li>Answer &lt;once&gt; only</li>" in html


def test_every_link_of_the_error_summary_leads_somewhere():
    form = Question({})
    html = render("{% error_summary form %}{{ form }}", form=form)
    for item in ui.error_summary(form)["items"]:
        assert not item["target"] or f'id="{item["target"]}"' in html


def test_the_error_summary_gathers_a_formset():
    formset = forms.formset_factory(Question)({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-words": "x"})
    targets = [item["target"] for item in ui.error_summary(formset)["items"]]
    assert "id_form-0-words" not in targets
    assert "id_form-1-words" in targets


def test_no_errors_no_summary():
    assert not render("{% error_summary form missing %}", form=Question()).strip()


def test_dates_are_days_in_london():
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert ui.display_date(late) == "1 July 2026"
    assert ui.display_datetime(late) == "1 July 2026, 00:30"
    assert ui.display_date(dt.date(2026, 1, 12)) == "12 January 2026"
    assert ui.display_date(None) == ""


def test_a_time_is_readable_by_machines_too():
    assert ui.time_tag(dt.date(2026, 1, 12)) == '<time datetime="2026-01-12">12 January 2026</time>'
    assert ui.time_tag(None, "No date") == "No date"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One\n\n\nTwo", '<p class="govuk-body">One</p><p class="govuk-body">Two</p>'),
        ("One\ntwo", '<p class="govuk-body">One<br>two</p>'),
        (
            "Review:\n• this\n• that\nThen stop",
            '<p class="govuk-body">Review:</p><ul class="govuk-list govuk-list--bullet"><li>this</li><li>that</li></ul>'
            '<p class="govuk-body">Then stop</p>',
        ),
        ("<script>\n\n• <b>", '<p class="govuk-body">&lt;script&gt;</p><ul class="govuk-list govuk-list--bullet">'
         "<li>&lt;b&gt;</li></ul>"),
    ],
)  # fmt: skip
def test_prose_makes_paragraphs_and_lists_and_escapes_the_rest(text, html):
    assert ui.prose(text) == html
