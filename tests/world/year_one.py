"""From the loading of the report to the second six-monthly review."""

import datetime as dt

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import ReviewKind
from subgroups.models import LearningKind
from tests.world import meetings
from tests.world.days import on
from tests.world.verbs import answers, asks, part, plans, proposes, rules, says, shows, stands, takes_back

FIRST_DATES = ("25", "26", "30", "34", "19", "9", "10", "14", "32", "33", "27", "12/b", "18/vca", "18/llr", "29", "21")
PRIORITIES = {"25": "mental-health", "26": "contextual-safeguarding", "30": "parental-vulnerability"}
FIRST_WORDS = {
    "25": "vca_cochair1", "26": "vca_cochair1", "30": "qi_cochair", "34": "ld_cochair", "19": "commissioner",
    "9": "slg_member", "10": "slg_chair", "14": "slg_member", "32": "qi_cochair", "27": "yol_lead",
    "12/a": "health_lead", "12/b": "health_lead", "18/vca": "vca_cochair2", "18/llr": "llr_cochair",
    "1": "strategic_lead", "28/e": "llr_cochair2", "11/opening": "early_help_chair", "2": "manager", "13": "team",
}  # fmt: skip


def begin() -> None:
    """Dates are agreed, priorities set, owners say how it is going."""
    with on(2025, 9, 10):
        for place in FIRST_DATES:
            rules(place, "slg_member", DecisionKind.AGREE_DATE, agreed_date=dt.date(2026, 3, 31))
        for place, name in PRIORITIES.items():
            rules(place, "slg_chair", DecisionKind.SET_PRIORITY, priority=name)
        rules("25", "slg_chair", DecisionKind.SET_PRIORITY, priority="contextual-safeguarding")
        rules("31", "strategic_lead", DecisionKind.AGREE_OWNER, owner="qi")
    with on(2025, 9, 20):
        for place, name in FIRST_WORDS.items():
            says(place, name)
        plans("25", "vca_cochair1", "Ask the analyst", dt.date(2025, 12, 1), done=dt.date(2025, 9, 20))
        plans("25", "vca_cochair1", "w" * 300, dt.date(2026, 1, 31))
        plans("18/vca", "vca_cochair2", "Ask for minutes", None)


def slip() -> None:
    """Some fall behind, and some ask the SLG: one is answered, one asked anew, one lapses, one taken back."""
    with on(2025, 9, 25):
        says("12/b", "health_lead", Status.OFF_TRACK, ask_of_slg="Lend us an analyst")
        says("25", "vca_cochair1", Status.AT_RISK)
        says("27", "yol_lead", Status.OFF_TRACK, ask_of_slg="Decide who pays for the venue")
        asks("10", "slg_chair", "Decide which boards are mapped", dt.date(2025, 10, 1), "The map is not drawn")
        asks("10", "slg_chair", "Decide which boards are mapped first", dt.date(2025, 10, 20), "The map is not drawn")
        asks("34", "ld_cochair", "Decide whether there are resources")
        says("36", "ld_cochair", Status.AT_RISK, requested_date=dt.date(2026, 4, 30))
    with on(2025, 9, 26):
        says("27", "yol_lead")
        takes_back(says("34", "ld_cochair", Status.OFF_TRACK, ask_of_slg="A trainer"), "ld_cochair")
        rules("34", "slg_teacher", DecisionKind.ANSWER)
        rules("36", "slg_teacher", DecisionKind.NOT_ACCEPT, "It cannot be paid for")


