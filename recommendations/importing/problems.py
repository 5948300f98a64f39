"""What is said when a file cannot be imported."""

TOO_MUCH = "This file holds more text than a report does. Choose the report itself, or save it without its appendices."


LONG_PARAGRAPH = (
    "This file holds a paragraph of more than 100,000 characters, which no report has. "
    "Give each recommendation and paragraph a line of its own, save it and try again."
)
LONGEST_PARAGRAPH = 100_000  # characters: some 40 pages without a break


class ImportProblem(Exception):
    """A file that cannot be imported. The message says, in plain words, what is wrong and what to do."""


def bounded(text: str) -> str:
    """The text of one paragraph. Raises ImportProblem where it is longer than any report's."""
    if len(text) > LONGEST_PARAGRAPH:
        raise ImportProblem(LONG_PARAGRAPH)
    return text
