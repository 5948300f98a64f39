"""What is said when a file cannot be imported."""


class ImportProblem(Exception):
    """A file that cannot be imported. The message says, in plain words, what is wrong and what to do."""
