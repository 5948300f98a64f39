"""Reminders at once, and the review for one's own calendar."""

from functools import partial

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from krscp import clock
from recommendations.models import Review
from recommendations.models.review import Step
from recommendations.reviews.reminders.calendar import CONTENT_TYPE, DAYS, as_ics
from recommendations.reviews.reminders.send import at_once, send
from subgroups.access import Request, requires
from subgroups.files import send_file, stamp
from subgroups.models import User
from subgroups.once import FormAnswer
from subgroups.permissions import Permission
from subgroups.sending import answer_after


@require_POST
@requires(Permission.RUN_REVIEWS, Review)
def remind(request: Request, review: Review) -> HttpResponse:
    """Remind now, outside the 28, 14 and 3 days; nobody gets two mails on one day."""
    return answer_after(request, lambda: reminded(review, request.user))


def reminded(review: Review, by: User) -> FormAnswer:
    """Who was reminded, and who could not be."""
    day, place = clock.today(), review.get_absolute_url()
    if why := review.why_not(Step.REMIND):
        return FormAnswer(why, place, "error")
    sent = send(at_once(review, day), day, by)
    if sent.failed:
        people = ", ".join(person.name for person, _ in sent.failed)
        return FormAnswer(
            f"{len(sent.notices)} reminders sent. These could not be sent: {people}. Try again.", place, "error"
        )
    if sent.notices:
        posts = "; ".join(notice.person.post_titles for notice in sent.notices)
        return FormAnswer(f"Reminders sent ({len(sent.notices)}): {posts}.", place)
    return FormAnswer("Nobody needs a reminder: all is answered, or everybody has had one today.", place, "info")


@require_safe
@requires(Permission.EXPORT, Review)
def calendar(request: Request, review: Review) -> HttpResponseBase:
    """The day of the review and the day returns are due, for any calendar."""
    url = f"{settings.SITE_URL}{review.get_absolute_url()}"
    make = partial(as_ics, review, url, stamp(clock.now()))
    return send_file(request, make, f"review-{review.slug}.ics", CONTENT_TYPE, what=f"Calendar of {review}", rows=DAYS)
