"""Reports, recommendations and parts, what is said of them and what is decided."""

from recommendations.models.action import Action
from recommendations.models.annual import AnnualFile, AnnualReport, AnnualRun, AnnualSection
from recommendations.models.decision import Decision
from recommendations.models.escalation import Confirmation, Escalation
from recommendations.models.part import Answered, Origin, Ownership, OwnershipBasis, OwnershipKind, Part
from recommendations.models.priority import Priority, PrioritySet, RecommendationPriority
from recommendations.models.recommendation import Follows, Recommendation
from recommendations.models.report import Paragraph, Reference, Report, Section
from recommendations.models.returns import Answer, Reminder, Return
from recommendations.models.review import (
    Paper,
    PaperKind,
    Review,
    ReviewKind,
    ReviewState,
    Snapshot,
)
from recommendations.models.update import Evidence, Outcome, Update, UpdateKind, Withdrawal
