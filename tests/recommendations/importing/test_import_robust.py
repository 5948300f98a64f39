"""Whatever bytes come, the importer gives a report or says in words why not; nothing else escapes."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.importing.parsed import ParsedReport
from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import read_upload
from tests.files import down, pdf, word

LINES = ["1. It met.", "", "Recommendation 1: The board should:", "• meet;", "• write.", "", "2. It wrote."]


def fill(document) -> None:
    document.add_heading("Recommendations", 1)
    for line in filter(None, LINES):
        document.add_paragraph(line, "List Number" if line.startswith("•") else None)
    document.add_table(2, 2).cell(0, 0).text = "Recommendation"


GOOD = {"report.docx": word(fill), "report.pdf": pdf(down(LINES)), "report.md": "\n".join(LINES).encode()}


def read(name: str, data: bytes) -> None:
    with suppress(ImportProblem):
        assert isinstance(read_upload(name, data), ParsedReport)


@pytest.mark.parametrize(("name", "examples"), [("report.docx", 60), ("report.pdf", 25), ("report.md", 60)])
def test_cut_or_changed_files_never_escape(name, examples):
    good = GOOD[name]
    change = st.tuples(st.integers(0, len(good) - 1), st.binary(min_size=1, max_size=6))

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(changes=st.lists(change, max_size=4), end=st.one_of(st.none(), st.integers(0, len(good))))
    def changed(changes, end):
        data = bytearray(good)
        for place, new in changes:
            data[place : place + len(new)] = new
        read(name, bytes(data[:end]))

    changed()


PIECES = [
    *LINES, "# Recommendations", "| No. | Recommendation |", "| 1 | Act. |", "R1 a", "R2 b", "(i) x", "a. y", "- ",
    "8.14. The Trust should act.", "Response: no", "x (018/14)", "y (019/14)", "We recommend that:",
]  # fmt: skip


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(PIECES)), max_size=25))
def test_any_text_is_read_or_refused(lines):
    read("report.md", "\n\n".join(lines).encode("utf-8", "replace"))
