"""Recommendations that only their place or a code shows, replies after them, and what looks like one and is none."""

import pytest

from recommendations.importing.reading import read_upload

BY_ORDER = "The file prints no number for this recommendation. It was numbered by its place in the list."
BACKGROUND = (
    "Paragraphs among the recommendations that ask for nothing were read as background: {}. Check them."
)
DOUBT = "This may be a conclusion, not a recommendation: it does not say what should be done. Check it."


def read(text: str):
    return read_upload("report.md", text.encode())


def found(text: str) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in read(text).recommendations]


ACT = [("1", "The Trust should act."), ("2", "Police should act.")]


@pytest.mark.parametrize(
    "heading",
    [
        "Recommendations", "8 Recommendations", "Chapter 8: Recommendations", "Summary of recommendations",
        "Conclusions and recommendations", "The Panel's Recommendations", "RECOMMENDATIONS",
    ],
)  # fmt: skip
def test_bare_numbers_under_the_heading_are_labels(heading):
    text = f"# Report\n\n## Findings\n\n1. It met.\n2. It wrote.\n\n## {heading}\n\n1. The Trust should act.\n\n"
    assert found(f"{text}2. Police should act.\n\n## Next steps\n\n1. Publish.\n2. Meet.") == ACT


def test_bare_numbers_under_another_heading_are_paragraphs():
    text = "# R\n\n## Progress on earlier recommendations\n\n1. Trusts act.\n\n## B\n\nRecommendation 1: Act."
    assert found(text) == [("1", "Act.")]


def test_numbers_of_paragraphs_are_labels_and_their_introduction_is_none():
    text = (
        "# R\n\n## Recommendations\n\n8.13. We make the following recommendations:\n\n8.14. The Trust should act.\n\n"
        "8.15. The Trust should audit:\n\n- records\n- letters\n\n8.16. Staff were kind.\n\n## 9 End\n\n9.1 Thanks."
    )
    report = read(text)
    assert [one.label for one in report.recommendations] == ["8.14", "8.15"]
    assert [point.text for point in report.recommendations[1].sub_points] == ["records", "letters"]
    assert report.warnings == (BACKGROUND.format("8.16"),)
    assert report.recommendations[0].paragraphs == ("8.13",)


def test_numbered_points_of_a_listed_recommendation_are_its_points():
    text = "# R\n\n## Recommendations\n\n1. The Trust should:\n\n   - train\n   - audit\n\n2. Police should act."
    first, second = read(text).recommendations
    assert [point.text for point in first.sub_points] == ["train", "audit"]
    assert second.label == "2"


def test_subsections_of_the_list_are_no_recommendations():
    text = "# R\n\n## 8 Recommendations\n\n### 8.1 Trusts\n\n1. The Trust should act.\n\n### 8.2 Forces\n\n"
    report = read(f"{text}2. Police should act.\n\n## 9 End\n\n1. No.")
    assert [(one.label, one.text) for one in report.recommendations] == ACT
    assert [one.heading for one in report.recommendations] == [
        ("8 Recommendations", "8.1 Trusts"), ("8 Recommendations", "8.2 Forces"),
    ]  # fmt: skip


def test_titles_in_a_list_stand_apart_from_their_wording():
    text = (
        "# R\n\n## Recommendations\n\n### 1. Memorial\n\n(a) A memorial should be built.\n\n(b) It should be kept.\n\n"
        "### 2. Monitoring of liver damage.\n\n(a) Patients should be:\n\n   (i) seen; and\n\n   (ii) heard."
    )
    first, second = read(text).recommendations
    assert (first.title, first.text) == ("Memorial", "A memorial should be built.\nIt should be kept.")
    assert (second.label, second.title) == ("2", "Monitoring of liver damage.")
    assert second.sub_points[0].text == "Patients should be:\n(i) seen; and\n(ii) heard."


def test_code_at_the_end_is_the_label():
    text = "# R\n\n## Care\n\nCells should be clean. (018/14)\n\nRecommendation: Showers should work. (019/14)"
    assert found(text) == [("018/14", "Cells should be clean."), ("019/14", "Showers should work.")]


@pytest.mark.parametrize("mark", ["R{} ", "R{}. ", "R{}: ", "[R{}] ", "R{} – "])
def test_short_labels_are_read_where_they_follow_one_another(mark):
    text = f"# R\n\nR2D2 is a robot.\n\n{mark.format(1)}The Trust should act.\n\n{mark.format(2)}Police should act."
    assert found(text) == [("R1", "The Trust should act."), ("R2", "Police should act.")]


@pytest.mark.parametrize("label", ["Recommendation One", "RECOMMENDATION ONE", "Safety Recommendation 1", "Rec. 1"])
def test_labels_in_words_and_with_words_before_them(label):
    assert found(f"{label}: The Trust should act.") == [("1", "The Trust should act.")]


