"""What each kind of decision is: one row says when a part takes it, what it must supply and all that depends on it.

A new kind is a member and its row (product, sections 2 and 8); whoever writes one down reads them from here.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models

from krscp.tables import total
from recommendations.domain.workflow import IN_HAND, OPEN, TRANSITIONS, AsksFor, Status, named


class DecisionKind(models.TextChoices):
    """What the SLG can decide about a part; some change its status."""

    SIGN_OFF = "sign_off", "Sign off"
    SEND_BACK = "send_back", "Send back"
    NOT_ACCEPT = "not_accept", "Do not accept"
    SUPERSEDE = "supersede", "Supersede"
    REOPEN = "reopen", "Reopen"
    AGREE_DATE = "agree_date", "Agree a date"
    AGREE_OWNER = "agree_owner", "Agree an owner"
    SET_PRIORITY = "set_priority", "Set the priority"
    RECHECK = "recheck", "Check again"
    ANSWER = "answer", "Answer what was asked"
    ACT = "act", "Agree an action"
    NOTE = "note", "Minute a note"

    @property
    def slug(self) -> str:
        return self.value.replace("_", "-")

    @property
    def changes_status(self) -> bool:
        return any(change.name == self.value for change in TRANSITIONS)

    @property
    def row(self) -> "Kind":
        return KINDS[self]

    def supplies(self, asks_for: str) -> list["Supply"]:
        """What it must say beside its wording, of a recommendation that asks for this."""
        return [one for one in self.row.supplies if one.only_for in ("", asks_for)]


@dataclass(frozen=True)
class Supply:
    """What a decision must say: its name in the ruling, what a form asks, what is said where it is missing.

    `settles`: the part takes it over. `only_for`: which recommendations it is asked of; "" for all.
    """

    name: str
    question: str
    missing: str
    settles: bool = True
    only_for: str = ""
    hint: str = ""

    @property
    def is_day(self) -> bool:
        return self.name in ("agreed_date", "recheck_on", "due")


@dataclass(frozen=True)
class Kind:
    """`said` is how a list tells of it, `waits` heads what waits for it, `in_meeting` is its name in the meeting.

    `not_by`: who of a part may not take it, having asked for it. `clears` is what the part no longer has.
    """

    said: str
    supplies: tuple[Supply, ...] = ()
    taken_in: Collection[Status] = ()
    not_by: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    waits: str = ""
    in_meeting: str = ""
    hands_back: bool = False  # the owner must act
    in_a_quarterly: bool = False  # which has no sign-off


BY_WHEN = Supply("agreed_date", "By when is it needed?", "Enter by when it is needed")
AGREED = Supply("agreed_date", "Agreed date", "Enter the agreed date")
NEXT_CHECK = Supply("recheck_on", "When should it be checked again?", "Enter when it is checked next")
KEPT_UP = Supply(
    "recheck_on", "When should it be checked again?", "This asks to keep doing something, so enter a re-check date",
    only_for=AsksFor.KEEP_DOING, hint="This asks to keep doing something, so it is checked again. ",
)  # fmt: skip
LEAD = Supply("owner", "Who leads it?", "Select the owner")
PRIORITY = Supply("priority", "Main priority", "Select the priority")
HEIR = Supply("replacement", "Which recommendation replaces it?", "Enter the recommendation that replaces it")
DOER = Supply("owner", "Who will do it?", "Select who will do it", settles=False)
DUE = Supply("due", "By when?", "Enter by when", settles=False)
ANY_TIME = tuple(Status)
ASKER, PROPOSER = "requested_by_id", "proposer_id"

# In the order in which the meeting offers them.
KINDS = total(DecisionKind, {
    DecisionKind.SIGN_OFF: Kind("signed off", (KEPT_UP,), in_meeting="Sign off", waits="To sign off"),
    DecisionKind.SEND_BACK: Kind(
        "sent back", (BY_WHEN,), not_by=(PROPOSER, ASKER), in_meeting="Send back", hands_back=True
    ),
    DecisionKind.AGREE_DATE: Kind(
        "agreed {date} for", (AGREED,), OPEN, (ASKER,), in_meeting="Agree date", waits="New dates asked for"
    ),
    DecisionKind.ANSWER: Kind(
        "answered what was asked about", (), ANY_TIME, ("asker_id",), in_meeting="Answer", waits="Asked of the SLG"
    ),
    # No owner changes while sign-off waits (product, section 10).
    DecisionKind.AGREE_OWNER: Kind(
        "agreed {owner} as owner of", (LEAD,), IN_HAND, in_meeting="Agree owner", waits="Owners to confirm"
    ),
    DecisionKind.RECHECK: Kind("checked again", (NEXT_CHECK,), (Status.COMPLETE,), in_meeting="Check again"),
    DecisionKind.NOT_ACCEPT: Kind("decided against", not_by=(PROPOSER,), in_meeting="Not accept"),
    DecisionKind.ACT: Kind("agreed an action for", (DOER, DUE), ANY_TIME, in_meeting="Act", in_a_quarterly=True),
    DecisionKind.NOTE: Kind("minuted a note on", (), ANY_TIME, in_meeting="Note", in_a_quarterly=True),
    DecisionKind.SUPERSEDE: Kind("superseded", (HEIR,), not_by=(PROPOSER,)),
    DecisionKind.REOPEN: Kind("reopened", clears=("recheck_on", "superseded_by"), hands_back=True),
    DecisionKind.SET_PRIORITY: Kind("set {priority} as the priority of", (PRIORITY,), ANY_TIME),
})  # fmt: skip


def decisions_open(status: str) -> list[DecisionKind]:
    """The decisions that a part in this status can take, in the order of the page."""
    return [kind for kind in DecisionKind if _is_open(kind, status)]


def _is_open(kind: DecisionKind, status: str) -> bool:
    return status in (named(kind).sources if kind.changes_status else kind.row.taken_in)
