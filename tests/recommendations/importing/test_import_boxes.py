"""Recommendations that a PDF prints in boxes, drawn or shaded, and in tables that run over pages."""

import pytest

from recommendations.importing.reading import read_upload
from tests.files import Put, down, pdf

BY_MARCH = ["By 31 March 2024, the chief constable should make sure that the control room", "has enough trained staff."]
BY_JUNE = ["By 30 June 2024, the chief constable should publish a plan"]
FOUND = [
    ("1", "By 31 March 2024, the chief constable should make sure that the control room has enough trained staff."),
    ("2", "By 30 June 2024, the chief constable should publish a plan"),
]
OUTLINE, LINES, SHADE = "outline", "lines", "shade"


def drawn(how: str, *boxes: tuple[int, int, int, int]) -> bytes:
    """Boxes as left, bottom, right and top: an outline each, four lines each, or shading line by line of the text."""
    out = b""
    for left, bottom, right, top in boxes:
        if how == OUTLINE:
            out += b"%d %d %d %d re S " % (left, bottom, right - left, top - bottom)
        elif how == LINES:
            for ends in ((left, bottom, right, bottom), (left, top, right, top), (left, bottom, left, top)):
                out += b"%d %d m %d %d l S " % ends
            out += b"%d %d m %d %d l S " % (right, bottom, right, top)
        else:
            middle = (bottom + top) // 2
            for low, high in ((bottom, middle), (middle, top)):
                out += b"q 0.9 0.95 1 rg %d %d %d %d re f Q " % (left, low, right - left, high - low)
    return out


def page(heads: tuple[str, str]) -> list[Put]:
    return [
        Put(72, 780, "Responding to the public", 16, "b"),
        *down(["Callers had waited, and staff had not been trained for what they were asked to do."], top=750),
        Put(80, 700, heads[0], 11, "b"),
        *down(BY_MARCH, top=684, x=80),
        *down(["The force accepted this at once and began to recruit staff in the spring."], top=652),
        Put(80, 600, heads[1], 11, "b"),
        *down(BY_JUNE, top=584, x=80),
        *down(["The plan was not ready when we left the force."], top=562),
    ]


BOXES = (72, 664, 530, 714), (72, 576, 530, 614)


@pytest.mark.parametrize("how", [OUTLINE, LINES, SHADE])
def test_text_of_a_box_ends_where_the_box_does(how):
    report = read_upload("report.pdf", pdf(page(("Recommendation 1", "Recommendation 2")), drawing=drawn(how, *BOXES)))
    assert [(one.label, one.text) for one in report.recommendations] == FOUND
    assert {one.warnings for one in report.recommendations} == {()}


def test_shaded_heading_is_no_box_that_cuts_off_its_text():
    bars = drawn(OUTLINE, (72, 692, 530, 714), (72, 594, 530, 614))
    report = read_upload("report.pdf", pdf(page(("Recommendation 1", "Recommendation 2")), drawing=bars))
    assert [one.text.startswith(text[:-1]) for one, (_, text) in zip(report.recommendations, FOUND, strict=True)] == [
        True, True,
    ]  # fmt: skip


def test_box_goes_on_over_the_page():
    first = [*down(["The board met and wrote to all."] * 40, top=780), Put(80, 160, "Recommendation 1", 11, "b")]
    first += down(["The force should make sure that its plan"], top=146, x=80)
    second = down(["is known to all of its staff", "", "The next text is no part of it."], top=760, x=80)
    boxes = drawn(OUTLINE, (72, 138, 530, 174), (72, 750, 530, 774))
    (one,) = read_upload("report.pdf", pdf(first, second, drawing=boxes)).recommendations
    assert one.text == "The force should make sure that its plan is known to all of its staff"


def row(y: float, *cells: str) -> list[Put]:
    return [Put(x, y, words) for x, words in zip((72, 102, 380, 480), cells, strict=True) if words]


