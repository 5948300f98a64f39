"""What differs between two texts: which words stay, go and come, and nothing of either lost."""

import pytest

from krscp.wording import whole_differences, word_differences

OLD = "The co-chairs’ audit is agreed, with Q&I.\n\nIt costs £18.50; see https://example.org/a?b=1."
NEW = "The co-chairs’ audit is written and agreed, with Q&I.\n\nIt costs £20.00; see https://example.org/a?b=2."


def told(before: str, after: str) -> str:
    """"{-gone-}" and "{+come+}" among what stays."""
    marks = {"same": ("", ""), "removed": ("{-", "-}"), "added": ("{+", "+}")}
    pieces = word_differences(before, after)
    return "".join(f"{one.gap}{marks[one.sort][0]}{one.text}{marks[one.sort][1]}" for one in pieces)


def side(before: str, after: str, left_out: str) -> str:
    return "".join(one.gap + one.text for one in word_differences(before, after) if one.sort != left_out)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The group met", "The group met", "The group met"),
        ("The group met", "The group met twice", "The group met {+twice+}"),
        ("The small group met", "The group met", "The {-small-} group met"),
        ("The group met in May", "The group met in June", "The group met in {-May-} {+June+}"),
        ("It is agreed.", "It is agreed by all.", "It is agreed {+by all+}."),
        ("No, it is not", "No, it is", "No, it is {-not-}"),
        ("One co-chair said 18.5 of it", "One co-chair said 18.6 of it", "One co-chair said {-18.5-} {+18.6+} of it"),
        ("", "All new", "{+All new+}"),
        ("All gone", "", "{-All gone-}"),
        ("", "", ""),
        ("a  b\nc", "a b c", "a b c"),
    ],
)
def test_words_that_go_and_come_are_marked(before, after, expected):
    assert told(before, after) == expected


def test_texts_that_share_little_are_shown_one_after_the_other():
    before, after = "The brief for the audit is agreed", "Nothing has happened, the analyst left"
    assert told(before, after) == f"{{-{before}-}} {{+{after}+}}"


def test_nothing_of_either_text_is_lost():
    assert side(OLD, NEW, left_out="removed") == NEW
    assert side(OLD, NEW, left_out="added").split() == OLD.split()


def test_long_texts_differ_by_the_word_that_changed():
    before = " ".join([*(f"word{place}" for place in range(500)), "old", *["again"] * 500])
    pieces = word_differences(before, before.replace("old", "new"))
    assert [one.text for one in pieces if one.sort != "same"] == ["old", "new"]


def test_values_are_shown_whole():
    pieces = whole_differences("1 March 2026", "5 March 2026")
    assert [(one.sort, one.text) for one in pieces] == [("removed", "1 March 2026"), ("added", "5 March 2026")]
    assert [one.text for one in whole_differences("same", "same")] == ["same"]
    assert whole_differences("", "") == []
