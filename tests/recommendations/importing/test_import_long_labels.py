"""A label that the register has no room for is none: it stays in the text, wherever it stands."""

import pytest

from recommendations.importing.apply import apply_report
from recommendations.importing.labels import LONGEST_LABEL
from recommendations.importing.plan import points_in
from recommendations.importing.reading import read_upload
from recommendations.models import Paragraph, Part, Recommendation

LONG = "1.2.3.4.5.6.7.8.9.10.11.12."
FITS = "1.2.3.4.5.6.7.8.9.10"
REPORT = f"""{LONG} The board met.

Recommendation 1: The board should:

a) meet;

{LONG} write.

Recommendation {LONG[:-1]}: It should not.

| {LONG} | In a table. |
| --- | --- |
"""


def test_the_longest_numbers_of_a_report_fit_where_they_are_stored():
    fields = [Paragraph._meta.get_field("number"), Recommendation._meta.get_field("number")]
    assert {field.max_length for field in [*fields, Part._meta.get_field("label")]} == {LONGEST_LABEL}


@pytest.mark.parametrize("kind", ["paragraph", "recommendation", "sub-point"])
def test_no_label_of_a_report_is_longer_than_the_register_has_room_for_and_none_is_lost(kind):
    report = read_upload("report.md", REPORT.encode())
    labels = {
        "paragraph": [one.number for one in report.paragraphs],
        "recommendation": [one.label for one in report.recommendations],
        "sub-point": [point.label for one in report.recommendations for point in one.sub_points],
    }
    assert all(len(label) <= LONGEST_LABEL for label in labels[kind])
    kept = " ".join(one.text for one in [*report.paragraphs, *report.recommendations])
    assert kept.count(LONG[:-1]) == 4


def test_a_sub_point_that_is_typed_keeps_a_long_label_in_its_words():
    points = points_in(f"{LONG} Meet.\n{FITS}) Write.")
    assert [(point.label, point.text) for point in points] == [("", f"{LONG} Meet."), (FITS, "Write.")]


@pytest.mark.django_db
def test_a_report_with_long_labels_is_stored():
    stored = apply_report(read_upload("report.md", REPORT.encode()), code="long", published="2026", by=None)
    assert stored.paragraphs.filter(text__startswith=LONG).exists()
