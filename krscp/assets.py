"""Copies what the pages use of govuk-frontend, less what only gov.uk itself may use."""

import re
from pathlib import Path

PACKAGE = Path("node_modules/govuk-frontend")
STYLES = Path("dist/govuk/govuk-frontend.min.css")
SCRIPT = Path("dist/govuk/govuk-frontend.min.js")
LICENCE = "GOV.UK Frontend, MIT licence, copyright Crown (Government Digital Service)"

START = 'document.body.classList.add("js-enabled","govuk-frontend-supported");initAll();\n'


class AssetsMissing(Exception):
    """The npm package is not there to copy from; the message says what to do."""


def plain_css(css: str) -> str:
    """The stylesheet in Arial, without the GDS Transport font, the crest and the crown."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,sans-serif")
    css = re.sub(r"[^{}]*\{[^{}]*govuk-crest[^{}]*\}", "", css)
    css = re.sub(r"[^{};]*crown[^{}]*\{[^{}]*\}", "", css)
    return f"/*! {LICENCE} */\n{css.strip()}\n"


def self_starting_js(js: str) -> str:
    """The components as one module that starts itself, so that pages need no inline script."""
    js = re.sub(r"//# sourceMappingURL=\S*\s*$", "", js)
    js = re.sub(r"export\{[^}]*\};?\s*$", "", js)
    return f"/*! {LICENCE} */\n{js}{START}"


def build(root: Path, target: Path) -> list[Path]:
    """Writes the stylesheet and the script under `target` and returns their paths.

    Raises AssetsMissing when the packages of package-lock.json have not been installed.
    """
    folder = target / "govuk"
    styles = plain_css(_read(root / PACKAGE / STYLES))
    script = self_starting_js(_read(root / PACKAGE / SCRIPT))
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / "govuk-frontend.css", styles), _write(folder / "govuk-frontend.js", script)]


def _read(path: Path) -> str:
    if not path.is_file():
        raise AssetsMissing(f"{path} is not there. Run “npm ci” first, then try again.")
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
