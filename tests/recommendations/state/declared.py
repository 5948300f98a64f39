"""Every text that a dataclass can hold, with what its type says of it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints


def declared(shape: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Where each text stands, and "typed by a person", "ours", or "str" where its type says nothing."""
    if is_dataclass(shape):
        hints = get_type_hints(shape, include_extras=True)
        for field in fields(shape):
            yield from declared(hints[field.name], f"{path}.{field.name}" if path else field.name)
    elif get_origin(shape) is Annotated:
        yield path, get_args(shape)[1]
    elif shape is str:
        yield path, "str"
    else:
        for inner in get_args(shape):
            yield from declared(inner, path)
