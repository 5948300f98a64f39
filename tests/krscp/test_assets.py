"""What is copied of the components, and what must never be."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from krscp import assets

CSS = (
    '@charset "UTF-8";/*! the font */@font-face{font-family:GDS Transport;src:url(/assets/a.woff2)}'
    ".govuk-body{font-family:GDS Transport,arial,sans-serif}"
    "@media print{.govuk-footer__copyright-logo:before{background-image:url(/assets/images/govuk-crest.svg)}}"
    ".govuk-footer__crown{margin:0}.govuk-link{color:red}/*# sourceMappingURL=x.css.map */"
)
JS = "function initAll(){}export{Button,initAll,version};//# sourceMappingURL=govuk-frontend.min.js.map\n"


@pytest.fixture
def package(tmp_path):
    for path, text in ((assets.STYLES, CSS), (assets.SCRIPT, JS)):
        file = tmp_path / assets.PACKAGE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_styles_lose_the_font_the_crest_and_the_crown():
    css = assets.plain_css(CSS)
    assert ".govuk-body{font-family:Arial,sans-serif}" in css
    assert ".govuk-link{color:red}" in css
    assert not re.search("GDS|font-face|crest|crown|url\\(|sourceMapping", css)
    assert css.count("{") == css.count("}")


def test_the_script_starts_itself_and_exports_nothing():
    js = assets.self_starting_js(JS)
    assert "export" not in js
    assert "sourceMapping" not in js
    assert js.endswith("initAll();\n")


def test_build_writes_both_files(package, tmp_path):
    built = assets.build(package, tmp_path / "out")
    assert [path.name for path in built] == ["govuk-frontend.css", "govuk-frontend.js"]
    assert all(path.is_file() for path in built)


def test_build_without_the_packages_says_what_to_do(tmp_path):
    with pytest.raises(assets.AssetsMissing, match="npm ci"):
        assets.build(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_builds_under_the_project(package, settings, capsys):
    settings.BASE_DIR = package
    call_command("build_assets")
    assert (package / "build/assets/govuk/govuk-frontend.css").is_file()
    assert "build/assets/govuk/govuk-frontend.css" in capsys.readouterr().out


def test_the_command_fails_without_a_traceback(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="npm ci"):
        call_command("build_assets")


def test_the_real_package_leaves_no_trace_of_what_only_gov_uk_may_use(tmp_path):
    if not (settings.BASE_DIR / assets.PACKAGE).is_dir():
        pytest.skip("NOT CHECKED: run npm ci")
    styles, script = assets.build(settings.BASE_DIR, tmp_path)
    css = styles.read_text(encoding="utf-8")
    assert not re.search("GDS Transport|font-face|crest|crown|url\\(|sourceMapping", css)
    assert css.count("{") == css.count("}")
    assert "sourceMapping" not in script.read_text(encoding="utf-8")


def test_the_lock_file_holds_no_addresses():
    assert "://" not in (settings.BASE_DIR / "package-lock.json").read_text(encoding="utf-8")


def test_templates_hold_nothing_inline():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page), path