def test_row_of_a_table_goes_on_over_the_page_and_text_below_is_no_row():
    head = row(0, "No.", "Recommendation", "Lead", "By when")
    first = [Put(put.x, 760, put.words, 11, "b") for put in head] + row(740, "1", "Boards should meet.", "Chair", "May")
    first += row(60, "2", "The force should review its policy on", "Police", "June")
    second = [Put(put.x, 760, put.words, 11, "b") for put in head] + row(744, "", "coercive control.", "", "")
    second += row(720, "3", "The council should publish a plan.", "Housing", "June")
    second += down(["The partnership will monitor the plan each month and report to all."], top=690)
    report = read_upload("report.pdf", pdf(first, second))
    assert [(one.label, one.text) for one in report.recommendations] == [
        ("1", "Boards should meet."), ("2", "The force should review its policy on coercive control."),
        ("3", "The council should publish a plan."),
    ]  # fmt: skip


def test_rule_parts_cells_that_nearly_touch():
    page = [Put(72, 740, "No.", 11, "b"), Put(98, 740, "Recommendation", 11, "b"), Put(198, 740, "Lead", 11, "b")]
    page += [Put(72, 720, "1"), Put(98, 720, "Boards should act"), Put(198, 720, "Chair")]
    page += [Put(72, 700, "2"), Put(98, 700, "Police should act"), Put(198, 700, "Force")]
    rules = b"94 690 m 94 755 l S 192 690 m 192 755 l S "
    report = read_upload("report.pdf", pdf(page, drawing=rules))
    assert [one.text for one in report.recommendations] == ["Boards should act", "Police should act"]


def test_label_that_is_not_bold_does_not_part_a_bold_item():
    page = [Put(72, 780, "Conclusions and recommendations", 14, "b"), *down(["1."], top=740), *down(["2."], top=700)]
    page += down(["The Office should publish its data by the", "spring. (Paragraph 15)"], x=88, top=740, font="b")
    page += down(["Forces should act."], x=88, top=700)
    report = read_upload("report.pdf", pdf(page))
    assert report.recommendations[0].text == "The Office should publish its data by the spring. (Paragraph 15)"


def test_rows_that_only_rules_part_are_rows():
    heads = [(72, "Recommendation"), (300, "Lead officer"), (430, "Date")]
    page = [Put(x, 740, words, 11, "b") for x, words in heads]
    page += down(["1. Boards should make sure that", "all know theme one.", "2. Forces should train staff."], top=720)
    page += down(["Head of", "service", "Chief"], x=300, top=720) + down(["May", "", "June"], x=430, top=720)
    rules = b"".join(b"70 %d m 520 %d l S " % (y, y) for y in (752, 734, 702, 688))
    report = read_upload("report.pdf", pdf(page, drawing=rules))
    assert [(one.label, one.text) for one in report.recommendations] == [
        ("1", "Boards should make sure that all know theme one."), ("2", "Forces should train staff."),
    ]  # fmt: skip
    unruled = read_upload("report.pdf", pdf(page)).recommendations
    assert [one.text for one in unruled] == [one.text for one in report.recommendations]


def test_table_without_titles_is_known_by_labels_and_asks():
    page = [Put(72, 780, "Recommendations", 14, "b")]
    for y, label, first, second, lead in (
        (740, "1", "Boards should review", "their protocol.", "Police"),
        (700, "2", "Schools should record", "contacts.", "Heads"),
    ):
        page += [Put(72, y, f"Recommendation {label}"), Put(220, y, first), Put(220, y - 13, second), Put(430, y, lead)]
    report = read_upload("report.pdf", pdf(page))
    assert [(one.label, one.text) for one in report.recommendations] == [
        ("1", "Boards should review their protocol."), ("2", "Schools should record contacts."),
    ]  # fmt: skip


def test_lines_of_the_text_that_two_pages_share_are_no_running_head():
    def page(label: int) -> list[Put]:
        goes_on = down(["and to tell the national panel what they find."], top=760)
        begins = down([f"Recommendation {label}: Agencies in area {label} should agree how they are told"], top=706)
        return goes_on + down(["They will meet."], top=746) + begins

    report = read_upload("report.pdf", pdf(page(1), page(2), page(3)))
    assert "tell the national panel" in " ".join(one.text for one in report.recommendations)
