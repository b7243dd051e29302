import subprocess
import sys

import pytest

from archive.library.personal import Kind, Names, find_pieces

NOBODY = Names()
NAMES = "Voornaam Achternaam; V. Achternaam  # the chair\n\nTweede Áchter\n"


@pytest.fixture
def names(tmp_path):
    (tmp_path / "names.txt").write_text(NAMES)
    return Names.read(tmp_path / "names.txt")


def found(text, names=NOBODY):
    return [(text[each.start : each.end], each.kind) for each in find_pieces(text, names)]


@pytest.mark.parametrize(
    "text",
    [
        "info@vereniging.nl",
        "Info.Blad@Post.Vereniging.NL",
        "info @ vereniging.nl",
        "info(at)vereniging.nl",
        "info©vereniging.nl",
        "info@vereni-\nging.nl",
    ],
)
def test_an_email_address_is_found_however_it_is_printed(text):
    assert found(f"Mail naar {text}, of kom langs.") == [(text, Kind.EMAIL)]


def test_a_word_without_end_is_looked_through_once():
    """Were each of its letters tried as the first one of an address, it would take hours."""
    code = "from archive.library.personal import Names, find_pieces as find; assert not find('x.' * 200_000, Names())"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.parametrize(
    "text",
    [
        *("053-4312345", "053 - 431 23 45", "(053) 4312345", "05410-12345", "06 12345678", "06-12 34 56 78"),
        *("+31 53 431 23 45", "+31 (0)53 4312345", "0031 53 4312345", "+49 251 1234567", "0800-1234", "06.12.34.56.78"),
    ],
)
def test_a_phone_number_is_found_however_it_is_printed(text):
    assert found(f"Bel {text} voor meer.") == [(text, Kind.PHONE)]


def test_a_short_number_is_one_of_a_phone_only_after_a_word_that_says_so():
    assert found("tel. 31 23 45 of fax: 312346") == [("31 23 45", Kind.PHONE), ("312346", Kind.PHONE)]
    assert found("Er kwamen 312345 mensen.") == []


@pytest.mark.parametrize(
    "text",
    [
        *("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300", "GB82 WEST 1234 5698 7654 32", "12.34.56.789", "123456789"),
        *("1234.56.789",),
    ],
)
def test_a_bank_account_is_found_in_new_and_old_forms(text):
    assert found(f"op {text} TNV de penningmeester") == [(text, Kind.ACCOUNT)]


@pytest.mark.parametrize("text", ["giro 1234567", "gironummer: 123456", "Postbank nr. 12345", "rek.nr. 98 76 543"])
def test_a_giro_number_is_known_by_the_word_before_it(text):
    assert [kind for _, kind in found(text)] == [Kind.ACCOUNT]


@pytest.mark.parametrize(
    "text",
    [
        *("01-02-2019 12.30 uur", "12-04-1998", "1998-2003", "Jaargang 12 nr. 3", "pagina 123456", "€ 1.250.000,00"),
        *(
            "www.vereniging.nl",
            "postcode 7511 AB",
            "de 25e, 26e en 27e",
            "bank 2019",
            "van 9.30 tot 17.00",
            "123456788",
        ),
    ],
)
def test_dates_sums_and_other_numbers_stay(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("053-4312345", "+31 (0)53 431 23 45"),
        ("Info@Vereniging.nl", "info @ vereni-\nging.nl"),
        ("NL91 ABNA 0417 1643 00", "nl91abna0417164300"),
        ("12.34.56.789", "123456789"),
    ],
)
def test_two_ways_to_write_one_thing_are_the_same(one, other):
    (first,), (second,) = find_pieces(one, NOBODY), find_pieces(other, NOBODY)
    assert (first.kind, first.same) == (second.kind, second.same)


def test_listed_names_are_found_in_all_their_forms(names):
    text = "VOORNAAM ACHTERNAAM sprak, V. Achternaam's fiets, Voornaam Achter-\nnaam en tweede Achter."
    pieces = find_pieces(text, names)
    assert [text[each.start : each.end] for each in pieces] == [
        *("VOORNAAM ACHTERNAAM", "V. Achternaam", "Voornaam Achter-\nnaam", "tweede Achter")
    ]
    assert len({each.same for each in pieces}) == 2


def test_a_name_within_a_longer_word_stays(names):
    assert found("Tweede Achterhoek", names) == []


def test_without_a_list_no_name_is_known(tmp_path):
    assert len(Names.read(tmp_path / "names.txt")) == 0
    assert found("Voornaam Achternaam") == []
