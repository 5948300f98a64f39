"""What stands round recommendations and is none of them: contents, page lines, headings of table rows, reasons."""

import pytest

from recommendations.importing.reading import read_upload
from tests.files import word


def found(text: str, name: str = "report.txt") -> list[tuple[str, str, str]]:
    return [(one.label, one.title, one.text) for one in read_upload(name, text.encode()).recommendations]


TITLED = "CHAPTER 1\n\nRecommendation 1: Training\n\nForces should train.\n\n"
TITLED += "Recommendation 2: Data\n\nTrusts should share."
EXPECTED = [("1", "Training", "Forces should train."), ("2", "Data", "Trusts should share.")]


@pytest.mark.parametrize("mark", ["   {}", " ........ {}", " . . . . . . {}", "\t{}"])
@pytest.mark.parametrize("heading", ["CONTENTS", "Contents", "Table of contents"])
def test_contents_list_no_recommendations(mark, heading):
    lines = f"Recommendation 1: Training{mark.format(4)}\nRecommendation 2: Data{mark.format(16)}"
    assert found(f"{heading}\n\n{lines}\n\n{TITLED}") == EXPECTED


def test_lines_with_leaders_are_contents_under_any_heading():
    assert found(f"List\n\nRecommendation 1: Training ........ 4\n\n{TITLED}") == EXPECTED


@pytest.mark.parametrize("line", ["Review of Mr A        Page {} of 40", "Page {}", "Page {} of 40", "{} | P a g e"])
def test_page_lines_of_plain_text_part_no_wording(line):
    text = "Recommendation 1\nThe Board should ask its partners to report what they\n\n"
    text += f"{line.format(1)}\n\x0c\nfind.\n\n"
    assert found(f"{text}Recommendation 2: Boards should meet.\n\n{line.format(2)}\n") == [
        ("1", "", "The Board should ask its partners to report what they find."), ("2", "", "Boards should meet."),
    ]  # fmt: skip


def test_one_line_that_names_a_page_is_text():
    assert found("Recommendation 1: Boards should publish:\n\nPage 4 of 5")[0][2].endswith("Page 4 of 5")


@pytest.mark.parametrize("words", ["Why this matters: it was", "Rationale: was", "Expected outcome – is", "Reason: a"])
def test_reason_or_outcome_is_no_part_of_a_recommendation(words):
    assert found(f"Recommendation 1\n\nForces should act.\n\n{words} late.") == [("1", "", "Forces should act.")]


def test_row_across_a_table_is_a_heading_and_merged_cells_are_one():
    def write(document):
        table = document.add_table(0, 3)
        for cells in (
            ("Recommendation", "Action", "Lead"), ("Police", "", ""), ("1. Forces should train.", "Write", "DCI"),
            ("", "Run", "DI"), ("Health", "", ""), ("1. Trusts should ask.", "Form", "Matron"),
        ):  # fmt: skip
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(1, 2))
        table.cell(2, 0).merge(table.cell(3, 0))

    report = read_upload("report.docx", word(write))
    assert [(one.label, one.text, one.heading[-1:]) for one in report.recommendations] == [
        ("1", "Forces should train.", ("Police",)), ("1", "Trusts should ask.", ("Health",)),
    ]  # fmt: skip


def test_references_of_investigations_are_labels_in_text_and_tables():
    text = "**Safety recommendation R/2024/001:** Trusts should act.\n\n**Safety observation O/2024/9:** It may help."
    assert found(f"# R\n\n{text}", "report.md") == [("R/2024/001", "", "Trusts should act.")]
    table = "| Reference | Safety recommendation |\n|---|---|\n| R/2024/001 | Trusts should act. |"
    assert found(f"# R\n\n{table}", "report.md") == [("R/2024/001", "", "Trusts should act.")]


@pytest.mark.parametrize(("label", "expected"), [("no. 3", "3"), ("No 3", "3"), ("IV", "IV"), ("number 3", "3")])
def test_labels_may_be_written_otherwise(label, expected):
    assert found(f"**Recommendation {label}**\n\nBoards act.", "report.md") == [(expected, "", "Boards act.")]


def test_words_parted_at_the_ends_of_lines_are_whole():
    text = "Recommendation 1: All multi-\nagency teams should seek assur-\nance.\n\n"
    text += "2. Assurance was had from schools. A multi-agency team met."
    assert found(text)[0][2] == "All multi-agency teams should seek assurance."


def test_breaks_within_a_paragraph_begin_points():
    text = "**Recommendation 2** <br> The Board should:<br>• meet;<br>• publish."
    (one,) = read_upload("report.md", text.encode()).recommendations
    assert [point.text for point in one.sub_points] == ["meet;", "publish."]


def test_title_of_a_column_may_have_a_bracket_behind_it():
    table = "| Ref | Panel recommendation<br>(what should change) |\n|---|---|\n| MA1 | Boards should act. |"
    assert found(f"# R\n\n{table}", "report.md") == [("MA1", "", "Boards should act.")]


def test_box_below_a_label_holds_all_the_words():
    def write(document):
        for number in (1, 2):
            document.add_heading(f"Recommendation {number}", 2)
            document.add_table(1, 1).cell(0, 0).text = f"Boards should act on theme {number}."
            document.add_paragraph("We heard that this was so.")

    assert [(one.label, one.text) for one in read_upload("report.docx", word(write)).recommendations] == [
        ("1", "Boards should act on theme 1."), ("2", "Boards should act on theme 2."),
    ]  # fmt: skip
