"""The steps of every write, in their order, with a plain form and nothing stored."""

import json
import uuid
from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from krscp.forms import writing
from krscp.forms.careful import PlainForm, WritingForm, long_text
from krscp.forms.combine import PARAGRAPH, STROKE, AnsweredBox, combine
from krscp.forms.edits import EditForm
from krscp.forms.fields import PartsDateField
from krscp.forms.writing import Clash, Screen, Stands, TakenBack, Writing
from krscp.refusals import Moved, Refusal

TOKEN = str(uuid.uuid4())


class NoteForm(EditForm):
    """A text, a line, a choice and a day."""

    text = long_text("Text", required="Enter a text")
    line = forms.CharField(label="Line", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], required=False)
    day = PartsDateField(label="Day", required=False)


class Desk:
    """One note, who writes it, and what happened in which order. `moves` changes it just before it is saved."""

    def __init__(self) -> None:
        self.note = {"text": "First", "line": "", "kind": "a"}
        self.version, self.steps, self.moves, self.refusal = 1, [], [], None
        self.page = Screen("form", {"about": "a note"})

    def make(self, sent: QueryDict | None) -> NoteForm:
        self.steps.append("make")
        return NoteForm(sent, version=self.version, initial=dict(self.note))

    def save(self, form: NoteForm) -> str:
        self.steps.append("save")
        if self.refusal is not None:
            raise self.refusal
        if self.moves:
            self.version += 1
            self.note |= self.moves.pop(0)
        if form.seen != self.version:
            raise Moved("Somebody was quicker.")
        self.note |= {name: form.cleaned_data[name] for name in self.note}
        self.version += 1
        return "saved"

    def once(self, request, act) -> HttpResponse:
        self.steps.append("once")
        return HttpResponse(act())

    def stands(self, moved: Moved | None) -> Stands:
        now = self.make(None)
        told = lambda form: {"differing": form.differing(self.make(now.as_sent()))}  # noqa: E731
        return Stands({"version": str(self.version)}, now.answers(), told)

    def before(self, token) -> None:
        self.steps.append("before")

    def goes_on(self, form) -> None:
        self.steps.append("goes_on")

    def writing(self, **more) -> Writing:
        given = {
            "make": self.make, "save": self.save, "once": self.once, "page": self.page, "place": "/note/#text",
            "before": self.before, "goes_on": self.goes_on, "clash": Clash(self.stands, Screen("clash")),
        }  # fmt: skip
        return Writing(**{**given, **more})

    def opened(self, **typed: str) -> dict[str, str]:
        """What a browser sends from the page as it is now, with what was typed."""
        form = NoteForm(version=self.version, initial=dict(self.note))
        sent = {name: values[0] for name, values in form.as_sent().lists()}
        stood = json.dumps(dict(form.as_sent().lists()))
        return sent | {"token": TOKEN, "version": str(self.version), "stood": stood} | typed

    def send(self, sent: dict[str, str], **more):
        self.steps.clear()
        request = RequestFactory().post("/", sent)
        before = request.POST
        answer = self.writing(**more).answer(request)
        assert request.POST is before
        return answer


@pytest.fixture
def desk(monkeypatch, settings) -> Desk:
    settings.KNOWN_NAMES = "builtins.list"

    def render(request, template, context, status=200):
        return SimpleNamespace(status_code=status, template=template, context=context)

    monkeypatch.setattr(writing, "render", render)
    monkeypatch.setattr(writing.messages, "info", lambda request, words: None)
    return Desk()


def never(*given) -> None:
    raise AssertionError("This step comes later.")


# The order.


def test_what_is_only_looked_at_is_shown_and_nothing_else(desk):
    answer = desk.writing().answer(RequestFactory().get("/"))
    assert (answer.status_code, answer.template, desk.steps) == (200, "form", ["make"])
    assert answer.context["about"] == "a note"


def test_a_careful_form_goes_through_every_step_once(desk):
    answer = desk.send(desk.opened(text="Mine"))
    assert (answer.content, desk.note["text"]) == (b"saved", "Mine")
    assert desk.steps == ["before", "make", "goes_on", "once", "save"]


def test_keeping_theirs_comes_before_all_else_and_leads_to_the_top(desk):
    answer = desk.send(desk.opened(keep="theirs"), before=never, make=never, why_not="You may not.")
    assert (answer.status_code, answer["Location"]) == (302, "/note/")


def test_what_was_sent_before_is_answered_before_anything_is_refused(desk):
    answer = desk.send(desk.opened(), before=lambda token: "as before", make=never, why_not="You may not.")
    assert answer.content == b"as before"


