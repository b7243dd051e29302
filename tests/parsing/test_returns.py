"""Is a bound volume parted where its masthead returns, and a scan with a running head left whole?"""

from archive.parsing.furniture import mark_furniture
from archive.parsing.masthead import Hints, find_issues
from archive.parsing.returns import find_returns
from tests.parsing.printed import heading, page_of

_TEXTS = (
    "De zender in de polder is hersteld na de storm van vorige week.",
    "Wie heeft er nog banden met programma's voor de beginners?",
    "Op de clubavond wordt de nieuwe interface gedemonstreerd.",
    "Er is een fout gevonden in de handleiding van de recorder.",
    "De bibliotheek is verhuisd naar de kelder van het gebouw.",
    "Gevraagd: een printer die ook grafieken kan afdrukken.",
)


def volume(*marks, size=24.0, name="HOBBYKRING VAARTZICHT"):
    return mark_furniture(
        [page_of(at, heading(name, size=size), mark, *_TEXTS[:at]) for at, mark in enumerate(marks, 1)]
    )


def test_each_page_on_which_the_masthead_returns_with_the_next_number_is_an_issue():
    pages = volume("nr. 7", "nr. 8", "nr. 9", "nr. ll", "nr. 11", "nr. 12")
    assert find_returns(pages) == {0: "7", 1: "8", 2: "9", 3: "10", 4: "11", 5: "12"}
    issues = find_issues(pages, "0" * 64, Hints("raw/a.pdf", {}), languages=("nl",))
    assert [(issue.number, [page.number for page in issue.pages]) for issue in issues] == [
        (str(number), [at]) for at, number in enumerate(range(7, 13), 1)
    ]


def test_a_page_that_goes_on_belongs_to_the_issue_before():
    pages = volume("nr. 7", "nr. 8", "nr. 9", "nr. 10", "nr. 11")
    pages = (*pages[:2], page_of(9, *_TEXTS), *pages[2:])
    assert sorted(find_returns(pages)) == [0, 1, 3, 4, 5]


def test_a_running_head_of_the_size_of_the_text_starts_no_issue():
    assert find_returns(volume("nr. 7", "nr. 8", "nr. 9", "nr. 10", "nr. 11", size=10.0)) == {}


def test_the_numbers_of_pages_start_no_issue():
    assert find_returns(volume("blad nr. 1", "blad nr. 2", "blad nr. 3", "blad nr. 4", "blad nr. 5")) == {}


def test_the_same_number_on_every_page_starts_no_issue():
    assert find_returns(volume(*["nr. 7"] * 6)) == {}


def test_figures_that_belong_to_a_name_are_no_year():
    page = page_of(1, heading("De P2000 Bode", size=24.0), "nr. 7", *_TEXTS)
    (issue,) = find_issues(mark_furniture([page]), "0" * 64, Hints("raw/a.pdf", {}), languages=("nl",))
    assert issue.date is None
