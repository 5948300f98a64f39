"""What was typed when a session had ended, given back after the new sign-in."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from krscp.forms.unsent import forget, kept_for
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW)
def kept(request: Request) -> HttpResponse:
    """Shows it, with one button that sends it on to its form and one that throws it away."""
    if request.method == "POST":
        forget(request)
        messages.success(request, "What you typed before is thrown away.")
        return HttpResponseRedirect(reverse("home"))
    found = kept_for(request)
    if found is None:
        forget(request)
    return render(request, "subgroups/accounts/unsent.html", {"kept": found})
