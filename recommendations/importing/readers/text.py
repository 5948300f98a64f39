"""Bytes to clean text: find the encoding, refuse what is not text, drop characters nobody can see."""

import codecs
import re

from recommendations.importing.problems import ImportProblem

NOT_TEXT = "This is not a text file. Save the report as plain text or Markdown and try again."
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NEW_LINES = re.compile(r"\r\n?|[\x0b\x85\u2028]")
NEW_PARAGRAPHS = re.compile(r"[\x0c\u2029]")
SPACES = re.compile(r"[\xa0\u2000-\u200a\u202f\u205f\u3000]")
# Controls, soft hyphens, zero-width characters and those that turn the direction of writing.
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def decode(data: bytes) -> str:
    """Text from bytes in UTF-8, UTF-16 or Windows-1252. Raises ImportProblem when it is not text."""
    text = _decoded(data)
    controls = sum(character < " " and character not in "\n\r\t\x0b\x0c" for character in text[:100_000])
    if "\x00" in text or controls > len(text[:100_000]) // 50 + 2:
        raise ImportProblem(NOT_TEXT)
    return clean(text)


def clean(text: str) -> str:
    """The text with one kind of line end, plain spaces and no invisible characters. A page break ends a block."""
    text = NEW_PARAGRAPHS.sub("\n\n", NEW_LINES.sub("\n", text))
    return INVISIBLE.sub("", SPACES.sub(" ", text))


def _decoded(data: bytes) -> str:
    for encoding in _candidates(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportProblem(NOT_TEXT)


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith(UTF_16_MARKS):
        return ("utf-16",)
    start = data[:1000]
    if start[1::2].count(0) > len(start) // 4:
        return ("utf-16-le",)
    if start[0::2].count(0) > len(start) // 4:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")
