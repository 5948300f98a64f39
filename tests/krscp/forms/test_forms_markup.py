"""Our fields against the examples that each govuk-frontend component ships."""

import json
import warnings
from functools import cache
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines

from krscp.forms.date_field import DatePartsInput
from krscp.forms.fields import Checkboxes, Form, PartsDateField, Radios
from tests.krscp.markup import structure

COMPONENTS = Path(settings.BASE_DIR) / "node_modules/govuk-frontend/dist/govuk/components"


@cache
def examples(component):
    path = COMPONENTS / component / "fixtures.json"
    if not path.is_file():
        warnings.warn(f"{path} is not there: run npm ci to compare our markup", stacklevel=1)
        pytest.skip("NOT COMPARED with the components' examples: run npm ci")
    return {example["name"]: example for example in json.loads(path.read_text(encoding="utf-8"))["fixtures"]}


def show(field, options, data=None):
    """The field as a page shows it, with the label, hint and error of an example."""
    name = options.get("namePrefix") or options.get("name") or options.get("id")
    question = options.get("fieldset", {}).get("legend") or options["label"]
    field.label = question["text"]
    field.help_text = options.get("hint", {}).get("text", "")
    heading = name if question.get("isPageHeading") else ""
    form = type("ExampleForm", (Form,), {name: field, "heading": heading})(data or {})
    if error := options.get("errorMessage"):
        form.add_error(name, error["text"])
    return form[name].as_field_group()


def choices(options, widget_class):
    items = options["items"]
    hints = {item["value"]: item["hint"]["text"] for item in items if "hint" in item}
    widget = widget_class(
        hints=hints, small="--small" in options.get("classes", ""), inline="--inline" in options.get("classes", "")
    )
    return widget, [(item["value"], item["text"]) for item in items]


@pytest.mark.parametrize(
    "name", ["default", "with hint text", "with error message", "with error and hint", "with label as page heading"]
)
def test_text_input_matches_the_component(name):
    example = examples("input")[name]
    shown = show(forms.CharField(required=False), example["options"])
    assert structure(shown) == structure(example["html"])


@pytest.mark.parametrize("name", ["default", "with hint", "with error message", "with hint and error message"])
def test_textarea_matches_the_component(name):
    example = examples("textarea")[name]
    shown = show(forms.CharField(required=False, widget=forms.Textarea), example["options"])
    assert structure(shown) == structure(example["html"])


@pytest.mark.parametrize("name", ["default", "with hint", "with hint and error"])
def test_textarea_with_a_limit_matches_the_character_count(name):
    example = examples("character-count")[name]
    limit = example["options"]["maxlength"]
    shown = show(forms.CharField(required=False, max_length=limit, widget=forms.Textarea), example["options"])
    assert structure(shown) == structure(example["html"])


def test_password_matches_the_component():
    example = examples("password-input")["default"]
    attrs = {"spellcheck": "false", "autocomplete": "current-password", "autocapitalize": "none"}
    shown = show(forms.CharField(required=False, widget=forms.PasswordInput(attrs)), example["options"])
    assert structure(shown) == structure(example["html"])


@pytest.mark.parametrize("name", ["with hints on items", "with fieldset and error message", "inline"])
def test_radios_match_the_component(name):
    options = examples("radios")[name]["options"]
    widget, listed = choices(options, Radios)
    field = forms.ChoiceField(required=False, widget=widget, choices=listed)
    checked = [item["value"] for item in options["items"] if item.get("checked")]
    shown = show(field, options, {options["name"]: checked[0]} if checked else None)
    assert structure(shown) == structure(examples("radios")[name]["html"])


@pytest.mark.parametrize("name", ["with error message", "with hint", "with legend as a page heading", "small"])
def test_checkboxes_match_the_component(name):
    options = examples("checkboxes")[name]["options"]
    widget, listed = choices(options, Checkboxes)
    field = forms.MultipleChoiceField(required=False, widget=widget, choices=listed)
    assert structure(show(field, options)) == structure(examples("checkboxes")[name]["html"])


def test_select_matches_the_component():
    name = "with hint text and error message"
    options = examples("select")[name]["options"]
    chosen = options.get("value") or next((i["value"] for i in options["items"] if i.get("selected")), None)
    field = forms.ChoiceField(required=False, choices=[(item["value"], item["text"]) for item in options["items"]])
    shown = show(field, options, {options["name"]: str(chosen)} if chosen else None)
    assert structure(shown) == structure(examples("select")[name]["html"])


@pytest.mark.parametrize(
    "name", ["default", "with error message and hint", "with error on month input", "with error on year input"]
)
def test_date_input_matches_the_component(name):
    options = examples("date-input")[name]["options"] | {"fieldset": {"legend": {"text": "Date"}}}
    form = type("ExampleForm", (Form,), {"when": PartsDateField(label="Date", required=False)})({})
    form.fields["when"].help_text = options.get("hint", {}).get("text", "")
    if "errorMessage" in options:
        parts = options.get("items") or [{**options.get(part, {}), "name": part} for part in ("day", "month", "year")]
        faulty = [part["name"] for part in parts if part.get("error")]
        params = {"faulty": faulty} if faulty else None
        form.add_error("when", forms.ValidationError(options["errorMessage"]["text"], params=params))
    shown = structure(form["when"].as_field_group())
    assert boxes(shown) == boxes(structure(examples("date-input")[name]["html"]))


def boxes(parts):
    """The date's own part of the group, apart from the words of the legend."""
    legend = parts.index("/legend") if "/legend" in parts else 0
    return [part for part in parts[legend:] if part != "/fieldset"]


def test_error_message_matches_the_component():
    example = examples("error-message")["default"]
    context = {"errors": [example["options"]["text"]]}
    shown = engines["django"].get_template("components/error_message.html").render(context)
    assert structure(shown.replace(' id=""', "")) == structure(example["html"])


def test_error_summary_matches_the_component():
    example = examples("error-summary")["default"]
    items = [{"text": error["text"], "target": error["href"][1:]} for error in example["options"]["errorList"]]
    shown = engines["django"].get_template("components/error_summary.html").render({"items": items})
    assert structure(shown) == structure(example["html"])


def test_plain_django_choices_are_styled_too():
    class Plain(forms.Form):
        answer = forms.ChoiceField(widget=forms.RadioSelect, choices=[("yes", "Yes")])

    assert 'class="govuk-radios__input" type="radio"' in str(Plain())


def test_a_group_with_an_error_says_so_once_and_not_on_every_radio():
    class Question(Form):
        answer = forms.ChoiceField(widget=Radios(), choices=[("yes", "Yes"), ("no", "No")])

    shown = Question({})["answer"].as_field_group()
    assert "aria-invalid" not in shown
    assert shown.count('aria-describedby="id_answer-error"') == 1


def test_the_browser_neither_cuts_off_text_nor_answers_before_we_do():
    class Note(Form):
        words = forms.CharField(max_length=10, widget=forms.Textarea(attrs={"placeholder": "Type here"}))

    shown = str(Note())
    assert "maxlength=" not in shown.replace("data-maxlength=", "")
    assert "required" not in shown
    assert "placeholder" not in shown


def test_date_boxes_may_be_filled_in_by_the_browser():
    class Person(Form):
        born = PartsDateField(widget=DatePartsInput(autocomplete="bday"))

    assert 'autocomplete="bday-month"' in str(Person())
