"""The mail that lets an invited person choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from subgroups.models import Partnership, User


def password_link(person: User) -> str:
    """The address at which the person chooses a password; it works once, for three days."""
    token = default_token_generator.make_token(person)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return f"{settings.SITE_URL}{address}"


def send_invitation(person: User) -> None:
    """Invite by mail. Somebody who has a password already only learns of the post."""
    partnership = Partnership.objects.first()
    needs_password = not person.has_usable_password()
    link = password_link(person) if needs_password else f"{settings.SITE_URL}{reverse('home')}"
    context = {"person": person, "partnership": partnership, "link": link, "needs_password": needs_password}
    text = render_to_string("emails/invitation.txt", context)
    send_mail(f"{partnership}: recommendations tracker", text, settings.DEFAULT_FROM_EMAIL, [person.email])
