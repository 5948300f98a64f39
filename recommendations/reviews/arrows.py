"""The movement between two moments as a picture: statuses before at the left, now at the right, a band a move."""

from dataclasses import dataclass

from recommendations.domain.workflow import Status
from recommendations.state.front import Front
from recommendations.state.movement import in_words, way

WIDTH, LEFT, RIGHT, TOP = 680, 210, 460, 6
UNIT, GAP, FEWEST = 8, 12, 18
Move = tuple[Status, Status, str]


@dataclass(frozen=True)
class Band:
    """How many went from one status to another; as wide as they are many, with the number in it."""

    way: str
    path: str
    thickness: int
    count: int
    x: int
    y: int


@dataclass(frozen=True)
class Stop:
    """A status at one side, shape and word."""

    words: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Arrows:
    lines: list[Band]
    stops: list[Stop]
    height: int
    words: str
    width: int = WIDTH


def arrows(front: Front) -> Arrows:
    """Only what moved is drawn; the table below says it all."""
    moved: dict[Move, int] = {
        (move.before, move.now, way(move.before, move.now)): move.count
        for move in front.moves
        if move.before is not None and move.before != move.now
    }
    order = list(Status)
    moves = sorted(moved, key=lambda move: (order.index(move[0]), order.index(move[1])))
    left, before, low = _places(moves, moved, side=0)
    right, after, other = _places(sorted(moves, key=lambda move: order.index(move[1])), moved, side=1)
    stops = [Stop(_words(status), LEFT - 10, y, "end") for status, y in before]
    stops += [Stop(_words(status), RIGHT + 10, y, "start") for status, y in after]
    bands = [_band(move, left[move], right[move], moved[move]) for move in moves]
    return Arrows(bands, stops, max(low, other), in_words(front.ways))


def _places(
    moves: list[Move], moved: dict[Move, int], side: int
) -> tuple[dict[Move, int], list[tuple[Status, int]], int]:
    """The middle of each band at one side, of each status, and where the side ends."""
    middles: dict[Move, int] = {}
    spans: dict[str, list[int]] = {}
    y = TOP
    for move in moves:
        if move[side] not in spans and spans:
            y += GAP
        thick = _thickness(moved[move])
        middles[move] = y + thick // 2
        spans.setdefault(move[side], []).extend([y, y + thick])
        y += thick
    return middles, [(Status(status), (span[0] + span[-1]) // 2 + 5) for status, span in spans.items()], y + TOP


def _thickness(count: int) -> int:
    return max(count * UNIT, FEWEST)


def _words(status: Status) -> str:
    return f"{status.shape} {SHORT.get(status, status.label)}"


# The whole label would not fit beside the bands.
SHORT = {Status.AWAITING_SIGN_OFF: "Awaiting sign-off"}


def _band(move: Move, start: int, end: int, count: int) -> Band:
    middle = (LEFT + RIGHT) // 2
    path = f"M{LEFT} {start} C{middle} {start} {middle} {end} {RIGHT} {end}"
    return Band(move[2], path, _thickness(count) - 2, count, LEFT + 8, start + 5)
