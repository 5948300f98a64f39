"""Signs that a text may identify somebody. A nudge before saving, never a wall: people judge, not patterns."""

import re
from collections.abc import Iterable

TITLES = r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|PC|DC|DS|DI|DCI|Supt)\.?\s+[A-Z][a-z]+"
CHILD = r"\b(?:[Cc]hild|[Yy]oung person|[Bb]aby|[Ss]ibling|[Mm]other|[Ff]ather) (?:[A-Z]\b|called [A-Z])"
SIGNS = (
    ("a name", re.compile(TITLES)),
    ("a name", re.compile(CHILD)),
    ("a date of birth", re.compile(r"\b(?:born|DOB|D\.O\.B\.?|date of birth)\b", re.IGNORECASE)),
    ("a date of birth", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b")),
    ("an age", re.compile(r"\baged? \d{1,2}\b|\b\d{1,2}[- ]year[- ]old\b", re.IGNORECASE)),
    ("a case or NHS number", re.compile(r"\b\d{3} ?\d{3} ?\d{4}\b|\b[A-Z]{1,4}[-/]?\d{5,}\b|\b\d{6,}\b")),
    ("an email address", re.compile(r"\b[^\s@]{1,64}@[^\s@]{1,200}\.\w{1,24}\b")),
)
PAIR = re.compile(r"(?<![.!?•]\s)(?<!^)\b([A-Z][a-z]+) ([A-Z][a-z]+)\b", re.MULTILINE)
WORD = re.compile(r"[A-Za-z]+")
EVERYDAY = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "working", "together",
    "report", "annual", "team", "service", "services", "council", "school", "board", "group", "word", "excel", "teams",
    "ofsted", "nhs", "england", "london", "panel", "strategy", "policy", "plan", "review", "audit", "children",
}  # fmt: skip


def signs_of_identity(text: str, known: Iterable[str] = ()) -> list[str]:
    """What the text may hold that identifies a person, in words; `known` are names of bodies and agencies."""
    found = [sign for sign, pattern in SIGNS if pattern.search(text)]
    words = EVERYDAY | {word.lower() for name in known for word in WORD.findall(name)}
    pairs = (pair.lower() for match in PAIR.finditer(text) for pair in [f"{match[1]} {match[2]}"])
    if any(not words & set(pair.split()) for pair in pairs):
        found.append("a name")
    return list(dict.fromkeys(found))
