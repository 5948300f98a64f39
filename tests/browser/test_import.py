"""Importing in a browser: a list with two faulty rows of twelve, and a report, on a desk and on a phone."""

import pytest
from django.conf import settings

from recommendations.models import Recommendation, Report
from tests.recommendations.importing.test_import_rows import FAULTY, GOOD, csv_of

SIZES = pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])


def choose_file(visitor, name: str, data: bytes, code: str):
    visitor.open("/import/").is_sound()
    visitor.press("Read the file").sees("Select the report’s file").is_sound()
    visitor.page.set_input_files("[name=file]", {"name": name, "mimeType": "text/plain", "buffer": data})
    return visitor.fill(published="October 2026", code=code).press("Read the file")


@SIZES
def test_a_list_with_two_faulty_rows_of_twelve_is_imported_without_them(visit, size, javascript):
    manager = visit("manager", size, javascript)
    choose_file(manager, "list.csv", csv_of([*GOOD, *FAULTY]), "list-2026").sees("Match the columns").is_sound()
    manager.press("Look at the rows").sees("2 rows cannot be imported; 10 can", "Nothing is stored yet").is_sound()
    assert not Report.objects.filter(code="list-2026").exists()
    manager.press("Leave out the faulty rows").sees("10 recommendations found", "Nothing is stored yet").is_sound()
    manager.press("Check import").sees("Check the import", "Nothing is stored yet").is_sound()
    manager.press("Import 10 recommendations").sees("10 recommendations, all “Not started”").is_sound()
    assert Recommendation.objects.filter(report__code="list-2026").count() == 10


@SIZES
def test_a_report_is_settled_and_imported(visit, size, javascript):
    manager = visit("manager", size, javascript)
    report = (settings.FIXTURES / "isr-2021.md").read_bytes()
    choose_file(manager, "report.md", report, "isr-again").sees("36 recommendations found", "Look at these first")
    if javascript:
        manager.is_sound().page.locator("#r0-panel summary").first.click()
        manager.fill(**{"r0-label": ""})
    manager.press("Check import")
    if javascript:
        manager.sees("Enter the number as printed").is_sound().fill(**{"r0-label": "1"}).press("Check import")
    manager.sees("Check the import").press("Import 36 recommendations").sees("36 recommendations, all “Not started”")
