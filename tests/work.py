"""How much work a piece of code does, counted and not timed: the same on a slow machine as on a quick one."""

import contextlib
import sys


@contextlib.contextmanager
def few_calls(limit: int):
    """Fails where the code inside calls more than `limit` functions, of Python's own or of a library's."""
    made, before = 0, sys.getprofile()

    def count(_frame, event, _what):
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
        assert made <= limit, f"{made:,} calls were made, and at most {limit:,} are allowed."
