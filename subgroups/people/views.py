"""People and posts: who is invited to which post, and when an appointment ends."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp.clock import today
from krscp.forms.writing import Clash, Screen, Stands, Writing
from krscp.refusals import Moved
from subgroups.access import Request, requires
from subgroups.files import send_list
from subgroups.models import Appointment, User
from subgroups.people import columns
from subgroups.people.forms import EndForm, InviteForm
from subgroups.people.invitations import send_invitation
from subgroups.people.seats import people_and_posts, posts_to_fill
from subgroups.permissions import Permission, why_not_appoint
from subgroups.sending import FormAnswer, answer_once
from subgroups.services.people import AppointmentChanged, end_appointment
from subgroups.services.people import invite as invite_person


@require_http_methods(["GET", "HEAD"])
@requires(Permission.MANAGE_PEOPLE)
def index(request: Request) -> HttpResponse:
    """Every post with its holder today, and who is invited from a later day."""
    found = people_and_posts(today())
    rows = [(held, not why_not_appoint(request.user, held.post, held.person.email)) for held in found.held]
    return render(request, "subgroups/people/list.html", {"rows": rows, "vacant": found.vacant})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def invite(request: Request) -> HttpResponse:
    """Give a person a post, and an account if they have none."""

    def save(form: InviteForm) -> FormAnswer:
        person = invite_person(**form.cleaned_data, by=request.user)
        words = f"{person.email} is appointed and invited by mail."
        return FormAnswer(words, reverse("people"), after=lambda: mailed(person))

    make = partial(InviteForm, posts=posts_to_fill(request.user), initial={"starts": today()})
    page = Screen("subgroups/people/invite.html")
    return Writing(make, save, answer_once, page, reverse("people"), box="email").answer(request)


def mailed(person: User) -> FormAnswer | None:
    """Send the invitation; where mail fails the appointment stands, and the answer says what to do."""
    try:
        send_invitation(person)
    except OSError:
        how = "Ask them to choose “I have forgotten my password” on the sign-in page."
        words = f"{person.email} is appointed, but the mail could not be sent. {how}"
        return FormAnswer(words, reverse("people"), "warning")
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE, Appointment)
def end(request: Request, appointment: Appointment) -> HttpResponse:
    """Say when an appointment ends; the rights that come with it end then too."""

    def save(form: EndForm) -> FormAnswer:
        end_appointment(appointment=appointment, **form.cleaned_data, by=request.user)
        return FormAnswer("The last day is recorded.", reverse("people"))

    return Writing(
        partial(EndForm, appointment=appointment), save, answer_once,
        Screen("subgroups/people/end.html", {"appointment": appointment}), reverse("people"), box="ends",
        why_not=why_not_appoint(request.user, appointment.post, appointment.person.email),
        clash=Clash(ended_meanwhile),
    ).answer(request)  # fmt: skip


def ended_meanwhile(moved: Moved | None) -> Stands:
    """The last day that stands now, for the form to be saved over."""
    ends = moved.ends if isinstance(moved, AppointmentChanged) else None
    return Stands({"seen": ends.isoformat() if ends else ""})


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """Who holds which post, with email addresses: only for those who keep them."""
    return send_list(request, columns.people(today()), file_format)
