"""The 2021 report is read word for word: its 36 recommendations, their parts, paragraphs, sections and references.

The expectations are typed by hand, and the comparison of words has its own naive extraction.
"""

import os
import re
import warnings
from pathlib import Path

import pytest

from recommendations.importing.reading import read_report

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "isr-2021.md"
LEADERSHIP = "LEADERSHIP ARRANGEMENTS"
WIDER = "THE INVOLVEMENT OF THE WIDER SAFEGUARDING PARTNERS"
CHILDREN = "CHILDREN AND YOUNG PEOPLE'S AWARENESS"
QUALITY = "QUALITY ASSURANCE PROCEDURES"
LEARNING = "'IDENTIFYING AND INVESTIGATING LEARNING"

# Number: first words, last words, paragraphs, section, subsection.
EXPECTED = {
    "1": ("The three strategic leads of the", "in the KRSCP business plan.", "10 11", LEADERSHIP, "The Senior Lead"),
    "2": (
        "The KRSCP website is fully",
        "chairing responsibilities are updated",
        "10 11",
        LEADERSHIP,
        "The Senior Lead",
    ),
    "3": ("All subgroups adopt", "at all subgroup activity.", "13 14 15", LEADERSHIP, "KRSCP subgroups"),
    "4": ("There is consideration by", "at a strategic level.", "16 17", LEADERSHIP, "Engagement with education"),
    "5": ("SLG and subgroup co-chairs", "agreed KRSCP priorities.", "18", LEADERSHIP, "KRSCP priority setting"),
    "6": ("The helpful data outlined", "on progress against them.", "19 20", LEADERSHIP, "KRSCP priority setting"),
    "7": ("the proposed bi- annual", "current KRSCP priorities.", "21", LEADERSHIP, "KRSCP priority setting"),
    "8": ("That this bi-annual review", "across the partnership", "21", LEADERSHIP, "KRSCP priority setting"),
    "9": ("The SLG review the support", "Safeguard Children' 2018", "22", LEADERSHIP, "The role of the KRSCP M"),
    "10": ("The SLG map which other", "for future development.", "25", LEADERSHIP, "The interface between"),
    "11": ("The Early Help Strategic", "the Korean community", "26 27", LEADERSHIP, "Leadership engagement with Early"),
    "12": ("With the SLG, health leads", "Exploitation Group (MACE)", "28 29", LEADERSHIP, "Health, Police and LA"),
    "13": ("The KRSCP support the AfC", "St George's Hospital.", "28 29", LEADERSHIP, "Health, Police and LA"),
    "14": ("Police attendance at", "escalation to the SLG.", "30", LEADERSHIP, "Health, Police and LA"),
    "15": ("Commissioners are asked to", "commissioning of services.", "31 32", LEADERSHIP, "The commissioning of"),
    "16": ("Commissioners and AfC", "health centres and GPs.", "31 32", LEADERSHIP, "The commissioning of"),
    "17": ("Commissioners to be included", "(see para 43-46).", "31 32", LEADERSHIP, "The commissioning of"),
    "18": ("Each Subgroup has a", "understood and acted upon.", "33", LEADERSHIP, "Disproportionality and racism"),
    "19": ("Commissioners of services", "use of service provision.", "33", LEADERSHIP, "Disproportionality and racism"),
    "20": ("the SLG and subgroup chairs a)", "by safeguarding concerns.", "34", LEADERSHIP, "Leadership Engagement"),
    "21": ("The SLG consider opportunities", "move ahead is confirmed.", "35", LEADERSHIP, "Leadership Engagement"),
    "22": ("The work activities of KRSCP", "appropriate, on the SLG.", "37 38", WIDER, "KRSCP engagement with Housing"),
    "23": ("KRSCP/AfC could link with", "outside the home.", "39", WIDER, "KRSCP engagement with private"),
    "24": ("that the SLG and chairs of", "and young people.", "39", WIDER, "KRSCP engagement with private"),
    "25": ("with KRSCP priorities in mind", "from relevant research.", "40", WIDER, "KRSCP engagement with some"),
    "26": ("Project X, the VCA sub- group", "and young people.", "41", WIDER, "KRSCP Engagement with Youth"),
    "27": ("The 'Youth Out Loud' project", "each additional topic.", "42", WIDER, "KRSCP Engagement with Youth"),
    "28": ("Following full consideration", "of safeguarding impacts.", "43 44 45 46", CHILDREN, ""),
    "29": ("local plans for implementation", "health services and KRSCP.", "47 48 49 50 51", QUALITY, ""),
    "30": ("The Q and I subgroup consider", "themes or patterns.", "52 53", QUALITY, "Accessing and using police"),
    "31": ("further resource (more time", "the KRSCP priorities.", "54", QUALITY, "Accessing and using police"),
    "32": ("The Quality and Innovation, the", "(May 2020) continues.", "56 57", QUALITY, "Everyone's Invited"),
    "33": ("The SLG consider resourcing", "events can be evaluated.", "58 59 60 61 62 63", LEARNING, ""),
    "34": ("the Learning and Development", "to the SLG for review.", "64", LEARNING, ""),
    "35": ("the Learning and Development and", "and training mentors.", "65 66", LEARNING, ""),
    "36": ("The Learning and Development", "face to face training.", "67", LEARNING, ""),
}
# Number: label, first words and last words of each sub-point.
POINTS = {
    "11": [
        ("", "the Youth Offending service", "diversionary activities,"),
        ("", "housing providers, including", "(see recommendation 22);"),
        ("", "voluntary sector providers", "mental health problems;"),
        ("", "targeted communities known", "the Korean community"),
    ],
    "12": [
        ("a", "Initial Health Assessments", "coming into care"),
        ("b", "GP reporting into", "Child Protection Conferences"),
        ("c", "GP and CAMHS attendance", "Exploitation Group (MACE)"),
    ],
    "20": [
        ("a", "consider information within", "of this report"),
        ("b", "assess whether resources", "future safeguarding activity,"),
        ("c", "address how engagement", "may take place"),
        ("d", "look to what support", "by safeguarding concerns."),
    ],
    "28": [
        ("a", "Undertaking an audit", "delivering safeguarding services,"),
        ("b", "Establishing a Children", "by safeguarding concerns,"),
        ("c", "Recruiting children and", "safeguarding advocates,"),
        ("d", "Running a series of", "creating future plans,"),
        ("e", "Developing an 'outcome'", "of safeguarding impacts."),
    ],
}
FOUR_PARAGRAPHS = ["43", "44", "45", "46"]
REFERENCES = {
    ("recommendation", "7"): {"recommendation": ["5"], "paragraph": ["18"]},
    ("recommendation", "11"): {"recommendation": ["22"]},
    ("recommendation", "14"): {"recommendation": ["3"]},
    ("recommendation", "17"): {"paragraph": FOUR_PARAGRAPHS},
    ("recommendation", "20"): {"paragraph": FOUR_PARAGRAPHS},
    ("recommendation", "35"): {"paragraph": FOUR_PARAGRAPHS},
    ("paragraph", "10"): {"paragraph": ["6", "12"]},
    ("paragraph", "11"): {"paragraph": ["13"]},
    ("paragraph", "18"): {"recommendation": ["1"], "paragraph": ["11"]},
    ("paragraph", "19"): {"recommendation": ["22"]},
    ("paragraph", "20"): {"paragraph": ["18"]},
    ("paragraph", "21"): {"recommendation": ["5"]},
    ("paragraph", "25"): {"recommendation": ["5"]},
    ("paragraph", "34"): {"paragraph": FOUR_PARAGRAPHS},
    ("paragraph", "37"): {"recommendation": ["11"]},
    ("paragraph", "43"): {"paragraph": ["46"]},
    ("paragraph", "45"): {"paragraph": ["46"]},
    ("paragraph", "46"): {"paragraph": ["66"]},
    ("section", "4. Limitations and context"): {"paragraph": ["21", *FOUR_PARAGRAPHS]},
    ("section", "Health, Police and LA"): {"paragraph": ["39", "55"]},
    ("section", "Leadership Engagement"): {"paragraph": FOUR_PARAGRAPHS},
}


