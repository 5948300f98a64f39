"""Our reading of the 2021 report rests on the report's own words, and on bodies that exist."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
ORGANISATION = json.loads((FIXTURES / "organisation.json").read_text(encoding="utf-8"))
READING = json.loads((FIXTURES / "isr-2021.reading.json").read_text(encoding="utf-8"))
RECOMMENDATIONS = READING["recommendations"]

SUBGROUPS = ["llr", "qi", "vca", "ld"]  # the order of paragraph 13
LEADS = {
    1: ["strategic-leads"],
    2: [],
    3: SUBGROUPS,
    4: ["education-leads"],
    5: ["slg", *SUBGROUPS],
    6: [],
    7: ["strategic-leads", "slg", *SUBGROUPS],
    8: [],
    9: ["slg"],
    10: ["slg"],
    11: ["early-help-board"],
    12: ["health-leads"],
    13: ["krscp"],
    14: ["slg"],
    15: ["commissioners"],
    16: ["commissioners", "afc"],
    17: [],
    18: SUBGROUPS,
    19: ["commissioners"],
    20: ["slg", *SUBGROUPS],
    21: ["slg"],
    22: [],
    23: ["krscp", "afc"],
    24: ["slg", *SUBGROUPS],
    25: ["vca"],
    26: ["project-x", "vca", "contextual-safeguarding"],
    27: ["yol"],
    28: ["krscp"],
    29: ["ics"],
    30: ["qi"],
    31: [],
    32: ["qi", "vca", "ld"],
    33: ["slg"],
    34: ["ld"],
    35: ["ld", "qi"],
    36: ["ld"],
}
SUPPORTING = {
    1: ["slg", *SUBGROUPS],
    3: ["slg"],
    4: ["dsls", "slg"],
    5: ["strategic-leads"],
    12: ["slg"],
    13: ["afc"],
    17: ["commissioners"],
    25: ["community-safety"],
    27: ["vca"],
    31: ["qi"],
    33: ["ld", "qi"],
    34: ["slg"],
}
PART_SLUGS = {
    3: SUBGROUPS,
    11: ["opening", "1", "2", "3", "4"],
    12: ["opening", "a", "b", "c"],
    18: SUBGROUPS,
    20: ["a", "b", "c", "d"],
    28: ["opening", "a", "b", "c", "d", "e"],
}


def folded(text: str) -> str:
    """Curly and straight quotes are equal, and so is all white space."""
    return " ".join(re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', text)).split())


@pytest.fixture(scope="module")
def report() -> str:
    return (FIXTURES / "isr-2021.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def printed(report) -> dict[str, str]:
    """Each recommendation's printed words, cut out of the report without the importer's help."""
    ends = r"\n\s*(?:#|(?:- )?\d+\. |(?:- )?Recommendation \d+:|Health, Police and LA engagement)"
    found = re.findall(rf"(?m)^[\s-]*Recommendation (\d+):(.*?)(?={ends}|\Z)", report, flags=re.S)
    return {number: folded(text) for number, text in found}


def every_owner():
    for entry in RECOMMENDATIONS:
        for owner in entry["owners"]:
            yield entry, owner
        for part in entry["parts"]:
            for owner in part.get("owners", []):
                yield entry, owner


def owners_of_kind(entry: dict, kind: str) -> list[str]:
    return [owner["body"] for owner in entry["owners"] if owner["kind"] == kind]


def entry_numbered(number: int) -> dict:
    return RECOMMENDATIONS[number - 1]


def keys_within(value) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_within(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_within(inner)}
    return set()


def test_the_reading_has_the_36_recommendations_in_order():
    assert [entry["number"] for entry in RECOMMENDATIONS] == [str(number) for number in range(1, 37)]


def test_short_titles_fit_a_table_and_differ():
    titles = [entry["short_title"] for entry in RECOMMENDATIONS]
    assert [title for title in titles if not 0 < len(title) <= 40] == []
    assert len(set(titles)) == 36


def test_words_quoted_for_an_owner_stand_in_that_recommendation(printed):
    assert len(printed) == 36
    missing = [
        (entry["number"], owner["words"])
        for entry, owner in every_owner()
        if folded(owner["words"]) not in printed[entry["number"]]
    ]
    assert missing == []


def test_a_named_owner_has_words_and_our_own_reading_has_a_reason():
    needed = {"named": "words", "our reading": "reason"}
    assert [(e["number"], o["body"]) for e, o in every_owner() if not o[needed[o["basis"]]]] == []


def test_leads_are_those_the_report_names():
    assert {int(entry["number"]): owners_of_kind(entry, "lead") for entry in RECOMMENDATIONS} == LEADS


def test_supporting_bodies_are_those_the_report_brings_in():
    supporting = {int(entry["number"]): owners_of_kind(entry, "supporting") for entry in RECOMMENDATIONS}
    assert {number: bodies for number, bodies in supporting.items() if bodies} == SUPPORTING


def test_a_recommendation_without_a_lead_says_why():
    explained = [int(entry["number"]) for entry in RECOMMENDATIONS if entry.get("no_lead_reason")]
    assert explained == [2, 6, 8, 17, 22, 31]


def test_every_subgroup_leads_its_own_part_of_3_and_18():
    names = {body["slug"]: body["name"] for body in ORGANISATION["bodies"]}
    for number in (3, 18):
        for part in entry_numbered(number)["parts"]:
            assert owners_of_kind(part, "lead") == [part["slug"]]
            assert owners_of_kind(part, "supporting") == SUPPORTING.get(number, [])
            assert (part["origin"], part["title"]) == ("per_body", names[part["slug"]])


def test_the_last_option_of_28_is_led_by_the_four_subgroups():
    entry = entry_numbered(28)
    assert owners_of_kind(entry["parts"][-1], "lead") == SUBGROUPS
    assert [part["slug"] for part in entry["parts"] if "owners" in part] == ["e"]
    assert [e["number"] for e in RECOMMENDATIONS if e["options"]] == ["28"]


def test_parts_are_the_printed_sub_points_or_the_whole():
    slugs = {int(entry["number"]): [part["slug"] for part in entry["parts"]] for entry in RECOMMENDATIONS}
    assert slugs == {number: PART_SLUGS.get(number, ["whole"]) for number in range(1, 37)}


def test_part_labels_are_the_letters_printed():
    labelled = {int(e["number"]): "".join(part["label"] for part in e["parts"]) for e in RECOMMENDATIONS}
    lettered = {number: letters for number, letters in labelled.items() if letters}
    assert lettered == {12: "abc", 20: "abcd", 28: "abcde"}


def test_what_a_recommendation_asks_for_is_one_of_three_with_a_reason():
    asked = defaultdict(list)
    for entry in RECOMMENDATIONS:
        assert entry["asks_for_reason"]
        asked[entry["asks_for"]].append(int(entry["number"]))
    assert set(asked) == {"decide", "do", "keep_doing"}
    assert asked["keep_doing"] == [3, 14, 18, 32]
    assert {9, 21, 24} <= set(asked["decide"])
    assert {2, 10, 25} <= set(asked["do"])


def test_every_owning_body_exists_and_has_a_post():
    owning = {owner["body"] for _, owner in every_owner()}
    assert owning <= {body["slug"] for body in ORGANISATION["bodies"]}
    assert owning <= {post["body"] for post in ORGANISATION["posts"]}


def test_posts_sit_in_known_bodies_and_agencies():
    bodies = {body["slug"] for body in ORGANISATION["bodies"]}
    agencies = {agency["slug"] for agency in ORGANISATION["agencies"]}
    assert [post["slug"] for post in ORGANISATION["posts"] if post["body"] not in bodies] == []
    assert {post["agency"] for post in ORGANISATION["posts"]} - {None} <= agencies


@pytest.mark.parametrize("kind", ["agencies", "bodies", "posts"])
def test_slugs_and_names_are_unique(kind):
    rows = ORGANISATION[kind]
    assert len({row["slug"] for row in rows}) == len(rows)
    assert len({row.get("name") or row["title"] for row in rows}) == len(rows)


def test_a_name_leads_to_one_body_only():
    bodies_called = defaultdict(set)
    for body in ORGANISATION["bodies"]:
        for name in filter(None, [body["name"], body["abbreviation"], *body["aliases"]]):
            bodies_called[name.casefold()].add(body["slug"])
    assert {name: slugs for name, slugs in bodies_called.items() if len(slugs) > 1} == {}


def test_co_chairs_of_a_subgroup_come_from_different_agencies():
    for subgroup in SUBGROUPS:
        seats = [p for p in ORGANISATION["posts"] if p["body"] == subgroup and p["role"] == "co_chair"]
        stated = [seat["agency"] for seat in seats if seat["agency"]]
        assert len(seats) == 2
        assert len(stated) == len(set(stated))


def test_the_slg_has_the_eight_seats_of_paragraph_10():
    assert sum(post["role"] == "slg_member" for post in ORGANISATION["posts"]) == 8


def test_no_file_has_a_place_for_a_person_or_an_invented_date():
    invented = {"holder", "person", "email", "first_name", "last_name", "due", "status", "priority"}
    assert (keys_within(ORGANISATION) | keys_within(READING)).isdisjoint(invented)


def test_each_step_belongs_to_a_printed_section(report):
    headings = [folded(line.strip("# *")) for line in report.splitlines() if line.startswith("#")]
    for start in READING["steps_by_section"]:
        assert sum(heading.startswith(folded(start)) for heading in headings) == 1
    steps = [number for numbers in READING["steps_by_section"].values() for number in numbers]
    assert steps == [step["number"] for step in ORGANISATION["steps"]]


def test_doubtful_references_are_quoted_from_their_paragraph(report):
    for note in READING["reference_notes"]:
        number = int(note["source"].removeprefix("paragraph "))
        start = re.search(rf"(?m)^(?:- )?{number}\. ", report).start()
        end = re.search(rf"(?m)^(?:- )?{number + 1}\. ", report).start()
        assert folded(note["words"]) in folded(report[start:end])
        assert note["note"]
