"""Which layouts do newsletters have? One function prints each, by seed, for tests of the layout."""

from tests.reading.printer import Printer

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 45.0, 550.0, 60.0, 780.0


def _columns(page, count, gutter, *, top=TOP, bottom=BOTTOM, **how):
    wide = (RIGHT - LEFT - (count - 1) * gutter) / count
    for at in range(count):
        page.fill(LEFT + at * (wide + gutter), top + 3.7 * at, wide, until=bottom, **how)


def two_justified(page):
    _columns(page, 2, 12, align="justify")


def three_ragged(page):
    _columns(page, 3, 14, size=9.5)


def four_justified(page):
    _columns(page, 4, 11, size=8.5, align="justify")


def five_ragged(page):
    _columns(page, 5, 12, size=8)


def four_on_one_grid(page):
    """All columns start at one height, with one leading."""
    wide = (RIGHT - LEFT - 3 * 13) / 4
    for at in range(4):
        page.column(page.text(230), LEFT + at * (wide + 13), TOP, wide, size=9, align="justify")


def indented_paragraphs(page):
    wide = (RIGHT - LEFT - 16) / 2
    for at in range(2):
        y = TOP
        while y < BOTTOM - 60:
            y = page.column(
                page.text(page.chance.randint(20, 60)), LEFT + at * (wide + 16), y, wide, indent=11, align="justify"
            )


def two_lines_in_a_last_column(page):
    """Only the end of the text stands in the second of three columns."""
    wide, y = (RIGHT - LEFT - 2 * 14) / 3, TOP
    while y < BOTTOM - 120:
        y = page.story(LEFT, y, wide, lines=6, size=9.5, align="justify")
    page.column(page.text(11), LEFT + wide + 14, TOP, wide, size=9.5, align="justify")


def banner_over_three(page):
    page.line("De Havenbode", 120, 40, size=34, weight=1.4)
    page.line("Nieuws voor alle bewoners van de kade", 150, 82, size=11)
    page.line("Jaargang 12 nummer 3", LEFT, 106, size=8)
    page.line("september 1997", 260, 106, size=8)
    page.line("Kade 9, Merwestad", 462, 106, size=8)
    _columns(page, 3, 13, top=140, size=9, align="justify")


def masthead_over_the_middle_of_three(page):
    """Its lines are centred and no wider than the column below them."""
    middle = (LEFT + RIGHT) / 2
    for text, y, size in (
        ("De Havenbode", 40, 30),
        ("Krant voor alle bewoners", 84, 9.5),
        ("jaargang 12, nummer 3", 96, 9.5),
        ("Kade 9, Merwestad", 108, 9.5),
    ):
        wide = sum(page.width(token, size) for token in text.split()) + text.count(" ") * 0.26 * size
        page.line(text, middle - wide / 2, y, size=size, weight=1.4 if size > 20 else 1.0)
    wide = (RIGHT - LEFT - 2 * 14) / 3
    for at in range(3):
        page.column(page.text(180), LEFT + at * (wide + 14), 130, wide, size=9.5, align="justify")


def heading_between_bands(page):
    _columns(page, 2, 18, bottom=330)
    page.line("Een kop over de hele breedte van het blad", LEFT, 385, size=20, weight=1.4)
    _columns(page, 2, 18, top=420)


def heading_over_two_of_three(page):
    wide = (RIGHT - LEFT - 28) / 3
    page.line("Een kop boven twee van de drie kolommen", LEFT, TOP, size=16, weight=1.4)
    page.column(page.text(160), LEFT, TOP + 30, wide, size=9)
    page.column(page.text(160), LEFT + wide + 14, TOP + 30, wide, size=9)
    page.fill(LEFT + 2 * (wide + 14), TOP, wide, until=600, size=9)


def side_box(page):
    page.fill(LEFT, TOP, 175, until=BOTTOM, align="justify")
    page.fill(LEFT + 189, TOP + 2, 175, until=BOTTOM, align="justify")
    page.fill(LEFT + 392, TOP + 140, 105, until=430, size=8.5)


def caption_under_picture(page):
    y = page.story(LEFT, TOP, 245, lines=9)
    page.line("De nieuwe brug bij avond.", LEFT, y + 140, size=8)
    page.fill(LEFT, y + 165, 245, until=BOTTOM)
    page.fill(LEFT + 260, TOP, 245, until=BOTTOM)


def drop_cap(page):
    page.line("Over de molen", LEFT, TOP, size=15, weight=1.4)
    page.line("I", LEFT, TOP + 26, size=34)
    narrow = lambda y: (LEFT + 18, LEFT + 240) if y < TOP + 50 else (LEFT, LEFT + 240)  # noqa: E731
    page.column("n " + page.text(140).lower(), LEFT, TOP + 26, 240, beside=narrow, align="justify")
    page.fill(LEFT + 258, TOP, 240, until=500, align="justify")


