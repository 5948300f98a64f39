"""Which headings are sections and which are the report's title: the depth that is marked often lies."""

import re
from collections import Counter
from collections.abc import Callable

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import recommendation_start

NUMERAL = r"(?:\d+|[a-z]|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten)"
SECTION_WORDS = re.compile(
    r"(?:(?:table of )?contents|(?:executive )?summary|introduction|conclusions?|concluding remarks|glossary|appendix"
    rf"|annex|(?:appendix|annex|chapter|part) {NUMERAL}\b.*)$",
    re.IGNORECASE,
)
LIST_OF_THEM = re.compile(
    rf"(?:(?:(?:chapter|part|section) )?{NUMERAL}[.:]?\s+)?"
    r"(?:(?:conclusions|findings|learning|lessons(?: learn(?:ed|t))?|summary|list|key|main|final|our|the)"
    r"(?: and| of)?\s){0,3}"
    r"recommendations(?: (?:for|to) [\w,’'& -]{2,60})?:?$",
    re.IGNORECASE,
)
CONTENTS = re.compile(r"(?:\d+[.:]?\s+)?(?:table of )?contents:?$", re.IGNORECASE)
APPENDIX = re.compile(r"(?:appendix|annex)\b", re.IGNORECASE)
FEWEST_CAPITALS = 8


def is_capitals(title: str) -> bool:
    """Whether a title is printed in capitals throughout; an abbreviation on its own is not."""
    return title.upper() == title and sum(letter.isalpha() for letter in title) >= FEWEST_CAPITALS


def names_a_section(title: str) -> bool:
    """Whether the words alone make a title a section's: capitals throughout, "Executive Summary", "Appendix 1"."""
    return is_capitals(title) or SECTION_WORDS.match(title) is not None


def names_the_list(title: str) -> bool:
    """Whether a line on its own says that recommendations follow: "Conclusions and recommendations"."""
    return LIST_OF_THEM.match(title) is not None


def names_the_contents(title: str) -> bool:
    return CONTENTS.match(title) is not None


def is_appendix(title: str) -> bool:
    return APPENDIX.match(title) is not None


def sections_among(blocks: list[Block]) -> Callable[[Block], bool]:
    """A test for the headings that are sections; the rest are subsections of the section they follow.

    In a report that prints its sections in capitals, capitals decide and depth does not. In any other the
    highest level decides, leaving out a single title above all the rest.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING and not recommendation_start(block.text)]
    if sum(is_capitals(heading.text) for heading in headings) > 1:
        return lambda heading: names_a_section(heading.text)
    levels = Counter(heading.level for heading in headings)
    title_level = headings[0].level if headings else 0
    has_title = levels[title_level] == 1 and title_level == min(levels, default=0)
    if has_title and (len(headings) > 1 or title_level == 1):
        del levels[title_level]
    top = min(levels, default=0)
    return lambda heading: heading.level == top
