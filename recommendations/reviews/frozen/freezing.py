"""What is frozen of a review: its picture with a digest, and both papers, made from that picture alone."""

from datetime import datetime

from krscp.clock import local_day
from krscp.tables import total
from krscp.text import lower_first
from recommendations.models import PaperKind, Review
from recommendations.reviews.papers import word
from recommendations.services.reviews import Frozen
from recommendations.state.board import baseline, read_board
from recommendations.state.picture import SCHEMA, Picture
from recommendations.state.reading import complete, draw
from recommendations.state.record import ALTERED, UnreadableRecord, as_json, digest, reading
from subgroups.files import stamp
from subgroups.models import User

MAKERS = total(PaperKind, {PaperKind.PACK: word.pack, PaperKind.MINUTES: word.minutes})


def frozen(review: Review, by: User, moment: datetime) -> Frozen:
    """Everything that the review shows at this moment, to be kept for good."""
    compared, before = baseline(review)
    board = read_board(by, local_day(moment), before=before)
    shown = complete(review, draw(board, review.title, moment, compared))
    content = as_json(shown)
    made = {kind.value: make(shown, stamp(shown.as_at)) for kind, make in MAKERS.items()}
    return Frozen(SCHEMA, content, digest(content), {kind: (paper, digest(paper)) for kind, paper in made.items()})


def paper_now(kind: PaperKind, shown: Picture) -> bytes:
    """The paper of a review that is not frozen yet, made now."""
    return MAKERS[kind](shown, stamp(shown.as_at))


def kept_paper(review: Review, kind: PaperKind) -> bytes:
    """The paper that was kept at the freeze. Raises UnreadableRecord when it is not what was kept then."""
    what = f"The {kind.label.lower()} of the {lower_first(review.title)}"
    with reading(what, review):
        found = review.papers.get(kind=kind)
    content = bytes(found.content)
    if digest(content) != found.sha256:
        raise UnreadableRecord(what, review, ALTERED)
    return content
