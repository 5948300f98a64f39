"""The commands of a partnership's first day: they say in plain words what is wrong, and change nothing twice."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Model

from recommendations.management.commands import demo
from recommendations.models import Recommendation
from subgroups.models import Appointment, Partnership, User


def output_of(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def rows_of(model: type[Model]) -> list[dict]:
    return list(model._base_manager.order_by("pk").values())


def everything() -> dict[str, list[dict]]:
    """Every row of both rooms, history too."""
    rooms = (apps.get_app_config("subgroups"), apps.get_app_config("recommendations"))
    return {model.__name__: rows_of(model) for room in rooms for model in room.get_models()}


def test_setup_loads_36_recommendations_all_not_started(db):
    assert Recommendation.objects.count() == 36
    assert set(Recommendation.objects.values_list("status", flat=True)) == {"not_started"}


def test_setup_twice_changes_nothing(db):
    before = everything()
    assert "36 recommendations" in output_of("setup")
    assert everything() == before


def test_setup_says_which_report_is_missing(db, tmp_path):
    with pytest.raises(CommandError, match=r"missing\.md"):
        call_command("setup", report=tmp_path / "missing.md")


def test_setup_refuses_a_report_that_is_no_text(db, tmp_path):
    broken = tmp_path / "broken.md"
    broken.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(CommandError):
        call_command("setup", report=broken)


@pytest.mark.parametrize("option", ["reading", "organisation"])
def test_setup_says_which_data_file_is_broken(db, tmp_path, option):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(CommandError, match=r"broken\.json is not valid JSON"):
        call_command("setup", **{option: broken})


@pytest.mark.parametrize("option", ["reading", "organisation"])
def test_setup_says_which_data_file_is_missing(db, tmp_path, option):
    with pytest.raises(CommandError, match=r"missing\.json cannot be read"):
        call_command("setup", **{option: tmp_path / "missing.json"})


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """A command in a process of its own, with a database of its own."""
    clean = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=clean | environment, capture_output=True, text=True
    )


def test_a_command_that_fails_leaves_with_1_and_no_traceback(tmp_path):
    missing = tmp_path / "missing.md"
    done = run(
        "manage.py", "setup", "--report", str(missing), DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    )
    assert done.returncode == 1
    assert "missing.md" in done.stderr
    assert "Traceback" not in done.stderr


def test_invite_gives_a_person_a_post_and_a_way_to_choose_a_password(db, client):
    said = output_of("invite", "New@people.example", "--post", "vca-co-chair-1", "--name", "New co-chair")
    person = User.objects.get(email="new@people.example")
    assert [post.slug for post in person.current_posts] == ["vca-co-chair-1"]
    assert not person.has_usable_password()
    address = re.search(r"https?://[^/]+(/\S+)", said).group(1)
    assert client.get(address, follow=True).status_code == 200


def test_invite_refuses_an_unknown_post_and_names_those_that_exist(db):
    with pytest.raises(CommandError, match=r"There is no post vca-chair\. Posts: .*vca-co-chair-1"):
        call_command("invite", "new@people.example", post="vca-chair")
    assert not User.objects.filter(email="new@people.example").exists()


def test_invite_refuses_what_is_no_email_address(db):
    with pytest.raises(CommandError, match="is not an email address"):
        call_command("invite", "co-chair", post="vca-co-chair-1")


def test_a_second_invitation_makes_no_second_account_or_appointment(db):
    output_of("invite", "new@people.example", "--post", "manager")
    said = output_of("invite", "NEW@people.example", "--post", "manager")
    assert "already holds" in said
    assert User.objects.filter(email__iexact="new@people.example").count() == 1
    assert Appointment.objects.filter(person__email="new@people.example").count() == 1


def test_one_person_can_be_invited_to_several_posts(db):
    output_of("invite", "new@people.example", "--post", "slg-chair")
    output_of("invite", "new@people.example", "--post", "slg-detective-superintendent")
    person = User.objects.get(email="new@people.example")
    assert {post.slug for post in person.current_posts} == {"slg-chair", "slg-detective-superintendent"}


def test_demo_refuses_a_database_that_was_set_up_for_real(db):
    with pytest.raises(CommandError, match="holds real data"):
        call_command("demo", "--no-serve")
    assert not Partnership.objects.get().is_demonstration


def test_demo_drops_no_file_but_its_own(db, tmp_path, settings):
    settings.DEMO_DATABASE = tmp_path / "demo.sqlite3"
    settings.DEMO_DATABASE.touch()
    demo.drop_own_file()
    assert settings.DEMO_DATABASE.exists()


@pytest.mark.parametrize(("command", "file"), [("demo", "demo.sqlite3"), ("setup", "krscp.sqlite3")])
def test_demo_has_a_database_of_its_own(command, file):
    show = "import sys; sys.argv[1:] = [sys.argv[1]]; from krscp import settings as s; print(s.DATABASES)"
    assert file in run("-c", show, command).stdout


def test_demo_fills_an_empty_database_once_and_prints_the_sign_ins_and_the_line_that_serves_it(tmp_path):
    database = tmp_path / "a demo.sqlite3"
    given = {"DATABASE_URL": f"sqlite:///{database}", "KRSCP_DEMO_PASSWORD": "printed for everyone"}
    counts = []
    for _ in range(2):
        done = run("manage.py", "demo", "--no-serve", **given)
        assert done.returncode == 0, done.stderr
        assert "printed for everyone" in done.stdout
        assert "vca.cochair1@demo.example" in done.stdout
        [line] = [line for line in done.stdout.splitlines() if "runserver" in line]
        told, *command = shlex.split(line)
        assert told == f"DATABASE_URL={given['DATABASE_URL']}"
        assert command[1:] == ["manage.py", "runserver", "127.0.0.1:8000"]
        with sqlite3.connect(database) as found:
            counts.append(found.execute("select count(*) from recommendations_update").fetchone()[0])
        found.close()
    assert counts[0] == counts[1] > 50
