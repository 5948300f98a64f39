"""The posts whose attendance a review records: the SLG's, and the co-chairs of the subgroups."""

from recommendations.models import Review, ReviewKind
from subgroups.meetings.seats import seats_on
from subgroups.models import Post, PostRole


def seats_of(review: Review) -> list[Post]:
    """Of a six-monthly review the SLG with its strategic leads, and co-chairs; of a quarterly the co-chairs."""
    roles = [PostRole.CO_CHAIR, PostRole.MANAGER]
    if review.kind == ReviewKind.SIX_MONTHLY:
        roles += [PostRole.SLG_CHAIR, PostRole.SLG_MEMBER, PostRole.STRATEGIC_LEAD, PostRole.LAY_MEMBER]
    return seats_on(review.held_on, roles)
