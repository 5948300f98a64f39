"""Reports, recommendations and parts, what is said of them and what is decided."""

from recommendations.models.action import Action
from recommendations.models.decision import Decision
from recommendations.models.export import ExportRecord
from recommendations.models.part import Origin, Ownership, OwnershipBasis, OwnershipKind, Part
from recommendations.models.priority import Priority, PrioritySet, RecommendationPriority
from recommendations.models.recommendation import Recommendation
from recommendations.models.report import Paragraph, Reference, Report, Section
from recommendations.models.update import Evidence, Outcome, Update, UpdateKind, Withdrawal

__all__ = [
    "Action",
    "Decision",
    "Evidence",
    "ExportRecord",
    "Origin",
    "Outcome",
    "Ownership",
    "OwnershipBasis",
    "OwnershipKind",
    "Paragraph",
    "Part",
    "Priority",
    "PrioritySet",
    "Recommendation",
    "RecommendationPriority",
    "Reference",
    "Report",
    "Section",
    "Update",
    "UpdateKind",
    "Withdrawal",
]
