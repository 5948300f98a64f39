"""What every page needs: whose tracker it is, the menu, the marking and the moment."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from subgroups.models import Partnership
from subgroups.navigation import menu

UNNAMED = Partnership(name="Safeguarding children partnership", abbreviation="Partnership")


def page(request: HttpRequest) -> dict[str, object]:
    """Context of base.html: one query for the partnership, one for the person's posts."""
    partnership = Partnership.objects.first() or UNNAMED
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    navigation = menu(user, request.path) if user and signed_in else []
    return {
        "partnership": partnership,
        "demonstration": partnership.is_demonstration,
        "marking": settings.MARKING,
        "as_at": timezone.localtime(),
        "navigation": navigation,
        "home_url": "/" if navigation or not signed_in else "",  # who may see nothing is refused there too
    }
