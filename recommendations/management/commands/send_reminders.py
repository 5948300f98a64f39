"""manage.py send_reminders: once a day, remind those who hold posts of what is missing in their returns."""

from datetime import date
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser

from krscp import clock
from recommendations.management.papers import make_missing
from recommendations.reviews.reminders.notices import Notice
from recommendations.reviews.reminders.send import due_on, send
from subgroups.models import Appointment, PostRole, User
from subgroups.readiness import NeedsSetup


class Command(NeedsSetup):
    help = "Send the reminders that are due: 28, 14 and 3 days before returns are. Run it once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Print who would get what; send nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        day = clock.today()
        told = due_on(day)
        if not dry_run:
            self.make_papers()
        if dry_run or not told:
            self.show(told)
            return
        sent = send(told, day, the_manager(day))
        self.stdout.write(f"{len(sent.notices)} sent.")
        if sent.failed:
            failed = "\n".join(f"{person.email}: {why}" for person, why in sent.failed)
            raise CommandError(f"{len(sent.failed)} could not be sent and will be tried again:\n{failed}")

    def make_papers(self) -> None:
        """What the process of a freeze did not come to make; one that cannot be made stops no reminder."""
        for fault in make_missing():
            self.stderr.write(fault)

    def show(self, told: list[tuple[Notice, int]]) -> None:
        for notice, mark in told:
            self.stdout.write(f"{notice.person.email} ({mark} days): {notice.subject}")
            for missing in notice.missing:
                self.stdout.write(f"  {missing.title}: {missing.url}")
        if not told:
            self.stdout.write("Nobody needs a reminder today.")


def the_manager(day: date) -> User:
    """In whose name reminders go out. Raises CommandError when nobody holds the Manager's post."""
    held = Appointment.objects.in_force(day).filter(post__role=PostRole.MANAGER, person__is_active=True)
    found = held.select_related("person").first()
    if found is None:
        raise CommandError("Nobody holds the Manager's post. Invite the Manager first: manage.py invite.")
    return found.person
