"""A review as a calendar file (RFC 5545): the day it is held and the day returns are due, both all day long."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from krscp.files.columns import Stamp
from recommendations.models import Review
from subgroups.models import Partnership

CONTENT_TYPE = "text/calendar; charset=utf-8"
DAYS = 2  # when it is held, and when returns are due
LONGEST = 75  # octets in a line


def as_ics(review: Review, url: str, stamp: Stamp) -> bytes:
    """Two events that a calendar replaces, not doubles, when the file is opened again; each says its marking."""
    about = "\n".join(filter(None, [str(Partnership.objects.first() or ""), *marks(stamp)]))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Recommendations tracker//EN", "CALSCALE:GREGORIAN"]
    lines += _event(review, "held", review.title, review.held_on, about, url, stamp.as_at)
    due = f"Returns due: {review.title}"
    lines += _event(review, "returns", due, review.returns_due, about, url, stamp.as_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def marks(stamp: Stamp) -> list[str]:
    """How it is marked, and whether it is a demonstration."""
    return [str(value) for label, value in stamp.told.items() if label != "As at"]


def _event(
    review: Review, what: str, title: str, day: date, about: str, url: str, moment: datetime
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:review-{review.pk}-{what}@{url.split('/')[2]}"
    yield f"DTSTAMP:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{review.version}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(title)}"
    yield f"DESCRIPTION:{_escaped(about)}"
    yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Commas, semicolons, backslashes and new lines as the format wants them."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, none of which cuts a letter in two."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
