"""People and posts: who is invited to which post, and when an appointment ends."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from krscp.clock import today
from subgroups.access import Request, requires
from subgroups.forms import EndForm, InviteForm
from subgroups.invitations import send_invitation
from subgroups.models import Appointment, Post, PostRole, User
from subgroups.permissions import Permission, why_not_appoint
from subgroups.seats import people_and_posts
from subgroups.services import AccountClosed, AlreadyAppointed, AppointmentOver, end_appointment
from subgroups.services import invite as invite_person


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
    form = InviteForm(request.POST or None, posts=posts_for(request), initial={"starts": today()})
    page = {"form": form}
    if not form.is_valid():
        return render(request, "subgroups/people/invite.html", page)
    if reason := why_not_appoint(request.user, form.cleaned_data["post"], form.cleaned_data["email"]):
        raise PermissionDenied(reason)
    try:
        person = invite_person(**form.cleaned_data, by=request.user)
    except (AlreadyAppointed, AccountClosed) as refused:
        form.add_error("email", str(refused))
        return render(request, "subgroups/people/invite.html", page)
    return mailed(request, person)


def mailed(request: Request, person: User) -> HttpResponse:
    """Send the invitation; where mail fails the appointment stands, and the page says what to do."""
    try:
        send_invitation(person)
        messages.success(request, f"{person.email} is appointed and invited by mail.")
    except OSError:
        how = "Ask them to choose “I have forgotten my password” on the sign-in page."
        messages.warning(request, f"{person.email} is appointed, but the mail could not be sent. {how}")
    return HttpResponseRedirect(reverse("people"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE, Appointment)
def end(request: Request, appointment: Appointment) -> HttpResponse:
    """Say when an appointment ends; the rights that come with it end then too."""
    if reason := why_not_appoint(request.user, appointment.post, appointment.person.email):
        raise PermissionDenied(reason)
    form = EndForm(request.POST or None, starts=appointment.starts, initial={"ends": appointment.ends})
    if not form.is_valid():
        return render(request, "subgroups/people/end.html", {"form": form, "appointment": appointment})
    try:
        end_appointment(appointment=appointment, ends=form.cleaned_data["ends"], by=request.user)
    except AppointmentOver as over:
        form.add_error("ends", str(over))
        return render(request, "subgroups/people/end.html", {"form": form, "appointment": appointment})
    messages.success(request, "The last day is recorded.")
    return HttpResponseRedirect(reverse("people"))


def posts_for(request: Request) -> QuerySet[Post]:
    """The posts this person may fill: nobody but an administrator makes administrators."""
    posts = Post.objects.select_related("body").order_by("body__position", "position")
    if any(post.role == PostRole.ADMINISTRATOR for post in request.user.current_posts):
        return posts
    return posts.exclude(role=PostRole.ADMINISTRATOR)
