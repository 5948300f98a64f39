"""What an update or a decision is called and what it says, as labelled lines: for the timeline and for a clash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.sayings import SAYINGS, Saying
from recommendations.domain.workflow import Need
from recommendations.models import Decision, Recommendation, Update, UpdateKind
from recommendations.services.escalations import asks_nothing


@dataclass(frozen=True)
class Fact:
    """One labelled line of an entry: words, a day, or both; a link where it names a record."""

    label: str
    text: str = ""
    day: date | None = None
    url: str = ""


def told(said: Update | Decision) -> tuple[str, list[Fact]]:
    """What an update or a decision is called, and what it says."""
    if isinstance(said, Update):
        return said.get_kind_display(), list(facts_said(said))
    return heading_of(said), list(facts_decided(said))


def facts_said(update: Update) -> Iterator[Fact]:
    """In the order in which it was asked, a day with what happens on it."""
    with_another = {one.day for one in SAYINGS}
    for one in SAYINGS:
        text = "" if one.is_day else text_said(update, one.name)
        day = getattr(update, one.name if one.is_day else one.day, None)
        if (text or day) and one.name not in with_another:
            yield Fact("What was done" if _is_done(update, one) else one.label, text, day)


def _is_done(update: Update, one: Saying) -> bool:
    return update.kind == UpdateKind.PROPOSAL and one.need == Need.WHAT_HAPPENED


def text_said(update: Update, name: str) -> str:
    """The words in a box; “Nothing yet” asks for nothing."""
    text = getattr(update, name)
    return "" if name == "ask_of_slg" and asks_nothing(text) else text


def heading_of(decision: Decision) -> str:
    return "Addendum" if decision.corrects_id else f"Decision: {DecisionKind(decision.kind).label.lower()}"


def facts_decided(decision: Decision) -> Iterator[Fact]:
    if decision.answers is not None:
        yield Fact("Asked", decision.answers.ask)
    if decision.corrects_id is not None:
        yield Fact("Addendum to", "an earlier decision", url=f"#decision-{decision.corrects_id}")
    yield Fact("Wording", decision.wording)
    yield Fact("Decided on", day=decision.decided_on)
    if decision.agreed_date is not None:
        before = decision.date_before
        if before is not None and before != decision.agreed_date:
            yield Fact("Date before", day=before)
        yield Fact("Agreed date", day=decision.agreed_date)
    if decision.recheck_on is not None:
        yield Fact("Re-check on", day=decision.recheck_on)
    if decision.owner is not None:
        yield Fact("Owner", decision.owner.name, url=decision.owner.get_absolute_url())
    if decision.priority is not None:
        yield Fact("Main priority", decision.priority.name)
    if decision.replacement is not None:
        replacement: Recommendation = decision.replacement
        yield Fact("Replaced by", f"Recommendation {replacement.title}", url=replacement.get_absolute_url())
