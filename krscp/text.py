"""Text as it comes in: cleaned of characters nobody typed on purpose, and turned into words for messages."""

import re

LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# C0 and C1 controls but tab and line feed (Word and Excel refuse them), lone surrogates, non-characters,
# and the marks that reorder text in both directions (a file or a name can be disguised with them).
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """The text with one kind of line end and no control characters; emoji and right-to-left words stay."""
    return UNWANTED.sub("", LINE_ENDS.sub("\n", text))


def beginning(text: str, length: int) -> str:
    """The text, or as many whole words as fit into `length` characters with “…”; only a longer word is cut."""
    if len(text) <= length:
        return text
    words = text[:length].rsplit(None, 1)
    start = words[0] if len(words) > 1 else text[: length - 1]
    return f"{start.rstrip(' ,;:–-')}…"


def lower_first(label: str) -> str:
    """“Target date” becomes “target date”; “SLG decision” stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
