"""A parsed report as plain values for JSON, so that an import can be looked at before it is made."""

from typing import Any

from recommendations.importing.parsed import ParsedRecommendation, ParsedReport


def preview(report: ParsedReport) -> dict[str, Any]:
    """The recommendations as they would be imported, and what to check first."""
    return {
        "recommendations": [_recommendation(recommendation) for recommendation in report.recommendations],
        "warnings": list(report.warnings),
    }


def _recommendation(recommendation: ParsedRecommendation) -> dict[str, Any]:
    return {
        "label": recommendation.label,
        "title": recommendation.title,
        "text": recommendation.text,
        "sub_points": [{"label": point.label, "text": point.text} for point in recommendation.sub_points],
        "heading": " > ".join(recommendation.heading),
        "paragraphs": list(recommendation.paragraphs),
        "warnings": list(recommendation.warnings),
    }
