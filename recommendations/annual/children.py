"""The difference for children (para 27), kept apart from process, and what evidence there is of it."""

from collections.abc import Iterator

from recommendations.annual.period import Period, evidence_of, recorded_on
from recommendations.annual.progress import numbers, title_of
from recommendations.annual.tables import CellTable, Chapter, Head, PlainCell
from recommendations.domain.workflow import Difference
from recommendations.models import AnnualSection, Evidence
from recommendations.state.chosen import chosen
from recommendations.state.counts import ANSWERS as GIVEN
from recommendations.state.picture import Whole

APART = (
    "Kept apart from process: a recommendation can be complete and the difference still too early to tell. "
    "Each is counted once, by the latest answer given for any of its parts."
)
ANSWERS = [Head("Answer", 5), Head("How many", 3, is_figure=True), Head("Recommendations")]
TOLD = [
    Head("Recommendation", 5.5),
    Head("Answer", 3),
    Head("What is different, or why not", wide=True),
    Head("Look again on", 3),
    Head("Recorded", 3),
]
IMPACT = [
    Head("Recommendation", 5.5),
    Head("What is different for children", wide=True),
    Head("Recorded", 3),
    Head("Evidence kept in the period", wide=True),
    Head("Links", 4.5, holds_links=True),
]


def children(period: Period) -> Chapter:
    """How many answer what, then each answer in full."""
    section = AnnualSection.CHILDREN
    rows = [[PlainCell(label), PlainCell(number=len(found)), numbers(found)] for label, found in _answers(period)]
    counts = CellTable("children", "Difference for children, by recommendation", "Difference counts", ANSWERS, rows)
    return Chapter(section.value, section.label, [APART], [counts, _told(period)])


def _answers(period: Period) -> Iterator[tuple[str, list[Whole]]]:
    for value, label in GIVEN:
        yield label, chosen(period.picture, {"children": value})


def _told(period: Period) -> CellTable:
    outcomes = period.board.outcomes
    rows = [
        [
            title_of(whole, row),
            PlainCell(row.difference.label),
            PlainCell(row.difference.text),
            PlainCell(day=row.difference.look_again_on),
            PlainCell(day=recorded_on(outcomes[row.part])),
        ]
        for whole, row in period.placed
        if row.difference is not None
    ]
    return CellTable("children-answers", "Difference for children, as owners tell it", "Difference told", TOLD, rows)


def impact(period: Period) -> Chapter:
    """What stood as evidenced at the end, with the evidence that was kept in the period."""
    section = AnnualSection.IMPACT
    shown = [(whole, row) for whole, row in period.placed if _is_evidenced(period, row.part)]
    kept = evidence_of(period, [row.part for _, row in shown])
    rows = [
        [
            title_of(whole, row),
            PlainCell(row.difference.text if row.difference else ""),
            PlainCell(day=recorded_on(period.board.outcomes[row.part])),
            PlainCell("\n".join(f"{one.title}: {one.shows}" for one in kept[row.part]) or "None"),
            _links(kept[row.part]),
        ]
        for whole, row in shown
    ]
    note = "Differences that stood as evidenced at the end of the period."
    found = CellTable("impact", "Evidence of impact", "Evidence of impact", IMPACT, rows, note=note)
    return Chapter(section.value, section.label, [], [found])


def _is_evidenced(period: Period, part: int) -> bool:
    outcome = period.board.outcomes.get(part)
    return outcome is not None and outcome.difference == Difference.EVIDENCED


def _links(kept: list[Evidence]) -> PlainCell:
    return PlainCell("\n".join(one.link for one in kept if one.link))
