"""The posts whose attendance a review records: the SLG's, and the co-chairs of the subgroups."""

from recommendations.models import Review, ReviewKind
from subgroups.models import BodyKind, Post, PostRole


def seats_of(review: Review) -> list[Post]:
    """Of a six-monthly review the SLG with its strategic leads, and co-chairs; of a quarterly the co-chairs."""
    roles = [PostRole.CO_CHAIR, PostRole.MANAGER]
    if review.kind == ReviewKind.SIX_MONTHLY:
        roles += [PostRole.SLG_CHAIR, PostRole.SLG_MEMBER, PostRole.STRATEGIC_LEAD, PostRole.LAY_MEMBER]
    posts = Post.objects.filter(role__in=roles).select_related("body")
    ordered = posts.order_by("body__position", "position", "pk")
    return sorted(ordered, key=lambda post: post.body.kind != BodyKind.SLG)
