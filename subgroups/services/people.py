"""The only writers of people, bodies and posts. Everything is added where it is missing, nothing overwritten."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from krscp import clock
from krscp.addresses import normal_address
from krscp.constraints import breaks
from krscp.days import display_date
from krscp.refusals import Moved, Refusal, refuse_if
from subgroups.models import Agency, Appointment, Body, BodyName, NameKind, Partnership, Post, User
from subgroups.permissions import why_not_appoint
from subgroups.services.records import save

LOADED = "Loaded"


class AlreadyAppointed(Refusal):
    """The person holds this post on that day or later already."""


class AppointmentOver(Refusal):
    """An appointment that has ended is not revived: appoint the person again."""


class AppointmentChanged(Moved):
    """Somebody else recorded a last day, or took it off, while this was being written; `ends` is what stands."""

    def __init__(self, ends: date | None) -> None:
        stands = f"recorded {display_date(ends)} as the last day" if ends else "changed the last day"
        super().__init__(f"Somebody else {stands} while you were writing. Check yours, then save it again")
        self.ends = ends


class AccountClosed(Refusal):
    """Nobody is invited to a closed account."""


def load_organisation(data: dict[str, Any]) -> None:
    """Add the partnership, agencies, bodies and posts that are not there yet; change none that are."""
    with transaction.atomic():
        name = data["partnership"]
        if not Partnership.objects.exists():
            save(Partnership(pk=1, **name), None, LOADED)
        for agency in data["agencies"]:
            _ensure(Agency, agency["slug"], partial(Agency, **agency))
        for place, body in enumerate(data["bodies"]):
            _load_body(body, place)
        for place, post in enumerate(data["posts"]):
            _ensure(Post, post["slug"], partial(_new_post, post, place))


def _load_body(found: dict[str, Any], place: int) -> None:
    new = Body(
        slug=found["slug"], name=found["name"], abbreviation=found.get("abbreviation", ""), kind=found["kind"],
        position=place,
    )  # fmt: skip
    if not _ensure(Body, found["slug"], lambda: new):
        return
    names = [(name, NameKind.ALIAS) for name in found.get("aliases", [])]
    names += [(name, NameKind.PAST) for name in found.get("past_names", [])]
    for name, kind in names:
        save(BodyName(body=new, name=name, kind=kind), None, LOADED)


def _new_post(found: dict[str, Any], place: int) -> Post:
    agency = Agency.objects.get(slug=found["agency"]) if found.get("agency") else None
    body = Body.objects.get(slug=found["body"])
    return Post(
        slug=found["slug"], body=body, role=found["role"], title=found["title"], agency=agency, position=place
    )


def _ensure(model: type[models.Model], slug: str, make: Callable[[], models.Model]) -> bool:
    """Save a new one unless one with this slug exists; says whether it did."""
    if model._default_manager.filter(slug=slug).exists():
        return False
    save(make(), None, LOADED)
    return True


@transaction.atomic
def invite(*, email: str, name: str, post: Post, starts: date, by: User | None = None) -> User:
    """Give a person an account, if they have none, and the post from `starts`. No password is set here."""
    person = account_of(email, name)
    if not person.is_active:
        raise AccountClosed(f"The account of {person.email} is closed. Use another address.")
    appoint(person=person, post=post, starts=starts, by=by)
    return person


def account_of(email: str, name: str) -> User:
    """The account of this address; a new one where there is none, even if another was made in the same moment."""
    address = normal_address(email)
    if known := User.objects.filter(email=address).first():
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(email=address, name=name)
    except IntegrityError as error:
        if not (breaks(error, User, "email") or breaks(error, User, "one_account_per_address")):
            raise
        return User.objects.get(email=address)


@transaction.atomic
def appoint(*, person: User, post: Post, starts: date, by: User | None = None) -> Appointment:
    """Put a person in a post. Raises AlreadyAppointed when they hold it on that day or later.

    Raises PermissionDenied where the policy says no to `by`; a command, which runs for nobody, is asked for nothing.
    The person's row is taken first, so that of two appointments at once the later one sees the earlier.
    """
    _ask_the_policy(by, post, person)
    User.objects.select_for_update().get(pk=person.pk)
    if post.appointments.filter(Q(ends=None) | Q(ends__gte=starts), person=person).exists():
        raise AlreadyAppointed(f"{person} already holds “{post}”.")
    return save(Appointment(person=person, post=post, starts=starts), by, "Appointed")


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, ends: date, seen: date | None = None, by: User | None = None
) -> Appointment:
    """Let an appointment end on a day, which is still included. Rights go with it.

    `seen` is the last day that stood when this was written. Raises AppointmentChanged when another stands now,
    AppointmentOver when it ended before today and would end later than it did, PermissionDenied as `appoint` does.
    """
    _ask_the_policy(by, appointment.post, appointment.person)
    current = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if current.ends is not None and current.ends < min(clock.today(), ends):
        raise AppointmentOver("This appointment is over. Invite the person to the post again.")
    if current.ends not in (seen, ends):
        raise AppointmentChanged(current.ends)
    current.ends = ends
    return save(current, by, "Appointment ended")


def _ask_the_policy(by: User | None, post: Post, person: User) -> None:
    if by is not None:
        refuse_if(why_not_appoint(by, post, person.email))


@transaction.atomic
def close_account(*, person: User, by: User | None = None) -> User:
    """Shut a person out at once: posts end today and every session is dead, also if the account opens again."""
    for held in person.appointments.filter(Q(ends=None) | Q(ends__gt=clock.today()), starts__lte=clock.today()):
        end_appointment(appointment=held, ends=clock.today(), seen=held.ends, by=by)
    person.is_active = False
    person.set_unusable_password()
    return save(person, by, "Account closed")


@transaction.atomic
def mark_demonstration() -> None:
    """Label everything in this database as a demonstration; there is no way back."""
    partnership = Partnership.objects.get()
    partnership.is_demonstration = True
    save(partnership, None, "Demonstration loaded")


@transaction.atomic
def give_password(*, people: Iterable[User], password: str) -> None:
    """Let people of a demonstration sign in with one password, hashed once; older sessions end."""
    encoded = make_password(password)
    for person in people:
        person.password = encoded
        save(person, None, "Demonstration password set")
