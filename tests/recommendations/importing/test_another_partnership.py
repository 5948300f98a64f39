"""A second partnership stands up from a file and screens alone, and nothing on its pages names the first."""

import json
import os
import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from recommendations.models import Recommendation, Report
from subgroups.models import Body, Partnership, User
from subgroups.services.people import give_password
from tests.factories import PASSWORD
from tests.form_data import filled_in

GUIDE = settings.BASE_DIR / "docs" / "another-partnership.md"
SAMPLES = os.environ.get("KRSCP_SAMPLES", "")
PAGES = (
    "/", "/recommendations/", "/reviews/", "/reviews/new/", "/reports/", "/bodies/", "/bodies/exploitation/",
    "/people/", "/people/invite/", "/import/", "/covid-2025/", "/covid-2025/1/", "/covid-2025/1/update/",
    "/covid-2025/1/history/", "/accessibility/", "/privacy/",
)  # fmt: skip


def organisation() -> dict:
    """The very file that the guide shows."""
    return json.loads(re.search(r"```json\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1])


@pytest.fixture
def empty(transactional_db) -> None:
    call_command("flush", interactive=False, verbosity=0)


def set_up(tmp_path: Path, data: dict) -> None:
    place = tmp_path / "organisation.json"
    place.write_text(json.dumps(data), encoding="utf-8")
    call_command("setup", organisation=place, verbosity=0)


@pytest.fixture
def northshire(empty, tmp_path, mailoutbox) -> Client:
    """Set up from the guide's file; its Manager is signed in."""
    set_up(tmp_path, organisation())
    call_command("invite", "manager@northshire.example", post="manager", verbosity=0)
    manager = User.objects.get(email="manager@northshire.example")
    give_password(people=[manager], password=PASSWORD)
    client = Client()
    client.post("/sign-in/", {"login": manager.email, "password": PASSWORD})
    return client


def bring_in(client: Client, report: Path) -> None:
    file = SimpleUploadedFile(report.name, report.read_bytes())
    about = {"published": "2025", "code": "covid-2025", "title": "Core decision-making", "token": str(uuid.uuid4())}
    preview = client.post("/import/", about | {"file": file})
    check = client.post("/import/", filled_in(preview) | {"do": "check"})
    assert client.post("/import/", filled_in(check) | {"do": "import"})["Location"] == "/covid-2025/"


@pytest.mark.skipif(not SAMPLES, reason="KRSCP_SAMPLES IS UNSET: no whole report of another kind was imported")
def test_another_partnership_imports_its_report_on_screen_and_starts(northshire):
    bring_in(northshire, Path(SAMPLES) / "covid_m2_appendix.docx")
    assert Recommendation.objects.filter(report__code="covid-2025").count() == 19
    assert Report.objects.count() == 1
    for path in PAGES:
        answer = northshire.get(path)
        assert answer.status_code == 200, path
        shown = answer.content.decode()
        assert "KRSCP" not in shown, path
        assert "Kingston" not in shown, path
    assert "NSCP" in northshire.get("/").content.decode()
    said = {"status": "on_track", "what_happened": "Begun", "what_next": "Go on", "next_date_day": "30",
            "next_date_month": "6", "next_date_year": "2040"}  # fmt: skip
    page = filled_in(northshire.get("/covid-2025/1/update/"))
    assert northshire.post("/covid-2025/1/update/", page | said)["Location"] == "/covid-2025/1/"
    for kind in ("csv", "docx"):
        assert northshire.get(f"/recommendations/export/{kind}/").status_code == 200


def test_setting_up_again_changes_nothing(northshire, tmp_path):
    before = list(Body.objects.values_list("name", flat=True))
    set_up(tmp_path, organisation())
    assert list(Body.objects.values_list("name", flat=True)) == before
    assert Partnership.objects.get().abbreviation == "NSCP"
    assert not Report.objects.exists()


def without(key: str) -> dict:
    data = organisation()
    del data[key]
    return data


def changed(part: str, **given: str) -> dict:
    data = organisation()
    data[part][0] |= given
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (without("posts"), "Add “posts”."),
        (organisation() | {"partnership": {}}, "Give the partnership a abbreviation."),
        (organisation() | {"bodies": {}}, "“bodies” must be a list."),
        (changed("bodies", kind="committee"), "“committee” is no kind of body"),
        (changed("bodies", kind="board"), "Add the body that decides"),
        (changed("bodies", slug="team"), "“team” stands twice"),
        (changed("posts", role="boss"), "“boss” is no role"),
        (changed("posts", role="team"), "Add a post with the role “manager”"),
        (changed("posts", body="nowhere"), "there is no body “nowhere”"),
        (changed("posts", agency="nowhere"), "there is no agency “nowhere”"),
        ([], "It must be an object"),
    ],
)
def test_a_fault_in_the_file_is_named_and_nothing_is_loaded(tmp_path, data, said, db):
    before = Body.objects.count()
    with pytest.raises(CommandError) as told:
        set_up(tmp_path, data)
    assert said in str(told.value)
    assert Body.objects.count() == before
