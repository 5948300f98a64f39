"""Leaving with everything and arriving elsewhere: the same bytes again, or a plain refusal and nothing stored."""

import datetime as dt
import json
import shutil
import stat
import zipfile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from krscp import clock
from krscp.files import archive
from krscp.files.archive import MANIFEST
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.exit import carried
from recommendations.models import Paper, Part, Recommendation, Update
from recommendations.services.updates import withdraw
from subgroups.models import Body, ExportRecord, Partnership, User
from subgroups.services.exporting import log_export
from tests.factories import PASSWORD, decide, learn, make_person, propose, review_in, say, the_part
from tests.test_append_only import leave_behind

NOON = dt.datetime(2026, 3, 31, 11, 30, 15, 123456, tzinfo=dt.UTC)
WORDS = "Ünïcode ‏עברית 😀 “curly”\nand a second line"


# Every model has a place.


def test_every_model_leaves_with_an_exit_export_or_stays_for_a_reason():
    placed = {model._meta.label for model in carried.EXIT.tables()} | set(carried.LEFT_OUT)
    assert {model._meta.label for model in apps.get_models(include_auto_created=True)} == placed
    assert not {model._meta.label for model in carried.EXIT.tables()} & set(carried.LEFT_OUT)


def test_a_model_that_nobody_placed_would_be_noticed():
    placed = {model._meta.label for model in carried.EXIT.tables()} - {"recommendations.Evidence"}
    assert {model._meta.label for model in apps.get_models()} - placed - set(carried.LEFT_OUT)


def test_no_model_keeps_files_outside_the_database():
    kept = [field for model in apps.get_models() for field in model._meta.fields if isinstance(field, models.FileField)]
    assert kept == [], "Files on disk do not leave with an exit export yet: carry them in krscp/exits.py."


# There and back.


@pytest.fixture
def lived_in(loaded, transactional_db):
    """An installation in which something of every kind happened."""
    with clock.at(NOON):
        chair, manager = make_person("vca-co-chair-1"), make_person("manager")
        member = make_person("slg-director-of-quality")
        withdraw(update=say(the_part("25"), chair, Status.AT_RISK, what_happened=WORDS), by=chair)
        propose(the_part("25"), chair)
        decide(the_part("25"), member, DecisionKind.SIGN_OFF)
        propose(the_part("26"), chair)
        review = review_in("frozen", manager)
        next_one = review_in("meeting", manager, dt.date(2026, 9, 30))
        learn(next_one, manager)
        log_export(what="Recommendations", file_format="csv", filtered_by="", rows=1, by=manager)
        leave_behind(next_one, chair)
    assert Paper.objects.filter(review=review).count() == 2


def leave(target):
    with clock.at(NOON):
        call_command("exit_export", target, verbosity=0)
    return target


def empty():
    """As a database that was just migrated."""
    call_command("flush", interactive=False, verbosity=0)
    assert not User.objects.exists()


def arrive(source):
    call_command("exit_import", source, verbosity=0)


@pytest.mark.parametrize("ending", ["", ".zip"])
def test_what_arrives_leaves_again_as_the_same_bytes(lived_in, tmp_path, ending):
    first = leave(tmp_path / f"first{ending}")
    counts = {model: model._base_manager.count() for model in carried.EXIT.tables()}
    empty()
    arrive(first)
    assert {model: model._base_manager.count() for model in carried.EXIT.tables()} == counts
    assert same(first, leave(tmp_path / f"second{ending}"))


def same(first, second):
    if first.is_file():
        return first.read_bytes() == second.read_bytes()
    names = sorted(archive.Folder(first).names())
    assert names == sorted(archive.Folder(second).names())
    return all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_keys_times_history_and_papers_are_as_they_were_and_life_goes_on(lived_in, tmp_path):
    paper, update = Paper.objects.first(), Update.objects.get(what_happened=WORDS)
    histories = {row.pk: row.history_date for row in Part.history.all()}
    source = leave(tmp_path / "all")
    assert (source / f"files/recommendations.paper/{paper.pk}-content.docx").read_bytes() == bytes(paper.content)
    owners = the_part("26").proposal_owners
    empty()
    arrive(source)
    assert the_part("26").proposal_owners == owners != []
    again = Update.objects.get(pk=update.pk)
    assert (again.what_happened, again.created_at, again.token) == (WORDS, update.created_at, update.token)
    assert again.created_at.microsecond == 123456
    assert {row.pk: row.history_date for row in Part.history.all()} == histories
    assert bytes(Paper.objects.get(pk=paper.pk).content) == bytes(paper.content)
    new = say(the_part("27"), User.objects.get(email="manager@people.example"))
    assert new.pk > max(Update.objects.exclude(pk=new.pk).values_list("pk", flat=True))
    assert Part.history.latest("history_id").history_id > max(histories)


