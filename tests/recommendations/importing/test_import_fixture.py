"""The report that is shipped holds the report's words and nobody's name or address."""

import re

import pytest

from tests.recommendations.importing.test_import_report import FIXTURE, folded, shared_report, skip_loudly

SHIPPED = FIXTURE.read_text(encoding="utf-8")
PERSON = r"[A-Z][a-z’']+(?:[A-Z][a-z]+)? [A-Z][a-zA-Z]+"


@pytest.fixture
def copy() -> str:
    path = shared_report()
    if path is None:
        skip_loudly("The shipped report was NOT compared with its source: set KRSCP_SAMPLES to the samples' folder.")
    return path.read_text(encoding="utf-8")


def test_no_address_of_a_person_is_shipped():
    assert "@" not in SHIPPED
    assert "mailto" not in SHIPPED
    assert not re.search(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b", SHIPPED)


@pytest.mark.parametrize(
    "place",
    [
        r"\(representing (?!Kingston and Richmond primary)",
        r"Detective Superintendent (?!\()(?=[A-Z\[])",
        r"\bauthored (?:by )?(?!\))(?=[A-Z\[])",
        r"\bDCI ",
        r"\bDr ",
        r"\bre case ",
        r"Independent Scrutiny Report; ",
    ],
)
def test_where_the_report_prints_a_name_the_copy_prints_none(place):
    for match in re.finditer(place, SHIPPED):
        assert SHIPPED[match.end() :].startswith("[name]"), SHIPPED[match.start() : match.end() + 30]


def test_posts_are_kept():
    for post in (
        "[name], The Director of Children's services for Kingston and Richmond (representing [name], Chief executive",
        "Detective Superintendent [name] (representing [name], the Commander for The South West Command Unit)",
        "the current chair being Detective Superintendent [name].",
        "[name] KRSCP Education Safeguarding Coordinator",
    ):
        assert post in SHIPPED


def test_people_interviewed_are_left_out():
    _, appendix = SHIPPED.split("Appendix 3: Interviews with KRSCP personnel")
    assert appendix.strip() == "[The people interviewed are left out of this copy.]"


def test_slips_of_the_report_are_kept():
    for slip in (
        "bi- annual",
        "MARVE",
        "Licencing",
        "KRCSP",
        "INVOVLMENT",
        "importunity",
        "data analysists",
        "envelop",
    ):
        assert slip in SHIPPED


def test_nobody_whom_the_source_lists_as_interviewed_is_named(copy):
    interviewed = copy.split("Appendix 3: Interviews")[1]
    people = re.findall(rf"<li>(?:DCI |Dr )?({PERSON})", interviewed)
    assert len(people) > 15
    for person in people:
        assert not re.search(rf"\b{person.split()[-1]}\b", SHIPPED)


def test_shipped_body_is_the_source_word_for_word(copy):
    start, end = "LEADERSHIP ARRANGEMENTS", "Appendix One"
    shipped = folded(SHIPPED[SHIPPED.index(start) : SHIPPED.index(end)])
    source = folded(copy[copy.index(start) : copy.index(end)])
    for piece in re.split(r"\[name\]|<sup>\S*|\S*https?://\S*", shipped):
        assert piece.strip() in source, piece[:100]
