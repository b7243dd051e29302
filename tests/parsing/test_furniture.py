from archive.model.pages import BlockRole
from archive.parsing.furniture import CONTENTS, JUMP_FROM, JUMP_TO, PAGE_NUMBER, RUNNING, mark_furniture
from tests.parsing.printed import Print, body, dump_of, heading, page_of


def _marked(pages):
    return [
        (page.number, block.reason, block.text)
        for page in mark_furniture(pages)
        for block in page.blocks
        if block.role is BlockRole.FURNITURE
    ]


_TEXTS = {
    1: ("De vergadering begint om acht uur in het dorpshuis.", "Iedereen is van harte welkom."),
    2: ("Op zondag wandelen wij met de gids langs de vaart.", "Neem laarzen en een kijker mee."),
    3: ("Wie heeft er nog een fiets over voor de nieuwe gasten?", "Breng hem zaterdag naar het plein."),
}


def _text(which):
    return body(*_TEXTS[which], y0=200.0 + 60 * which)


def test_a_foot_that_runs_over_the_pages_is_furniture_and_gives_the_labels():
    pages = [page_of(n, _text(n), Print(f"Wijkblad De Linde - {n + 4}", y0=810)) for n in (1, 2, 3)]
    assert [mark[1] for mark in _marked(pages)] == [RUNNING] * 3
    assert [page.label for page in mark_furniture(pages)] == ["5", "6", "7"]


def test_a_misread_foot_is_known_by_its_likeness():
    pages = [
        page_of(1, _text(1), Print("Wijkblad De Linde - 1", y0=810)),
        page_of(2, _text(2), Print("Wijkb1ad De Llnde - 2", y0=812)),
    ]
    assert len(_marked(pages)) == 2


def test_a_page_number_alone_gives_the_label():
    pages = [page_of(1, _text(1), Print("- 7 -", y0=815))]
    assert _marked(pages) == [(1, PAGE_NUMBER, "- 7 -")]
    assert mark_furniture(pages)[0].label == "7"


def test_a_number_in_the_middle_of_a_page_stays():
    assert _marked([page_of(1, _text(1), Print("1953"), _text(2))]) == []


def test_the_first_head_stays_for_the_masthead():
    pages = [page_of(n, Print("Wijkblad De Linde", y0=40), _text(n)) for n in (1, 2)]
    assert [(page, reason) for page, reason, _ in _marked(pages)] == [(2, RUNNING)]


def test_a_heading_that_stands_on_two_pages_stays():
    pages = [page_of(n, heading("Agenda", y0=60, size=18), _text(n)) for n in (1, 2)]
    assert _marked(pages) == []


def test_a_foot_of_a_dump_is_furniture():
    pages = ["\n\n".join(["\n".join(_TEXTS[n]), "\n".join(_TEXTS[n + 1]), f"De Linde - {n}"]) for n in (1, 2)]
    assert [text for _, _, text in _marked(dump_of(*pages))] == ["De Linde - 1", "De Linde - 2"]


def test_a_table_of_contents_with_page_numbers_is_furniture():
    page = page_of(1, body("In dit nummer", "Oud papier 2", "De brug gaat open 3", "Colofon 4"), _text(1))
    assert _marked([page]) == [(1, CONTENTS, "In dit nummer\nOud papier 2\nDe brug gaat open 3\nColofon 4")]


def test_a_list_of_subjects_is_one_when_they_stand_again_as_headings():
    page = page_of(
        1,
        body("In deze nieuwsbrief:", "Oud papier", "De brug gaat open"),
        heading("Oud papier"),
        _text(1),
        heading("De brug gaat open"),
        _text(2),
    )
    assert [text for _, _, text in _marked([page])] == ["In deze nieuwsbrief:\nOud papier\nDe brug gaat open"]


def test_rows_of_a_calendar_that_differ_by_their_days_are_no_table_of_contents():
    days = [f"Zondag {day} mei om 10 uur, dienst in de kerk aan de vaart" for day in (1, 8, 15, 22)]
    rows = [Print(day, y0=100.0 + 40 * at) for at, day in enumerate(days)]
    assert _marked([page_of(1, *rows, _text(2))]) == []


def test_dots_that_lead_to_page_numbers_are_furniture():
    page = page_of(1, body("Oud papier ........ 2", "De brug . . . . . . 3"), _text(1))
    assert [reason for _, reason, _ in _marked([page])] == [CONTENTS]


def test_a_line_that_only_mentions_this_issue_is_no_table_of_contents():
    assert _marked([page_of(1, body("In dit nummer"), _text(1), _text(2))]) == []


def test_jump_lines_are_furniture_also_at_the_end_of_a_block():
    pages = [
        page_of(1, body("De brug wordt dit jaar vernieuwd en", "Lees verder op pagina 2")),
        page_of(2, body("Vervolg van pagina 1: De brug"), body("gaat in mei weer open.")),
    ]
    assert [(page, reason) for page, reason, _ in _marked(pages)] == [(1, JUMP_TO), (2, JUMP_FROM)]


def test_a_jump_line_that_names_a_whole_heading_does_not_take_the_line_below_it():
    pages = [
        page_of(1, heading("Onze molen draait weer"), _text(1)),
        page_of(2, body("Vervolg van pagina 1: Onze molen draait weer", "Het programma van de dag:"), _text(2)),
    ]
    assert [text for page, _, text in _marked(pages)] == ["Vervolg van pagina 1: Onze molen draait weer"]


def test_a_misread_and_an_english_jump_line_are_known():
    pages = [page_of(1, body("Lees verder cp pagina 2")), page_of(2, body("(continued from page 1)"))]
    assert [reason for _, reason, _ in _marked(pages)] == [JUMP_TO, JUMP_FROM]


def test_no_word_is_lost_when_a_block_is_cut():
    pages = [page_of(1, body("Een regel tekst", "Lees verder op pagina 2", "nog een regel"))]
    assert [line.text for block in mark_furniture(pages)[0].blocks for line in block.lines] == [
        "Een regel tekst",
        "Lees verder op pagina 2",
        "nog een regel",
    ]


def test_a_foot_that_counts_the_pages_is_furniture_on_a_page_alone():
    foot = Print("Intern gebruik pagina 1 van 1", y0=800)
    assert [text for _, _, text in _marked([page_of(1, _text(1), foot)])] == ["Intern gebruik pagina 1 van 1"]
    assert _marked([page_of(1, _text(1), Print("Zaal open voor 1 van 2", y0=800))]) == []


def test_a_head_that_names_its_page_by_a_word_is_furniture_on_a_page_alone():
    pages = [page_of(1, _text(1)), page_of(2, Print("De Hoepel blad 2", y0=20), _text(2))]
    assert [text for _, _, text in _marked(pages)] == ["De Hoepel blad 2"]
    assert _marked([page_of(2, Print("De Hoepel deel 2", y0=20), _text(2))]) == []
