"""The status workflow as data: the words, who may change what, and what must be supplied (product, section 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from krscp.refusals import Refusal
from krscp.tables import total
from subgroups.permissions import Permission


class Status(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"
    AWAITING_SIGN_OFF = "awaiting_sign_off", "Complete – awaiting SLG sign-off"
    COMPLETE = "complete", "Complete"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    SUPERSEDED = "superseded", "Superseded"

    @property
    def shape(self) -> str:
        return LOOKS[self].shape

    @property
    def tone(self) -> str:
        return LOOKS[self].tone

    @property
    def definition(self) -> str:
        return LOOKS[self].definition

    @property
    def is_open(self) -> bool:
        return self in OPEN


@dataclass(frozen=True)
class Look:
    """How a status is shown: shape and word together, never colour alone. More corners, more concern."""

    shape: str
    tone: str
    definition: str


LOOKS = total(Status, {
    Status.NOT_STARTED: Look("○", "grey", "Nothing done yet"),
    Status.ON_TRACK: Look("●", "green", "Next step will happen by its date"),
    Status.AT_RISK: Look("▲", "amber", "Date or result in doubt; owner can recover it"),
    Status.OFF_TRACK: Look("■", "red", "Will miss without help"),
    Status.AWAITING_SIGN_OFF: Look("◐", "light-blue", "Owner says done; evidence attached"),
    Status.COMPLETE: Look("✔", "blue", "SLG signed off"),
    Status.NOT_ACCEPTED: Look("✕", "white", "SLG decided against; reason published"),
    Status.SUPERSEDED: Look("⇥", "white", "Replaced by a named recommendation"),
})  # fmt: skip

WORST_FIRST = [
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.AWAITING_SIGN_OFF,
    Status.COMPLETE,
]
SET_ASIDE = [Status.NOT_ACCEPTED, Status.SUPERSEDED]
CLOSED = [Status.COMPLETE, *SET_ASIDE]
OPEN = [status for status in Status if status not in CLOSED]
SLIPPED = [Status.AT_RISK, Status.OFF_TRACK]
IN_HAND = [Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]


class Need(StrEnum):
    """What must come with a change."""

    WHAT_HAPPENED = "what happened"
    WHAT_NEXT = "the next step and its date"
    WHY_SLIPPED = "why it has slipped"
    BRINGS_BACK = "what will bring it back"
    NEW_DATE = "a new date, requested until the SLG agrees it"
    ASK_OF_SLG = "what is needed from the SLG, or “Nothing yet”"
    EVIDENCE = "evidence"
    DIFFERENCE = "the difference for children"
    WORDING = "the decision's wording"
    DECIDED_ON = "the date of the decision"
    RECHECK = "a re-check date where it asks to keep doing"
    BY_WHEN = "by when"
    REPLACEMENT = "the replacement"


@dataclass(frozen=True)
class Transition:
    """One change of status: from where, to what, by whom and with what."""

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status
    permission: Permission
    needs: tuple[Need, ...]


SAY = (Need.WHAT_HAPPENED, Need.WHAT_NEXT)
SLIP = (Need.WHY_SLIPPED, Need.BRINGS_BACK, Need.NEW_DATE)
RULING = (Need.WORDING, Need.DECIDED_ON)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "improve", "Start or improve", (Status.NOT_STARTED, Status.AT_RISK, Status.OFF_TRACK), Status.ON_TRACK,
        Permission.UPDATE, SAY,
    ),
    Transition("recover", "Improve", (Status.OFF_TRACK,), Status.AT_RISK, Permission.UPDATE, SAY),
    Transition(
        "slip", "Worsen", (Status.NOT_STARTED, Status.ON_TRACK), Status.AT_RISK, Permission.UPDATE, SLIP,
    ),
    Transition(
        "fall", "Go off track", (Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK), Status.OFF_TRACK,
        Permission.UPDATE, (*SLIP, Need.ASK_OF_SLG),
    ),
    Transition(
        "propose", "Propose completion", tuple(IN_HAND), Status.AWAITING_SIGN_OFF, Permission.PROPOSE_COMPLETION,
        (Need.WHAT_HAPPENED, Need.EVIDENCE, Need.DIFFERENCE),
    ),
    Transition(
        "sign_off", "Sign off", (Status.AWAITING_SIGN_OFF,), Status.COMPLETE, Permission.SIGN_OFF,
        (*RULING, Need.RECHECK),
    ),
    Transition(
        "send_back", "Send back", (Status.AWAITING_SIGN_OFF,), Status.ON_TRACK, Permission.DECIDE,
        (*RULING, Need.BY_WHEN),
    ),
    Transition("not_accept", "Do not accept", tuple(OPEN), Status.NOT_ACCEPTED, Permission.DECIDE, RULING),
    Transition(
        "supersede", "Supersede", tuple(OPEN), Status.SUPERSEDED, Permission.DECIDE, (*RULING, Need.REPLACEMENT),
    ),
    Transition("reopen", "Reopen", tuple(CLOSED), Status.ON_TRACK, Permission.DECIDE, RULING),
)  # fmt: skip


class WorkflowError(Refusal):
    """The change is not one that the workflow allows; the message says why, in words for the screen."""


def transition(source: str, target: str) -> Transition:
    """The one change from `source` to `target`. Raises WorkflowError when there is none."""
    for change in TRANSITIONS:
        if source in change.sources and target == change.target:
            return change
    raise WorkflowError(f"This is {Status(source).label}. It cannot become {Status(target).label} from here.")


def named(name: str) -> Transition:
    """The change with this name."""
    return next(change for change in TRANSITIONS if change.name == name)


def is_worse(source: str, target: str) -> bool:
    """Whether an owner's new word is a step down, which needs a reason."""
    if source not in IN_HAND or target not in IN_HAND or source == target:
        return False
    return Need.WHY_SLIPPED in transition(source, target).needs


@dataclass(frozen=True)
class PartStatus:
    """What the worst status is reckoned from."""

    status: str
    is_option: bool = False


def worst(parts: Iterable[PartStatus]) -> Status:
    """The status a recommendation shows: its worst part (product, section 9).

    Not accepted and Superseded count only when all parts are. Options (28) need only one: a complete one is
    enough, else the worst of those that are being pursued.
    """
    listed = list(parts)
    options = [Status(part.status) for part in listed if part.is_option]
    counted = [Status(part.status) for part in listed if not part.is_option]
    if options:
        counted.append(_status_of_options(options))
    live = [status for status in counted if status not in SET_ASIDE]
    if not live:
        return Status.NOT_ACCEPTED if Status.NOT_ACCEPTED in counted else Status.SUPERSEDED
    return min(live, key=WORST_FIRST.index)


def _status_of_options(options: list[Status]) -> Status:
    """One option is enough: complete if any is, else the worst one pursued, else as they all stand."""
    if Status.COMPLETE in options:
        return Status.COMPLETE
    live = [status for status in options if status not in SET_ASIDE]
    if not live:
        return options[0]
    pursued = [status for status in live if status != Status.NOT_STARTED]
    return min(pursued or live, key=WORST_FIRST.index)


class AsksFor(models.TextChoices):
    """What a recommendation asks for (our reading). Sets what complete means."""

    DECIDE = "decide", "Decide"
    DO = "do", "Do"
    KEEP_DOING = "keep_doing", "Keep doing"


class Difference(models.TextChoices):
    """The difference for children, kept apart from process (para 27)."""

    EVIDENCED = "evidenced", "Evidenced"
    TOO_EARLY = "too_early", "Too early"
    NO_DIRECT_EFFECT = "no_direct_effect", "No direct effect"
