"""Home: what needs this person now, from the posts held today (product, section 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recommendations.domain.flags import Flag
from recommendations.home.changes import Changes, recent_changes
from recommendations.home.coming import Coming, coming_for
from recommendations.home.reasons import Reason, waits, why_now
from recommendations.home.sharing import Share, shares
from recommendations.models import Part
from recommendations.state.items import Exceptional, Item, exceptional, flagged, own_item, to_confirm
from recommendations.state.today import State, read_state
from recommendations.state.waiting import ForDecision, for_decision
from subgroups.models import Appointment, Body, Post, PostRole, User
from subgroups.permissions import Permission, Role, can, leads, roles_of

WATCHERS = {Role.LAY_MEMBER, Role.SCRUTINEER}
LATE = {Flag.OVERDUE}
CHASED = {Flag.OVERDUE, Flag.QUIET}


@dataclass(frozen=True)
class OwnWork:
    """The parts that the bodies this person leads lead: what needs an answer, and the rest."""

    needs: list[Item]
    rest: list[Item]
    shares: list[Share]


@dataclass(frozen=True)
class ForSlg:
    """What will miss or has missed its date."""

    exceptions: list[Exceptional]


@dataclass(frozen=True)
class ToChase:
    """What the Manager follows up: overdue or quiet items, and co-chair seats that nobody holds."""

    items: list[Item]
    vacant: list[Post]


@dataclass(frozen=True)
class Home:
    """The page; a section that is not this person's is None."""

    heading: str
    posts: list[str]
    coming: Coming | None
    own: OwnWork | None
    decisions: ForDecision | None
    slg: ForSlg | None
    chase: ToChase | None
    changes: Changes | None
    may_manage_people: bool

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all needs this person."""
        waiting = [
            self.coming and self.coming.own,
            self.own and self.own.needs,
            self.decisions and self.decisions.total,
            self.slg and self.slg.exceptions,
            self.chase and (self.chase.items or self.chase.vacant),
        ]
        return not any(waiting)


def home_for(user: User, today: date) -> Home:
    """Each section once, however many posts the person holds."""
    state, roles = read_state(user, today), roles_of(user)
    led = {post.body_id: post.body for post in user.current_posts if post.body_id in leads(user)}
    decides, manages = can(user, Permission.DECIDE), Role.MANAGER in roles
    return Home(
        heading=" and ".join(body.name for body in led.values()) or "Home",
        posts=[post.title for post in user.current_posts],
        coming=coming_for(state, led),
        own=_own_work(state, user, led.values()) if led else None,
        decisions=for_decision(state, user) if decides or manages else None,
        slg=ForSlg(exceptional(state, LATE)) if decides else None,
        chase=ToChase(_to_chase(state), _vacant_chairs(today)) if manages else None,
        changes=_changes(state, user, roles, set(led)),
        may_manage_people=can(user, Permission.MANAGE_PEOPLE),
    )


def _led_by(part: Part, bodies: set[int]) -> bool:
    return bool(part.owning_body_ids() & bodies)


def _own_work(state: State, user: User, led: Iterable[Body]) -> OwnWork:
    bodies = list(led)
    own = [part for part in state.parts if _led_by(part, {body.pk for body in bodies})]
    reasons = [(part, why_now(part, state)) for part in own]
    urgent = sorted(((part, why) for part, why in reasons if why is not None), key=_worst_first)
    confirming = [item for part in own if (item := to_confirm(part, user, state))]
    asked = {item.part.pk for item in confirming}
    return OwnWork(
        needs=[*confirming, *(own_item(part, user, why.words) for part, why in urgent)],
        rest=[own_item(part, user, waits(part)) for part, why in reasons if why is None and part.pk not in asked],
        shares=[share for body in bodies if (share := shares(body, state.recommendations))],
    )


def _worst_first(pair: tuple[Part, Reason]) -> tuple[int, date]:
    part, why = pair
    return why.urgency, part.agreed_date or date.max


def _to_chase(state: State) -> list[Item]:
    return flagged((part for part in state.parts if CHASED & set(part.flags)), CHASED, state.today)


def _vacant_chairs(today: date) -> list[Post]:
    """Co-chair seats that nobody holds today (para 14)."""
    seats = Post.objects.filter(role=PostRole.CO_CHAIR)
    return list(seats.exclude(appointments__in=Appointment.objects.in_force(today)).select_related("body"))


def _changes(state: State, user: User, roles: set[Role], led: set[int]) -> Changes | None:
    """Everything, for those who watch; for owners, what others did to their own items."""
    if roles & WATCHERS:
        return recent_changes(state, among=state.parts)
    if not led:
        return None
    own = [part for part in state.parts if _led_by(part, led)]
    return recent_changes(state, among=own, but_not_by=user)
