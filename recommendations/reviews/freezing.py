"""What is frozen of a review: its picture with a digest, and both papers, made from that picture alone."""

from datetime import datetime

from django.conf import settings

from krscp.clock import local_day
from krscp.columns import Stamp
from krscp.tables import total
from recommendations.models import PaperKind, Review
from recommendations.reviews import papers
from recommendations.reviews.board import baseline, read_board
from recommendations.reviews.picture import SCHEMA, Picture
from recommendations.reviews.reading import complete, draw
from recommendations.reviews.record import ALTERED, UnreadableRecord, as_json, digest, reading
from recommendations.services.reviews import Frozen
from subgroups.models import Partnership, User

MAKERS = total(PaperKind, {PaperKind.PACK: papers.pack, PaperKind.MINUTES: papers.minutes})


def frozen(review: Review, by: User, moment: datetime) -> Frozen:
    """Everything that the review shows at this moment, to be kept for good."""
    compared, before = baseline(review)
    board = read_board(by, local_day(moment), before=before)
    shown = complete(review, draw(board, review.title, moment, compared))
    content = as_json(shown)
    made = {kind.value: make(shown, stamp_of(shown)) for kind, make in MAKERS.items()}
    return Frozen(SCHEMA, content, digest(content), {kind: (paper, digest(paper)) for kind, paper in made.items()})


def stamp_of(shown: Picture) -> Stamp:
    """What each page of a paper says of itself; a pack before all returns are in says that it is a draft."""
    demonstration = Partnership.objects.filter(is_demonstration=True).exists()
    return Stamp(shown.as_at, settings.MARKING, demonstration)


def paper_now(kind: PaperKind, shown: Picture) -> bytes:
    """The paper of a review that is not frozen yet, made now."""
    return MAKERS[kind](shown, stamp_of(shown))


def kept_paper(review: Review, kind: PaperKind) -> bytes:
    """The paper that was kept at the freeze. Raises UnreadableRecord when it is not what was kept then."""
    what = f"The {kind.label.lower()} of the {review.title[:1].lower()}{review.title[1:]}"
    with reading(what, review):
        found = review.papers.get(kind=kind)
    content = bytes(found.content)
    if digest(content) != found.sha256:
        raise UnreadableRecord(what, review, ALTERED)
    return content
