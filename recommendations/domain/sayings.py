"""What an owner can say in an update, one row for each box, in the order in which it is asked.

Whoever asks it in a file, keeps it, tells, compares or combines it reads the rows; a form adds how its box looks.
"""

from dataclasses import dataclass

from recommendations.domain.workflow import Need


@dataclass(frozen=True)
class Saying:
    """`name` in the update; how it is told, in a few words where all of an answer is; how a file asks for it.

    `need` is what a change of status demands that it supplies; `day` names the day that is told with it.
    """

    name: str
    label: str
    short: str
    question: str
    hint: str
    need: Need
    is_day: bool = False
    slips: bool = False  # asked of what gets worse or late
    day: str = ""


SAYINGS = (
    Saying(
        "what_happened", "What has happened", "What has happened", "What has happened?",
        "Two or three sentences. Nothing that could identify a child or family", Need.WHAT_HAPPENED,
    ),
    Saying(
        "what_next", "What happens next", "Next", "What happens next?", "One next step", Need.WHAT_NEXT,
        day="next_date",
    ),
    Saying(
        "next_date", "When that will happen", "By", "When will that happen?", "A date: day, month and year",
        Need.WHAT_NEXT, is_day=True,
    ),
    Saying(
        "why_slipped", "Why it slipped", "Why it slipped", "Why has this slipped?",
        "Only if it is worse than now, or the date needs to change", Need.WHY_SLIPPED, slips=True,
    ),
    Saying(
        "brings_back", "What will bring it back", "What brings it back", "What will bring it back?",
        "Only if it has slipped. One next step", Need.BRINGS_BACK, slips=True,
    ),
    Saying(
        "requested_date", "Date requested", "New date asked for", "New target date",
        "Only if it has slipped. The SLG will be asked to agree it", Need.NEW_DATE, is_day=True, slips=True,
    ),
    Saying(
        "ask_of_slg", "Asked of the SLG", "Asked of the SLG", "What do you need the SLG to do?",
        "Only if off track. Optional. Ask for one decision", Need.ASK_OF_SLG, slips=True,
    ),
)  # fmt: skip
WORDS = {one.name: one for one in SAYINGS if not one.is_day}
DAYS = {one.name: one for one in SAYINGS if one.is_day}
# What the page adds that a slip leads to.
EXPLAINS = tuple(name for name, one in WORDS.items() if one.slips)
