"""Reminders: at 28, 14 and 3 days, only to those with something missing, never twice on one day."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from krscp import clock
from recommendations.models import Reminder, Review
from recommendations.reviews.reminders.send import at_once, due_on, send
from recommendations.services.returns import Draft, save_answers
from tests.factories import A_DAY, answer_all, review_in, the_part
from tests.pages import read
from tests.recommendations.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
DUE = A_DAY - dt.timedelta(days=14)  # 17 March 2026


@pytest.fixture
def review(manager, vca_cochair1, vca_cochair2, qi_cochair) -> Review:
    return review_in("collecting", manager)


def unreachable(*args, **told):
    raise OSError("No route to the mail server")


def run(days_before: int, **options) -> list[str]:
    """The addresses that a run that many days before returns are due writes to."""
    before = len(mail.outbox)
    moment = NOW + (DUE - dt.timedelta(days=days_before) - NOW.date())
    with clock.at(moment):
        call_command("send_reminders", **options)
    return sorted(sent.to[0].split("@")[0] for sent in mail.outbox[before:])


@pytest.mark.parametrize("days", [28, 14, 3])
def test_on_a_mark_everybody_with_something_missing_is_written_to_once(review, days):
    assert run(days) == ["manager", "qi_cochair", "vca_cochair1", "vca_cochair2"]
    assert run(days) == []


def test_a_person_whom_another_run_reminded_in_this_moment_gets_no_second_mail(review, manager, vca_cochair1):
    told = at_once(review, NOW.date())
    send([one for one in told if one[0].person == vca_cochair1], NOW.date(), manager)
    before = len(mail.outbox)
    sent = send(told, NOW.date(), manager)
    assert "vca_cochair1@people.example" not in [address for one in mail.outbox[before:] for address in one.to]
    assert (len(sent.notices), sent.failed) == (len(told) - 1, [])


def test_a_mail_that_fails_leaves_nothing_written_and_goes_out_next_time(review, manager, monkeypatch):
    told = at_once(review, NOW.date())
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", unreachable)
        assert len(send(told, NOW.date(), manager).failed) == len(told)
    assert not Reminder.objects.exists()
    assert len(send(at_once(review, NOW.date()), NOW.date(), manager).notices) == len(told)


@pytest.mark.parametrize("days", [40, 29, -1, -20])
def test_before_the_first_mark_and_after_the_due_day_nobody_is(review, days):
    assert run(days) == []


def test_a_missed_day_is_caught_up_and_no_mark_comes_twice(review):
    assert len(run(26)) == 4
    assert run(20) == []
    assert len(run(13)) == 4
    assert run(4) == []
    assert len(run(2)) == 4
    assert run(0) == []


def test_whose_return_is_sent_or_answered_is_left_alone(review, vca_cochair1, qi_cochair):
    answer_all(review.returns.select_related("review", "body").get(body__slug="vca"), vca_cochair1, send=True)
    answer_all(review.returns.select_related("review", "body").get(body__slug="qi"), qi_cochair)
    assert run(14) == ["manager"]


def test_whoever_left_the_post_is_left_alone(review, vca_cochair1):
    vca_cochair1.appointments.update(ends=dt.date(2026, 1, 31))
    assert "vca_cochair1" not in run(14)


def test_the_mail_lists_only_what_is_missing_each_with_its_row(review, vca_cochair1, settings):
    settings.SITE_URL = "https://tracker.example.org"
    wanted = review.returns.select_related("review", "body").get(body__slug="vca")
    save_answers(wanted=wanted, drafts={the_part("25").pk: Draft({"status": "no_change"}, 0, 1)}, by=vca_cochair1)
    run(14)
    sent = next(one for one in mail.outbox if one.to == [vca_cochair1.email])
    [(html, kind)] = sent.alternatives
    assert sent.subject == "12 of your 13 recommendations need an update before 17 March 2026"
    link = f"https://tracker.example.org/reviews/2026-03/returns/vca/#row-{the_part('26').pk}"
    assert kind == "text/html"
    assert link in sent.body
    assert f'href="{link}"' in html
    assert f"#row-{the_part('25').pk}" not in sent.body


def test_a_dry_run_prints_and_sends_nothing(review, capsys):
    assert run(14, dry_run=True) == []
    printed = capsys.readouterr().out
    assert "vca_cochair1@people.example (14 days): 13 of your 13 recommendations" in printed
    assert not Reminder.objects.exists()


def test_one_that_fails_stops_no_other_and_is_tried_again(review, monkeypatch):
    send = mail.EmailMultiAlternatives.send

    def broken(self, *args, **kwargs):
        if self.to == ["qi_cochair@people.example"]:
            raise OSError("mailbox full")
        return send(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMultiAlternatives, "send", broken)
        with pytest.raises(CommandError, match=r"qi_cochair@people.example: mailbox full"):
            run(14)
    assert run(14) == ["qi_cochair"]


def test_without_a_manager_nothing_goes_out(review, manager):
    manager.appointments.update(ends=dt.date(2026, 1, 31))
    with pytest.raises(CommandError, match="Nobody holds the Manager's post"):
        run(14)


def test_the_managers_button_sends_once_a_day(sign_in, manager, review):
    client = sign_in(manager)
    client.post("/reviews/2026-03/remind/")
    assert "Reminders sent (4)" in read(client, "/reviews/2026-03/")
    client.post("/reviews/2026-03/remind/")
    assert "everybody has had one today" in read(client, "/reviews/2026-03/")
    assert due_on(NOW.date()) == []


def unfolded(content: bytes) -> list[str]:
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_the_calendar_file_has_both_days_escapes_its_texts_and_is_marked(sign_in, lay_member, review, settings):
    settings.MARKING = "OFFICIAL-SENSITIVE"
    answer = sign_in(lay_member).get("/reviews/2026-03/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = unfolded(answer.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20260331" in lines
    assert "DTSTART;VALUE=DATE:20260317" in lines
    assert "SUMMARY:Six-monthly review\\, 31 March 2026" in lines
    about = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert [line.rpartition("\\n")[2] for line in about] == ["OFFICIAL-SENSITIVE"] * 2
    assert len({line for line in lines if line.startswith("UID:")}) == 2
