"""Which priority a recommendation stands under: the report maps none, the SLG does."""

from recommendations.models import Priority, Recommendation, RecommendationPriority
from subgroups.models import User
from subgroups.services.records import save


def set_main(*, recommendation: Recommendation, priority: Priority, by: User) -> RecommendationPriority:
    """Make `priority` the one main priority; the one before "also supports" from now on.

    The recommendation is taken first: two of its parts may be decided at once.
    """
    Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    for other in recommendation.priority_links.filter(is_main=True).exclude(priority=priority):
        other.is_main = False
        save(other, by, f"{priority} set as main priority")
    link = recommendation.priority_links.filter(priority=priority).first()
    link = link or RecommendationPriority(recommendation=recommendation, priority=priority)
    link.is_main = True
    return save(link, by, "Set by the SLG")
