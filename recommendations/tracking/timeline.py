"""What was said and decided about a recommendation, in one time order, ready for the screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from krscp.clock import local_day
from krscp.days import display_date
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Part, Snapshot, Update, UpdateKind, Withdrawal
from recommendations.services.decisions import why_not
from recommendations.services.updates import why_not_withdraw
from recommendations.state.said import Fact, facts_decided, facts_said, heading_of
from recommendations.tracking.attached import ANSWER, ASK, OUTCOME, Attached, Attachment
from subgroups.models import User
from subgroups.permissions import leads

NOT_YET = Fact("The other co-chair", "Not yet confirmed")


@dataclass(frozen=True)
class TimelineEntry:
    """One update, proposal, decision or piece of evidence."""

    anchor: str
    at: datetime
    heading: str
    part: Part
    author_post: str
    author_name: str
    facts: list[Fact]
    status: Status | None = None
    before: Status | None = None
    behalf: str = ""
    is_decision: bool = False
    withdrawal: Withdrawal | None = None
    undo_url: str = ""
    confirm_url: str = ""
    addendum_url: str = ""

    @property
    def is_statement(self) -> bool:
        """Whether it is an update or a decision: evidence added between them says nothing of how it goes."""
        return self.is_decision or self.status is not None

    @property
    def moved_from(self) -> Status | None:
        """The status before, where the entry changed it."""
        return self.before if self.before != self.status else None


@dataclass(frozen=True)
class TimelineReader:
    """Whose screen it is and when, which decides what may be undone."""

    user: User
    now: datetime


def read_timeline(parts: list[Part], kept: Attached, reader: TimelineReader) -> list[TimelineEntry]:
    """Every entry about these parts, the latest first: two queries, however many entries."""
    by_pk = {part.pk: part for part in parts}
    updates = list(_updates(parts))
    decisions = list(_decisions(parts))
    standing = {update.part_id: update for update in reversed(updates) if not update.is_withdrawn}
    decided = {decision.part_id: decision for decision in reversed(decisions)}
    entries = [_decided(decision, by_pk[decision.part_id], reader) for decision in decisions]
    for update in updates:
        update.part = by_pk[update.part_id]
        latest, ruling = standing.get(update.part_id), decided.get(update.part_id)
        relied_on = latest is not update or (ruling is not None and ruling.created_at >= update.created_at)
        relied_on = relied_on or update.is_frozen  # type: ignore[attr-defined]
        said = _said(update, kept, undo_url(update, reader, relied_on=relied_on))
        if latest is update and _awaits_answer(update, kept):
            said.facts.extend([NOT_YET] if update.part.has_co_chairs else [])
            said = replace(said, confirm_url=confirm_url(update, reader))
        entries.append(said)
    entries += [_added(item, by_pk[item.part_id]) for item in kept.evidence if item.update_id is None]
    entries += [_asked(item, by_pk[item.part_id]) for item in kept.of(ASK) if item.update_id is None]
    return sorted(entries, key=lambda entry: (entry.at, entry.anchor), reverse=True)


def _updates(parts: Iterable[Part]) -> QuerySet[Update]:
    frozen = Exists(Snapshot.objects.filter(created_at__gte=OuterRef("created_at")))
    said = Update.objects.filter(part__in=parts).annotate(is_frozen=frozen)
    return said.select_related("withdrawal", "on_behalf_of")


def _decisions(parts: Iterable[Part]) -> QuerySet[Decision]:
    return Decision.objects.filter(part__in=parts).select_related("owner", "priority", "replacement__report", "answers")


def undo_url(update: Update, reader: TimelineReader, *, relied_on: bool) -> str:
    """Where the reader undoes the update, or "" when it must stand."""
    reason = why_not_withdraw(update, reader.user, reader.now, relied_on=relied_on)
    return "" if reason else reverse("undo", args=[update.pk])


def confirm_url(update: Update, reader: TimelineReader) -> str:
    """Where the reader confirms what another lead proposed, or objects; "" for others. What the SLG owns it decides."""
    leads_it = not update.part.is_slgs and not update.owning_body_ids().isdisjoint(leads(reader.user))
    is_other = leads_it and update.author_id != reader.user.pk
    return reverse("confirm", args=[update.pk]) if is_other else ""


def _said(update: Update, kept: Attached, undo: str) -> TimelineEntry:
    return TimelineEntry(
        anchor=f"update-{update.pk}",
        at=update.created_at,
        heading=update.get_kind_display(),
        part=update.part,
        author_post=update.author_post,
        author_name=update.author_name,
        facts=[*facts_said(update), *_facts_kept(kept.with_update(update.pk))],
        status=Status(update.status),
        before=Status(update.status_before),
        behalf=_behalf(update),
        withdrawal=update.withdrawal if update.is_withdrawn else None,
        undo_url=undo,
    )


def _behalf(update: Update) -> str:
    """On whose behalf the Manager entered it; the owner may not be confirmed yet."""
    if not update.for_owner:
        return ""
    return update.on_behalf_of.name if update.on_behalf_of is not None else "the owner, who is not confirmed"


def _decided(decision: Decision, part: Part, reader: TimelineReader) -> TimelineEntry:
    moved = decision.status != decision.status_before
    return TimelineEntry(
        anchor=f"decision-{decision.pk}",
        at=decision.created_at,
        heading=heading_of(decision),
        part=part,
        author_post=decision.author_post,
        author_name=decision.author_name,
        facts=list(facts_decided(decision)),
        status=Status(decision.status) if moved else None,
        before=Status(decision.status_before) if moved else None,
        is_decision=True,
        addendum_url=addendum_url(decision, part, reader),
    )


def addendum_url(decision: Decision, part: Part, reader: TimelineReader) -> str:
    """Where the reader corrects or completes the decision, or ""; one addendum is not corrected by another."""
    may = decision.corrects_id is None and not why_not(part, DecisionKind.NOTE, reader.user)
    return reverse("addendum", args=[decision.pk]) if may else ""


def _asked(item: Attachment, part: Part) -> TimelineEntry:
    """What was asked of the SLG on a page of its own."""
    facts = [Fact("Asked of the SLG", item.title), Fact("Needed by", day=item.day), Fact("Otherwise", item.text)]
    return TimelineEntry(
        anchor=f"ask-{item.pk}",
        at=item.signed_at,
        heading="Asked of the SLG",
        part=part,
        author_post=item.author_post,
        author_name=item.author_name,
        facts=[fact for fact in facts if fact.text or fact.day],
    )


def _facts_kept(items: Iterable[Attachment]) -> Iterator[Fact]:
    """Evidence with what it shows, and the difference for children with when to look again."""
    for item in items:
        if item.sort == ANSWER:
            who = item.author_post or item.author_name
            signed = f"{who}, {display_date(local_day(item.signed_at))}"
            yield Fact(item.title, f"{signed}: {item.text}" if item.text else signed)
        elif item.sort == OUTCOME:
            yield Fact("Difference for children", f"{item.difference}. {item.text}")
            yield from [Fact("Look again on", day=item.day)] if item.day else []
        else:
            yield Fact("Evidence", item.title, url=item.link)
            yield Fact("What it shows", item.text)


def _awaits_answer(update: Update, kept: Attached) -> bool:
    """Whether another lead is still to answer, while the proposal waits for the SLG (product, section 2)."""
    waits = update.kind == UpdateKind.PROPOSAL and update.part.status == Status.AWAITING_SIGN_OFF
    return waits and not any(item.sort == ANSWER for item in kept.with_update(update.pk))


def _added(item: Attachment, part: Part) -> TimelineEntry:
    return TimelineEntry(
        anchor=f"evidence-{item.pk}",
        at=item.signed_at,
        heading="Evidence added",
        part=part,
        author_post=item.author_post,
        author_name=item.author_name,
        facts=list(_facts_kept([item])),
    )
