"""What stands where somebody was quicker: of a part what was said or decided last, of what is edited its boxes."""

from collections.abc import Callable

from django.db import models
from django.http import QueryDict

from krscp.forms.combine import PARAGRAPH, AnsweredBox, answered_day
from krscp.forms.edits import EditForm
from krscp.forms.writing import Clash, Screen, Stands
from krscp.refusals import Moved
from recommendations.domain.sayings import WORDS
from recommendations.models import Decision, Part, Update
from recommendations.services.claims import EditClash, as_it_stands
from recommendations.state.said import text_said, told
from subgroups.models import User

Make = Callable[[QueryDict | None], EditForm]
STATEMENTS = "recommendations/writing/clash.html"
EDITS = "recommendations/writing/edit_clash.html"
# The box of each form that holds what happened, was done or was decided.
MAIN = ("what_happened", "done", "wording")


def said_meanwhile(part: Part, by: User, page: Screen | None = None) -> Clash:
    """Somebody said or decided something of the part first."""

    def stands(moved: Moved | None) -> Stands:
        clash = moved if isinstance(moved, EditClash) else EditClash(as_it_stands(part))
        current, theirs = clash.part, clash.latest
        what, facts = told(theirs) if theirs is not None else ("", [])
        is_own = theirs is not None and theirs.author_id == by.pk
        shown = {"part": current, "theirs": theirs, "what": what, "facts": facts, "is_own": is_own}
        return Stands({"version": str(current.version)}, answers_of(theirs), lambda form: shown)

    return Clash(stands, page)


def answers_of(theirs: Update | Decision | None) -> list[AnsweredBox]:
    """What they said, by the box that it belongs in."""
    if theirs is None:
        return []
    if isinstance(theirs, Decision):
        return [AnsweredBox({name: [theirs.wording]}, PARAGRAPH) for name in MAIN]
    texts = dict.fromkeys(MAIN, theirs.what_happened) | {name: text_said(theirs, name) for name in WORDS}
    said = [AnsweredBox({name: [text]}, PARAGRAPH) for name, text in texts.items()]
    return [*said, answered_day("next_date", theirs.next_date)]


def edited_meanwhile(
    about: models.Model, by: User, make: Callable[[QueryDict | None], EditForm], heading: str
) -> Clash:
    """Somebody changed the same thing first; `heading` names what is changed of it."""

    def stands(moved: Moved | None) -> Stands:
        about.refresh_from_db()
        now, latest = make(None), about.history.first()  # type: ignore[attr-defined]
        shown = {"theirs": latest, "is_own": latest is not None and latest.history_user_id == by.pk}
        return Stands(
            {"version": str(now.initial["version"])}, now.answers(),
            lambda form: {**shown, "differing": form.differing(make(now.as_sent()))},
        )  # fmt: skip

    return Clash(stands, Screen(EDITS, {"about": about, "heading": heading}))
