"""A recommendation on two days: how it stood at the end of each in London, and what differs between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from krscp.days import display_date
from krscp.text import beginning, clean_text
from recommendations.domain.sayings import SAYINGS, WORDS, Saying
from recommendations.models import Review, Update
from recommendations.tracking.history.changes import HistoryChange, HistoryRows
from recommendations.tracking.history.rows import FieldChange, differences

LONGEST_IGNORED = 60


OF_THE_PART = {"requested_date"}  # which the part itself has, and tells of


@dataclass(frozen=True)
class ComparedRecord:
    """One record that differs: the recommendation, a part, an owner, or what was last said of a part."""

    heading: str
    differences: list[FieldChange]


@dataclass(frozen=True)
class Comparison:
    """The days to choose from, the two that the address asks for, the earlier first, and what differs."""

    days: dict[date, str]
    earlier: date | None
    later: date | None
    notice: str
    sections: list[ComparedRecord]

    @property
    def is_asked(self) -> bool:
        return self.earlier is not None and self.later is not None

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(day.isoformat(), words) for day, words in self.days.items()]


def read_comparison(rows: HistoryRows, changes: Iterable[HistoryChange], address: Mapping[str, str]) -> Comparison:
    """What the address asks for: two queries, however many rows there are."""
    updates = list(Update.objects.filter(part__recommendation=rows.recommendation).select_related("withdrawal"))
    days = days_of(changes, updates)
    earlier, later, notice = asked_in(address, days)
    sections = [] if earlier is None or later is None else compare(rows, updates, earlier, later)
    return Comparison(days, earlier, later, notice, sections)


def days_of(changes: Iterable[HistoryChange], updates: Iterable[Update]) -> dict[date, str]:
    """The days on which something changed, in words, the latest first; the days of a freeze stand among them."""
    moments = [change.at for change in changes] + [update.created_at for update in updates]
    moments += [update.withdrawal.created_at for update in updates if update.is_withdrawn]
    found = {day: display_date(day) for day in map(_day, moments)}
    first = min(found, default=date.max)
    for review in Review.objects.frozen():
        day = review.looked_until
        if day >= first:
            of = "" if day == review.held_on else f" of {display_date(review.held_on)}"
            found[day] = f"{display_date(day)} ({review.get_kind_display().lower()}{of})"
    days = dict(sorted(found.items(), reverse=True))
    if len(days) > 1:
        days[max(days)] += " (now)"
        days[first] += " (loaded)"
    return days


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def asked_in(address: Mapping[str, str], days: Iterable[date]) -> tuple[date | None, date | None, str]:
    """The two days, the earlier first, and what to say of others. A first day alone is compared with now."""
    known = {day.isoformat(): day for day in days}
    sent = {name: clean_text(address.get(name, "")).strip() for name in ("from", "to")}
    unknown = [f"{name}={text}" for name, text in sent.items() if text and text not in known]
    ignored = [beginning(words, LONGEST_IGNORED) for words in unknown]
    notice = f"We ignored a day that is not in the list: {', '.join(ignored)}" if ignored else ""
    earlier, later = known.get(sent["from"]), known.get(sent["to"])
    if earlier is not None and later is None:
        later = max(known.values())
    if earlier is not None and later is not None and earlier > later:
        return later, earlier, "The first day was the later one, so we changed them round."
    return earlier, later, notice


def compare(rows: HistoryRows, updates: list[Update], earlier: date, later: date) -> list[ComparedRecord]:
    """What differs between the ends of the two days: recommendation, parts with their owners, what was last said."""
    kinds = (rows.own, rows.parts, rows.owners, rows.priorities)
    of_own, of_parts, of_owners, of_priorities = (_between(kind, rows, earlier, later) for kind in kinds)
    found = {str(rows.recommendation): of_own.get(rows.recommendation.pk, [])}
    for link in rows.priorities:
        found[rows.under(link)] = of_priorities.get(link.id, [])
    owners = {row.id: row for row in rows.owners}
    for pk, reference in _in_order(rows):
        # A plain recommendation and its one part are the same to the reader, and share their status.
        found[reference] = list(dict.fromkeys([*found.get(reference, []), *of_parts.get(pk, [])]))
        for owner in owners.values():
            if owner.part_id == pk:
                found[rows.about(owner)] = of_owners.get(owner.id, [])
        said = [update for update in updates if update.part_id == pk]
        found[f"{reference}: latest update"] = list(_said(said, earlier, later))
    return [ComparedRecord(heading, differing) for heading, differing in found.items() if differing]


def _in_order(rows: HistoryRows) -> Iterator[tuple[int, str]]:
    """The parts that there ever were, in the order of the page."""
    places = {row.id: row.position for row in rows.parts}
    yield from ((pk, rows.references[pk]) for pk in sorted(places, key=lambda pk: (places[pk], pk)))


def _between(kind: list[Any], rows: HistoryRows, earlier: date, later: date) -> dict[int, list[FieldChange]]:
    """Differences by record, of the rows of one kind."""
    before, after = _standing(kind, earlier), _standing(kind, later)
    return {
        pk: list(differences(before.get(pk), after.get(pk), rows.names)) for pk in dict.fromkeys([*before, *after])
    }


def _standing(rows: Iterable[Any], day: date) -> dict[int, Any]:
    """The last row of each record that was there at the end of that day."""
    last = {row.id: row for row in rows if _day(row.history_date) <= day}
    return {pk: row for pk, row in last.items() if row.history_type != "-"}


def _said(updates: list[Update], earlier: date, later: date) -> Iterator[FieldChange]:
    """What differs between the updates that stood last on the two days."""
    before, after = _last_words(updates, earlier), _last_words(updates, later)
    if before == after:
        return
    yield FieldChange("Said by", _signed(before), _signed(after))
    for one in SAYINGS:
        old, new = _told(before, one), _told(after, one)
        if old.split() != new.split() and one.name not in OF_THE_PART:
            yield FieldChange(one.label, old, new, is_text=not one.is_day)


def _told(update: Update | None, one: Saying) -> str:
    said: Any = getattr(update, one.name, None)
    return display_date(said) if one.is_day else said or ""


def _last_words(updates: Iterable[Update], day: date) -> Update | None:
    """The last update that stood at the end of that day and says anything: “No change” leaves the words before it."""
    return next((update for update in updates if _stood(update, day) and _says_anything(update)), None)


def _stood(update: Update, day: date) -> bool:
    if _day(update.created_at) > day:
        return False
    return not update.is_withdrawn or _day(update.withdrawal.created_at) > day


def _says_anything(update: Update) -> bool:
    return any(getattr(update, name) for name in WORDS)


def _signed(update: Update | None) -> str:
    if update is None:
        return ""
    return f"{update.author_post or update.author_name}, {display_date(update.created_at)}"
