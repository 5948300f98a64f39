"""The recommendations list as its page shows it: one row for a recommendation, whatever its number of parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from recommendations.domain.flags import Flag, worst_in_words
from recommendations.domain.workflow import Status
from recommendations.models import OwnershipKind, Part, Recommendation
from subgroups.models import Body


@dataclass(frozen=True)
class RegisterRow:
    """A recommendation: its worst status, who leads it, its earliest date and the flags of all its parts."""

    number: str
    title: str
    report: str
    url: str
    status: Status
    progress: str
    owners: list[str]
    due: date | None
    flags: dict[Flag, str]

    @property
    def owner_flag(self) -> str:
        return self.flags.get(Flag.NO_OWNER, "")

    @property
    def date_flag(self) -> str:
        """Said in place of a date, so only where there is none."""
        return "" if self.due else self.flags.get(Flag.NO_DATE, "")

    @property
    def other_flags(self) -> list[str]:
        """The flags that the columns of owner and date do not say already."""
        said = {Flag.NO_OWNER, *(() if self.due else (Flag.NO_DATE,))}
        return [words for flag, words in self.flags.items() if flag not in said]


def with_parts(recommendations: QuerySet, today: date) -> QuerySet:
    """With everything that a row needs: two queries more, however many rows."""
    parts = Prefetch("parts", Part.objects.flagged(today).with_owners())
    return recommendations.select_related("report").prefetch_related(parts)


def rows(recommendations: Iterable[Recommendation], today: date) -> list[RegisterRow]:
    """One row each, in the order given; they were read through `with_parts`."""
    return [_row(recommendation, today) for recommendation in recommendations]


def _row(recommendation: Recommendation, today: date) -> RegisterRow:
    parts = list(recommendation.parts.all())
    return RegisterRow(
        number=recommendation.number,
        title=recommendation.called,
        report=recommendation.report.short_title if recommendation.report.beside_others else "",
        url=recommendation.get_absolute_url(),
        status=recommendation.state,
        progress=_progress(parts),
        owners=[body.short_name for body in bodies(parts, OwnershipKind.LEAD)],
        due=recommendation.next_due,
        flags=worst_in_words(parts, today),
    )


def _progress(parts: list[Part]) -> str:
    """"2 of 4 complete", for those with several parts."""
    complete = sum(part.status == Status.COMPLETE for part in parts)
    return f"{complete} of {len(parts)} complete" if len(parts) > 1 else ""


def bodies(parts: Iterable[Part], kind: str) -> list[Body]:
    """The bodies that lead (or support) any of the parts, each once, in order."""
    return list(dict.fromkeys(owned.body for part in parts for owned in part.ownerships_of(kind)))
