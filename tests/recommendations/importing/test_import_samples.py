"""Real reports in other conventions, read from the folder of samples; the expectations are typed by hand."""

import os
from pathlib import Path

import pytest

from recommendations.importing.parsed import ParsedRecommendation, ParsedReport
from recommendations.importing.reading import read_report
from tests.recommendations.importing.test_import_report import (
    EXPECTED,
    POINTS,
    folded,
    naive_words,
    shared_report,
    skip_loudly,
)

# Number: title, first words, last words, sub-points, chapter.
COVID = {
    "1": ("Chief Medical Officer for Northern Ireland", "The Department of Health", "(Northern Ireland).", 0, 9),
    "2": ("Attendance of the devolved administrations at SAGE meetings", "The Government Office", "determine.", 0, 9),
    "3": ("Register of experts", "The Government Office for Science", "open calls for applications.", 0, 9),
    "4": ("Publication of technical advice", "During a whole-system", "legal advice privilege applies.", 0, 9),
    "5": ("Support to participants in advisory groups", "The Government Office", "specific concerns.", 4, 9),
    "6": ("Implementing a socio-economic duty", "The UK government should bring", "Northern Ireland Act 1998.", 0, 10),
    "7": ("Placing child rights impact assessments on a statutory footing", "The UK", "equivalent provision.", 0, 10),
    "8": ("A framework for considering those at risk in an emergency", "The UK", "a national crisis.", 0, 10),
    "9": ("Delegated powers in Northern Ireland in an emergency", "The Northern", "power-sharing arrangements.", 3, 11),
    "10": ("Civil emergency decision-making structures", "The UK government and", "minister in this regard.", 2, 11),
    "11": ("Contingency arrangements for key individuals", "The UK government", "their duties for any reason.", 0, 11),
    "12": ("Taskforces", "The response to a future", "Module 1 Report, Recommendation 4).", 0, 11),
    "13": ("Amendment of the Ministerial Code in Northern Ireland", "The Executive Office", "Committee.", 0, 11),
    "14": ("Plans for accessible communications", "The UK government", "spoken languages in the UK.", 0, 12),
    "15": ("Scrutiny of emergency powers", "The UK government", "exercise of emergency powers.", 2, 13),
    "16": ("Review the applicability of the Civil Contingencies Act 2004 for future civil emergencies",
           "The UK government should undertake", "pandemic bill – being passed.", 3, 13),
    "17": ("A central repository for restrictions and guidance", "The UK", "unambiguous language.", 0, 13),
    "18": ("Attendance at meetings of COBR by representatives of the devolved administrations",
           "The UK government should", "have UK-wide effects.", 0, 14),
    "19": ("Intergovernmental structure and relations", "While intergovernmental", "Report, Recommendation 4).", 0, 14),
}  # fmt: skip
# Number: title, first words, last words, labels of the sub-points.
BLOOD = {
    "1": ("Compensation", "My principal recommendation", "should be set up now.", ""),
    "2": ("Recognising and remembering what happened to people", "A permanent", "some central funding.", "abc"),
    "3": ("Learning from the Inquiry", "The General Medical Council", "is maintained online.", "abc"),
    "4": ("Preventing future harm to patients: achieving a safety culture", "Duty of", "implemented.", "abcde"),
    "5": ("Ending a defensive culture in the Civil Service and government", "The", "Ministerial Code.", "abc"),
    "6": ("Monitoring liver damage for people who were infected with Hepatitis C.", "All patients who",
          "people harmed by NHS treatment", "a"),
    "7": ("Patient Safety: Blood transfusions", "Tranexamic acid", "as a priority across the UK.", "abcdef"),
    "8": ("Finding the undiagnosed", "When doctors become aware", "had such a transfusion.", "ab"),
    "9": ("Protecting the safety of haemophilia care", "That peer review", "additional central funding.", "abcdef"),
    "10": ("Giving patients a voice", "That the patient voice", "transfused with blood components.", "a"),
    "11": ("Responding to calls for a public inquiry", "that a minister", "carefully and properly considered.", "abcd"),
    "12": ("Giving effect to Recommendations of this Inquiry", "Within the next 12 months",
           "implementation of that inquiry’s recommendations.", "abcde"),
}  # fmt: skip


def sample(name: str) -> ParsedReport:
    folder = os.environ.get("KRSCP_SAMPLES")
    if not folder:
        skip_loudly("Reports in other conventions were NOT read: set KRSCP_SAMPLES to the folder of sample reports.")
    return read_report(Path(str(folder)) / name)


