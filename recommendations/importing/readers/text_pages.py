"""Page numbers that plain text keeps from print, with the running heads on their lines."""

import re

PAGE_LINE = re.compile(
    r"\s*(?:(?:\S.*\s{2,}|\S.{0,60}[|–—]\s*)?Page\s+\d{1,4}(?:\s+of\s+\d{1,4})?(?:\s*[|–—].{0,60}|\s{2,}\S.*)?"
    r"|\d{1,4}\s*\|\s*P\s?a\s?g\s?e.{0,60})\s*$"
)
LONGEST_PAGE_LINE = 200
FEWEST = 2


def without_page_lines(lines: list[str]) -> list[str]:
    """The lines without those that number pages, "Review of practice    Page 12 of 40"; one alone may be anything."""
    found = [len(line) <= LONGEST_PAGE_LINE and bool(PAGE_LINE.match(line)) for line in lines]
    if sum(found) < FEWEST:
        return lines
    return ["" if is_page else line for line, is_page in zip(lines, found, strict=True)]