def test_label_after_a_paragraph_number_is_read():
    report = read("# R\n\n3.1 Text.\n\n3.2 Recommendation 1: Act.\n\n3.3 **Recommendation 2**: Write.\n\n3.4 Text.")
    assert [(one.label, one.text, one.paragraphs) for one in report.recommendations] == [
        ("1", "Act.", ("3.1",)), ("2", "Write.", ("3.1",)),
    ]  # fmt: skip


def test_labels_of_years_and_letters():
    assert [label for label, _ in found("Recommendation 2014-018: Act.\n\nRecommendation B: Act.")] == ["2014-018", "B"]


@pytest.mark.parametrize(
    "text",
    [
        "# R\n\n## Recommendations\n\n- The Trust should act.\n- Police should act.",
        "# R\n\n## Recommendations\n\nThe Trust should act.\n\nPolice should act.",
        "# R\n\n**Recommendation:** The Trust should act.\n\n## B\n\nRecommendation: Police should act.",
    ],
)
def test_recommendations_without_numbers_are_numbered_by_order_and_it_is_said(text):
    assert found(text) == ACT
    assert {one.warnings for one in read(text).recommendations} == {(BY_ORDER,)}


def test_list_after_an_introduction_needs_no_heading():
    assert found("Findings\n\nThe review recommends that:\n\n1. The Trust should act.\n2. Police should act.") == ACT


def test_table_is_read_by_its_titles():
    table = "| No. | Recommendation | Owner |\n|---|---|---|\n| 1 | The Trust should act. | Trust |\n"
    assert (
        found(f"# R\n\n{table}| 2 | Police should act. | Police |\n\n| Year | Deaths |\n|---|---|\n| 2020 | 4 |") == ACT
    )


@pytest.mark.parametrize(
    "reply",
    [
        "Government response: We agree.", "**Response:** We agree.", "### Government response\n\nWe agree.",
        "Response to recommendation 1: We agree.", "Accepted.", "Accepted in part. We will see.", "Reply: no.",
        "Owner: Trust", "By when: March", "The Partnership's response – We agree.",
    ],
)  # fmt: skip
def test_reply_is_no_part_of_a_recommendation(reply):
    text = f"# R\n\n## A\n\n### Recommendation 1: Care\n\nThe Trust should act.\n\n{reply}\n\n"
    report = read(f"{text}### Recommendation 2\n\nPolice should act.")
    assert [(one.label, one.text) for one in report.recommendations] == ACT
    assert {one.heading for one in report.recommendations} == {("A",)}


def test_text_after_points_belongs_where_it_points_back_at_them():
    text = "Recommendation 1: The Trust should:\n\n- train;\n- audit.\n\n{}\n\n2. Next."
    assert found(text.format("This should be done by March."))[0][1].endswith("\nThis should be done by March.")
    report = read(text.format("Schools were visited too."))
    assert report.recommendations[0].text.endswith("audit.")
    assert len(report.recommendations[0].warnings) == 1


def test_repetition_in_a_summary_is_kept_and_said():
    text = "# R\n\n## A\n\nRecommendation 1: The Trust should act.\n\n## Summary of recommendations\n\n"
    report = read(f"{text}1. The Trust should act.")
    assert [one.text for one in report.recommendations] == ["The Trust should act."] * 2
    assert "Recommendation 1 stands 2 times in the file. Keep one of them." in report.warnings


def test_same_title_outside_the_list_is_said():
    text = (
        "# R\n\n## A\n\n### 2. Giving effect\n\n(a) Act.\n\n## Recommendations\n\n### 1. Care\n\nTrusts should act.\n\n"
    )
    report = read(f"{text}### 2. Giving effect\n\n(a) Act now.")
    assert [one.label for one in report.recommendations] == ["1", "2"]
    assert report.warnings == (
        "“2. Giving effect” is printed again outside the list of recommendations. Check whether both are the same.",
    )


def test_numbered_paragraphs_that_ask_for_nothing_are_background():
    text = "# R\n\n## 110 Recommendations\n\n110.1 The log should have been kept.\n\n110.2 I recommend that it be.\n\n"
    report = read(f"{text}110.3 No minister answers for it.\n\n110.4 One minister must.\n\n## 111 End\n\n111.1 Thanks.")
    assert [(one.label, one.paragraphs) for one in report.recommendations] == [
        ("110.2", ("110.1",)), ("110.4", ("110.3",)),
    ]  # fmt: skip
    assert report.warnings == (BACKGROUND.format("110.1, 110.3"),)


def test_plain_numbers_that_go_on_from_the_findings_are_those_of_paragraphs():
    text = "## A\n\n45. It was slow.\n\n## Recommendations\n\n46. The Council should:\n\n- apologise;\n- pay."
    assert found(f"{text}\n\n47. It has agreed to this.") == [("46", "The Council should:\napologise;\npay.")]


def test_conclusions_in_a_list_of_their_own_numbers_are_kept_and_doubted():
    report = read("# R\n\n## Conclusions and recommendations\n\n1. It was slow.\n\n2. Boards should act.")
    assert [one.warnings for one in report.recommendations] == [(DOUBT,), ()]