def test_who_may_not_is_told_before_the_form_is_judged(desk):
    with pytest.raises(PermissionDenied, match="You may not"):
        desk.send(desk.opened(), make=never, why_not="You may not.")
    with pytest.raises(PermissionDenied):
        desk.writing(make=never, why_not="You may not.").answer(RequestFactory().get("/"))


@pytest.mark.parametrize("keep", [{}, {"keep": "both"}])
def test_what_is_not_taken_now_is_given_back_before_it_is_judged(desk, keep):
    closed = Screen("closed", status=200)
    answer = desk.send(desk.opened(text="Mine", **keep), closed=closed, goes_on=never, save=never)
    assert (answer.status_code, answer.template) == (409, "closed")
    assert ("Text", "Mine") in answer.context["typed"]
    assert desk.writing(closed=closed).answer(RequestFactory().get("/")).status_code == 200


def test_combining_shows_both_before_anything_is_judged_or_saved(desk):
    sent = desk.opened(text="Mine")
    desk.version, desk.note["text"] = 2, "Theirs"
    answer = desk.send(sent | {"keep": "both"}, goes_on=never, save=never)
    assert (answer.status_code, answer.template, answer.context["both"]) == (200, "clash", True)
    form = answer.context["form"]
    assert (form.data["text"], form.data["version"]) == ("Theirs\n\nMine", "2")
    assert "keep" not in form.data
    assert json.loads(form.data["stood"])["text"] == ["Theirs"]


@pytest.mark.parametrize(
    ("typed", "shown"), [({"text": ""}, "Enter a text"), ({"text": "Seen by Mrs Example"}, "a name")]
)
def test_what_is_faulty_or_looks_personal_stays_on_its_page(desk, typed, shown):
    answer = desk.send(desk.opened(**typed), goes_on=never, save=never)
    assert (answer.status_code, answer.template) == (200, "form")
    form = answer.context["form"]
    assert shown in [*form.signs, *form.errors.get("text", [])]


def test_a_vouched_text_is_saved_and_its_vouching_carried_on(desk):
    sent = desk.opened(text="Seen by Mrs Example")
    sent["identifies_nobody"] = desk.send(sent).context["form"].looked_at
    assert ("identifies_nobody", sent["identifies_nobody"]) in desk.send(sent | {"day_day": "x"}).context["hidden"]
    assert desk.send(sent).content == b"saved"


def test_another_page_comes_before_the_saving(desk):
    assert desk.send(desk.opened(text="Mine"), goes_on=lambda form: "another page", save=never) == "another page"


# What the service answers.


def test_a_refusal_is_said_at_its_box_and_what_was_typed_stays(desk):
    desk.refusal = Refusal("Not this text.")
    answer = desk.send(desk.opened(text="Mine"), box="text", asked={"asked": "7"})
    form = answer.context["form"]
    assert (answer.status_code, answer.template) == (409, "form")
    assert form.errors == {"text": ["Not this text."]}
    assert (form.data["text"], form.data["asked"], form.data["version"]) == ("Mine", "7", "1")
    assert answer.context["refusal"] == "Not this text."


def test_a_refusal_has_a_page_of_its_own_where_the_form_cannot_say_it(desk):
    desk.refusal = Refusal("Closed.")
    assert desk.send(desk.opened(text="Mine"), refused=lambda form, refusal: str(refusal)) == "Closed."


def test_what_moved_in_the_same_boxes_is_shown_beside_and_kept_by_choice(desk):
    sent = desk.opened(text="Mine")
    desk.moves = [{"text": "Theirs"}]
    answer = desk.send(sent)
    form = answer.context["form"]
    assert (answer.status_code, answer.template, desk.note["text"]) == (409, "clash", "Theirs")
    assert (answer.context["both"], answer.context["place"]) == (False, "/note/#text")
    assert answer.context["differing"] == [("Text", "Theirs", "Mine")]
    assert ("Text", "Mine") in answer.context["mine"]
    assert desk.send(sent | {"version": form.data["version"]}).content == b"saved"
    assert desk.note["text"] == "Mine"


def test_what_moved_elsewhere_is_saved_on_top_unless_it_moves_again(desk):
    desk.moves = [{}]
    assert desk.send(desk.opened(text="Mine")).content == b"saved"
    assert desk.steps.count("save") == 2
    desk.moves = [{}, {}]
    answer = desk.send(desk.opened(text="Mine again"))
    assert (answer.status_code, answer.template, desk.note["text"]) == (409, "clash", "Mine")


