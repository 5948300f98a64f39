"""What is frozen of a review: its picture, and both papers, made from that picture alone and after the freeze."""

from dataclasses import asdict
from datetime import datetime
from functools import partial

from krscp.clock import local_day
from krscp.sealed_records import BeingMade, file_of
from krscp.tables import total
from krscp.text import lower_first
from recommendations.models import Paper, PaperKind, Review, Snapshot
from recommendations.reviews.papers import word
from recommendations.services.keeping import keep_file
from recommendations.services.reviews import Frozen
from recommendations.state.picture import Picture
from recommendations.state.reading import live_picture_of
from recommendations.state.record_form import PICTURES, read_picture
from recommendations.state.sealed import sealed_front
from subgroups.files import stamp
from subgroups.models import User

MAKERS = total(PaperKind, {PaperKind.PACK: word.pack, PaperKind.MINUTES: word.minutes})


def frozen(review: Review, by: User, moment: datetime) -> Frozen:
    """Everything that the review shows at this moment, to be kept for good."""
    shown = live_picture_of(review, local_day(moment), moment)
    record = PICTURES.write(shown)
    front, seal = sealed_front(shown, record)
    return Frozen(**asdict(record), front=front, seal=seal)


def was_frozen_by(review: Review, by: User) -> bool:
    """Whether this person froze it: then a second press says so, not that somebody else was quicker."""
    return Snapshot.objects.filter(review=review, author=by).exists()


def make_papers(review: Review) -> None:
    """The papers of a frozen review that are not made yet. Raises UnreadableRecord."""
    shown = read_picture(review)
    for kind in PaperKind:
        keep_file(Paper, partial(paper_now, kind, shown), review.snapshot, review=review, kind=kind)


def paper_now(kind: PaperKind, shown: Picture) -> bytes:
    """The paper of a picture, made now."""
    return MAKERS[kind](shown, stamp(shown.as_at))


def kept_paper(review: Review, kind: PaperKind) -> bytes:
    """The paper that was made of what was frozen. Raises UnreadableRecord, BeingMade among them."""
    what = f"The {kind.label.lower()} of the {lower_first(review.title)}"
    try:
        return file_of(lambda: review.papers.get(kind=kind), what, review)
    except BeingMade:
        read_picture(review)  # of a record that cannot be read there will be no paper
        raise
