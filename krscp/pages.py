"""Public pages that say the same to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the tracker is for everybody, and what is known not to be."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about staff, why and how long."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon unasked."""
    return HttpResponseRedirect(static("krscp/favicon.svg"))


@login_not_required
@require_safe
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Nobody signs up by themselves: says whom to ask."""
    return render(request, "account/signup_closed.html")
