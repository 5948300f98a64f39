"""What is asked of the SLG about a part and waits for an answer, read with the part itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models.functions import JSONObject

from krscp.clock import local_day

ASK = JSONObject(
    key="id", by="author", post="author_post", name="author_name", words="ask", at="created_at", by_when="by_when"
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One open ask: whose, in which words, since when and by when it is needed."""

    key: int
    by: int
    who: str
    words: str
    on: date
    by_when: date | None


def asked_in(row: dict[str, Any] | None) -> Asked | None:
    """The ask in a row of ASK. SQLite tells moments without a zone, PostgreSQL with one; both are in UTC."""
    if row is None:
        return None
    at = datetime.fromisoformat(row["at"])
    moment = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    by_when = date.fromisoformat(row["by_when"]) if row["by_when"] else None
    return Asked(row["key"], row["by"], row["post"] or row["name"], row["words"], local_day(moment), by_when)
