"""History rows in plain words: what each field is called, how its value reads, what differs between two rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from krscp.days import display_date
from krscp.wording import Piece, whole_differences, word_differences
from recommendations.models import Ownership, Part, Priority, Recommendation, RecommendationPriority, Section
from subgroups.models import Body, User

NOT_SHOWN = {
    "id", "version", "last_said_at", "created_at", "recommendation", "report", "part", "token", "slug", "position",
    "opening", "next_due", "proposer_agencies", "proposal_owners", "answered", "asks",
}  # fmt: skip
# What the fields are called on screen. The names in the database are for the people who build this.
LABELS: dict[type[models.Model], dict[str, str]] = {
    Recommendation: {
        "section": "Heading in the report",
        "number": "Number",
        "text": "Wording",
        "short_title": "Short title, our reading",
        "asks_for": "What it asks for, our reading",
        "asks_for_reason": "Why we read it so",
        "follows": "Follows on from",
        "follows_how": "How it follows on",
        "no_lead_reason": "Why no owner is confirmed",
        "second_step": "Second step, our reading",
        "import_notes": "Notes from loading the report",
        "status": "Status",
    },
    Part: {
        "label": "Letter as printed",
        "title": "Title, our reading",
        "text": "Wording",
        "origin": "What the part is",
        "is_option": "One of several options of which one is enough",
        "borough": "Borough",
        "status": "Status",
        "agreed_date": "Agreed date",
        "first_agreed_date": "First agreed date",
        "date_moves": "Times the agreed date moved",
        "requested_date": "Date asked for",
        "recheck_on": "Re-check on",
        "requested_by": "Who asked for the date",
        "proposer": "Who proposed completion",
        "superseded_by": "Replaced by",
    },
    Ownership: {
        "body": "Owner",
        "kind": "Leads or supports",
        "basis": "Where the owner comes from",
        "words": "Words that name the owner",
        "reason": "Reason",
    },
    RecommendationPriority: {
        "priority": "Priority",
        "is_main": "It is the main one",
    },
}


@dataclass(frozen=True)
class FieldChange:
    """One field in words; `before` or `after` is "" where there was, or is, nothing."""

    label: str
    before: str
    after: str
    is_text: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """Texts word by word; a value that is read at a glance stays whole."""
        tell = word_differences if self.is_text else whole_differences
        return tell(self.before, self.after)


Names = dict[tuple[type[models.Model], int], str]
NAMED = (Body, User, Recommendation, Section, Priority)


def read_names(rows: Iterable[Any], known: Names) -> Names:
    """What the records that rows point at are called: one query for each kind, none for what is known already."""
    wanted: dict[type[models.Model], set[int]] = {model: set() for model in NAMED}
    for row in rows:
        for field in shown(row):
            if field.is_relation and field.related_model in wanted:
                wanted[field.related_model].add(getattr(row, field.attname))
    return known | {
        (model, found.pk): str(found)
        for model, keys in wanted.items()
        for found in model._default_manager.filter(pk__in={key for key in keys if (model, key) not in known})
    }


def differences(before: Any, after: Any, names: Names) -> Iterator[FieldChange]:
    """Field by field; either row may be None, for a record that was not there yet or is there no more."""
    for field in shown(before or after):
        old, new = in_words(before, field, names), in_words(after, field, names)
        if old.split() != new.split():
            yield FieldChange(label(field), old, new, is_text(field))


def shown(row: Any) -> list[models.Field]:
    """The fields of the record that people can read, not those of its history."""
    return [field for field in row.tracked_fields if field.name not in NOT_SHOWN]


def label(field: models.Field) -> str:
    """What people call it; a field without a label of its own, by its name in plain letters."""
    plain = str(field.verbose_name)
    return LABELS.get(field.model, {}).get(field.name, plain[:1].upper() + plain[1:])


def is_text(field: models.Field) -> bool:
    """Whether somebody wrote it as prose, so that its words are compared one by one."""
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices


def in_words(row: Any, field: models.Field, names: Names) -> str:
    """A value as people read it: a choice's label, a record's name, a date in full."""
    value = getattr(row, field.attname, None)
    if value is None or value == "" or value == []:
        return ""
    if field.related_model is not None:
        return names.get((field.related_model, value), str(value))
    if isinstance(value, date):
        return display_date(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return str(dict(field.flatchoices).get(value, value))
