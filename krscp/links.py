"""The pages of a row, each an attribute that templates can follow."""


def page(name: str) -> property:
    """The address of a page of the row, by the name of its route; the row's `url_of` says how it is addressed."""
    return property(lambda row: row.url_of(name))
