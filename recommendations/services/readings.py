"""Our reading of the report, kept apart from its words: short titles and what each recommendation asks for."""

from django.db import transaction

from krscp.refusals import Moved
from recommendations.models import Recommendation
from subgroups.models import User
from subgroups.services.records import save, take


@transaction.atomic
def edit_reading(
    *, recommendation: Recommendation, short_title: str, asks_for: str, asks_for_reason: str, version: int, by: User
) -> Recommendation:
    """Change the short title and what is asked for. Raises Moved when it has moved on since `version`."""
    mine = Recommendation.objects.filter(pk=recommendation.pk, version=version)
    if not take(mine):
        raise Moved("Somebody else changed this. Check what stands now, then save yours again.")
    current = Recommendation.objects.get(pk=recommendation.pk)
    current.short_title, current.asks_for, current.asks_for_reason = short_title, asks_for, asks_for_reason
    return save(current, by, "Our reading edited")


def settle_imported(
    *, recommendation: Recommendation, short_title: str, earlier: Recommendation | None, how: str, by: User
) -> Recommendation:
    """Our short title, and the recommendation of an earlier report that it continues or replaces."""
    if short_title or earlier is not None:
        recommendation.short_title = short_title
        recommendation.follows, recommendation.follows_how = earlier, how if earlier is not None else ""
        save(recommendation, by, "Report imported")
    return recommendation