def pull_quote(page):
    """A quote in large type stands in the gutter and the text of both columns goes round it."""
    low, high, left, right = 300, 384, 225, 370
    first = lambda y: (LEFT, left - 12) if low - 14 < y < high else (LEFT, 290)  # noqa: E731
    second = lambda y: (right + 12, RIGHT) if low - 14 < y < high else (305, RIGHT)  # noqa: E731
    page.column(page.text(330), LEFT, TOP, 245, beside=first, align="justify")
    page.column(page.text(330), 305, TOP, 245, beside=second, align="justify")
    for at, text in enumerate(("Wie de haven", "kent, kent ook", "de stilte", "erna.")):
        page.line(text, left + 14, low + at * 20, size=16)


def agenda(page):
    y = page.story(LEFT, TOP, 240, lines=6)
    for clock, text in (
        ("19.30 uur", "Inloop met koffie"),
        ("20.00 uur", "Opening door de voorzitter"),
        ("20.15 uur", "Verslag"),
        ("21.00 uur", "Rondvraag"),
        ("21.30 uur", "Sluiting"),
    ):
        page.line(clock, LEFT, y)
        page.line(text, LEFT + 80, y)
        y += 14
    page.fill(LEFT, y + 12, 240, until=BOTTOM)
    page.fill(LEFT + 262, TOP, 240, until=BOTTOM)


def price_table(page):
    y = page.story(LEFT, TOP, 505, lines=4)
    for name, one, two in (
        ("", "leden", "anderen"),
        ("Rondvaart door de haven", "€ 4,50", "€ 6,00"),
        ("Lezing", "€ 2,00", "€ 3,50"),
        ("Cursus zeilen voor beginners", "€ 45,00", "€ 60,00"),
        ("Boek", "€ 12,50", "€ 15,00"),
    ):
        page.line(name, LEFT, y) if name else None
        page.line(one, 300, y)
        page.line(two, 420, y)
        y += 15
    page.fill(LEFT, y + 15, 505, until=500)


def list_in_column(page):
    y = page.story(LEFT, TOP, 240, lines=5)
    for _ in range(6):
        page.line("-", LEFT, y)
        y = page.column(page.text(page.chance.randint(4, 14)), LEFT + 12, y, 228)
    page.fill(LEFT, y + 10, 240, until=BOTTOM)
    page.fill(LEFT + 258, TOP, 240, until=BOTTOM)


def lists_side_by_side(page):
    page.story(LEFT, TOP, 505, lines=4)
    for x in (LEFT, 320):
        for at in range(8):
            page.line("• " + page.text(page.chance.randint(2, 5)).rstrip("."), x, 190 + 14 * at)
    page.fill(LEFT, 330, 505, until=500)


def bilingual_rows(page):
    """Dutch on the left, English on the right: down one half and then the other."""
    for x, speak in ((LEFT, page.text), (305, page.english)):
        y = TOP
        for lines in (7, 9, 6, 8):
            page.line(speak(3).rstrip("."), x, y, size=13, weight=1.4)
            page.column(speak(lines * 9), x, y + 18, 245)
            y += 13 * 13


def typewriter_columns(page):
    _columns(page, 3, 16, size=8.2, align="justify")


def notes_in_the_margin(page):
    page.fill(LEFT, TOP, 380, until=BOTTOM, size=11)
    page.column(page.text(22), 450, 120, 95, size=8)
    page.column(page.text(30), 450, 400, 95, size=8)


def running_head_and_foot(page):
    page.line("De Havenbode", LEFT, 28, size=8)
    page.line("september 1997", 490, 28, size=8)
    _columns(page, 2, 15, top=70, bottom=760)
    page.line("4", 296, 806, size=9)


def left_side_box(page):
    page.fill(LEFT, TOP + 30, 110, until=520, size=8.5)
    page.fill(LEFT + 130, TOP, 180, until=BOTTOM, align="justify")
    page.fill(LEFT + 325, TOP, 180, until=BOTTOM, align="justify")


def box_below_two_of_three(page):
    wide = (RIGHT - LEFT - 28) / 3
    page.fill(LEFT, TOP, wide, until=BOTTOM, size=9, align="justify")
    page.fill(LEFT + wide + 14, TOP, wide, until=470, size=9, align="justify")
    page.fill(LEFT + 2 * (wide + 14), TOP, wide, until=470, size=9, align="justify")
    page.fill(LEFT + wide + 26, 520, 2 * wide - 12, until=760, size=9)


