"""What an update or a decision is called and what it says, as labelled lines: for the timeline and for a clash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.domain.kinds import DecisionKind
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
    done = update.kind == UpdateKind.PROPOSAL
    lines = (
        Fact("What was done" if done else "What has happened", update.what_happened),
        Fact("Why it slipped", update.why_slipped),
        Fact("What will bring it back", update.brings_back),
        Fact("What happens next", update.what_next, update.next_date),
        Fact("Date requested", day=update.requested_date),
        Fact("Asked of the SLG", "" if asks_nothing(update.ask_of_slg) else update.ask_of_slg),
    )
    return (line for line in lines if line.text or line.day)


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
