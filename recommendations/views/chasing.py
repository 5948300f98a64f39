"""Reminders at once, and the review for one's own calendar."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from krscp import clock
from recommendations.exports.calendar import CONTENT_TYPE, DAYS, as_ics
from recommendations.models import Review, ReviewState
from recommendations.reminding import at_once, send
from recommendations.views.files import send_file
from subgroups.access import Request, requires
from subgroups.models import Partnership
from subgroups.permissions import Permission


@require_POST
@requires(Permission.RUN_REVIEWS, Review)
def remind(request: Request, review: Review) -> HttpResponse:
    """Remind now, outside the 28, 14 and 3 days; nobody gets two mails on one day."""
    day = clock.today()
    told = at_once(review, day) if review.state == ReviewState.COLLECTING else []
    sent = send(told, day, request.user)
    if sent.failed:
        people = ", ".join(person.name for person, _ in sent.failed)
        messages.error(request, f"{len(sent.notices)} reminders sent. These could not be sent: {people}. Try again.")
    elif sent.notices:
        posts = "; ".join(notice.person.post_titles for notice in sent.notices)
        messages.success(request, f"Reminders sent ({len(sent.notices)}): {posts}.")
    else:
        messages.info(request, "Nobody needs a reminder: all is answered, or everybody has had one today.")
    return HttpResponseRedirect(review.get_absolute_url())


@require_safe
@requires(Permission.VIEW, Review)
def calendar(request: Request, review: Review) -> HttpResponseBase:
    """The day of the review and the day returns are due, for any calendar."""
    url = f"{settings.SITE_URL}{review.get_absolute_url()}"
    make = partial(as_ics, review, str(Partnership.objects.first() or ""), url, clock.now())
    return send_file(request, make, f"review-{review.slug}.ics", CONTENT_TYPE, what=f"Calendar of {review}", rows=DAYS)
