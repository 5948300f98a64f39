"""The posts whose attendance a review records: the SLG's, and the co-chairs of the subgroups."""

from django.db.models import Exists, OuterRef

from recommendations.models import Review, ReviewKind
from subgroups.models import Appointment, BodyKind, Post, PostRole


def seats_of(review: Review) -> list[Post]:
    """Of a six-monthly review the SLG with its strategic leads, and co-chairs; of a quarterly the co-chairs.

    Each post says as `is_held` whether somebody is in it on the day.
    """
    roles = [PostRole.CO_CHAIR, PostRole.MANAGER]
    if review.kind == ReviewKind.SIX_MONTHLY:
        roles += [PostRole.SLG_CHAIR, PostRole.SLG_MEMBER, PostRole.STRATEGIC_LEAD, PostRole.LAY_MEMBER]
    held = Appointment.objects.in_force(review.held_on).filter(post=OuterRef("pk"))
    posts = Post.objects.filter(role__in=roles).select_related("body").annotate(is_held=Exists(held))
    ordered = posts.order_by("body__position", "position", "pk")
    return sorted(ordered, key=lambda post: post.body.kind != BodyKind.SLG)
