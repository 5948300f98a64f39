"""The one permission policy: who may do what, from the posts a person holds today (product, section 8)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Protocol, TypedDict

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from krscp.tables import total
from subgroups.models import BodyKind, Post, PostRole, User


class Role(StrEnum):
    OWNER_LEAD = "Owner lead (co-chair, commissioner, lead of another body)"
    SLG_MEMBER = "SLG member"
    SLG_CHAIR = "SLG chair"
    STRATEGIC_LEAD = "Strategic lead"
    MANAGER = "Partnership Manager and team"
    LAY_MEMBER = "Lay member"
    SCRUTINEER = "Scrutineer"
    ADMINISTRATOR = "Administrator"


class Permission(StrEnum):
    VIEW = "View everything submitted and its history"
    EXPORT = "Export what is seen"
    UPDATE = "Say how it is going, keep actions and evidence"
    PROPOSE_COMPLETION = "Propose completion"
    DECIDE = "Record a decision: send back, agree a date or owner, set a priority, not accept, supersede, reopen"
    SIGN_OFF = "Sign off a proposed completion"
    ESCALATE = "Ask the SLG for a decision"
    IMPORT = "Import reports and rows"
    RUN_REVIEWS = "Set up, open and freeze a review, send reminders"
    ANNUAL_REPORT = "Build the annual report"
    EDIT_READING = "Edit our reading of the report: short title, what it asks for"
    MANAGE_PEOPLE = "Invite people and end appointments"
    AUDIT = "See who exported what"


class Scope(StrEnum):
    ALL = "all"
    OWN = "own"
    IN_MEETING = "in a review's meeting, as recorder"


class Owned(Protocol):
    """Anything that bodies own: a recommendation, a part, a body.

    What is decided in meetings says with `in_meeting` whether a review sits now.
    """

    def owning_body_ids(self) -> frozenset[int]: ...


class OwnerThen(TypedDict):
    """A body that led something when its completion was proposed, with the people who led that body on that day."""

    body: int
    slg: bool
    leads: list[int]


class Proposed(Owned, Protocol):
    """Something whose completion a person has proposed; its owners as they were then are kept with it."""

    proposer_id: int | None
    proposer_agencies: list[int]
    proposal_owners: list[OwnerThen]

    @property
    def is_slgs(self) -> bool: ...


ROLE_OF_POST = total(PostRole, {
    PostRole.CO_CHAIR: Role.OWNER_LEAD,
    PostRole.COMMISSIONER: Role.OWNER_LEAD,
    PostRole.LEAD: Role.OWNER_LEAD,
    PostRole.SLG_MEMBER: Role.SLG_MEMBER,
    PostRole.SLG_CHAIR: Role.SLG_CHAIR,
    PostRole.STRATEGIC_LEAD: Role.STRATEGIC_LEAD,
    PostRole.MANAGER: Role.MANAGER,
    PostRole.TEAM: Role.MANAGER,
    PostRole.LAY_MEMBER: Role.LAY_MEMBER,
    PostRole.SCRUTINEER: Role.SCRUTINEER,
    PostRole.ADMINISTRATOR: Role.ADMINISTRATOR,
})  # fmt: skip

READ = {Permission.VIEW: Scope.ALL, Permission.EXPORT: Scope.ALL}
OWN_WORK = {Permission.UPDATE: Scope.OWN, Permission.PROPOSE_COMPLETION: Scope.OWN}
DECISIONS = {Permission.DECIDE: Scope.ALL, Permission.SIGN_OFF: Scope.ALL, Permission.ESCALATE: Scope.ALL}

MATRIX: dict[Role, dict[Permission, Scope]] = total(Role, {
    Role.OWNER_LEAD: READ | OWN_WORK | {Permission.ESCALATE: Scope.OWN},
    Role.SLG_MEMBER: READ | OWN_WORK | DECISIONS,
    Role.SLG_CHAIR: READ | OWN_WORK | DECISIONS,
    Role.STRATEGIC_LEAD: READ | OWN_WORK | DECISIONS,
    Role.MANAGER: READ
    | {
        Permission.UPDATE: Scope.ALL,
        Permission.PROPOSE_COMPLETION: Scope.ALL,
        Permission.ESCALATE: Scope.ALL,
        Permission.DECIDE: Scope.IN_MEETING,
        Permission.SIGN_OFF: Scope.IN_MEETING,
        Permission.IMPORT: Scope.ALL,
        Permission.RUN_REVIEWS: Scope.ALL,
        Permission.ANNUAL_REPORT: Scope.ALL,
        Permission.EDIT_READING: Scope.ALL,
        Permission.MANAGE_PEOPLE: Scope.ALL,
        Permission.AUDIT: Scope.ALL,
    },
    Role.LAY_MEMBER: READ,
    Role.SCRUTINEER: READ | {Permission.AUDIT: Scope.ALL},
    Role.ADMINISTRATOR: READ | {Permission.MANAGE_PEOPLE: Scope.ALL, Permission.AUDIT: Scope.ALL},
})  # fmt: skip


def rights_of(role: str) -> dict[Permission, Scope]:
    """What a post with this role allows, and of what."""
    return MATRIX[ROLE_OF_POST[PostRole(role)]]


def roles_of(user: User) -> set[Role]:
    """The roles a person has through the posts held today."""
    return {ROLE_OF_POST[PostRole(post.role)] for post in user.current_posts}


def can(user: User, permission: Permission, obj: Owned | None = None) -> bool:
    """Whether a post the person holds today allows it for this object; without one, whether it does for all."""
    for post in user.current_posts:
        scope = rights_of(post.role).get(permission)
        if scope is Scope.ALL:
            return True
        if scope is Scope.IN_MEETING and getattr(obj, "in_meeting", False):
            return True
        if scope is Scope.OWN and obj is not None and post.body_id in obj.owning_body_ids():
            return True
    return False


def can_somewhere(user: User, permission: Permission) -> bool:
    """Whether a post the person holds today allows it for all, or for what its body owns."""
    return any(rights_of(post.role).get(permission) in (Scope.ALL, Scope.OWN) for post in user.current_posts)


def demand(user: User, permission: Permission, obj: Any = None) -> None:
    """Raises PermissionDenied, carrying the object so that the page can say whom to ask."""
    if not can(user, permission, obj):
        raise PermissionDenied(obj if obj is not None else "", permission)


def may_decide_or_record(user: User) -> bool:
    """Whether the person decides for the SLG, or records in a meeting what it decides: who reads what waits for it."""
    return any(Permission.DECIDE in rights_of(post.role) for post in user.current_posts)


def posts_that_may(permission: Permission, obj: Owned | None) -> QuerySet[Post]:
    """The posts whose holders may do it to this object: whom to ask."""
    scopes = {kind: MATRIX[role].get(permission) for kind, role in ROLE_OF_POST.items()}
    everyone = Q(role__in=[kind for kind, scope in scopes.items() if scope is Scope.ALL])
    own = Q(role__in=[kind for kind, scope in scopes.items() if scope is Scope.OWN])
    owners = obj.owning_body_ids() if obj is not None else frozenset()
    return Post.objects.filter(everyone | own & Q(body__in=owners)).select_related("body")


RECORDER = "The Manager records decisions only while a review is in its meeting."


def why_not_decide(user: User, item: Owned, asked_by: Iterable[int | None]) -> str:
    """Why this person may not decide what these people asked for, or "": nobody answers their own proposal."""
    if not can(user, Permission.DECIDE, item):
        return RECORDER if Role.MANAGER in roles_of(user) else "Only the SLG or a strategic lead can decide this."
    if user.pk in asked_by:
        return "You asked for this, so somebody else must decide it."
    return ""


def why_not_sign_off(user: User, item: Proposed) -> str:
    """Why this person may not sign off this item, or "" when they may (product, sections 2, 8 and 10).

    Never the proposer, whatever posts they hold; never a current lead of an owning body, nor whoever led one when
    it was proposed; where the SLG itself owns it, a member from another agency than the proposer. The Manager, as
    recorder in a meeting, signs off what others own and somebody else proposed. The owners are those of now and
    those at the proposal: both are judged, and no owner changes while sign-off waits.
    """
    if not can(user, Permission.SIGN_OFF, item):
        return RECORDER if Role.MANAGER in roles_of(user) else "Only the SLG or a strategic lead can sign this off."
    if item.proposer_id == user.pk:
        return "You proposed this as complete, so somebody else must sign it off."
    now, then = item.owning_body_ids(), item.proposal_owners
    owners = now | {owner["body"] for owner in then}
    led = [post.body for post in user.current_posts if post.body_id in owners and leads_body(post.role)]
    if others := [body for body in led if body.kind != BodyKind.SLG]:
        owns = "owns this" if others[0].pk in now else "owned this when it was proposed"
        return f"You lead {others[0].name}, which {owns}. Somebody from outside it must sign it off."
    led_then = [owner for owner in then if user.pk in owner["leads"]]
    if any(not owner["slg"] for owner in led_then):
        return "You led a body that owned this when it was proposed. Somebody else must sign it off."
    return _why_not_for_the_slg(user, item, is_member=bool(led or led_then))


def _why_not_for_the_slg(user: User, item: Proposed, *, is_member: bool) -> str:
    """What the SLG owns, or owned when it was proposed: one of its own from another agency; never the recorder."""
    slgs = item.is_slgs or any(owner["slg"] for owner in item.proposal_owners)
    if slgs and not can(user, Permission.SIGN_OFF):
        return "The SLG owns this, so one of its members must sign it off."
    if is_member and not is_from_elsewhere(user, item.proposer_agencies):
        return "The SLG owns this, so a member from another agency than the proposer must sign it off."
    return ""


def is_from_elsewhere(user: User, proposer_agencies: list[int]) -> bool:
    """Whether the user is known to be of another agency than the proposer was when proposing.

    A proposer of no agency (the Manager) is from elsewhere; a member whose seat names none cannot show it.
    """
    own = agencies_of(user)
    return not proposer_agencies or (bool(own) and own.isdisjoint(proposer_agencies))


def roles_to_fill(user: User) -> list[PostRole]:
    """The roles whose posts this person may fill or empty: nobody but an administrator makes administrators."""
    is_one = Role.ADMINISTRATOR in roles_of(user)
    return [role for role in PostRole if is_one or role != PostRole.ADMINISTRATOR]


def why_not_appoint(user: User, post: Post, email: str) -> str:
    """Why this person may not fill or empty this post, or "" (product, section 8: never administrators, never self).

    Administrators decide no business, so they too leave their own posts to somebody else.
    """
    if email.strip().lower() == user.email:
        return "Somebody else must change your own posts."
    if post.role not in roles_to_fill(user):
        return "Only an administrator can appoint an administrator."
    return ""


def leads_body(role: str) -> bool:
    """Whether a post with this role leads its body's own work."""
    return Permission.UPDATE in rights_of(role)


def leading_roles() -> list[PostRole]:
    """The roles whose posts lead a body's own work."""
    return [role for role in PostRole if leads_body(role)]


def agencies_of(user: User) -> set[int]:
    """The agencies of the posts held today."""
    return {post.agency_id for post in user.current_posts if post.agency_id}


def leads(user: User) -> list[int]:
    """The bodies a person leads today, whose recommendations are the person's OWN."""
    return [post.body_id for post in user.current_posts if leads_body(post.role)]
