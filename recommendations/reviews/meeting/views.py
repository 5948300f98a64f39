"""The meeting: one part a screen, a decision in two clicks, and the freeze that ends it."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp import background, clock
from krscp.forms.writing import Screen, Writing
from recommendations.clashes import said_meanwhile
from recommendations.domain.kinds import KINDS, DecisionKind, decisions_open
from recommendations.domain.workflow import WorkflowError
from recommendations.models import Part, Review
from recommendations.models.review import Step
from recommendations.reviews.frozen.freezing import frozen, was_frozen_by
from recommendations.reviews.meeting.agenda import MeetingItem, groups, item_at
from recommendations.reviews.meeting.forms import MeetingForm
from recommendations.reviews.running import closed, warnings
from recommendations.services.decisions import decide, open_to, why_not
from recommendations.services.reviews import freeze
from recommendations.state.reading import facts_of
from recommendations.tracking.forms.decision import seen_of
from subgroups.access import Request, allow, load, requires
from subgroups.permissions import Permission, can
from subgroups.sending import FormAnswer, answer_after, answer_once

ITEM = "recommendations/reviews/meeting/item.html"


@require_safe
@requires(Permission.VIEW, Review)
def meeting(request: Request, review: Review) -> HttpResponse:
    """What the meeting takes, in order; those who record start from here, others watch."""
    listed, page = groups(review, clock.today(), request.GET.get("page"))
    first = listed[0].rows[0].address if listed and not page.has_previous() else None
    context = {"review": review, "groups": listed, "listed": page, "decided": review.decisions.count()}
    context["first_url"] = item_url(review, first) if first is not None else ""
    return render(request, "recommendations/reviews/meeting/agenda.html", context)


def item_url(review: Review, address: str) -> str:
    return reverse("meeting_item", args=[review.slug, *address.split("/")])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW, Review, passing=("code", "number", "part"))
def item(request: Request, review: Review, **address: str) -> HttpResponse:
    """One part on the screen, with the decision below for those who record."""
    part = load(request, Part, address)
    if request.method == "POST":
        allow(request, Permission.DECIDE, part)
    found = item_at(review, part, clock.today(), clock.now())
    if found is None:
        raise Http404("The meeting does not take this.")
    kinds = kinds_for(request, part) if review.is_in_meeting else []
    page = {"review": review, "item": found, "part": part, "kinds": kinds} | neighbours(review, found)
    page["why_not_sign_off"] = why_not_sign_off_here(request, part, kinds)

    def save(form: MeetingForm) -> FormAnswer:
        taken = decide(
            part=part, ruling=form.ruling(), version=form.seen, token=form.sent, by=request.user, within=review
        )
        return FormAnswer(f"Decision on {part} recorded: {taken.get_kind_display().lower()}.", page["next_url"])

    refused = request.method == "POST" and not review.is_in_meeting
    return Writing(
        partial(MeetingForm, part=part, kinds=kinds, today=clock.today()), save, answer_once, Screen(ITEM, page),
        item_url(review, found.row.address),
        closed=Screen(ITEM, page | {"problem": no_decisions(review)}) if refused else None,
        clash=said_meanwhile(part, request.user, Screen(ITEM, page)), asked=seen_of(part),
    ).answer(request)  # fmt: skip


def no_decisions(review: Review) -> str:
    state = "is frozen: it takes no more decisions" if review.is_frozen else "is not in its meeting yet"
    return f"This review {state}. Nothing was saved."


def kinds_for(request: Request, part: Part) -> list[DecisionKind]:
    """The decisions that the part can take and this person may record."""
    open_now = open_to(part) if can(request.user, Permission.DECIDE, part) else []
    offered = [kind for kind in KINDS if kind.row.in_meeting and kind in open_now]
    return [kind for kind in offered if not why_not(part, kind, request.user)]


def why_not_sign_off_here(request: Request, part: Part, kinds: list[DecisionKind]) -> str:
    """Why the recorder may not sign off what waits for it."""
    waits = DecisionKind.SIGN_OFF in decisions_open(part.status) and DecisionKind.SIGN_OFF not in kinds
    return why_not(part, DecisionKind.SIGN_OFF, request.user) if kinds and waits else ""


def neighbours(review: Review, found: MeetingItem) -> dict[str, str]:
    """The addresses of the screens before and after; the agenda at the ends."""
    agenda = reverse("meeting", args=[review.slug])
    return {
        "previous_url": item_url(review, found.place.previous) if found.place.previous is not None else agenda,
        "next_url": item_url(review, found.place.next) if found.place.next is not None else agenda,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def finish(request: Request, review: Review) -> HttpResponse:
    """Freeze the review, after a page that says what that means."""
    if request.method != "POST":
        if shut := closed(review, Step.FINISH, "Freeze and finish review"):
            return render(request, shut.template, shut.context)
        shown = facts_of(review, clock.today(), clock.now())
        page = {"review": review, "shown": shown} | warnings(review, shown)
        return render(request, "recommendations/reviews/meeting/finish.html", page)
    done = FormAnswer("The review is frozen. Its pack and minutes are being made.", review.get_absolute_url())
    try:
        freeze(review=review, draw=lambda current: frozen(current, request.user, clock.now()), by=request.user)
        background.start("make_papers")
    except WorkflowError as error:
        if not was_frozen_by(review, request.user):  # else its own twin froze it
            done = FormAnswer(str(error), review.get_absolute_url(), "error")
    return answer_after(request, lambda: done)