def small_advertisements(page):
    wide = (RIGHT - LEFT - 36) / 4
    for at in range(4):
        y = TOP
        for _ in range(9):
            page.line(page.text(2).rstrip("."), LEFT + at * (wide + 12), y, size=9, weight=1.4)
            y = page.column(page.text(page.chance.randint(10, 24)), LEFT + at * (wide + 12), y + 12, wide, size=8) + 9


def telephone_list(page):
    y = page.story(LEFT, TOP, 240, lines=8)
    for _ in range(9):
        page.line(page.text(2).rstrip("."), LEFT, y)
        page.line("0100-45 12", 228, y)
        y += 13
    page.fill(LEFT, y + 14, 240, until=BOTTOM)
    page.fill(LEFT + 258, TOP, 240, until=BOTTOM)


def poems(page):
    for x in (LEFT, 310):
        y = TOP
        for _ in range(7):
            for _ in range(4):
                text = page.text(page.chance.randint(4, 7))
                page.line(text, x + (240 - page.width(text, 10)) / 2, y)
                y += 13
            y += 16


def results_beside_text(page):
    page.fill(LEFT, TOP, 240, until=BOTTOM, align="justify")
    y = page.story(310, TOP, 240, lines=5)
    for at in range(12):
        page.line(page.text(2).rstrip("."), 310, y, size=9)
        for column in range(4):
            page.line(str(page.chance.randint(1, 40)), 420 + 34 * column, y, size=9)
        y += 12 + (at % 4 == 3) * 6
    page.fill(310, y + 12, 240, until=BOTTOM, align="justify")


def picture_in_the_gutter(page):
    """Text goes round a picture without words, with its caption below it."""
    low, high, left, right = 280, 420, 210, 385
    first = lambda y: (LEFT, left) if low - 12 < y < high else (LEFT, 290)  # noqa: E731
    second = lambda y: (right, RIGHT) if low - 12 < y < high else (305, RIGHT)  # noqa: E731
    page.column(page.text(330), LEFT, TOP, 245, beside=first, align="justify")
    page.column(page.text(330), 305, TOP, 245, beside=second, align="justify")
    page.line("De molen in de sneeuw.", left + 20, high - 16, size=8)


def pictures_in_columns(page):
    wide = (RIGHT - LEFT - 28) / 3
    for at in range(3):
        x = LEFT + at * (wide + 14)
        stop = page.chance.randint(160, 480)
        y = page.fill(x, TOP, wide, until=stop, size=9, align="justify")
        page.line("Foto van het feest.", x, y + 90, size=7.5)
        page.fill(x, y + 112, wide, until=BOTTOM, size=9, align="justify")


def programme(page):
    y = page.story(LEFT, TOP, 505, lines=4)
    for _ in range(7):
        page.line(f"zaterdag {page.chance.randint(1, 30)} maart", LEFT, y)
        y = page.column(page.text(page.chance.randint(14, 48)), LEFT + 110, y, 395) + 7
    page.fill(LEFT, y + 10, 505, until=BOTTOM)


def answers_after_names(page):
    y = page.story(LEFT, TOP, 505, lines=3)
    for name in ("Voorzitter", "Secretaris", "Penningmeester", "Redactie", "Drukwerk"):
        page.line(name, LEFT, y)
        page.line(page.text(3).rstrip("."), LEFT + 130, y)
        y += 14
    page.fill(LEFT, y + 12, 505, until=500)


def centred_title_over_two(page):
    page.line("Een avond aan het water", 170, TOP, size=22, weight=1.4)
    page.line("Verslag van de zomerlezing in de haven", 180, TOP + 34, size=10)
    _columns(page, 2, 14, top=TOP + 66, align="justify")


HARDER = (
    left_side_box,
    box_below_two_of_three,
    small_advertisements,
    telephone_list,
    poems,
    results_beside_text,
    picture_in_the_gutter,
    pictures_in_columns,
    programme,
    answers_after_names,
    centred_title_over_two,
)


# Thresholds were chosen on the first, checked on the second.
CHOSEN_ON = (
    two_justified,
    four_justified,
    indented_paragraphs,
    two_lines_in_a_last_column,
    heading_between_bands,
    side_box,
    drop_cap,
    agenda,
    list_in_column,
    bilingual_rows,
    typewriter_columns,
)
HELD_OUT = (
    three_ragged,
    five_ragged,
    four_on_one_grid,
    banner_over_three,
    heading_over_two_of_three,
    caption_under_picture,
    pull_quote,
    price_table,
    lists_side_by_side,
    notes_in_the_margin,
    running_head_and_foot,
)


def print_page(layout, *, seed, ink):
    page = Printer(seed, ink=ink, mono=layout is typewriter_columns)
    layout(page)
    return page
