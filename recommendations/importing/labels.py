"""What labels look like: recommendations', paragraphs' and list items', and which label follows which."""

import re
import string
from typing import NamedTuple

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
LONGEST_TITLE = 120
LONGEST_LABEL = 20  # what the register has room for: more is no label, and stays in the text
HANGING = re.compile(r"\b(?:an?|and|as|at|by|for|from|in|of|on|or|that|the|their|to|with)$", re.IGNORECASE)
SEQUENCES = (tuple(string.ascii_lowercase), ROMAN, tuple(str(number) for number in range(1, 100)))

NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
WORDS = "|".join(form for word in NUMBER_WORDS for form in (word.title(), word.upper()))

# A dot after the number is taken for the label's end only, so "Recommendation 1.2:" keeps its "1.2".
KINDS = (
    "Safety|Key|Strategic|National|Local|Overarching|Learning|Priority|Interim|Final|Additional|Further|Joint|Regional"
    "|Thematic|System|Government|Partnership|Practice|Agency|Urgent|Immediate|Single[- ][Aa]gency|Multi[- ][Aa]gency"
    "|Operational|General|Specific|Core|Main|Policy|Systemic|Individual|Clinical|Organisational|Police|Health|Education"
    "|(?:Quick[- ][Tt]ime|Organisational) [Ll]earning"
)
RECOMMENDATION = re.compile(
    rf"\[?(?:(?:(?P<kind>{KINDS})\s(?:Recommendation|recommendation)|(?P<capitals>{KINDS.upper()})\sRECOMMENDATION"
    r"|Recommendation|RECOMMENDATION)"
    r"(?:\s(?:to|for)\s(?P<whom>[\w\s,’'&-]{2,60}?)(?=\s\d{1,2}\s*(?:[:–—]|$)))?|Rec\.?|REC)"
    r"\s{1,3}(?:(?:[Nn]o\.?|[Nn]umber)\s?)?"
    rf"(?P<label>(?:[A-Z]{{1,2}}/)?[A-Z]{{0,3}}\d{{1,4}}(?:[./]\d{{1,4}}|-\d{{2,4}})*[A-Za-z]?|(?:{WORDS})\b|[A-Z](?=\s?[:–—])|[IVX]{{1,5}}(?=\s?[:–—]|\s*$)|(?:[a-z]|[ivx]{{2,5}})(?=:))"
    rf"(?:\s\((?P<bracket>(?i:{KINDS}))\))?"
    r"\]?(?P<mark>\s?:|\.(?=\s|$)|\s?[–—]|\s-(?=\s)|(?=\s)|$)\s*(?P<rest>.*)",
    re.DOTALL,
)
# What stands after a recommendation and is none of it: an answer, or who does what by when.
REPLY = re.compile(
    r"(?:(?:[A-Z][\w’'&]*\s(?:[\w’'&]+\s){0,5})?(?:[Rr]esponse|[Rr]eply)(?:\s(?:to|by|from|on)\s[\w\s,’'().]{1,60})?"
    r"|(?:Fully |Partially |Partly |Not )?[Aa]ccepted(?: in (?:full|part|principle))?|Rejected"
    r"|Status|Progress(?: update| to date)?|Actions? taken|Owner|Lead(?: \w+)?|Responsib(?:le|ility)[^:.]{0,30}"
    r"|Time(?:scale|frame)s?|Deadline|Due(?: date)?|Target date|By wh(?:en|om)|Rationale|Update|Addressed to"
    r"|Why this matters|Reasons?|Evidence|Context|Background|(?:Expected |Intended |Desired )?Outcomes?"
    r"|(?:Success|Outcome) (?:criteria|measures?)|Measures? of success"
    r"|Accepted action|Do you accept (?:the|this) recommendation\?)"
    r"(?:\s?[:–—]|\.?$|\.\s)",
    re.IGNORECASE,
)
DIRECTIVE = re.compile(
    r"\b(?:should|must|shall|will|needs? to|(?:is|are|be) (?:asked|required|to)|recommends?|recommended|ensures?)\b",
    re.IGNORECASE,
)
SAYS = re.compile(r"\b(?:was|were|is|are|has|have|had|been)\b")
ITEM = re.compile(
    r"(?:\((?P<bracketed>\d{1,3}|[A-Za-z]|[ivx]{2,5})\)|(?P<pointed>\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{2,5})\\?[.)]"
    r"|(?P<decimal>\d{1,3}(?:\.\d{1,3})+)(?=\s+\**[A-Z‘“'\"]))\s+(?P<rest>\S.*)",
    re.DOTALL,
)
R_LABEL = re.compile(r"[(\[]?(?P<label>[A-Z]?R\s?\d{1,3}(?:\.\d{1,3})?)[)\]]?\s?[:.)–—-]?\s+(?P<rest>\S.*)", re.DOTALL)
CODE = re.compile(r"[(\[]?(?P<label>[A-Z]{1,3}\d{1,3}(?:\.\d{1,3})?)[)\]]?\s?[:.)–—-]?\s+(?P<rest>[A-Z].*)", re.DOTALL)
INLINE = re.compile(r"(?:^|(?<=\s))\(?(?P<label>[a-z]|[ivx]{2,5}|\d{1,2})\)(?=\s)")
FINISHED = re.compile(r"[.!?:;…][\"'’”)\]]*(?:\s\([^()]{1,60}\))?$")
LONGEST_END = 200  # characters in which a text shows that it has ended
CONTENTS_LINE = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d{1,4}$")
ADDRESSEE = re.compile(r"(?:for|to) [^.:;]{2,80}$")