def first_review() -> None:
    """Sent in time, sent late, drafted and never sent, not answered; decided in the meeting and frozen."""
    with on(2025, 9, 29):
        meetings.set_up(dt.date(2025, 10, 20))
        meetings.collect("2025-10")
        meetings.learn("2025-10", LearningKind.AUDIT, "Audit of plans")
    with on(2025, 10, 3):
        meetings.answer("2025-10", "vca", "vca_cochair1")
        meetings.draft("2025-10", "qi", "qi_cochair", "30")
        meetings.remind()
    with on(2025, 10, 10):
        meetings.answer("2025-10", "llr", "llr_cochair")
    with on(2025, 10, 14):
        proposes("30", "qi_cochair", Difference.TOO_EARLY)
        proposes("14", "slg_member", Difference.EVIDENCED)
        proposes("32", "qi_cochair")
    with on(2025, 10, 20):
        meetings.sit("2025-10")
        rules("25", "manager", DecisionKind.AGREE_DATE, agreed_date=dt.date(2026, 6, 30))
        answered = rules("12/b", "manager", DecisionKind.ANSWER, "An analyst is lent for two days a week")
        rules("12/b", "slg_member", DecisionKind.NOTE, "The analyst comes from Quality", corrects=answered)
        rules("25", "manager", DecisionKind.ACT, owner="vca", due=dt.date(2025, 12, 1))
        rules("10", "manager", DecisionKind.ANSWER, meetings.LIMIT)
        rules("30", "slg_chair", DecisionKind.SEND_BACK, "Two audits are missing", agreed_date=dt.date(2026, 5, 31))
        rules("14", "slg_teacher", DecisionKind.SIGN_OFF, recheck_on=dt.date(2026, 4, 1))
        rules("32", "slg_member", DecisionKind.SIGN_OFF, recheck_on=dt.date(2026, 10, 1))
        rules("29", "slg_member", DecisionKind.NOT_ACCEPT, "There is no plan to look at")
        rules("21", "slg_member", DecisionKind.NOT_ACCEPT, "Lay members are not to be paid")
        rules("33", "slg_teacher", DecisionKind.SUPERSEDE, "One review is enough", replacement="34")
        rules("23", "slg_teacher", DecisionKind.SUPERSEDE, "One licence is enough", replacement="24")
        meetings.attend("2025-10")
        meetings.close("2025-10")


def a_long_winter() -> None:
    """Half a hundred updates on 25; long words; a co-chair objects to a proposal; what was refused is opened again."""
    for place in range(56):
        day = dt.date(2025, 11, 1) + dt.timedelta(days=2 * place)
        with on(day.year, day.month, day.day):
            status = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)[place % 3]
            says("25", "vca_cochair1", status, what_happened=f"Meeting {place}")
    with on(2026, 2, 12):
        rules("29", "slg_chair", DecisionKind.REOPEN, "A plan was found")
        rules("23", "slg_chair", DecisionKind.REOPEN, "Two licences are needed")
        says("28/e", "llr_cochair", what_happened="x" * 1000, what_next="Long " * 199)
        shows("28/e", "llr_cochair", "e" * 200, "Shown " * 49)
        shows("19", "commissioner", "Survey of providers", "That two thirds record ethnicity")
        stands("19", "commissioner")
    with on(2026, 2, 20):
        answers(proposes("18/llr", "llr_cochair"), "llr_cochair2", agrees=False)
    with on(2026, 3, 2):
        proposes("30", "qi_cochair", Difference.EVIDENCED)
        rules("30", "slg_member", DecisionKind.SIGN_OFF)
        rules("14", "slg_chair", DecisionKind.RECHECK, recheck_on=dt.date(2027, 4, 1))


def second_review() -> None:
    with on(2026, 3, 16):
        meetings.set_up(dt.date(2026, 4, 20))
        meetings.collect("2026-04")
        for kind in LearningKind:
            meetings.learn("2026-04", kind, f"{kind.label} of plans")
    with on(2026, 4, 2):
        meetings.answer("2026-04", "vca", "vca_cochair2")
        meetings.answer("2026-04", "slg", "slg_chair")
        meetings.remind()
    with on(2026, 4, 20):
        meetings.sit("2026-04")
        if part("25").requested_date is not None:
            rules("25", "manager", DecisionKind.AGREE_DATE, agreed_date=dt.date(2026, 9, 30))
        meetings.attend("2026-04")
        meetings.close("2026-04")


def quarterly() -> None:
    """Actions and notes, no sign-off."""
    with on(2026, 7, 6):
        meetings.set_up(dt.date(2026, 7, 20), ReviewKind.QUARTERLY)
    with on(2026, 7, 20):
        meetings.sit("2026-07-q")
        rules("18/vca", "manager", DecisionKind.ACT, owner="vca", due=dt.date(2026, 9, 1))
        rules("35", "manager", DecisionKind.NOTE, "The co-chairs talk in autumn")
        meetings.attend("2026-07-q")
        meetings.close("2026-07-q")
