"""What forms accept, clean and say."""

import datetime as dt

import pytest
from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.urls import get_resolver

from krscp import clock
from krscp.forms.fields import Checkboxes, Form, PartsDateField


class Update(Form):
    title = forms.CharField(max_length=1200)
    words = forms.CharField(label="What has happened?", required=False, max_length=5)
    kind = forms.ChoiceField(label="SLG answer", choices=[("yes", "Yes")])
    due = PartsDateField(label="New target date")
    email = forms.EmailField(required=False)
    count = forms.IntegerField(label="Share (%)", required=False, min_value=3)


def errors(name, **data):
    return Update(data).errors.get(name, [])


def date(day, month, year):
    return {"due_day": day, "due_month": month, "due_year": year}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x0bc\x1fd\x7fe\x85f", "abcde\nf"),
        ("tab\tstays", "tab\tstays"),
        ("x\u202etxt.exe\u2066", "xtxt.exe"),
        ("👩‍👧 مرحبا \u200f", "👩‍👧 مرحبا \u200f".strip()),
    ],
)
def test_text_comes_in_clean(typed, kept):
    form = Update({"title": typed})
    form.is_valid()
    assert form.cleaned_data["title"] == kept.strip()


def test_every_value_of_a_query_is_cleaned():
    class Filter(Form):
        body = forms.MultipleChoiceField(choices=[("vca", "VCA"), ("llr", "LLR")], widget=Checkboxes())

    form = Filter(QueryDict("body=vca%0b&body=llr"))
    assert form.is_valid()
    assert form.cleaned_data["body"] == ["vca", "llr"]


def test_cleaned_text_still_has_to_be_there():
    assert errors("title", title="\x0b\x1f") == ["Enter title"]


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("title", "", "Enter title"),
        ("title", "x" * 1201, "Title must be 1,200 characters or less"),
        ("words", "too long", "What has happened must be 5 characters or less"),
        ("kind", "", "Select SLG answer"),
        ("kind", "no", "Select one of the answers listed"),
        ("email", "me", "Enter an email address in the correct format, like name@example.com"),
        ("count", "many", "Share (%) must be a number"),
        ("count", "2", "Share (%) must be 3 or more"),
    ],
)
def test_an_error_says_what_to_do(name, typed, message):
    assert errors(name, **{name: typed}) == [message]


def test_the_message_of_a_validator_given_by_hand_stays():
    class Code(Form):
        code = forms.CharField(label="100%", validators=[RegexValidator("^[0-9]{6}$", "Enter the 6-digit code")])

    assert Code({"code": "x"}).errors["code"] == ["Enter the 6-digit code"]


def test_a_message_given_by_hand_stays():
    class Own(Form):
        status = forms.CharField(error_messages={"required": "Select how it is going"})

    assert Own({}).errors["status"] == ["Select how it is going"]


def test_a_question_without_a_message_of_its_own_asks_for_an_answer():
    class Ask(Form):
        why = forms.CharField(label="Why has this slipped?")

    assert Ask({}).errors["why"] == ["Enter an answer"]


@pytest.mark.parametrize("month", ["6", "06", "June", "jun", "Jun."])
def test_a_month_may_be_a_number_or_a_name(month):
    form = Update(date("3", month, "2026"))
    form.is_valid()
    assert form.cleaned_data["due"] == dt.date(2026, 6, 3)


@pytest.mark.parametrize(
    ("typed", "message", "faulty"),
    [
        (("", "", ""), "Enter new target date", ("day", "month", "year")),
        (("3", "", "2026"), "New target date must include a month", ("month",)),
        (("3", "", ""), "New target date must include a month and year", ("month", "year")),
        (("31", "6", "2026"), "New target date must be a real date", ("day",)),
        (("3", "13", "2026"), "New target date must be a real date", ("month",)),
        (("3", "ju", "2026"), "New target date must be a real date", ("month",)),
        (("x", "6", "never"), "New target date must be a real date", ("day", "year")),
        (("3", "6", "26"), "Year must include 4 numbers", ("year",)),
        (("3", "6", "²026"), "New target date must be a real date", ("year",)),
    ],
)
def test_a_faulty_date_says_why_and_where(typed, message, faulty):
    bound = Update(date(*typed))["due"]
    assert list(bound.errors) == [message]
    assert bound.faulty_parts == faulty
    assert bound.error_target == f"id_due_{faulty[0]}"


def test_what_was_typed_into_a_faulty_date_is_kept():
    shown = str(Update(date("31", "Febtober", "2026"))["due"])
    assert 'value="Febtober"' in shown
    assert 'value="31"' in shown


def test_a_date_that_may_be_left_out_gives_none():
    class Optional(Form):
        due = PartsDateField(required=False)

    form = Optional(date("", " ", ""))
    assert form.is_valid()
    assert form.cleaned_data["due"] is None


def test_a_known_date_fills_the_boxes():
    shown = str(Update(initial={"due": dt.date(2026, 6, 3)})["due"])
    assert 'name="due_month" type="text" inputmode="numeric" value="6"' in shown


def test_a_date_that_has_not_been_altered_has_not_changed():
    form = Update(date("3", "june", "2026"), initial={"due": dt.date(2026, 6, 3)})
    assert "due" not in form.changed_data


def kinds_of(form: type[Form]) -> set[type[Form]]:
    return {form}.union(*(kinds_of(kind) for kind in form.__subclasses__()))


def test_the_year_of_a_date_hint_is_that_of_the_page_and_not_of_the_process():
    get_resolver().url_patterns  # noqa: B018 (every form of the product is loaded)
    fields = [field for kind in kinds_of(Form) for field in kind.base_fields.values()]
    with clock.at(dt.datetime(2040, 5, 1, tzinfo=dt.UTC)):
        hints = [str(field.help_text) for field in fields if "For example, " in str(field.help_text)]
    assert len(hints) > 10
    assert {hint[-4:] for hint in hints if hint[-1].isdigit()} == {"2041", "2039"}
