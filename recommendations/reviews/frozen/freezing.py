"""What is frozen of a review: its picture with a digest, and both papers, made from that picture alone."""

from datetime import datetime

from krscp.clock import local_day
from krscp.tables import total
from krscp.text import lower_first
from recommendations.models import PaperKind, Review
from recommendations.reviews.papers import word
from recommendations.services.reviews import Frozen
from recommendations.state.picture import SCHEMA, Picture
from recommendations.state.reading import live_picture_of
from recommendations.state.record import ALTERED, UnreadableRecord, as_json, digest, reading
from recommendations.state.sealed import sealed_front
from subgroups.files import stamp
from subgroups.models import User

MAKERS = total(PaperKind, {PaperKind.PACK: word.pack, PaperKind.MINUTES: word.minutes})


def frozen(review: Review, by: User, moment: datetime) -> Frozen:
    """Everything that the review shows at this moment, to be kept for good."""
    shown = live_picture_of(review, local_day(moment), moment)
    content = as_json(shown)
    sha256 = digest(content)
    made = {kind.value: make(shown, stamp(shown.as_at)) for kind, make in MAKERS.items()}
    papers = {kind: (paper, digest(paper)) for kind, paper in made.items()}
    return Frozen(SCHEMA, content, sha256, papers, *sealed_front(shown, sha256))


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
