"""Which version of the tracker this is, as pyproject.toml says."""

import tomllib

from django.conf import settings


def version() -> str:
    """For example "0.1.0"."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]