def test_text_that_asks_holds_the_bullets_below_it():
    text = "## A\n\n### Recommendations\n\nBy March, the force should:\n\n- answer calls; and\n- train staff.\n\n"
    text += "By June, the force should publish a plan.\n\n## B\n\n### Recommendation\n\nForces should meet."
    report = read(f"# R\n\n{text}")
    assert [one.text for one in report.recommendations] == [
        "By March, the force should:\nanswer calls; and\ntrain staff.",
        "By June, the force should publish a plan.", "Forces should meet.",
    ]  # fmt: skip


def test_conclusion_lends_its_number_to_the_recommendation_below_it():
    text = "# R\n\n## Conclusions and recommendations\n\n1. It was slow.\n\nRecommendation: Boards should act.\n\n"
    report = read(f"{text}2. Data were poor.\n\nRecommendation: Police should publish them.")
    assert [(one.label, one.text, one.warnings) for one in report.recommendations] == [
        ("1", "Boards should act.", ()), ("2", "Police should publish them.", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["I", "We therefore", "The Panel"])
def test_what_is_recommended_outright_needs_no_list(who):
    verb = "recommends" if who == "The Panel" else "recommend"
    text = f"# R\n\n## A\n\n3.1 It was cold.\n\n3.2 {who} {verb} that cells be checked.\n\n3.3 Others were warm."
    assert found(text) == [("3.2", f"{who} {verb} that cells be checked.")]


@pytest.mark.parametrize("name", ["Areas for improvement", "5 CORONER’S CONCERNS", "Action the provider must take"])
def test_what_inspectors_and_coroners_ask_for_is_read_where_nothing_is_recommended(name):
    text = f"# R\n\n## Findings\n\nAll was well.\n\n## {name}\n\n- Supervision must improve.\n- Staff must be trained."
    report = read(text)
    assert [one.text for one in report.recommendations] == ["Supervision must improve.", "Staff must be trained."]
    assert f"What stands under “{name}” was read in their place." in report.warnings[0]
    report = read(f"{text}\n\n## Recommendations\n\n1. Boards should act.\n\n2. Police should act.")
    assert [one.text for one in report.recommendations] == ["Boards should act.", "Police should act."]


def test_short_labels_on_lines_that_follow_one_another_part_them():
    text = "MR1 Offices should\nact.\nR2 Trusts should:\n• train; and\n• audit.\nR3 Boards should meet."
    assert found(f"Those marked MR are monitored.\n\n{text}") == [
        ("MR1", "Offices should act."), ("R2", "Trusts should:\ntrain; and\naudit."), ("R3", "Boards should meet."),
    ]  # fmt: skip


def test_numbers_without_a_dot_that_follow_one_another_are_labels():
    text = "Conclusions and recommendations\n\nWaits\n\n14   Boards should act.\n\nStaff\n\n15   Forces must plan."
    report = read_upload("report.txt", text.encode())
    assert [(one.label, one.text) for one in report.recommendations] == [
        ("14", "Boards should act."), ("15", "Forces must plan."),
    ]  # fmt: skip


@pytest.mark.parametrize("points", ["Trusts should act.|Boards should meet.", "trusts act; and|boards meet."])
def test_points_that_are_sentences_of_their_own_are_recommendations(points):
    first, second = points.split("|")
    text = f"# R\n\n## Recommendations\n\n12.1 It met.\n\n12.2 We recommend that:\n\n(a) {first}\n\n(b) {second}"
    whole = first[0].isupper()
    assert [label for label, _ in found(text)] == (["a", "b"] if whole else ["12.2"])


def test_points_of_learning_are_read_where_nothing_is_recommended():
    text = "# R\n\n## A\n\n**Point of learning 1 – Charter**\n\nA charter should be adopted.\n\n## B\n\nThanks."
    report = read(text)
    assert [(one.label, one.title, one.text) for one in report.recommendations] == [
        ("1", "Charter", "A charter should be adopted."),
    ]  # fmt: skip
    assert "under “Point of learning”" in report.warnings[0]


def test_codes_with_other_letters_are_labels_in_a_list_only():
    text = "N1. Trusts should act.\n\nN2. Panels should brief.\n\nL1. Boards should audit."
    assert [label for label, _ in found(f"# R\n\n## Recommendations\n\n{text}")] == ["N1", "N2", "L1"]
    assert found(f"# R\n\n## Evidence\n\n{text}\n\nRecommendation 1: Act.") == [("1", "Act.")]


def test_list_may_name_whom_it_is_for_and_have_roman_or_bold_numbers():
    text = "(i) Trusts should act.\n\n(ii) Forces should train."
    assert [label for label, _ in found(f"# R\n\n## Recommendations for agencies\n\n{text}")] == ["i", "ii"]
    text = "**8. Recommendations**\n\n**Police**\n\n**8.1** Police must act.\n\n**Health**\n\n**8.2** Trusts must act."
    assert [label for label, _ in found(f"# R\n\n{text}\n\n**9. End**\n\n9.1 Thanks.")] == ["8.1", "8.2"]