class RecommendationStart(NamedTuple):
    """A recommendation's label, the words printed after it, and its kind: "National", "Single-agency"."""

    label: str
    words: str
    kind: str = ""


def finished(text: str) -> bool:
    """Whether a text ends as a sentence or a list's introduction does. Only its end is looked at."""
    return bool(FINISHED.search(text.rstrip()[-LONGEST_END:]))


def recommendation_start(text: str, *, after_finished: bool = True) -> RecommendationStart | None:
    """The label a text opens with; None for a cross-reference, such as "Recommendation 4) how …" in a sentence.

    Only a colon is a sure sign. With another mark, or none, what stands before must have ended
    (`after_finished`) and the wording must begin with a capital letter. A line of the contents is none.
    """
    match = RECOMMENDATION.match(text)
    if match is None or len(match["label"]) > LONGEST_LABEL or CONTENTS_LINE.search(text[-LONGEST_TITLE:]):
        return None
    words = match["rest"].strip()
    sure = match["mark"].strip() == ":"
    begins = not words or words[0].isupper() or not words[0].isalnum() or _names_addressee(words)
    if not sure and not (after_finished and begins):
        return None
    kind = match["kind"] or (match["capitals"] or match["bracket"] or "").capitalize() or match["whom"] or ""
    return None if words.startswith(")") else RecommendationStart(_in_figures(match["label"]), words, kind)


def _names_addressee(words: str) -> bool:
    """Whether words only say whom a recommendation is for, as a title does: "for safeguarding partners"."""
    return ADDRESSEE.match(words) is not None and not DIRECTIVE.search(words) and not SAYS.search(words)


def _in_figures(label: str) -> str:
    """A label that is written out, "One", as the number that it is."""
    return str(NUMBER_WORDS.index(label.lower()) + 1) if label.lower() in NUMBER_WORDS else label


def is_reply(text: str) -> bool:
    """Whether a text answers a recommendation, "Government response: …", or says who does it by when."""
    return REPLY.match(text) is not None


def reads_as_title(words: str) -> bool:
    """Whether words name a subject and ask for nothing: short, and no "should" or "must"."""
    return len(words) <= LONGEST_TITLE and not words.endswith((":", ",", ";")) and not DIRECTIVE.search(words)


def title_ends(text: str, following: str) -> bool:
    """Whether a text, so far, is a recommendation's label and whole title, and the next line may begin the wording."""
    start = recommendation_start(text)
    words = start.words if start else ""
    whole = bool(words) and not finished(words) and not HANGING.search(words)
    return whole and reads_as_title(words) and following[:1].isupper()


def item_label(text: str) -> tuple[str, str]:
    """A list item's label and its words; no label for a plain text, nor one that the register has no room for."""
    match = ITEM.match(text)
    label = match["bracketed"] or match["pointed"] or match["decimal"] if match else ""
    return (label, match["rest"]) if match and len(label) <= LONGEST_LABEL else ("", text)


def successor(label: str) -> str:
    """The label that follows in the alphabet or in numbers; empty where none does."""
    if label.isdigit():
        return str(int(label) + 1)
    head, _, last = label.rpartition(".")
    if head and last.isdigit():
        return f"{head}.{int(last) + 1}"
    return chr(ord(label) + 1) if len(label) == 1 and label not in "zZ" else ""


def is_paragraph_number(label: str) -> bool:
    """Numbers and capital letters number paragraphs; small letters and roman numbers number points of a list."""
    return label[:1].isdigit() or (len(label) == 1 and label.isupper())


def inline_points(text: str) -> list[tuple[str, str]]:
    """The points that run on in a sentence, "(a) … (b) … and (c) …": two or more, in order from the first.

    The word "and" before the next marker joins the points and belongs to none.
    """
    marks = list(INLINE.finditer(text))
    for sequence in SEQUENCES:
        run = _run(marks, sequence)
        if len(run) > 1:
            ends = [mark.start() for mark in run[1:]] + [len(text)]
            return [
                (mark["label"], _without_and(text[mark.end() : end], last=end == len(text)))
                for mark, end in zip(run, ends, strict=True)
            ]
    return []


def _run(marks: list[re.Match[str]], sequence: tuple[str, ...]) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    for mark in marks:
        if len(run) < len(sequence) and mark["label"] == sequence[len(run)]:
            run.append(mark)
    return run


def _without_and(text: str, *, last: bool) -> str:
    text = text.strip()
    return text if last else text.removesuffix(" and")
