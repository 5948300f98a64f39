"""What changed between two moments: better, worse, complete, the same, each in a line (product, section 3)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from recommendations.domain.workflow import SET_ASIDE, WORST_FIRST, Status

ORDER = ("worse", "better", "complete", "set aside", "new", "same")
LABELS = {
    "worse": "Worse",
    "better": "Better",
    "complete": "Now complete",
    "set aside": "Now not accepted or superseded",
    "new": "New since then",
    "same": "The same",
}
ALWAYS = {"worse", "better", "complete", "same"}
# From which status, or from none, to which.
Move = tuple[Status | None, Status]


def way(before: Status | None, now: Status) -> str:
    """Which way a recommendation moved, by its worst part; reopened ones count as worse."""
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


MOVES: tuple[Move, ...] = tuple((before, now) for before in (None, *Status) for now in Status)


def ways(moves: Iterable[tuple[Move, int]]) -> dict[str, int]:
    """How many moved which way: what got worse first; better, worse, complete and same always."""
    counts: Counter[str] = Counter()
    for move, number in moves:
        counts[way(*move)] += number
    return {name: counts[name] for name in ORDER if counts[name] or name in ALWAYS}


def in_words(counts: Mapping[str, int]) -> str:
    """ "better 7, worse 2, complete 2; same 25"."""
    said = ("better", "worse", "complete", "set aside", "new")
    return f"{', '.join(f'{name} {counts[name]}' for name in said if name in counts)}; same {counts['same']}"
