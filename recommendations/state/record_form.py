"""The frozen record of a review: its form, what lifts older ones to it, and what is read of one."""

from krscp.sealed_records import RecordForm, Values, reading
from krscp.text import lower_first
from recommendations.models import Review
from recommendations.state.picture import SCHEMA, Picture

DIFFERENCES_OF_1 = {
    "Evidenced": "evidenced", "Too early": "too_early", "No direct effect": "no_direct_effect", "Not recorded": None,
}  # fmt: skip


def _from_1(values: Values) -> Values:
    """Of schema 1: the difference for children was its word, and a part did not always say what was decided since."""
    for whole in values["recommendations"]:
        whole["difference"] = DIFFERENCES_OF_1[whole["difference"]]
        for row in whole["rows"]:
            row.setdefault("decided", [])
    return values


def _with_labels(values: Values) -> Values:
    """Schema 2: a number or reference was enough by itself."""
    for whole in values["recommendations"]:
        whole["label"] = whole["number"]
        for row in whole["rows"]:
            row["label"] = row["reference"]
    return values


def _as_it_is(values: Values) -> Values:
    """Schema 3: what people typed stood in the record itself, without salts."""
    return values


PICTURES = RecordForm(Picture, SCHEMA, {1: _from_1, 2: _with_labels, 3: _as_it_is})


def read_picture(review: Review) -> Picture:
    """The picture that was frozen of a review. Raises UnreadableRecord when it cannot be read."""
    with reading(named(review), review):
        return PICTURES.read(review.snapshot, named(review), review)


def named(review: Review) -> str:
    return f"The frozen record of the {lower_first(review.title)}"
