"""What bodies and agencies are called."""

from subgroups.models import Agency, Body, BodyName


def known_names() -> list[str]:
    """Names of bodies and agencies, which are not people: the check for personal details passes them over."""
    return [
        name for model in (Body, BodyName, Agency) for name in model._default_manager.values_list("name", flat=True)
    ]
