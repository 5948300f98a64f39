"""What leaves with an exit export, what stays, and why. Passwords stay: each person sets a new one by the link."""

from krscp.exits import Exit

CARRIED = (
    "subgroups.Partnership", "subgroups.Agency", "subgroups.Body", "subgroups.BodyName", "subgroups.Post",
    "subgroups.User", "subgroups.Appointment", "account.EmailAddress",
    "subgroups.Meeting", "subgroups.Learning", "subgroups.Attendance",
    "recommendations.Report", "recommendations.Section", "recommendations.Paragraph",
    "recommendations.Recommendation", "recommendations.Recommendation_paragraphs", "recommendations.Reference",
    "recommendations.Part", "recommendations.Ownership", "recommendations.PrioritySet", "recommendations.Priority",
    "recommendations.RecommendationPriority", "recommendations.Action", "recommendations.Update",
    "recommendations.Withdrawal", "recommendations.Evidence", "recommendations.Outcome",
    "recommendations.Escalation", "recommendations.Confirmation", "recommendations.Review",
    "recommendations.Return", "recommendations.Answer", "recommendations.Decision", "recommendations.Snapshot",
    "recommendations.Paper", "recommendations.Reminder",
    "recommendations.AnnualReport", "recommendations.AnnualRun", "recommendations.AnnualFile",
    "subgroups.ExportRecord",
)  # fmt: skip
LEFT_OUT = {
    "subgroups.SentForm": "forms sent in the last two days, so that none is acted on twice",
    "sessions.Session": "who is signed in now; everybody signs in anew",
    "account.EmailConfirmation": "links of one use",
    "auth.Group": "rights come from posts",
    "auth.Group_permissions": "rights come from posts",
    "auth.Permission": "made by migrate",
    "contenttypes.ContentType": "made by migrate",
}
EXIT = Exit(
    schema=1,
    labels=CARRIED,
    secrets={"subgroups.User": ("password",)},
    endings={"recommendations.Paper": ".docx"},
)
