"""One of very many is found by number or words; nothing typed is lost, and nothing is taken for meant."""

from dataclasses import dataclass

import pytest

from krscp.forms.fields import Form
from krscp.forms.found_field import FoundField


@dataclass(frozen=True)
class Book:
    pk: int
    number: str
    name: str


BOOKS = [Book(pk, str(pk), f"Tales of the sea {pk}") for pk in range(1, 15)]
BOOKS += [Book(20, "A1", "Maps"), Book(21, "7", "Seven <winters>")]


class Loan(Form):
    book = FoundField(
        label="Book",
        numbered=lambda text: [book for book in BOOKS if book.number == text],
        holding=lambda text: [book for book in BOOKS if text in book.name],
        called=lambda book: f"{book.number} {book.name}",
    )
    other = FoundField(label="Other", numbered=lambda text: [], holding=lambda text: [], called=str, required=False)


def filled(text: str, pick: str = "") -> Loan:
    form = Loan({"book": text, "book_pick": pick})
    form.is_valid()
    return form


def told(form: Loan) -> str:
    return "; ".join(form.errors.get("book", []))


def test_a_number_is_taken_as_it_is():
    assert filled(" A1 ").cleaned_data == {"book": BOOKS[14], "other": None}
    assert 'type="radio"' not in str(filled("A1")["book"])


def test_words_even_of_one_only_are_chosen_among_what_is_found():
    form = filled("Maps")
    assert told(form) == "Select which one you mean, or enter other words"
    markup = str(form["book"])
    assert 'value="Maps"' in markup
    assert 'name="book_pick" value="20"' in markup
    assert "None of these" in markup
    assert filled("Maps", "20").cleaned_data["book"] == BOOKS[14]


def test_a_number_that_several_have_is_chosen_too():
    form = filled("7")
    assert "Seven &lt;winters&gt;" in str(form["book"])
    assert filled("7", "21").cleaned_data["book"] == BOOKS[15]


def test_the_first_ten_are_offered_and_that_there_are_more_is_said():
    markup = str(filled("sea")["book"])
    assert markup.count('type="radio"') == 11
    assert "The first 10 are shown. For others, enter more words." in markup


@pytest.mark.parametrize(
    ("text", "pick", "words"),
    [
        ("", "", "Enter book"),
        ("whales", "", "Nothing is found for “whales”. Enter a number or other words"),
        ("Maps", "none", "Enter another number or other words"),
        ("Maps", "3", "Select which one you mean, or enter other words"),
        ("x" * 101, "", "Book must be 100 characters or less"),
    ],
)
def test_what_is_not_found_is_said_and_kept(text, pick, words):
    form = filled(text, pick)
    assert told(form) == words
    assert f'value="{text}"' in str(form["book"]) or not text


def test_a_choice_stays_chosen_on_a_page_that_comes_back():
    assert 'value="20" checked' in str(filled("Maps", "20")["book"])


def test_forms_do_not_share_what_they_offer():
    filled("sea")
    assert 'type="radio"' not in str(filled("whales")["book"])