@pytest.mark.parametrize("stood", ["", "no json", "[]", "1"])
def test_where_nobody_knows_what_stood_both_are_shown(desk, stood):
    desk.moves = [{}]
    assert desk.send(desk.opened(text="Mine", stood=stood)).template == "clash"


def test_without_a_page_of_two_texts_the_form_says_who_was_quicker(desk):
    desk.moves = [{"text": "Theirs"}]
    answer = desk.send(desk.opened(text="Mine"), clash=Clash(desk.stands))
    assert (answer.status_code, answer.template) == (409, "form")
    assert answer.context["form"].non_field_errors() == ["Somebody was quicker."]
    assert answer.context["form"].data["version"] == "2"
    desk.moves = [{"text": "Theirs"}]
    answer = desk.send(desk.opened(text="Mine"), clash=None)
    assert (answer.status_code, answer.context["form"].data["version"]) == (409, "2")


def test_what_was_taken_back_is_sent_under_a_fresh_token(desk):
    def taken_back(token):
        raise TakenBack

    tokens = []

    def save(form: NoteForm) -> str:
        tokens.append(form.data["token"])
        return "saved"

    assert desk.send(desk.opened(text="Mine"), before=taken_back, save=save).content == b"saved"
    assert tokens != [TOKEN]
    assert uuid.UUID(tokens[0])


def test_a_plain_form_is_saved_as_soon_as_it_is_valid(desk):
    answer = desk.send({"token": TOKEN}, make=PlainForm, save=lambda form: "saved")
    assert answer.content == b"saved"


def test_a_second_page_is_carried_typed_and_shown(desk):
    class Second(WritingForm):
        why = long_text("Why?")

    class First(WritingForm):
        what = long_text("What?", required="Enter what")

        @property
        def also(self):
            return Second(self.data)

    answer = desk.send({"token": TOKEN, "what": "", "why": "Because", "left": "over"}, make=First)
    assert answer.context["hidden"] == [("left", "over")]
    assert answer.context["also"].data["why"] == "Because"
    assert answer.context["form"].typed() == [("Why?", "Because")]


# Combining.


def text(words: str, joint: str = PARAGRAPH) -> AnsweredBox:
    return AnsweredBox({"box": [words]}, joint)


def day(*boxes: str) -> AnsweredBox:
    return AnsweredBox(dict(zip(("d", "m", "y"), ([box] for box in boxes), strict=True)))


@pytest.mark.parametrize(
    ("mine", "stood", "theirs", "both"),
    [
        ({"box": ["Mine"]}, {"box": ["First"]}, text("Theirs"), {"box": ["Theirs\n\nMine"]}),
        ({"box": ["Mine"]}, {"box": ["First"]}, text("Theirs", STROKE), {"box": ["Theirs / Mine"]}),
        ({"box": ["Mine"]}, None, text("Theirs"), {"box": ["Theirs\n\nMine"]}),
        ({"box": ["Mine"]}, None, text(""), {}),
        ({"box": ["First"]}, {"box": ["First"]}, text("Theirs"), {"box": ["Theirs"]}),
        ({"box": ["Mine"]}, {"box": ["First"]}, text("First"), {}),
        ({"box": [""]}, {"box": ["First"]}, text("First"), {}),
        ({"box": [""]}, {"box": ["First"]}, text("Theirs"), {"box": ["Theirs"]}),
        ({"box": ["Theirs, and mine"]}, None, text("Theirs"), {"box": ["Theirs, and mine"]}),
        ({}, None, text("Theirs"), {}),
        ({"box": ["a"]}, {"box": ["a"]}, AnsweredBox({"box": ["b"]}), {"box": ["b"]}),
        ({"box": ["c"]}, {"box": ["a"]}, AnsweredBox({"box": ["b"]}), {}),
        ({}, {"box": ["a"]}, AnsweredBox({"box": ["b"]}), {"box": ["b"]}),
        ({"d": [""], "m": [""], "y": [""]}, None, day("4", "5", "2030"), {"d": ["4"], "m": ["5"], "y": ["2030"]}),
        ({"d": ["1"], "m": ["2"], "y": [""]}, None, day("4", "5", "2030"), {}),
        ({}, None, day("4", "5", "2030"), {}),
    ],
)
def test_of_two_answers_each_change_is_kept_and_of_two_texts_both(mine, stood, theirs, both):
    assert combine(mine, stood, [theirs]) == both
