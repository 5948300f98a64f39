"""HTML as a plain structure, so that markup can be compared whatever its spacing and its ids are called."""

from html.parser import HTMLParser

VOID = {"input", "br", "path"}
REFERENCES = {"id", "for", "href", "aria-describedby", "aria-labelledby", "aria-controls"}
# Where we differ on purpose: bold labels, and help for people without scripts.
OURS = {"aria-invalid", "tabindex", "autofocus"}
OUR_CLASSES = {"govuk-label--s", "govuk-fieldset__legend--s"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = {}
        self.parts = []

    def handle_starttag(self, tag, attrs):
        kept = {name: self._value(name, value) for name, value in sorted(attrs) if name not in OURS}
        self.parts.append((tag, tuple(sorted((name, value) for name, value in kept.items() if value != ()))))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.parts.append(f"/{tag}")

    def handle_data(self, data):
        if words := " ".join(data.split()):
            self.parts.append(words)

    def _value(self, name, value):
        if name == "class":
            return tuple(sorted(set(value.split()) - OUR_CLASSES))
        if name == "name":
            return self._number(f"name {value}")
        if name in REFERENCES:
            return tuple(self._number(word.removeprefix("#")) for word in value.split())
        return value or ""

    def _number(self, reference):
        """The first id met is 0, the second 1, so that only who refers to whom is compared."""
        return self.seen.setdefault(reference, len(self.seen))


def structure(html):
    """Tags, classes, words and which element refers to which."""
    reader = _Reader()
    reader.feed(html)
    return reader.parts
