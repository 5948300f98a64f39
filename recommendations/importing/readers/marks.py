"""Marks that Word and PDF reports print before or behind words: bullets, and raised footnote numbers."""

import re

BULLET = re.compile(r"(?:[•·◦▪●○■□❑❖➢➤✓‣⁃∙\uf0b7\uf0a7\uf0d8\uf0fc]|[-–—*](?=\s)|o(?=\s+[A-Za-z]))\s*(\S.*)", re.DOTALL)
RAISED = re.compile(r"[\d,*†‡§\s]+$")


def bullet(text: str) -> str | None:
    """The words after a bullet; None where there is none."""
    match = BULLET.match(text)
    return match[1] if match else None
