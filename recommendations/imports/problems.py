"""What is said when a file cannot be imported."""

TOO_MUCH = "This file holds more text than a report does. Choose the report itself, or save it without its appendices."


class ImportProblem(Exception):
    """A file that cannot be imported. The message says, in plain words, what is wrong and what to do."""
