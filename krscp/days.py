"""Days and moments as people read and write them: in London, months by their names. Knows nothing of Django."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_london(moment: datetime) -> datetime:
    """The same instant on a London clock. Raises ValueError when `moment` carries no time zone."""
    if moment.tzinfo is None:
        raise ValueError("A date and time for people must carry its time zone.")
    return moment.astimezone(LONDON)


def display_date(value: date | None) -> str:
    """“12 January 2026”, the day in London; "" where there is none."""
    if not value:
        return ""
    day = in_london(value) if isinstance(value, datetime) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def display_datetime(value: datetime | None) -> str:
    """“12 January 2026, 14:05”, in London; "" where there is none."""
    return f"{display_date(value)}, {in_london(value):%H:%M}" if value else ""


def display(value: date) -> str:
    """A day, or a moment with its time."""
    return display_datetime(value) if isinstance(value, datetime) else display_date(value)


def month_named(typed: str) -> int:
    """“June”, “jun” and “Sept.” are months, by their number; 0 where it names none."""
    name = typed.lower().rstrip(".")
    named = [number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name)]
    return named[0] if len(name) >= 3 and named else 0
