"""The guard before every view: loads the object among those visible, asks the policy, stamps the view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase

from subgroups.models import User
from subgroups.permissions import Permission, can_somewhere, demand
from subgroups.sending import sent_again


class Request(HttpRequest):
    """A request behind the guard: its user is signed in."""

    user: User


View = Callable[..., HttpResponseBase]


def requires(
    permission: Permission, model: type[models.Model] | None = None, passing: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """Let the view run only for people the policy allows; it receives the object in place of its address.

    The parts of the address named in `passing` are no part of the object's and go on to the view as they are.

    Raises Http404 when there is no such object among those visible to the user, PermissionDenied when it is
    visible but the policy says no (promise 8.2.2). The stamp is what the route tests read. A form that was acted on
    before is answered as it was, whatever has become of what it was about.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, **address: Any) -> HttpResponseBase:
            if before := sent_again(request):
                return before
            rest = {name: address.pop(name) for name in passing}
            if model is None:
                if not can_somewhere(request.user, permission):
                    raise PermissionDenied("", permission)
                return view(request, **address, **rest)
            obj = load(request, model, address)
            allow(request, permission, obj)
            return view(request, obj, **rest)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.model = model  # type: ignore[attr-defined]
        return guarded

    return guard


def load(request: Request, model: type[models.Model], address: dict[str, Any]) -> Any:
    """The object at an address among those the person may see. Raises Http404."""
    try:
        return model.objects.visible_to(request.user).at(**address)  # type: ignore[attr-defined]
    except model.DoesNotExist as missing:  # type: ignore[attr-defined]
        raise Http404(f"There is no such {model._meta.verbose_name}.") from missing


def allow(request: Request, permission: Permission, obj: Any) -> None:
    """Raises PermissionDenied."""
    demand(request.user, permission, obj)