def words(found: ParsedRecommendation) -> tuple:
    points = [(point.label, folded(point.text)) for point in found.sub_points]
    return found.label, folded(found.title), folded(found.text), folded(found.opening), points


@pytest.fixture(scope="module", params=["covid_m2_appendix.pdf", "covid_m2_appendix.docx", "covid_m2_boxed.docx"])
def covid(request) -> ParsedReport:
    return sample(request.param)


def test_titled_recommendations_of_an_appendix(covid):
    assert covid.warnings == ()
    assert [found.label for found in covid.recommendations] == list(COVID)
    for found in covid.recommendations:
        title, first, last, points, chapter = COVID[found.label]
        assert found.title == title
        assert found.text.startswith(first)
        assert found.text.endswith(last)
        assert [point.label for point in found.sub_points] == [""] * points
        assert found.heading[-1].startswith(f"Chapter {chapter}: ")
        assert found.warnings == ()


@pytest.mark.parametrize("name", ["covid_m2_appendix.pdf", "covid_m2_boxed.docx"])
def test_print_and_boxes_say_the_same_as_the_plain_word_file(name):
    for one, other in zip(sample(name).recommendations, sample("covid_m2_appendix.docx").recommendations, strict=True):
        assert words(one)[:3] == words(other)[:3]
        if one.label != "10":  # there the plain file runs the text after the points on in the last point
            assert words(one) == words(other)


@pytest.fixture(scope="module", params=["infected_blood.pdf", "infected_blood_autonumbered.docx"])
def blood(request) -> ParsedReport:
    return sample(request.param)


def test_listed_recommendations_with_nested_points(blood):
    assert [found.label for found in blood.recommendations] == list(BLOOD)
    for found in blood.recommendations:
        title, first, last, points = BLOOD[found.label]
        assert found.title == title
        assert found.text.startswith(first)
        assert found.text.endswith(last)
        assert [point.label for point in found.sub_points] == list(points)
        assert "RLIT" not in found.text
        assert "The Report" not in found.text


def test_nested_points_stand_in_the_point_they_belong_to(blood):
    candour = blood.recommendations[3].sub_points[0].text.split("\n")
    assert candour[0] == "Duty of candour"
    assert [line.split()[0] for line in candour[1:]] == ["(i)", "(ii)", "(iii)", "(iv)", "(v)", "Success"]
    assert "in leadership positions in the National Health Service" in candour[4]


def test_automatic_numbers_give_the_same_as_the_printed_ones():
    printed, automatic = sample("infected_blood.pdf"), sample("infected_blood_autonumbered.docx")
    assert [words(one) for one in printed.recommendations] == [words(one) for one in automatic.recommendations]


def test_recommendation_printed_before_the_list_too_is_said():
    (warning,) = sample("infected_blood.pdf").warnings
    assert warning.startswith("“12. Giving effect to Recommendations of this Inquiry” is printed again")


@pytest.fixture(scope="module", params=["seed_krscp_typed.docx", "seed_krscp_auto.docx", "seed_krscp.pdf"])
def krscp(request) -> ParsedReport:
    return sample(request.param)


def test_the_36_are_word_for_word_in_every_format(krscp):
    copy = shared_report()
    assert copy is not None
    assert [found.label for found in krscp.recommendations] == list(EXPECTED)
    for found in krscp.recommendations:
        assert folded(found.text) == naive_words(copy, found.label)
        assert found.paragraphs == tuple(EXPECTED[found.label][2].split())
        assert folded(found.heading[0]).startswith(EXPECTED[found.label][3])


def test_the_36_have_the_same_sub_points_in_every_format(krscp):
    for found in krscp.recommendations:
        expected = POINTS.get(found.label, [])
        assert [point.label for point in found.sub_points] == [label for label, _, _ in expected]
        for point, (_, first, last) in zip(found.sub_points, expected, strict=True):
            assert folded(point.text).startswith(first)
            assert folded(point.text).endswith(last)


def test_same_warnings_in_every_format(krscp):
    assert krscp.warnings == ("The number of paragraph I is lost in the file. It was restored.",)
    assert {found.label: found.warnings for found in krscp.recommendations if found.warnings} == {
        "28": ("The label of sub-point b is lost in the file. It was restored.",)
    }
