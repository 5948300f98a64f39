"""From the handovers to today: a second report, and a review that sits now."""

import datetime as dt
import uuid

from recommendations.annual.keeping import drawn, make_files
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import AsksFor, Difference, Status
from recommendations.importing.plan import About, Owner, PlannedRecommendation, store
from recommendations.importing.reading import read_upload
from recommendations.models import AnnualReport, AnnualSection, Follows, OwnershipKind, ReviewKind
from recommendations.services import annual, readings
from recommendations.services.loading import load_priorities
from subgroups.models import Body, LearningKind
from subgroups.services.exporting import log_export
from tests.factories import the_recommendation
from tests.world import meetings
from tests.world.days import a_minute_later, on
from tests.world.people import who
from tests.world.verbs import answers, asks, plans, proposes, rules, says, stands, takes_back

NEW_REPORT = """Scrutiny of 2026

Recommendation 1: The SLG publishes what it has changed since the last report.

Recommendation 2: The VCA subgroup asks schools, and reports to the SLG
(a) what they have heard from children
(b) what they have done about it.

Recommendation 3: The Q and I subgroup repeats its audit.

Recommendation 4: Somebody looks at %s again.
""" % ("housing" * 30)
PRIORITIES = {"title": "Business Plan 2027 to 2029", "from": 2027, "to": 2029, "source": "Business plan",
              "items": ["Neglect", "Early help"]}  # fmt: skip


def second_report() -> None:
    """Another report from text: its numbers stand in the first one too, and nothing has a short title."""
    with on(2026, 8, 3):
        a_minute_later()
        parsed = read_upload("scrutiny.txt", NEW_REPORT.encode())
        ties = {"1": ("1", Follows.CONTINUES), "3": ("30", Follows.REPLACES)}
        slg, vca = (Body.objects.get(slug=slug) for slug in ("slg", "vca"))
        owners = {
            "1": [Owner(slg, OwnershipKind.LEAD, words="The SLG publishes")],
            "2": [Owner(vca, OwnershipKind.LEAD, reason="Ours"), Owner(slg, OwnershipKind.SUPPORTING, reason="Told")],
        }
        entries = []
        for found in parsed.recommendations:
            earlier, how = ties.get(found.label, ("", ""))
            entries.append(PlannedRecommendation(found, "", tuple(owners.get(found.label, ())),
                                 the_recommendation(earlier) if earlier else None, how))  # fmt: skip
        about = About("isr-2026", "Scrutiny of 2026", "2026")
        store(parsed=parsed, about=about, entries=entries, token=uuid.uuid4(), by=who("manager"))
        load_priorities(PRIORITIES)
    with on(2026, 8, 20):
        says("2/a", "vca_cochair1", code="isr-2026")
        read = the_recommendation("16")
        readings.edit_reading(
            recommendation=read, short_title="s" * 60, asks_for=AsksFor.DECIDE, asks_for_reason="r" * 300,
            version=read.version, by=who("manager"),
        )  # fmt: skip


def autumn() -> None:
    """What is asked and proposed now; the last updates of those that went quiet were long before."""
    with on(2026, 9, 1):
        says("34", "ld_cochair", next_date=dt.date(2026, 11, 20))
        rules("34", "slg_chair", DecisionKind.AGREE_DATE, agreed_date=dt.date(2026, 11, 24))
    with on(2026, 10, 12):
        later = {"requested_date": dt.date(2027, 3, 31), "ask_of_slg": "Decide whether to stop"}
        says("25", "vca_cochair1", Status.OFF_TRACK, **later)
        asks("9", "slg_member", "Decide who reviews the support", dt.date(2026, 11, 16), "It waits until spring")
        plans("9", "slg_member", "Ask the Manager", dt.date(2026, 10, 31))
    with on(2026, 11, 13):
        says("18/vca", "vca_cochair1", Status.AT_RISK, requested_date=dt.date(2027, 1, 31))
        answers(proposes("26", "vca_cochair1"), "vca_cochair2_new", agrees=True)
        proposes("10", "slg_chair", Difference.EVIDENCED)
        proposes("1", "strategic_lead", Difference.TOO_EARLY)
        rules("26", "slg_teacher", DecisionKind.NOTE, "It is looked at in November")
        takes_back(says("13", "team", Status.AT_RISK), "team")


def returns_now() -> None:
    """For the review that sits today: in time, late, a draft gone stale, unanswered. Another collects at once."""
    with on(2026, 10, 5):
        meetings.set_up(dt.date(2026, 11, 16))
        meetings.collect("2026-11")
        assert meetings.remind() > 0
    with on(2026, 10, 19):
        meetings.answer("2026-11", "vca", "vca_cochair2_new")
        meetings.draft("2026-11", "qi", "qi_cochair", "35")
        assert meetings.remind("2026-11") > 0
    with on(2026, 11, 5):
        meetings.answer("2026-11", "llr", "llr_cochair")
        stands("35", "ld_cochair")
    with on(2026, 11, 6):
        meetings.set_up(dt.date(2027, 1, 18), ReviewKind.QUARTERLY)
        meetings.collect("2027-01-q")
        meetings.set_up(dt.date(2027, 4, 19))
        meetings.learn("2027-04", LearningKind.DEEP_DIVE, "t" * 200)


def papers() -> None:
    """Annual reports kept, over but not kept, and a draft; and what was taken out as files."""
    with on(2026, 5, 4):
        keep("Annual report 2025 to 2026", dt.date(2025, 9, 1), dt.date(2026, 3, 31), kept=True)
        for file_format in ("csv", "xlsx", "docx", "json"):
            a_minute_later()
            log_export(what="Recommendations", file_format=file_format, filtered_by="status=off_track", rows=3,
                       by=who("manager"))  # fmt: skip
    with on(2026, 10, 1):
        keep("Summer 2026", dt.date(2026, 4, 1), dt.date(2026, 9, 30), kept=False)
        keep("Annual report 2026 to 2027", dt.date(2026, 4, 1), dt.date(2027, 3, 31), kept=False)


def keep(title: str, first: dt.date, last: dt.date, *, kept: bool) -> None:
    a_minute_later()
    choices = annual.Choices(title, first, last, [section.value for section in AnnualSection])
    report = annual.build(choices=choices, token=uuid.uuid4(), by=who("manager"))
    if kept:
        make_files(annual.keep(report=AnnualReport.objects.at(report.pk), draw=drawn, by=who("manager")))


def today() -> None:
    """The review sits; something is decided in it already."""
    with on(2026, 11, 16, 8):
        meetings.sit("2026-11")
        rules("35", "manager", DecisionKind.NOTE, "Nothing new")
        rules("35", "manager", DecisionKind.ACT, "Audit again", owner="qi", due=dt.date(2026, 12, 31))
        rules("18/vca", "manager", DecisionKind.AGREE_DATE, agreed_date=dt.date(2027, 1, 31))
        says("16", "commissioner")
        meetings.attend("2026-11")
