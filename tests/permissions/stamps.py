"""Which permission guards each route: typed by hand from section 8 of the product, never read from the views.

The matrix gives some permissions the same people, so no answer of a page tells one of them from another: a view that
asks for the wrong one would be noticed only on the day that the two part.
"""

GUARDED = {
    # View everything submitted; a record's history. A list of home asks on top whom it is for.
    "VIEW": """home decisions exceptions kept recommendations reports report bodies body
        recommendation recommendation_history reviews review review_list review_decisions review_recommendation now_list
        as_at_ask as_at as_at_list as_at_recommendation pack meeting meeting_item return_sent""",
    # Export what is seen, logged and marked: every file that shows no more than everybody sees.
    "EXPORT": """recommendations_export reports_export reviews_export bodies_export body_export history_export
        review_list_export now_list_export as_at_list_export decisions_export pack_file minutes_file review_calendar""",
    # Update, actions, evidence; a return is many updates, on screen or in a workbook.
    "UPDATE": """yours update part_update undo confirm evidence part_evidence actions part_actions action_done
        return return_check return_workbook return_upload""",
    "PROPOSE_COMPLETION": "complete part_complete",
    "ESCALATE": "escalate part_escalate",
    # Answer an escalation, record a decision; whether a sign-off may be this person's is asked per item.
    "DECIDE": "decide part_decide addendum",
    # Set up, open, freeze a review; send reminders.
    "RUN_REVIEWS": """chase review_new review_change review_ask review_start review_finish review_remind
        review_learning review_learning_off review_attendance""",
    "IMPORT": "import import_rows",
    "EDIT_READING": "reading",
    "ANNUAL_REPORT": """annual_report annual_report_page annual_report_change annual_report_run annual_report_file
        annual_report_table""",
    # Accounts: and so the file with everybody's address.
    "MANAGE_PEOPLE": "people people_export invite end_appointment",
    "AUDIT": "export_log export_log_export",
}
STAMPS: dict[str, str] = {route: name for name, routes in GUARDED.items() for route in routes.split()}
