"""A return as an Excel workbook to fill in offline: what is asked stands in locked cells, the rest is checked."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.core.exceptions import ValidationError

from krscp.files.columns import Value
from krscp.forms.date_field import PARTS, DateParts, PartsDateField
from recommendations.domain.sayings import DAYS, SAYINGS
from recommendations.reviews.returns.forms import Typed
from recommendations.reviews.returns.read import ReturnRow, Rows
from recommendations.tracking.forms.update import ANSWERS, FINISHED

SHEET = "Return"
KEY, FAULT = "Key (do not change)", "What is wrong"
SALT = "krscp.return-workbook"
HINTS = "hints"  # the key of the row of hints
WORDS = {value: label for value, label in ANSWERS if value != FINISHED}
YES = "Yes"


class NotOurs(ValueError):
    """A key that this tracker did not make, or that was changed."""


@dataclass(frozen=True)
class Key:
    """What a row is about and what it held when it was downloaded; signed, so that a changed one is noticed."""

    review: str
    body: str
    part: int
    title: str
    seen: int  # version of the saved answer; 0: none
    part_version: int
    held: str  # what the row held, as a short digest

    def signed(self) -> str:
        return signing.Signer(salt=SALT).sign_object(list(self.__dict__.values()))

    @classmethod
    def read(cls, text: str) -> "Key":
        """Raises NotOurs."""
        try:
            return cls(*signing.Signer(salt=SALT).unsign_object(text))
        except (signing.BadSignature, TypeError, ValueError) as problem:
            raise NotOurs from problem


def digest(cells: dict[str, Value]) -> str:
    """What a row holds, in short."""
    return hashlib.sha256(json.dumps(cells, sort_keys=True, default=str).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class ToldColumn:
    """A locked column: what the tracker says of a part."""

    label: str
    width: int
    value: Callable[[ReturnRow], Value]


@dataclass(frozen=True)
class Question:
    """A column to fill in: its name in the form, its label and the hint below it."""

    name: str
    label: str
    width: int
    hint: str


def _now(line: ReturnRow) -> str:
    flags = f" · {', '.join(line.flags)}" if line.flags else ""
    return f"{line.part.state.shape} {line.part.state.label}{flags}"


def _wording(line: ReturnRow) -> str:
    return line.part.text or line.part.recommendation.text


def _last_time(line: ReturnRow) -> str:
    if line.last is None:
        return "Nothing said yet"
    following = f"Next: {line.last.what_next}" if line.last.what_next else ""
    return "\n".join(filter(None, [line.last.what_happened or line.last.get_kind_display(), following]))


TOLD = (
    ToldColumn("Recommendation", 24, lambda line: line.part.full_title),
    ToldColumn("What it says", 44, _wording),
    ToldColumn("Now", 18, _now),
    ToldColumn("Agreed date", 16, lambda line: line.part.agreed_date),
    ToldColumn("Last time", 36, _last_time),
)
FINISHED_HINT = "Choose from the list. Finished? Leave the row empty and propose completion in the tracker"
LATER_HINT = "Choose Yes if it will not be done by the agreed date"
WIDTHS = {"what_happened": 40} | dict.fromkeys(DAYS, 18)


def _asked(slips: bool) -> tuple[Question, ...]:
    listed = (one for one in SAYINGS if one.slips == slips)
    return tuple(Question(one.name, one.question, WIDTHS.get(one.name, 30), one.hint) for one in listed)


ASKED = (
    Question("status", "How is it going?", 18, FINISHED_HINT),
    *_asked(slips=False),
    Question("later_date", "Agreed date needs to change?", 16, LATER_HINT),
    *_asked(slips=True),
)
LABELS = {asked.name: asked.label for asked in ASKED}


@dataclass(frozen=True)
class Filled:
    """One row of a workbook: what is told, what is filled in (by name), its key, and what is wrong with it."""

    told: list[Value]
    given: dict[str, Value]
    key: str
    fault: str = ""
    has_date: bool = True


def key_of(rows: Rows, line: ReturnRow) -> Key:
    wanted, part = rows.wanted, line.part
    held = digest(cells_of(rows.base(part)))
    return Key(wanted.review.slug, wanted.body.slug, part.pk, part.full_title, line.seen, part.version, held)


def told_of(line: ReturnRow) -> list[Value]:
    return [told.value(line) for told in TOLD]


def filled_rows(rows: Rows) -> list[Filled]:
    """Every row of the return as it stands: a row for each recommendation or part."""
    return [_filled(rows, line) for line in rows.sheet().lines]


def _filled(rows: Rows, line: ReturnRow) -> Filled:
    cells, has_date = cells_of(rows.base(line.part)), line.part.agreed_date is not None
    return Filled(told_of(line), cells, key_of(rows, line).signed(), has_date=has_date)


def cells_of(typed: Typed) -> dict[str, Value]:
    """An answer as typed in the return's form, as the cells of a row."""
    cells: dict[str, Value] = {}
    for asked in ASKED:
        if asked.name in DAYS:
            cells[asked.name] = _day(typed, asked.name)
        else:
            cells[asked.name] = _word(asked.name, typed.get(asked.name, ""))
    return {name: value for name, value in cells.items() if value}


def _word(name: str, value: str) -> str:
    if name == "status":
        return WORDS.get(value, "")
    return YES if name == "later_date" and value else value


def _day(typed: Typed, name: str) -> date | str:
    """The day; what was typed where it is none."""
    boxes = DateParts(*(typed.get(f"{name}_{box}", "") for box in PARTS))
    try:
        return PartsDateField(required=False).clean(boxes) or ""
    except ValidationError:
        return "/".join(filter(None, boxes))
