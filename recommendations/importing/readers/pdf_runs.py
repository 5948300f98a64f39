"""Takes the runs of characters out of a PDF.

PDFs come from anywhere, and a small one may unfold to gigabytes or keep a reader busy for ever: what others send is
read in a process of its own (`krscp.child`), which may be killed without harm.
"""

import ctypes
from bisect import bisect, bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MOST_PAGES = 1500
MOST_CHARACTERS = 8_000_000
BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy", "demi")


SMALLEST_BULLET, LARGEST_BULLET = 1.5, 8  # points
FURTHEST_BULLET = 45
MOST_BULLETS = 120
SHORTEST_RULE, MOST_RULES, MOST_RULES_OF_ALL = 8, 1000, 12_000
THINNEST_GAP = 1  # points between two characters in which a rule may run
WHITE = 250  # of 255: what is filled as bright as this is not seen


class TooLong(Exception):
    """More pages or characters than any report has."""


class Style(NamedTuple):
    """What the characters of one run share. `flags` is "b" for bold, "i" for italic, both or neither."""

    size: float
    flags: str
    font: str


class Uprights:
    """The rules that run up a page, from left to right."""

    def __init__(self, rules: list[list[float]]) -> None:
        found = sorted((left, bottom, top) for left, bottom, right, top in rules if right - left < SHORTEST_RULE / 2)
        self.lefts = [left for left, _, _ in found]
        self.spans = [(bottom, top) for _, bottom, top in found]

    def between(self, left: float, right: float) -> list[tuple[float, float]]:
        """From where to where those run that stand between two places."""
        return self.spans[bisect(self.lefts, left) : bisect_left(self.lefts, right)]


def paired(words: str) -> str:
    """The words with each character that the file writes in two halves as one; half a character is none."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def style(characters: Any, place: int) -> Style:
    name, flags, matrix = ctypes.create_string_buffer(200), ctypes.c_int(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetFontInfo(characters, place, name, 200, flags)
    pdfium.FPDFText_GetMatrix(characters, place, matrix)
    scale = max((matrix.c**2 + matrix.d**2) ** 0.5, 0.01)
    font = name.value.decode("utf-8", "replace").lower()
    bold = pdfium.FPDFText_GetFontWeight(characters, place) >= BOLD_WEIGHT or any(word in font for word in BOLD_NAMES)
    italic = bool(flags.value & 64) or "italic" in font or "oblique" in font
    size = round(pdfium.FPDFText_GetFontSize(characters, place) * scale, 1)
    return Style(size, "b" * bold + "i" * italic, font)


def runs(page: Any, uprights: Uprights) -> Iterator[list[Any]]:
    """Each run in the order it is drawn: left, right, base line, size, flags, font, words. A rule parts two of them."""
    text = page.get_textpage()
    characters = text.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    last: Any = None
    shared = Style(0, "", "")
    run: list[Any] = []
    for place in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(characters, place)
        if pdfium.FPDFText_IsGenerated(characters, place) == 1:
            if run and code == 32:
                run[-1] += " "
            continue
        drawn = ctypes.cast(pdfium.FPDFText_GetTextObject(characters, place), ctypes.c_void_p).value
        if drawn != last:
            last, shared = drawn, style(characters, place)
        pdfium.FPDFText_GetCharOrigin(characters, place, x, y)
        if not pdfium.FPDFText_GetLooseCharBox(characters, place, box):
            pdfium.FPDFText_GetCharBox(characters, place, left, right, bottom, top)
            box.right = right.value
        new = not run or abs(run[2] - y.value) > 0.3 or tuple(run[3:6]) != shared
        gap = 0 if new else x.value - run[1]
        ruled = gap > THINNEST_GAP and any(low < y.value < high for low, high in uprights.between(run[1], x.value))
        if new or ruled or not -shared.size < gap < shared.size:
            if run:
                yield [*run[:-1], paired(run[-1])]
            run = [round(x.value, 1), round(box.right, 1), round(y.value, 1), *shared, ""]
        run[-1] += "-" if code == 2 else chr(code)
        run[1] = max(run[1], round(box.right, 1))
    if run:
        yield [*run[:-1], paired(run[-1])]


def rules(page: Any) -> list[list[float]]:
    """What is drawn to part or enclose text, seen, as left, bottom, right, top; none of a page that is a drawing."""
    found = []
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = shape.get_bounds()
        if max(right - left, top - bottom) >= SHORTEST_RULE and is_seen(shape):
            found.append([round(length, 1) for length in (left, bottom, right, top)])
    return found if len(found) <= MOST_RULES else []


def is_seen(shape: Any) -> bool:
    """Whether a shape has an outline, or a filling that is neither white nor clear."""
    filling, outline = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape.raw, filling, outline)
    red, green, blue, strength = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(shape.raw, red, green, blue, strength)
    coloured = min(red.value, green.value, blue.value) < WHITE and strength.value > 0
    return bool(outline.value) or (bool(filling.value) and coloured)


def spots(page: Any) -> list[tuple[float, float, float, float]]:
    """Small round or square shapes; none of a page that has too many, which is a chart or a map."""
    found = [shape.get_bounds() for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)]
    small = [
        (left, bottom, right, top) for left, bottom, right, top in found
        if SMALLEST_BULLET < right - left < LARGEST_BULLET and abs((right - left) - (top - bottom)) < 1
    ]  # fmt: skip
    return small if len(small) <= MOST_BULLETS else []


def bullets(page: Any, found: list[list[Any]]) -> Iterator[list[Any]]:
    """Bullets that are drawn as round or square spots, each as a run on the line of the words it stands before."""
    for left, bottom, right, top in spots(page):
        middle = (bottom + top) / 2
        beside = [
            run for run in found
            if 0 < run[0] - right < FURTHEST_BULLET and run[2] < middle < run[2] + 0.8 * run[3] and run[-1].strip()
        ]  # fmt: skip
        if beside:
            run = min(beside, key=lambda run: run[0])
            yield [round(left, 1), round(right, 1), *run[2:6], "•"]


def pages(data: bytes) -> Iterator[dict[str, Any]]:
    """Each page's size, runs and rules. Raises TooLong, or PdfiumError for a page that cannot be read."""
    document = pypdfium2.PdfDocument(data)
    characters = rules_of_all = 0
    if len(document) > MOST_PAGES:
        raise TooLong
    for place in range(len(document)):
        page = document[place]
        drawn = rules(page) if rules_of_all < MOST_RULES_OF_ALL else []
        rules_of_all += len(drawn)
        found = list(runs(page, Uprights(drawn)))
        found += bullets(page, found)
        characters += sum(len(run[-1]) for run in found)
        if characters > MOST_CHARACTERS:
            raise TooLong
        yield {"width": page.get_width(), "height": page.get_height(), "runs": found, "rules": drawn}


def is_locked(error: Exception) -> bool:
    """Whether a file cannot be read for want of its password."""
    return getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
