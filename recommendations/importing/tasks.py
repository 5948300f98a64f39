"""A report as it is read in a process of its own: bytes and plain options in, plain values out. Knows no database."""

import json
from typing import Any

import cattrs

from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import read_upload
from recommendations.importing.spellings import Spellings

CONVERTER = cattrs.Converter()
CONVERTER.register_structure_hook(str | int, lambda value, _: value)  # a reference’s source is either


POINTS_EACH = 10  # on average, of as many recommendations as there may be
SPLIT = "Split the report and import each part under a code of its own"


def too_many(count: int, most: int, advice: str, what: str = "recommendations") -> str:
    return f"The file holds {count:,} {what}. At most {most:,} can be looked at in one go. {advice}"


def report(data: bytes, options: dict[str, Any]) -> Any:
    """A report, and who each recommendation names; {"problem": …} where it cannot be imported."""
    try:
        parsed = read_upload(options["name"], data)
    except ImportProblem as problem:
        return {"problem": str(problem)}
    count, most = len(parsed.recommendations), options["most"]
    if most and count > most:
        return {"problem": too_many(count, most, SPLIT)}
    points = sum(len(found.sub_points) for found in parsed.recommendations)
    if most and points > most * POINTS_EACH:
        return {"problem": too_many(points, most * POINTS_EACH, SPLIT, "sub-points")}
    named = Spellings(options["names"]).found_in([found.text for found in parsed.recommendations])
    return {"report": CONVERTER.unstructure(parsed), "named": named}


def bodies(data: bytes, options: dict[str, Any]) -> Any:
    """Who each of the wordings of a list names."""
    return {"named": Spellings(options["names"]).found_in(json.loads(data))}
