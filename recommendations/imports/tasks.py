"""A report as it is read in a process of its own: bytes and plain options in, plain values out. Knows no database."""

import json
from typing import Any

import cattrs

from recommendations.imports.problems import ImportProblem
from recommendations.imports.reading import read_upload
from recommendations.imports.spellings import Spellings

CONVERTER = cattrs.Converter()
CONVERTER.register_structure_hook(str | int, lambda value, _: value)  # a reference’s source is either


def too_many(count: int, most: int, advice: str) -> str:
    return f"The file holds {count:,} recommendations. At most {most} can be looked at in one go. {advice}"


def report(data: bytes, options: dict[str, Any]) -> Any:
    """A report, and who each recommendation names; {"problem": …} where it cannot be imported."""
    try:
        parsed = read_upload(options["name"], data)
    except ImportProblem as problem:
        return {"problem": str(problem)}
    count, most = len(parsed.recommendations), options["most"]
    if most and count > most:
        return {"problem": too_many(count, most, "Split the report and import each part under a code of its own")}
    named = Spellings(options["names"]).found_in([found.text for found in parsed.recommendations])
    return {"report": CONVERTER.unstructure(parsed), "named": named}


def bodies(data: bytes, options: dict[str, Any]) -> Any:
    """Who each of the wordings of a list names."""
    return {"named": Spellings(options["names"]).found_in(json.loads(data))}
