"""Bodies that lead nothing alone: what they share with others, computed and never typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.models import Recommendation
from subgroups.models import Body


@dataclass(frozen=True)
class Share:
    """“No recommendation names LLR alone. You share 3, 5, 7 …”; each place is what it is called and its address."""

    body: Body
    places: list[tuple[str, str]]


def shares(body: Body, recommendations: Iterable[Recommendation]) -> Share | None:
    """What the body shares; None when it leads a recommendation alone, or leads nothing."""
    listed = list(recommendations)
    if any(recommendation.owning_body_ids() == {body.pk} for recommendation in listed):
        return None
    places = [place for recommendation in listed for place in recommendation.led_by(body.pk)]
    return Share(body, places) if places else None
