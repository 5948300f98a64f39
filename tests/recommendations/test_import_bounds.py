"""Files made to keep a reader busy: each is read or refused without the work growing faster than the file."""

import pytest

from recommendations.imports.problems import ImportProblem
from recommendations.imports.readers.markdown import read_markdown

LONG = 100_000

# Lines at which a pattern that tries each way to part white space would never end.
LINES = [
    "|" + " " * LONG + "x",
    "# Minutes" + " #" * LONG + " x",
    "| a" + " " * LONG + "<br",
    "| a" + " " * LONG + "<br>" + " " * LONG + "b | c",
]


@pytest.mark.parametrize("line", LINES, ids=["row", "heading", "half a break", "break"])
def test_a_long_line_is_read_in_one_pass(line):
    assert len(read_markdown(line.encode())) == 1


def test_a_heading_ends_before_its_closing_marks():
    (block,) = read_markdown(b"## The board met  ## #  ")
    assert (block.text, block.level) == ("The board met", 2)


@pytest.mark.parametrize("text", ["| " + " •" * LONG, "|" * LONG + "x", "| a |" + "<br>" * LONG, ("|" * 100 + "x\n") * 1000])
def test_a_table_of_more_cells_than_any_report_has_is_refused(text):
    with pytest.raises(ImportProblem, match="more text than a report does"):
        read_markdown(text.encode())
