"""Files made to keep a reader busy: twice the file is twice the work, and none of it is a page's."""

import sys
from collections.abc import Callable

import pytest

from krscp import child
from recommendations.importing.checks import label_warnings
from recommendations.importing.parsed import ParsedRecommendation
from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import read_upload
from recommendations.importing.references import mentions
from recommendations.importing.sheets import read_table
from recommendations.importing.spellings import MOST_NAMED, Spellings
from recommendations.importing.tasks import report
from tests.hostile import KINDS, PARAGRAPHS, PIECES, as_csv, nested_tables

pytestmark = pytest.mark.own_process
FEW, TWICE = 60, 2.3  # pieces; and how much twice as many may cost, for what is no part of the work on them
NAMES = {"VCA subgroup": 1, "Police": 2}


def steps(work: Callable, *given: object) -> int:
    """How many calls the work takes: the same each time, however busy the machine is."""
    counted = 0

    def count(frame, event, argument) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work(*given)
    finally:
        sys.setprofile(None)
    return counted


def read(data: bytes, kind: str) -> dict:
    return report(data, {"name": f"file.{kind}", "names": NAMES, "most": 0})


@pytest.mark.parametrize("kind", ["md", "docx"])
@pytest.mark.parametrize("name", PIECES)
def test_twice_the_pieces_take_twice_the_steps(name, kind):
    few, many = (steps(read, KINDS[kind](PIECES[name](pieces)), kind) for pieces in (FEW, 2 * FEW))
    assert many < TWICE * few


def reads_all(data: bytes, options: dict) -> list[bool]:
    """Every paragraph of nearly the length that is read."""
    files = [KINDS[options["kind"]](shape(options["pieces"])) for shape in PARAGRAPHS.values()]
    return ["report" in read(data, options["kind"]) for data in files]


@pytest.mark.parametrize(("kind", "pieces"), [("md", 2_500), ("docx", 2_500), ("pdf", 250)])
def test_paragraphs_that_say_the_same_again_and_again_are_all_read_within_the_seconds_of_one_file(kind, pieces):
    asked = {"kind": kind, "pieces": pieces}
    read_whole = child.run("tests.recommendations.importing.test_import_hostile:reads_all", asked, b"")
    assert len(read_whole) == len(PARAGRAPHS)
    assert all(read_whole)


@pytest.mark.parametrize("kind", ["md", "docx"])
def test_a_paragraph_that_no_report_has_is_refused_with_what_to_do(kind):
    with pytest.raises(ImportProblem, match=r"more than 100,000 characters.*line of its own"):
        read_upload(f"file.{kind}", KINDS[kind](PARAGRAPHS["and"](30_000)))


def test_texts_that_go_on_without_end_are_no_paragraph_either():
    with pytest.raises(ImportProblem, match="more than 100,000 characters"):
        read_upload("file.md", KINDS["md"](PIECES["texts that go on"](8_000)))


def test_tables_in_tables_are_read():
    assert len(read_upload("file.docx", nested_tables(60)).recommendations) == 1


def test_a_long_list_of_numbers_is_kept_in_few_words():
    found = list(mentions("See recommendations 1" + " and 7" * 1_000))
    assert len(found) == 1_001
    assert max(len(words) for _, _, words in found) == 300


def test_a_number_longer_than_any_names_nothing():
    assert list(mentions("See recommendation " + "1" * 5_000 + "-2")) == []


def test_many_warnings_are_told_in_number():
    lost = "1. See recommendations 8001 to 8050, 7001 to 7050 and 6001 to 6050."
    found = read_upload("file.md", KINDS["md"](["Recommendation 1: The board should meet.", lost]))
    assert len(found.warnings) == 101
    assert found.warnings[-1] == "There are 50 more warnings like these."


def row(label: str) -> ParsedRecommendation:
    return ParsedRecommendation(label, "", "Meet.", "Meet.", (), False, (), None, (), 1, ())


def test_a_number_far_away_leaves_a_gap_that_is_not_counted_out():
    (late, missing) = label_warnings([row("999999998"), row("999999990")])[:2]
    assert late.startswith("The first recommendation found is 999999990")
    assert missing.startswith("Recommendations 999999991, 999999992")
    assert "and more" in label_warnings([row("1"), row("2"), row("999999999")])[0]


@pytest.mark.parametrize("label", ["²", "9" * 5_000])
def test_what_only_looks_like_a_number_shows_no_gap(label):
    assert label_warnings([row("1"), row(label)]) == []


def test_a_sheet_of_more_text_than_a_page_can_show_is_refused():
    with pytest.raises(ImportProblem, match="3,000,000 characters or fewer"):
        read_table("list.csv", as_csv(["a " * 15_000] * 101))


def test_bodies_named_in_every_recommendation_are_no_more_questions_than_a_page_can_ask():
    spellings = Spellings({f"Body {number}": number for number in range(30)})
    everybody = ", ".join(f"Body {number}" for number in range(30))
    assert [len(named) for named in spellings.found_in([everybody])] == [30]
    assert sum(len(named) for named in spellings.found_in([everybody] * 300)) <= 1.5 * MOST_NAMED
