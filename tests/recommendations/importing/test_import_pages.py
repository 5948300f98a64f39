"""Importing a report on screen: read, settle beside the source, check, import; all or nothing."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.workflow import Status
from recommendations.importing import plan
from recommendations.importing.suggest import read_names
from recommendations.models import Ownership, Recommendation, Report
from tests.form_data import filled_in
from tests.pages import queries, read, words

pytestmark = pytest.mark.django_db
REPORT = """# Review of Housing and Safeguarding

## Findings

1. Housing staff seldom come to the VCA subgroup.

Recommendation 1: Housing and the VCA subgroup should agree who attends.

2. Nobody keeps a list.

Recommendation 2: The SLG should keep a list of:

a) who was asked

b) who came

Recommendation 2: The list is read out each year.
"""


def upload(client, text: str = REPORT, name: str = "review.md", **given: str):
    file = SimpleUploadedFile(name, text.encode())
    typed = {"published": "October 2026", "code": "housing-2026", "token": str(uuid.uuid4())} | given
    return client.post("/import/", typed | {"file": file})


@pytest.fixture
def client(sign_in, manager):
    return sign_in(manager)


def settled(client, **given: str) -> dict[str, str]:
    """The preview as it is filled in, with what a person changes."""
    return filled_in(upload(client)) | {"r2-label": "3"} | given


def test_the_preview_shows_each_beside_its_source_with_warnings_first_and_stores_nothing(client):
    shown = words(upload(client).content.decode())
    assert "3 recommendations found" in shown
    assert "More than one recommendation has the number 2" in shown
    assert "Housing staff seldom come to the VCA subgroup." in shown
    assert "Housing (named in the text: “Housing”)" in shown
    assert "Vulnerable Child and Adolescent subgroup (named in the text: “VCA subgroup”)" in shown
    assert not Report.objects.filter(code="housing-2026").exists()


def test_a_number_that_stands_twice_is_settled_before_the_import(client):
    page = filled_in(upload(client))
    answer = client.post("/import/", page | {"do": "check"}).content.decode()
    assert "Number 2 stands more than once. Correct one, or leave one out" in answer
    assert "Check the import" not in answer


def test_what_was_settled_is_checked_then_imported_whole(client):
    vca = read_names().suggest("VCA")[0].body
    page = settled(client, **{f"r0-owner_{vca.pk}": "lead", "r0-short_title": "Who attends", "do": "check"})
    check = client.post("/import/", page)
    assert "VCA (lead)" in words(check.content.decode())
    assert not Report.objects.filter(code="housing-2026").exists()
    assert client.post("/import/", filled_in(check) | {"do": "import"})["Location"] == "/housing-2026/"
    first, second, third = Recommendation.objects.filter(report__code="housing-2026")
    assert (first.short_title, first.text) == (
        "Who attends", "Housing and the VCA subgroup should agree who attends.",
    )  # fmt: skip
    assert [part.slug for part in second.parts.all()] == ["a", "b"]
    assert (third.number, third.status) == ("3", Status.NOT_STARTED)
    owned = Ownership.objects.get(part__recommendation=first)
    assert (owned.body, owned.kind, owned.basis, owned.words) == (vca, "lead", "named", "VCA subgroup")
    assert "3 recommendations, all “Not started”" in read(client, "/housing-2026/")


def test_the_same_page_sent_twice_imports_once(client):
    page = filled_in(client.post("/import/", settled(client, do="check"))) | {"do": "import"}
    assert [client.post("/import/", page).status_code for _ in range(2)] == [302, 302]
    assert Report.objects.filter(code="housing-2026").count() == 1


def test_a_code_that_was_taken_meanwhile_is_refused_and_nothing_stored(client):
    page = filled_in(client.post("/import/", settled(client, do="check"))) | {"do": "import"}
    client.post("/import/", page)
    answer = client.post("/import/", page | {"token": str(uuid.uuid4())})
    assert answer.status_code == 409
    assert "There is a report with the code “housing-2026” already" in answer.content.decode()
    assert Recommendation.objects.filter(report__code="housing-2026").count() == 3


def test_wording_and_sub_points_are_corrected(client):
    typed = {"r1-opening": "The SLG should keep lists of:", "r1-points": "a) who was asked\n• who came"}
    check = client.post("/import/", settled(client, **typed, do="check"))
    client.post("/import/", filled_in(check) | {"do": "import"})
    second = Recommendation.objects.get(report__code="housing-2026", number="2")
    assert second.text == "The SLG should keep lists of:\nwho was asked\nwho came"
    assert [(part.label, part.text) for part in second.parts.all()] == [("a", "who was asked"), ("", "who came")]


def test_what_is_no_recommendation_is_left_out(client):
    page = filled_in(upload(client)) | {"r2-leave_out": "on", "do": "check"}
    check = client.post("/import/", page)
    assert "Left out: 2." in words(check.content.decode())
    client.post("/import/", filled_in(check) | {"do": "import"})
    assert Recommendation.objects.filter(report__code="housing-2026").count() == 2


def test_going_back_keeps_what_was_typed(client):
    check = client.post("/import/", settled(client, **{"r0-short_title": "Who attends", "do": "check"}))
    again = client.post("/import/", filled_in(check) | {"do": "change"})
    assert filled_in(again)["r0-short_title"] == "Who attends"


def taken(*args, **told):
    Report.objects.create(code="housing-2026", title="The same", published="2026")


EARLIER = "Independent scrutiny 2021: 22 Working with housing (isr-2021/22)"


def test_the_earlier_recommendations_stand_on_the_page_once_however_many_are_found(client):
    page = upload(client).content.decode()
    assert page.count("Working with housing (isr-2021/22)") == 1
    assert page.count('list="earlier-recommendations"') == 3


def test_an_earlier_one_that_is_not_there_is_said_and_kept_as_typed(client):
    page = client.post("/import/", settled(client, **{"r0-earlier": "isr-2021/99", "do": "check"}))
    assert "Choose an earlier recommendation from the list, or leave it empty" in page.content.decode()
    assert filled_in(page)["r0-earlier"] == "isr-2021/99"


def test_text_of_ours_that_looks_personal_is_imported_only_when_vouched_for(client):
    page = client.post("/import/", settled(client, **{"r0-short_title": "What Mrs Example asked", "do": "check"}))
    shown = page.content.decode()
    assert "This may include a name. Nothing is saved yet." in words(shown)
    vouched = re.search(r'name="identifies_nobody" value="(\w+)"', shown)[1]
    check = client.post("/import/", filled_in(page) | {"identifies_nobody": vouched})
    assert "Check the import" in words(check.content.decode())
    client.post("/import/", filled_in(check) | {"do": "import"})
    assert Recommendation.objects.get(report__code="housing-2026", number="1").short_title == "What Mrs Example asked"


def test_more_than_a_person_can_look_through_is_refused_in_words(client):
    text = "\n\n".join(f"Recommendation {number}: The SLG does {number}." for number in range(1, 302))
    shown = words(upload(client, text).content.decode())
    assert "The file holds 301 recommendations. At most 300 can be looked at in one go." in shown


def test_the_same_import_stored_by_somebody_in_the_same_moment_is_not_stored_twice(client, monkeypatch):
    check = client.post("/import/", settled(client, do="check"))
    client.post("/import/", filled_in(check) | {"do": "import"})
    looks = iter([Report.objects.none(), Report.objects.all()])
    token = filled_in(check)["token"]
    monkeypatch.setattr(plan, "stored_before", lambda sent: next(looks).filter(token=token).first())
    monkeypatch.setattr(plan, "why_refused", lambda about: "")
    monkeypatch.setattr(plan, "apply_report", taken)
    assert client.post("/import/", filled_in(check) | {"do": "import"})["Location"] == "/housing-2026/"
    assert Report.objects.filter(code="housing-2026").count() == 1


def test_a_new_one_continues_an_old_one_and_both_say_so(client):
    old = Recommendation.objects.get(report__code="isr-2021", number="22")
    page = settled(client, **{"r0-earlier": EARLIER, "r0-how": "continues", "do": "check"})
    client.post("/import/", filled_in(client.post("/import/", page)) | {"do": "import"})
    new = Recommendation.objects.get(report__code="housing-2026", number="1")
    assert (new.follows, new.follows_how) == (old, "continues")
    assert "Continues 22 Working with housing" in read(client, "/housing-2026/1/")
    assert "Continued by 1" in read(client, "/isr-2021/22/")


def test_an_earlier_one_without_how_and_an_owner_without_why_are_asked_for(client):
    owner = read_names().suggest("Youth Out Loud")[0].body
    page = settled(client, **{"r0-earlier": "isr-2021/22", "r0-other": str(owner.pk), "do": "check"})
    answer = client.post("/import/", page).content.decode()
    assert "Select whether it continues or replaces the earlier one" in answer
    assert "Enter why it is the owner" in answer


@pytest.mark.parametrize("typed", ["/ISR-2021/22/", "isr-2021/22 "])
def test_an_earlier_one_can_be_named_by_its_address(client, typed):
    page = client.post("/import/", settled(client, **{"r0-earlier": typed, "r0-how": "replaces", "do": "check"}))
    assert "Replaces Independent scrutiny 2021 22" in words(page.content.decode())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("review.exe", REPORT, "is not a kind of file that can be read"),
        ("review.md", "Nothing is recommended here.", "No recommendation was found"),
        ("review.md", "", "The selected file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_plainly_and_what_was_typed_is_kept(client, name, content, said):
    page = upload(client, content, name, title="Housing").content.decode()
    assert said in page
    assert 'value="housing-2026"' in page
    assert 'value="Housing"' in page


@pytest.mark.parametrize("code", ["Housing 2026", "import", "isr-2021"])
def test_a_code_that_cannot_begin_an_address_is_refused_before_the_file_is_read(client, code):
    page = upload(client, code=code).content.decode()
    assert "There is a problem" in page
    assert "recommendations found" not in page


@pytest.mark.parametrize("packed", ["", "made-up", "eyJ4Ijp9:1abc:def"])
def test_a_page_that_is_not_ours_is_turned_away(client, packed):
    answer = client.post("/import/", {"do": "import", "packed": packed, "token": str(uuid.uuid4())})
    assert answer["Location"] == "/import/"
    assert "nothing was stored" in read(client, "/import/")


def test_nothing_is_invented(client):
    client.post("/import/", filled_in(client.post("/import/", settled(client, do="check"))) | {"do": "import"})
    for part in Recommendation.objects.get(report__code="housing-2026", number="1").parts.all():
        assert (part.agreed_date, part.requested_date, part.status) == (None, None, Status.NOT_STARTED)
        assert not part.ownerships.exists()


def test_only_who_may_import_is_offered_it(sign_in, lay_member, client):
    assert "Import a report or list" in read(client, "/reports/")
    assert "Import a report" not in read(sign_in(lay_member), "/reports/")


def test_names_are_found_longest_first_as_words_and_once(db):
    names = read_names()
    suggested = names.suggest("VCA subgroup, the slg, SLG and VCA; policeman Police.")
    found = [(one.body.slug, one.words) for one in suggested]
    assert found == [("vca", "VCA subgroup"), ("slg", "SLG"), ("police", "Police")]


def test_the_preview_costs_the_same_queries_however_many_are_found(client):
    counts = []
    for times in (1, 20):
        more = "".join(f"\n\nRecommendation {number}: The SLG does {number}." for number in range(10, 10 + times))
        with CaptureQueriesContext(connection) as captured:
            assert re.search("recommendations found", upload(client, REPORT + more).content.decode())
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert queries(client, "/import/") <= 6


def test_a_number_in_full_width_digits_is_the_same_number(client):
    answer = client.post("/import/", settled(client, **{"r1-label": "１", "do": "check"}))
    assert "Number 1 stands more than once" in answer.content.decode()
