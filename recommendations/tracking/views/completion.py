"""Propose completion."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from recommendations.domain.workflow import IN_HAND, Status, WorkflowError
from recommendations.models import Part, Update
from recommendations.services.completion import propose_completion
from recommendations.services.records import EditClash
from recommendations.tracking.forms.completion import CompletionForm
from recommendations.writing.saying import clash, combined, combines, keeps_theirs, not_taken, sent_already
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PROPOSE_COMPLETION, Part)
def complete(request: Request, part: Part) -> HttpResponse:
    """What was done, evidence, children; then sent to the SLG with a page that says what happens next."""
    if stays := keeps_theirs(request, part):
        return stays
    if sent_already(request, Update):
        return HttpResponseRedirect(f"{part.complete_url}?sent")
    both = combines(request, part)
    form = CompletionForm(request.POST or None, part=part)
    page = {"part": part, "form": form}
    if "sent" in request.GET and part.status == Status.AWAITING_SIGN_OFF:
        return render(request, "recommendations/tracking/writing/proposed.html", page)
    if part.status not in IN_HAND:
        return not_taken(request, "recommendations/tracking/writing/no_update.html", form, part=part)
    if both:
        return combined(request, part, form, action=part.complete_url)
    if not form.is_careful():
        return render(request, "recommendations/tracking/writing/complete.html", page)
    return send(request, part, form)


def send(request: Request, part: Part, form: CompletionForm) -> HttpResponse:
    """Hand the proposal to the SLG, unless somebody else was quicker."""
    try:
        propose_completion(
            part=part,
            done=form.cleaned_data["done"],
            proof=form.proof(),
            for_children=form.for_children(),
            version=form.seen,
            token=form.sent,
            by=request.user,
        )
    except EditClash as error:
        return clash(request, error, form, action=part.complete_url)
    except WorkflowError as error:
        form.add_error(None, str(error))
        return render(request, "recommendations/tracking/writing/complete.html", {"part": part, "form": form})
    return HttpResponseRedirect(f"{part.complete_url}?sent")
