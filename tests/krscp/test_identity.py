"""What looks as if it identified somebody, and what must not."""

import pytest

from krscp.identity import signs_of_identity

KNOWN = ["Vulnerable Child and Adolescent subgroup", "Achieving for Children", "Metropolitan Police South West BCU"]


@pytest.mark.parametrize(
    "text",
    [
        "Seen with Mrs Example last week",
        "The case of Child Q was discussed",
        "A girl, DOB 03/04/2012",
        "Born in Kingston, she moved",
        "A 14 year old was excluded",
        "NHS number 943 476 5919",
        "See case LCS-1234567",
        "Write to someone@example.org",
        "We spoke to Alex Sample about it",
    ],
)
def test_a_likely_person_is_noticed(text):
    assert signs_of_identity(text, KNOWN)


@pytest.mark.parametrize("text", ["a." * 200_000, "a" * 400_000, "a@" * 200_000, "Aa " * 100_000])
def test_a_very_long_text_is_judged_as_any_other(text):
    assert "an email address" not in signs_of_identity(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "The audit brief was agreed with community safety on 3 March.",
        "Achieving for Children and the Metropolitan Police met. Next meeting in June 2026.",
        "The VCA subgroup agreed the terms of reference; 12 schools replied.",
        "Annual Report tables were sent. The Youth Crime Conference ran in Richmond.",
        "Minutes of 12 January 2026, item 4: agreed.",
        "Due 30 June. Nothing yet.",
    ],
)
def test_ordinary_progress_text_is_left_alone(text):
    assert signs_of_identity(text, [*KNOWN, "Youth Crime Conference"]) == []
