"""Who may open what in the world, typed by hand from section 8 of the product and from who owns what in the report."""

SLG = {"slg_chair", "slg_member", "slg_teacher", "two_hats"}
LEADS = {"strategic_lead"}
TEAM = {"manager", "team"}
VCA = {"vca_cochair1", "vca_cochair2_new"}
LLR, QI, LD = {"llr_cochair"}, {"qi_cochair", "qi_cochair2"}, {"ld_cochair", "two_hats"}
SUBGROUPS = VCA | LLR | QI | LD
READERS = {"lay_member", "scrutineer", "administrator"}
OWNERS = {"commissioner", "yol_lead", "project_x_lead", "early_help_chair"}
POSTS = SLG | LEADS | TEAM | SUBGROUPS | READERS | OWNERS

# Who leads each part, besides the team; of recommendations that are not named here nobody with an account.
LED = {
    "1": LEADS, "5": SLG | SUBGROUPS, "7": LEADS | SLG | SUBGROUPS, "9": SLG, "10": SLG, "14": SLG,
    "15": {"commissioner"}, "16": {"commissioner"}, "19": {"commissioner"}, "20": SLG | SUBGROUPS, "21": SLG,
    "24": SLG | SUBGROUPS,
    "25": VCA, "26": VCA | {"project_x_lead"}, "27": {"yol_lead"}, "30": QI, "31": QI, "32": QI | VCA | LD, "33": SLG,
    "34": LD, "35": LD | QI, "36": LD, "11": {"early_help_chair"}, "28/e": SUBGROUPS,
    "3/vca": VCA, "3/llr": LLR, "3/qi": QI, "3/ld": LD, "18/vca": VCA, "18/llr": LLR, "18/qi": QI, "18/ld": LD,
    "isr-2026 1": SLG, "isr-2026 2": VCA,
}  # fmt: skip
# Who asked for what waits: sign-off, a date, an answer; they do not decide it themselves.
PROPOSED = {"26": "vca_cochair1", "10": "slg_chair", "1": "strategic_lead"}
ASKED = {"9": {"slg_member"}}
# Whoever leads a body that owns it, other than the SLG, does not sign it off; the Manager's team leads these.
TEAMS_OWN = {"13", "23", "28/opening", "28/a", "28/b", "28/c", "28/d"}
OF_THE_SLG = {"5", "7", "9", "10", "14", "20", "21", "24", "33", "isr-2026 1"}


def leads(place: str) -> set[str]:
    """Who leads a part, by its place: as it is named above, else as its recommendation is."""
    return LED.get(place, LED.get(place.split("/")[0], set()))


def may_update(place: str) -> set[str]:
    return leads(place) | TEAM


def may_escalate(place: str) -> set[str]:
    return leads(place) | TEAM | SLG | LEADS


def may_decide(place: str, kind: str) -> set[str]:
    """The SLG and strategic leads, and the team, since a six-monthly review sits; never their own proposal."""
    deciders = SLG | LEADS | TEAM
    if kind == "sign-off":
        return deciders - may_not_sign_off(place)
    if kind in ("send-back", "not-accept", "supersede"):
        return deciders - {PROPOSED.get(place, "")}
    return deciders - (ASKED.get(place, set()) if kind == "answer" else set())


def may_not_sign_off(place: str) -> set[str]:
    number = place.split("/")[0]
    own = (leads(place) & (LD | LEADS)) if leads(place) != SLG else set()
    team = TEAM if place in TEAMS_OWN or {place, number} & OF_THE_SLG else set()
    return own | team | {PROPOSED.get(place, "")}


# Whose return a body's is, besides the team's; of those that are not named nobody holds a post now.
RETURNS = {"vca": VCA, "llr": LLR, "qi": QI, "ld": LD, "slg": SLG, "commissioners": {"commissioner"},
           "strategic-leads": LEADS, "yol": {"yol_lead"}, "project-x": {"project_x_lead"}, "krscp": set(),
           "early-help-board": {"early_help_chair"}}  # fmt: skip
AUDIT, PEOPLE = TEAM | {"scrutineer", "administrator"}, TEAM | {"administrator"}
