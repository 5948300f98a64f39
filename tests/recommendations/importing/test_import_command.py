"""`manage.py import_report` shows what a file holds without a database, and imports it with a code."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from recommendations.models import Report

SHIPPED = settings.BASE_DIR / "fixtures" / "isr-2021.md"


def preview(path) -> dict:
    out = StringIO()
    call_command("import_report", str(path), "--preview", "--format", "json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def small_report(tmp_path):
    path = tmp_path / "small.md"
    path.write_text("# Second look\n\n## Meetings\n\n1. It met.\n\nRecommendation 1: Meet less.", encoding="utf-8")
    return path


def test_preview_prints_every_recommendation_as_json():
    shown = preview(SHIPPED)
    assert len(shown["recommendations"]) == 36
    twelfth = shown["recommendations"][11]
    assert twelfth["label"] == "12"
    assert twelfth["text"].startswith("With the SLG, health leads")
    assert [point["label"] for point in twelfth["sub_points"]] == ["a", "b", "c"]
    assert twelfth["heading"].startswith("LEADERSHIP ARRANGEMENTS > Health, Police and LA engagement")
    assert twelfth["paragraphs"] == ["28", "29"]
    assert twelfth["warnings"] == []
    assert shown["warnings"] == ["The number of paragraph I is lost in the file. It was restored."]


def test_preview_needs_no_database_and_prints_nothing_else(small_report):
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none"}
    done = subprocess.run(
        [
            sys.executable,
            settings.BASE_DIR / "manage.py",
            "import_report",
            small_report,
            "--preview",
            "--format",
            "json",
        ],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert json.loads(done.stdout)["recommendations"][0]["text"] == "Meet less."
    assert done.stderr == b""


@pytest.mark.parametrize("name", ["missing.md", "empty.md", "binary.md"])
def test_bad_file_ends_with_a_message_and_no_traceback(tmp_path, name):
    (tmp_path / "empty.md").touch()
    (tmp_path / "binary.md").write_bytes(bytes(range(256)) * 8)
    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "import_report", tmp_path / name, "--preview"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("CommandError: ")


def test_neither_preview_nor_code_is_refused_with_what_to_add(small_report):
    with pytest.raises(CommandError, match=r"--preview.*--code"):
        call_command("import_report", str(small_report))


def test_import_stores_the_report_under_its_code(db, small_report):
    call_command("import_report", str(small_report), "--code", "second-look", stdout=StringIO())
    report = Report.objects.get(code="second-look")
    assert report.title == "Second look"
    assert [found.text for found in report.recommendations.all()] == ["Meet less."]


def test_reserved_code_is_refused(db, small_report):
    with pytest.raises(CommandError, match="cannot be a report's code"):
        call_command("import_report", str(small_report), "--code", "reviews")


def test_report_with_one_number_twice_is_previewed_but_not_imported(db, tmp_path):
    path = tmp_path / "twice.md"
    path.write_text("# Twice\n\nRecommendation 1: Meet.\n\nRecommendation 1: Listen.", encoding="utf-8")
    assert len(preview(path)["recommendations"]) == 2
    with pytest.raises(CommandError, match="the same number"):
        call_command("import_report", str(path), "--code", "twice")
    assert not Report.objects.filter(code="twice").exists()
