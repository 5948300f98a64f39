"""Home: what needs this person now, from the posts held today (product, section 3).

Each list shows its first rows and leads to a page with all of them: both take their rows from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from krscp.unchanged import until_written
from recommendations.home.changes import SHOWN, Changes, lately, recent_changes
from recommendations.home.coming import Coming, coming_for
from recommendations.home.reasons import needing, waits
from recommendations.home.sharing import Share, shares
from recommendations.models import Part
from recommendations.state import lists
from recommendations.state.items import Exceptional, Item, exceptional, flagged, own_item
from recommendations.state.slices import FIRST, ON_A_PAGE, Slice, Together, slices
from recommendations.state.today import AlsoRead, State, read_parts
from recommendations.state.waiting import ForDecision, for_decision
from subgroups.models import Appointment, Body, Post, PostRole, User
from subgroups.permissions import Permission, Role, can, leads, may_decide_or_record, roles_of

WATCHERS = {Role.LAY_MEMBER, Role.SCRUTINEER}
Row = TypeVar("Row")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """The rows of a list that are shown, and how many it holds."""

    rows: list[Row]
    total: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


@dataclass(frozen=True)
class OwnWork:
    """The parts that the bodies this person leads lead: what needs an answer, and the rest."""

    needs: Listed[Item]
    rest: Listed[Item]
    shares: list[Share]


@dataclass(frozen=True)
class ForSlg:
    """What will miss or has missed its date."""

    exceptions: Listed[Exceptional]


@dataclass(frozen=True)
class ToChase:
    """What the Manager follows up: overdue or quiet items, and co-chair seats that nobody holds."""

    items: Listed[Item]
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


@dataclass
class Reader:
    """Whose home it is, on which day, and what is listed there for the posts held."""

    user: User
    today: date

    @cached_property
    def parts(self) -> QuerySet[Part]:
        return Part.objects.visible_to(self.user).flagged(self.today)

    @cached_property
    def led(self) -> dict[int, Body]:
        own = leads(self.user)
        return {post.body_id: post.body for post in self.user.current_posts if post.body_id in own}

    def decisions(self) -> dict[str, QuerySet]:
        return {kind.value: lists.waiting(self.parts, kind) for kind in lists.WAITING}

    def exceptions(self) -> dict[str, QuerySet]:
        return {"exceptions": lists.exceptions(self.parts, lists.LATE)}

    def chase(self) -> dict[str, QuerySet]:
        return {"chase": lists.to_chase(self.parts)}

    def own(self) -> dict[str, QuerySet]:
        """What needs this person, then the rest."""
        parts = lists.with_urgency(lists.led_by(self.parts, self.led), self.user, self.today)
        return {"needs": lists.needing_answer(parts), "rest": lists.needing_none(parts)}

    def changes(self) -> dict[str, QuerySet]:
        """Everything, for those who watch; for owners, what others did to their own items."""
        if roles_of(self.user) & WATCHERS:
            return lately(self.today)
        return lately(self.today, among=self.led, but_not_by=self.user) if self.led else {}

    def state(self, shown: Mapping[str, Slice]) -> State:
        """The rows that are shown, with what they say."""
        told = AlsoRead(*(shown[name].keys if name in shown else () for name in ("updates", "decisions")))
        return read_parts(self.parts, self.today, {part for one in shown.values() for part in one.parts}, told)


def home_for(user: User, today: date, first: int = FIRST) -> Home:
    """Each section once, however many posts the person holds, with the first rows of its list."""
    return until_written(("home", user.pk, today, first), lambda: _home(user, today, first))


def _home(user: User, today: date, first: int) -> Home:
    reader, roles = Reader(user, today), roles_of(user)
    decides, records, manages = (
        can(user, Permission.DECIDE), may_decide_or_record(user), can(user, Permission.RUN_REVIEWS)
    )  # fmt: skip
    changes = reader.changes()
    wanted = {
        **(reader.decisions() if records else {}),
        **(reader.exceptions() if decides else {}),
        **(reader.chase() if manages else {}),
        **(reader.own() if reader.led else {}),
        **changes,
    }
    shown = slices(wanted, {name: slice(0, SHOWN if name in changes else first) for name in wanted})
    state = reader.state(shown)
    return Home(
        heading=" and ".join(body.name for body in reader.led.values()) or "Home",
        posts=[post.title for post in user.current_posts],
        coming=coming_for(today, reader.led),
        own=own_work(state, user, shown, shares(reader.led.values())) if reader.led else None,
        decisions=for_decision(state, user, shown) if records else None,
        slg=ForSlg(exceptions(state, shown)) if decides else None,
        chase=ToChase(to_chase(state, shown), _vacant_chairs(today)) if manages else None,
        changes=recent_changes(state, shown, by_others=not roles & WATCHERS) if changes else None,
        may_manage_people=can(user, Permission.MANAGE_PEOPLE),
    )


def own_work(state: State, user: User, shown: Mapping[str, Slice], shared: list[Share]) -> OwnWork:
    needs, rest = shown["needs"], shown["rest"]
    return OwnWork(
        needs=Listed([needing(part, user, state) for part in state.named(needs.keys)], needs.total),
        rest=Listed([own_item(part, user, waits(part)) for part in state.named(rest.keys)], rest.total),
        shares=shared,
    )


def exceptions(state: State, shown: Mapping[str, Slice]) -> Listed[Exceptional]:
    found = shown["exceptions"]
    return Listed(exceptional(state.named(found.keys), lists.LATE, state), found.total)


def to_chase(state: State, shown: Mapping[str, Slice]) -> Listed[Item]:
    found = shown["chase"]
    return Listed(flagged(state.named(found.keys), lists.CHASED, state), found.total)


def page_of(reader: Reader, wanted: Mapping[str, QuerySet], number: str | None) -> tuple[Page, dict[str, Slice], State]:
    """One page of all that these lists hold, one after the other: which rows of each, and what they say."""
    page: Any = Paginator(cast(Any, Together(wanted)), ON_A_PAGE).get_page(number)
    return page, page.object_list, reader.state(page.object_list)


def _vacant_chairs(today: date) -> list[Post]:
    """Co-chair seats that nobody holds today (para 14)."""
    seats = Post.objects.filter(role=PostRole.CO_CHAIR)
    return list(seats.exclude(appointments__in=Appointment.objects.in_force(today)).select_related("body"))