def test_passwords_stay_and_nobody_can_sign_in_with_the_old_one(lived_in, tmp_path):
    source = leave(tmp_path / "all")
    assert "password" not in (source / "data/subgroups.user.json").read_text()
    empty()
    arrive(source)
    person = User.objects.get(email="manager@people.example")
    assert not person.has_usable_password()
    assert not person.check_password(PASSWORD)


def test_the_manifest_says_what_it_is(lived_in, tmp_path, settings):
    settings.MARKING = "OFFICIAL-SENSITIVE"
    manifest = json.loads((leave(tmp_path / "all") / MANIFEST).read_text())
    assert (manifest["schema"], manifest["marking"], manifest["demonstration"]) == (1, "OFFICIAL-SENSITIVE", False)
    assert manifest["as_at"] == "2026-03-31T11:30:15.123456+00:00"
    assert manifest["migrations"]["subgroups"][0] == "0001_initial"
    told = manifest["files"]["data/recommendations.recommendation.json"]
    assert told["rows"] == Recommendation.objects.count()
    assert len(told["sha256"]) == 64


def test_an_export_overwrites_nothing(db, tmp_path):
    target = leave(tmp_path / "all.zip")
    before = target.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        leave(target)
    assert target.read_bytes() == before
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="cannot be written"):
        leave(tmp_path / "no" / "such" / "place")
    assert [found.name for found in tmp_path.iterdir()] == ["all.zip"]


# Refusals.


@pytest.fixture
def taken(loaded, tmp_path):
    """A folder with an export of the loaded installation, and an empty one to take it in."""
    source = leave(tmp_path / "all")
    empty()
    return source


def refused(source, words):
    with pytest.raises(CommandError, match=words) as refusal:
        arrive(source)
    assert "Nothing is stored." in str(refusal.value)
    if not connection.in_atomic_block:
        assert not any(model._base_manager.exists() for model in carried.EXIT.tables())


def tamper(source, change):
    """Change the manifest and keep it valid JSON."""
    manifest = json.loads((source / MANIFEST).read_text())
    change(manifest)
    (source / MANIFEST).write_text(json.dumps(manifest))


def vouch(source, name):
    """Let the manifest vouch for a file as it is now."""
    writer = archive.ArchiveWriter(archive.Folder(source))
    writer.add(name, [(source / name).read_bytes()])
    tamper(source, lambda manifest: manifest["files"][name].update(writer.files[name]))


PARTS = "data/recommendations.part.json"


def a_changed_letter(source):
    text = (source / PARTS).read_bytes()
    (source / PARTS).write_bytes(text.replace(b"not_started", b"off_track__", 1))


def a_longer_file(source):
    with (source / PARTS).open("ab") as file:
        file.write(b"\n")


def a_missing_column(source):
    text = (source / PARTS).read_text()
    (source / PARTS).write_text(text.replace('"slug"', '"slog"', 1))
    vouch(source, PARTS)


def a_lost_row(source):
    first, _second, *rest = (source / PARTS).read_text().split("\n")
    (source / PARTS).write_text("\n".join([first, *rest]))
    vouch(source, PARTS)


def a_broken_row(source):
    (source / PARTS).write_text((source / PARTS).read_text().replace("{", "", 1))
    vouch(source, PARTS)


def a_dangling_reference(source):
    name = "data/subgroups.body.json"
    (source / name).write_text("[]\n")
    vouch(source, name)
    tamper(source, lambda manifest: manifest["files"][name].update(rows=0))


