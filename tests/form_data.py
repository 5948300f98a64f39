"""What a browser would send from a page: every control of its main form as it is filled in, buttons left out."""

from html.parser import HTMLParser


class _Controls(HTMLParser):
    def __init__(self):
        super().__init__()
        self.sent = {}
        self.reading = ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "textarea":
            self.reading = found["name"]
            self.sent[self.reading] = ""
        elif tag == "option" and "selected" in found:
            self.sent[self.select] = found["value"]
        elif tag == "select":
            self.select = found["name"]
        elif tag == "input" and (found.get("type") not in ("radio", "checkbox") or "checked" in found):
            self.sent |= {found["name"]: found.get("value") or ""} if "name" in found else {}

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the line end that stands first.
            self.sent[self.reading] = self.sent[self.reading].removeprefix("\n")
            self.reading = ""

    def handle_data(self, data):
        if self.reading:
            self.sent[self.reading] += data


def filled_in(answer) -> dict[str, str]:
    """The names and values of a page's controls."""
    reader = _Controls()
    reader.feed(answer.content.decode().partition('id="main-content">')[2].partition("</main>")[0])
    return reader.sent
