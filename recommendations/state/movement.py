"""What changed between two moments: better, worse, complete, the same, each in a line (product, section 3)."""

from dataclasses import dataclass

from recommendations.domain.workflow import SET_ASIDE, WORST_FIRST, Status
from recommendations.state.picture import Whole

ORDER = ("worse", "better", "complete", "set aside", "new", "same")
LABELS = {
    "worse": "Worse",
    "better": "Better",
    "complete": "Now complete",
    "set aside": "Now not accepted or superseded",
    "new": "New since then",
    "same": "The same",
}


@dataclass(frozen=True)
class Group:
    """Recommendations that moved one way."""

    way: str
    label: str
    recommendations: list[Whole]


def way_of(whole: Whole) -> str:
    """Which way a recommendation moved, by its worst part; reopened ones count as worse."""
    before, now = whole.before, whole.status
    if before is None:
        return "new"
    if before == now:
        return "same"
    if now == Status.COMPLETE:
        return "complete"
    if now in SET_ASIDE:
        return "set aside"
    if before in SET_ASIDE:
        return "worse"
    return "better" if WORST_FIRST.index(now) > WORST_FIRST.index(before) else "worse"


def movement(recommendations: list[Whole]) -> list[Group]:
    """Every group that has somebody in it, what got worse first; better, worse, complete and same always."""
    found: dict[str, list[Whole]] = {way: [] for way in ORDER}
    for whole in recommendations:
        found[way_of(whole)].append(whole)
    always = {"worse", "better", "complete", "same"}
    return [Group(way, LABELS[way], listed) for way, listed in found.items() if listed or way in always]


def in_words(recommendations: list[Whole]) -> str:
    """"better 7, worse 2, complete 2; same 25"."""
    counts = {group.way: len(group.recommendations) for group in movement(recommendations)}
    ways = ("better", "worse", "complete", "set aside", "new")
    said = ", ".join(f"{way} {counts[way]}" for way in ways if way in counts)
    return f"{said}; same {counts['same']}"