def a_model_less(source):
    (source / PARTS).unlink()
    tamper(source, lambda manifest: manifest["files"].pop(PARTS))


FAULTS = {
    "is not as it was written": a_changed_letter,
    "another size": a_longer_file,
    "other columns": a_missing_column,
    "another number of rows": a_lost_row,
    "does not fit together .Extra data": a_broken_row,
    "does not fit together": a_dangling_reference,
    "recommendations.part.json is missing": a_model_less,
    "body.json is missing": lambda source: (source / "data/subgroups.body.json").unlink(),
    "stray.txt is not in the manifest": lambda source: (source / "stray.txt").write_text("x"),
    "no plain file": lambda source: ((source / PARTS).unlink(), (source / PARTS).symlink_to("/etc/hostname")),
    "manifest.json is missing": lambda source: (source / MANIFEST).unlink(),
    "manifest.json cannot be read": lambda source: (source / MANIFEST).write_text("{"),
    "does not say of each file": lambda source: (source / MANIFEST).write_text("[]"),
    "how large it is": lambda source: (source / MANIFEST).write_text('{"files": {"a.json": null}}'),
    "cannot be read": lambda source: (source / MANIFEST).write_text("[" * 200_000),
    "of schema 2": lambda source: tamper(source, lambda manifest: manifest.update(schema=2)),
    "made by version 9": lambda source: tamper(source, lambda manifest: manifest.update(migrations={}, version="9")),
}


@pytest.mark.parametrize("words", FAULTS)
def test_what_is_not_as_it_was_written_is_refused(taken, words):
    FAULTS[words](taken)
    refused(taken, words)


def test_an_installation_that_holds_data_is_refused(loaded, tmp_path):
    source = leave(tmp_path / "all")
    with pytest.raises(CommandError, match="holds data already"):
        arrive(source)
    assert Recommendation.objects.count() == 36


def test_an_installation_with_one_person_is_not_empty(taken):
    User.objects.create_user(email="somebody@people.example", name="Somebody")
    with pytest.raises(CommandError, match="holds data already"):
        arrive(taken)
    assert (User.objects.count(), Body.objects.count(), Partnership.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("name", ["../escape.json", "/etc/escape", "data/../../escape", "a\\..\\b", "C:x", "data//x"])
def test_names_that_would_leave_the_place_are_refused(db, tmp_path, name):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as file:
        file.writestr(MANIFEST, "{}")
        file.writestr(name, "x")
    refused(tmp_path / "bad.zip", "never holds")


def test_a_name_that_stands_twice_is_refused(db, tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as file:
        file.writestr(MANIFEST, "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr(MANIFEST, "{}")
    refused(tmp_path / "bad.zip", "stands in it twice")


def test_a_zip_made_to_burst_is_refused_unread(taken, tmp_path):
    size = archive.LITTLE + 1
    tamper(taken, lambda manifest: manifest["files"].update({"bomb": {"bytes": size, "sha256": ""}}))
    (taken / "bomb").write_bytes(bytes(size))
    refused(zipped(taken, tmp_path), "would unpack to")


def test_a_link_in_a_zip_is_refused(taken, tmp_path):
    made = zipped(taken, tmp_path)
    link = zipfile.ZipInfo("data/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(made, "a") as file:
        file.writestr(link, "/etc/hostname")
    with zipfile.ZipFile(made) as file, pytest.raises(archive.BadArchive, match="no plain file"):
        archive.Zip(file).size("data/link")


def test_a_damaged_zip_is_refused(taken, tmp_path):
    made = zipped(taken, tmp_path)
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 0xFF
    made.write_bytes(content)
    refused(made, "cannot be read|not as it was written|damaged")
    made.write_bytes(b"PK no zip")
    refused(made, "neither a folder nor a zip")
    refused(tmp_path / "nowhere.zip", "is not there")


def zipped(source, tmp_path):
    return tmp_path / shutil.make_archive(str(tmp_path / "made"), "zip", source)


def test_a_failure_half_way_stores_nothing(taken, monkeypatch):
    monkeypatch.setattr("krscp.exits._settle", lambda stored: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        arrive(taken)
    assert not ExportRecord.objects.exists()
    assert not Body.objects.exists()
