"""A task of `krscp.child`, measured where it runs."""

import importlib
import json
import re
import time
from pathlib import Path
from typing import Any


def measured(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Seconds of processor for `options["measured"]`, the most memory in MB, and whether the file was refused."""
    module, _, function = options["measured"].partition(":")
    task = getattr(importlib.import_module(module), function)
    begun = time.process_time()
    answer = task(data, options)
    json.dumps(answer)
    return {"seconds": time.process_time() - begun, "memory": peak("self"), "refused": "problem" in answer}


def peak(process: int | str) -> float:
    """The most memory that a process has held, in MB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1000 if found else 0.0