def shared_report() -> Path | None:
    samples = os.environ.get("KRSCP_SAMPLES")
    found = sorted((Path(samples).parent / "report").glob("*.txt")) if samples else []
    return found[0] if found else None


def skip_loudly(message: str) -> None:
    """Skip with a warning in the summary, also where warnings are errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(message, stacklevel=2)
    pytest.skip(message)


@pytest.fixture(scope="module", params=["fixture", "partnership's copy"])
def path(request) -> Path:
    if request.param == "fixture":
        return FIXTURE
    copy = shared_report()
    if copy is None:
        skip_loudly("The partnership's own copy was NOT compared: set KRSCP_SAMPLES to the folder of sample reports.")
    return copy


@pytest.fixture(scope="module")
def report(path):
    return read_report(path)


@pytest.fixture(scope="module")
def by_label(report):
    return {recommendation.label: recommendation for recommendation in report.recommendations}


def folded(text: str) -> str:
    """Curly and straight quotes alike, white space as one space."""
    return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"")).split())


def naive_words(path: Path, label: str) -> str:
    """The words of a recommendation cut out of the raw file by hand-typed ends, markup and list markers taken off."""
    source = re.sub(r"<sup>\d+</sup>", "", path.read_text(encoding="utf-8"))
    source = folded(re.sub(r"^ *- (?:[a-e]\. )?", "", source, flags=re.MULTILINE))
    first, last = EXPECTED[label][:2]
    start = source.index(f"Recommendation {label}: {first}") + len(f"Recommendation {label}: ")
    return source[start : source.index(last, start) + len(last)]


def test_all_36_are_read_in_order_and_none_twice(report):
    assert [recommendation.label for recommendation in report.recommendations] == list(EXPECTED)


@pytest.mark.parametrize("label", EXPECTED)
def test_wording_is_word_for_word(path, by_label, label):
    assert folded(by_label[label].text) == naive_words(path, label)


@pytest.mark.parametrize("label", EXPECTED)
def test_sub_points_are_those_printed(by_label, label):
    points = by_label[label].sub_points
    expected = POINTS.get(label, [])
    assert [point.label for point in points] == [point[0] for point in expected]
    for point, (_, first, last) in zip(points, expected, strict=True):
        assert folded(point.text).startswith(first)
        assert folded(point.text).endswith(last)
        assert point.text in by_label[label].text


def test_listed_points_stand_on_lines_of_their_own(by_label):
    for label in ("11", "28"):
        recommendation = by_label[label]
        assert not recommendation.inline
        assert recommendation.text.split("\n") == [recommendation.opening, *(p.text for p in recommendation.sub_points)]
    assert by_label["11"].opening.endswith("could address direct engagement with")
    assert by_label["28"].opening.endswith("one or more of the following:")


def test_points_within_a_sentence_leave_the_wording_whole(by_label):
    for label in ("12", "20"):
        assert by_label[label].inline
        assert by_label[label].opening == by_label[label].text
        assert "\n" not in by_label[label].text


@pytest.mark.parametrize("label", EXPECTED)
def test_paragraphs_are_those_since_the_previous_recommendation_or_heading(by_label, label):
    assert by_label[label].paragraphs == tuple(EXPECTED[label][2].split())


@pytest.mark.parametrize("label", EXPECTED)
def test_recommendation_stands_under_its_section_and_subsection(by_label, label):
    section, *subsections = by_label[label].heading
    assert folded(section).startswith(EXPECTED[label][3])
    assert bool(subsections) == bool(EXPECTED[label][4])
    assert all(folded(subsection).startswith(EXPECTED[label][4]) for subsection in subsections)


def test_sections_are_the_printed_ones(report):
    titles = [folded(section.title) for section in report.sections if section.parent is None]
    starts = ["Executive Summary", "INTRODUCTION", LEADERSHIP, WIDER, CHILDREN, QUALITY, LEARNING, "Concluding remarks"]
    starts += ["Appendix One", "Appendix 2", "Appendix 3"]
    assert len(titles) == len(starts)
    assert all(title.startswith(start) for title, start in zip(titles, starts, strict=True))


def test_every_numbered_paragraph_is_read_once(report):
    numbers = [paragraph.number for paragraph in report.paragraphs if paragraph.number]
    assert numbers == [*"ABCDEFGHIJKL", *(str(number) for number in range(5, 69))]


def test_page_breaks_do_not_part_a_paragraph(report):
    by_number = {paragraph.number: paragraph.text for paragraph in report.paragraphs}
    assert "although due consultation and process may mean" in by_number["12"]
    assert "impacted by poverty" not in by_number["33"]
    assert "and to address inequalities experienced" in by_number["33"]
    assert "The Ofsted inspection for Kingston 2019 gives" in by_number["44"]
    assert "This is an essential source of information from partners" in by_number["47"]
    whole = folded(" ".join(paragraph.text for paragraph in report.paragraphs))
    assert "(with the bi-annual inclusion of the SLG" in whole
    assert "a 'Safeguarding Award' scheme" in whole


def test_bullets_join_the_paragraph_they_follow(report):
    by_number = {paragraph.number: paragraph.text for paragraph in report.paragraphs}
    assert by_number["13"].count("\n• ") == 4
    assert by_number["38"].count("\n• ") == 3
    assert by_number["46"].count("\n• ") == 13


def test_footnotes_and_markup_are_no_part_of_any_text(report):
    texts = [part.text for part in [*report.paragraphs, *report.recommendations]]
    texts += [section.title for section in report.sections]
    for text in texts:
        assert not re.search(r"</?(?:sup|a|li)\b|\*\*|\\|\$", text)
        assert "learning.nspcc.org.uk" not in text
        assert "nya.org.uk" not in text


def test_references_are_those_printed(report):
    titles = {section.key: folded(section.title) for section in report.sections}
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for reference in report.references:
        source = str(reference.source)
        if reference.source_kind == "section":
            title = titles[reference.source]
            source = next((start for kind, start in REFERENCES if kind == "section" and title.startswith(start)), title)
        targets = found.setdefault((reference.source_kind, source), {}).setdefault(reference.target_kind, [])
        targets.append(reference.target)
        targets.sort(key=int)
    assert found == REFERENCES


def test_references_keep_the_words_as_printed(report):
    words = {(reference.source, reference.target): reference.words for reference in report.references}
    assert words["7", "5"] == words["7", "18"] == "see para 18, recommendation 5"
    assert words["19", "22"] == "see recommendation 22"
    assert words["14", "3"] == "as per recommendation 3"
    assert words["37", "11"] == "recommendation 11"
    assert words["35", "44"] == "see para 43-46"


def test_what_was_restored_is_said(report, by_label):
    assert report.warnings == ("The number of paragraph I is lost in the file. It was restored.",)
    assert {label: found.warnings for label, found in by_label.items() if found.warnings} == {
        "28": ("The label of sub-point b is lost in the file. It was restored.",)
    }


def test_positions_run_on_over_the_whole_report(report):
    parts = [*report.sections, *report.paragraphs, *report.recommendations]
    assert sorted(part.position for part in parts) == list(range(1, len(parts) + 1))
    place = {paragraph.number: paragraph.position for paragraph in report.paragraphs}
    recommendation = {found.label: found.position for found in report.recommendations}
    assert place["11"] < recommendation["1"] < recommendation["2"] < place["12"]


def test_title_is_the_one_on_the_first_page(report):
    assert report.title == (
        "Kingston and Richmond Safeguarding Children Partnership: Independent Scrutiny Report, September 2021"
    )
