"""Files as people really bring them: encodings, hidden characters, and files that cannot be a report."""

import pytest

from recommendations.importing.problems import ImportProblem
from recommendations.importing.readers import MAX_BYTES
from recommendations.importing.reading import read_report, read_upload

TEXT = "Recommendation 1: The board’s duty – to “listen” – is kept."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encoding_is_found(encoding):
    (found,) = read_upload("report.txt", TEXT.encode(encoding)).recommendations
    assert found.text == "The board’s duty – to “listen” – is kept."


def test_line_ends_of_every_system_are_read():
    for end in ("\n", "\r\n", "\r"):
        report = read_upload("report.txt", f"1. Met.{end}{end}Recommendation 1: Meet{end}less.".encode())
        assert report.recommendations[0].text == "Meet less."


def test_hidden_characters_are_cleaned():
    text = "\ufeffRecommendation 1: The\u00a0board\x0b meets\u200b in\u00adside\x1f.\x0cRecommendation 2: \u202eListen."
    first, second = read_upload("report.txt", text.encode()).recommendations
    assert (first.text, second.text) == ("The board meets inside.", "Listen.")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("report.md", b"", "is empty"),
        ("report.md", b" \n\t\n", "is empty"),
        ("report.md", b"%PDF-1.7 text", "called .md but holds a PDF. Rename it to .pdf"),
        ("report.txt", b"PK\x03\x04" + bytes(range(256)) * 20, "called .txt but holds a ZIP archive"),
        ("report.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02" * 9, "called .txt but holds a picture"),
        ("report.txt", b"\xff\xfeR", "not a text file"),
        ("report.xyz", TEXT.encode(), "not a kind of file that can be read.*[.]md"),
        ("report", TEXT.encode(), "not a kind of file that can be read"),
        ("report.md", b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_file_that_cannot_be_a_report_is_refused_in_plain_words(name, data, message):
    with pytest.raises(ImportProblem, match=message):
        read_upload(name, data)


def test_missing_file_and_folder_are_refused_in_plain_words(tmp_path):
    with pytest.raises(ImportProblem, match="no file at"):
        read_report(tmp_path / "missing.md")
    with pytest.raises(ImportProblem, match="is a folder"):
        read_report(tmp_path)


def test_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ImportProblem, match="larger than 20 MB"):
        read_report(path)


def test_extension_may_be_in_capitals(tmp_path):
    path = tmp_path / "REPORT.MD"
    path.write_text(TEXT, encoding="utf-8")
    assert len(read_report(path).recommendations) == 1
