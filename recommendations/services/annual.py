"""The Manager builds the annual report: saves the choices, changes them, keeps what a finished period gave."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from krscp import clock
from krscp.moments import one_moment
from krscp.refusals import Moved
from krscp.sealed_records import Record
from recommendations.domain.workflow import WorkflowError
from recommendations.models import AnnualReport, AnnualRun
from recommendations.services.keeping import keep as keep_record
from subgroups.models import Partnership, User
from subgroups.services.records import put, save, save_once, take

KEPT = "This report is kept and does not change. Build another from its choices."
MOVED_ON = "This report has changed. Look at it again before you go on."


@dataclass(frozen=True)
class Choices:
    """What goes into a report."""

    title: str
    period_from: date
    period_to: date
    sections: list[str]


@transaction.atomic
def build(*, choices: Choices, token: UUID, by: User) -> AnnualReport:
    """Save the choices; the same choices built before, or the same form sent twice, are one report."""
    _one_at_a_time()
    if same := _same(choices):
        return same
    return save_once(AnnualReport(token=token, **vars(choices)), by, "Annual report built")


def _one_at_a_time() -> None:
    """Whoever saves choices waits here for the one before, so that of equal choices there is one report."""
    list(Partnership.objects.select_for_update())


def _same(choices: Choices) -> AnnualReport | None:
    period = {"period_from": choices.period_from, "period_to": choices.period_to}
    alike = AnnualReport.objects.filter(title=choices.title, **period).select_related("run")
    return next((report for report in alike if report.sections == choices.sections), None)


@transaction.atomic
def change(*, report: AnnualReport, choices: Choices, version: int, by: User) -> AnnualReport:
    """Change the choices.

    Raises WorkflowError once the report is kept, when it has moved on since `version`, or when another has them.
    """
    _one_at_a_time()
    current = _claim(report, version)
    same = _same(choices)
    if same is not None and same.pk != current.pk:
        raise WorkflowError(f"The report “{same}” has these choices already. Open that one, or choose others.")
    put(choices, current)
    return save(current, by, "Choices changed")


def _claim(report: AnnualReport, version: int) -> AnnualReport:
    """Take the report for this transaction, as it stands at `version` and not kept."""
    if not take(AnnualReport.objects.filter(pk=report.pk, version=version)):
        raise Moved(MOVED_ON)
    current = AnnualReport.objects.at(report.pk)
    if current.kept is not None:
        raise WorkflowError(KEPT)
    return current


def keep(*, report: AnnualReport, draw: Callable[[AnnualReport], Record], by: User) -> AnnualRun | None:
    """Run the report: of a period that is over, what `draw` makes is kept for good, the first time only.

    None while the period has not ended: a draft is never kept.
    """
    with one_moment(alone_in=AnnualReport):
        current = AnnualReport.objects.get(pk=report.pk)
        if not current.is_over(clock.today()):
            return None
        if kept := AnnualRun.objects.filter(report=current).first():
            return kept
        return keep_record(AnnualRun, draw(current), by, report=current)
