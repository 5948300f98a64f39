"""The people of the world: the cast of all tests, and those who came, went or were shut out during the year."""

import datetime as dt

from subgroups.models import Post, User
from subgroups.services.people import appoint, close_account, end_appointment, invite
from tests.conftest import CAST
from tests.factories import make_person
from tests.world.days import on

# Besides the cast: who else holds or held which posts.
OTHERS = {
    "llr_cochair2": ["llr-co-chair-2"],
    "qi_cochair2": ["qi-co-chair-2"],
    "health_lead": ["health-leads-lead"],
    "yol_lead": ["yol-lead"],
    "project_x_lead": ["project-x-lead"],
    "early_help_chair": ["early-help-board-chair"],
    "team": ["deputy-manager"],
    "two_hats": ["ld-co-chair-2", "slg-secondary-head"],
    "former_lay_member": ["lay-member-2"],
    "shut_out": ["education-leads-lead"],
}
NEW_COCHAIR = "vca_cochair2_new"
# Closed accounts and those without a post: no page opens for them.
WITHOUT = {"nobody", "former_lay_member", "shut_out", "vca_cochair2", "llr_cochair2", "health_lead"}
EVERYBODY = [*CAST, *OTHERS, NEW_COCHAIR]


def who(name: str) -> User:
    """A person as they are now: posts are read once for each User object, so it is a fresh one."""
    return User.objects.get(email=f"{name}@people.example")


def arrive() -> None:
    """Everybody who was there at the beginning."""
    for name, posts in (CAST | OTHERS).items():
        make_person(*posts, email=f"{name}@people.example", name=name.replace("_", " ").capitalize())


def hand_over() -> None:
    """A co-chair's seat has a new holder, one is vacant, a body has nobody, two accounts are closed."""
    with on(2026, 5, 31) as day:
        leave("vca_cochair2", day)
        seat = Post.objects.get(slug="vca-co-chair-2")
        invite(email=f"{NEW_COCHAIR}@people.example", name="New co-chair", post=seat, starts=dt.date(2026, 6, 1),
               by=who("manager"))  # fmt: skip
    with on(2026, 6, 30) as day:
        leave("llr_cochair2", day)
        leave("health_lead", day)
    with on(2026, 7, 1):
        close_account(person=who("former_lay_member"), by=who("administrator"))
        close_account(person=who("shut_out"), by=who("administrator"))
    with on(2026, 11, 1):
        appoint(person=who("nobody"), post=Post.objects.get(slug="dsls-lead"), starts=dt.date(2026, 12, 1),
                by=who("manager"))  # fmt: skip


def leave(name: str, day: dt.date) -> None:
    for appointment in who(name).appointments.all():
        end_appointment(appointment=appointment, ends=day, by=who("manager"))
