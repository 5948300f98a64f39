"""manage.py invite EMAIL --post SLUG: the first people able to sign in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import CommandParser
from django.core.validators import validate_email

from krscp.addresses import OddAddress, normal_address
from krscp.clock import today
from subgroups.models import Post, User
from subgroups.people.invitations import password_link
from subgroups.readiness import NeedsSetup
from subgroups.services.people import AlreadyAppointed, invite


class Command(NeedsSetup):
    help = "Give a person an account and a post, and print a link with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--post", required=True, help="The post's slug, for example manager or vca-co-chair-1")
        parser.add_argument("--name", default="", help="How the person is named on screen")

    def handle(self, *args: Any, email: str, post: str, name: str, **options: Any) -> None:
        try:
            email = normal_address(email)
            validate_email(email)
        except OddAddress as odd:
            raise CommandError(f"{odd}.") from odd
        except ValidationError as error:
            raise CommandError(f"{email} is not an email address. Write it like name@example.org.") from error
        seat = Post.objects.filter(slug=post).first()
        if seat is None:
            known = ", ".join(Post.objects.values_list("slug", flat=True)) or "none: run manage.py setup first"
            raise CommandError(f"There is no post {post}. Posts: {known}")
        try:
            person = invite(email=email, name=name or email.split("@")[0], post=seat, starts=today())
            self.stdout.write(f"{person.email} now holds “{seat}”.")
        except AlreadyAppointed as already:
            self.stdout.write(str(already))
            person = User.objects.get(email=email)
        if not person.has_usable_password():
            self.stdout.write(f"To choose a password, within 3 days: {password_link(person)}")
