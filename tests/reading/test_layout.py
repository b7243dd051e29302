import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.pages import BlockRole, Box, Word
from archive.reading.layout import arrange
from tests.reading.designs import DESIGNS, folded_sheet_with_a_headline_over_both, print_design
from tests.reading.printed import (
    CHOSEN_ON,
    HARDER,
    HEIGHT,
    HELD_OUT,
    WIDTH,
    masthead_over_the_middle_of_three,
    print_page,
    two_justified,
    two_lines_in_a_last_column,
)
from tests.reading.printer import Printer, kept_joins, kept_order

LAYOUTS = [*CHOSEN_ON, *HELD_OUT, *HARDER]
LEFT, RIGHT = 45.0, 550.0
# Designs that are not read well yet, and how much of their order is kept at least.
LEAST_ORDER = {
    "columns_two_then_three": 0.9,
    "folded_sheet_in_columns": 0.88,
    "two_stories_of_two_columns_side_by_side": 0.85,
}


def blocks_of(page):
    return arrange(page.shuffled(), width=WIDTH, height=HEIGHT)


def texts(blocks, role):
    return [block.text for block in blocks if block.role is role]


def role_of(blocks, text):
    return next(block.role for block in blocks if text in block.text)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_printed_page_is_read_in_order(layout):
    kept = [kept_joins(page := print_page(layout, seed=seed, ink=False), blocks_of(page)) for seed in range(2)]
    assert min(kept) >= 0.975


def test_two_lines_in_a_new_column_are_the_end_of_the_text():
    page = print_page(two_lines_in_a_last_column, seed=1, ink=False)
    *_, last = blocks_of(page)
    assert last.text.split() == [word.text for word in page.words][-11:]


def test_a_speck_read_before_a_line_does_not_end_the_column():
    page = print_page(two_justified, seed=3, ink=False)
    edge = (LEFT + RIGHT) / 2
    starts = [at for at, word in enumerate(page.words) if edge < word.box.x0 < edge + 8 and word.box.y0 > 400]
    word = page.words[starts[4]]
    page.words[starts[4]] = replace(word, text=f"“{word.text}", box=replace(word.box, x0=word.box.x0 - 9))
    read = [word for block in blocks_of(page) for line in block.lines for word in line.words]
    assert [word.text for word in read] == [word.text for word in page.words]


def test_a_masthead_over_the_middle_of_three_columns_is_read_before_them():
    page = print_page(masthead_over_the_middle_of_three, seed=1, ink=False)
    read = [word.text for block in blocks_of(page) for line in block.lines for word in line.words]
    assert read == [word.text for word in page.words]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_worn_scan_is_read_in_order(layout):
    kept = []
    for seed, skew in enumerate((0.25, -0.2)):
        page = print_page(layout, seed=seed, ink=True)
        words = page.worn(skew=skew, specks=14)
        kept.append(kept_joins(page, arrange(words, width=WIDTH, height=HEIGHT)))
    assert min(kept) >= 0.96
    assert sum(kept) / len(kept) >= 0.98


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.__name__)
@pytest.mark.parametrize("ink", [False, True], ids=["printed", "worn"])
def test_stories_follow_each_other_as_a_reader_takes_them(design, ink):
    kept = []
    for seed, skew in enumerate((0.25, -0.25)):
        page = print_design(design, seed=seed, ink=ink)
        size = (page.width_pt, page.height_pt)
        words = page.worn(skew=skew, specks=14, size=size) if ink else page.shuffled()
        drawn = [Box(*sides) for sides in page.rules]
        kept.append(kept_order(page, arrange(words, width=size[0], height=size[1], drawn=drawn)))
    assert sum(kept) / len(kept) >= LEAST_ORDER.get(design.__name__, 0.97)


@pytest.mark.parametrize("layout", LAYOUTS[::4], ids=lambda layout: layout.__name__)
def test_every_word_stands_in_one_block(layout):
    words = print_page(layout, seed=5, ink=True).worn(skew=0.3, specks=30)
    arranged = [
        word for block in arrange(words, width=WIDTH, height=HEIGHT) for line in block.lines for word in line.words
    ]
    assert Counter(map(id, arranged)) == Counter(map(id, words))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_drawn_across_the_text_no_word_is_lost_or_doubled(seed):
    page = print_design(DESIGNS[seed], seed=seed, ink=False)
    chance = random.Random(seed)  # noqa: S311 - the same page every time
    drawn = [Box(*sides) for sides in page.rules]
    for _ in range(12):
        x, y = chance.uniform(0, 400), chance.uniform(0, 700)
        drawn.append(Box(x, y, x + chance.choice((1, 150, 500)), y + chance.choice((1, 90, 400))))
    blocks = arrange(page.words, width=page.width_pt, height=page.height_pt, drawn=drawn)
    arranged = [word for block in blocks for line in block.lines for word in line.words]
    assert Counter(map(id, arranged)) == Counter(map(id, page.words))


def test_the_order_in_which_words_come_does_not_matter():
    words = print_page(CHOSEN_ON[0], seed=1, ink=True).worn(specks=5)
    mixed = random.Random(3).sample(words, len(words))  # noqa: S311
    assert arrange(words, width=WIDTH, height=HEIGHT) == arrange(mixed, width=WIDTH, height=HEIGHT)


def test_a_page_without_words_has_no_blocks():
    assert arrange((), width=WIDTH, height=HEIGHT) == ()


def test_words_without_a_box_come_last():
    page = Printer()
    page.column(page.text(30), LEFT, 100, 240)
    blocks = arrange([Word("los"), *page.words], width=WIDTH, height=HEIGHT)
    assert blocks[-1].text == "los"


def test_lines_and_blocks_have_the_box_of_their_words():
    page = Printer()
    page.column(page.text(40), LEFT, 100, 240)
    for block in blocks_of(page):
        boxes = [word.box for line in block.lines for word in line.words]
        assert block.box == Box(
            min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
        )


def test_headings_in_a_margin_may_stand_a_little_lower_than_their_texts():
    page = Printer(seed=4)
    y = 60.0
    for name in ("Nieuws van het bestuur uit", "Een avond in de haven van", "Koor zoekt zangers voor"):
        page.line(name, LEFT, y + 8.5, size=11, weight=1.6)
        page.line("de straat", LEFT, y + 8.5 + 13, size=11, weight=1.6)
        y = page.column(page.text(90), LEFT + 170, y, 330, size=11) + 14
    blocks = blocks_of(page)
    assert [block.role for block in blocks] == [BlockRole.HEADING, BlockRole.BODY] * 3
    assert {block.reason for block in blocks[::2]} == {"stands left of its text"}


def test_lines_beside_scattered_words_are_no_headings_in_a_margin():
    page = Printer(seed=4)
    for at, x in enumerate((230, 310, 270, 350, 240, 330)):
        page.line(page.text(5), x, 60 + 13 * at + 20 * (at > 2), size=11)
    page.line("Nieuws van het bestuur", LEFT, 71, size=11, weight=1.6)
    page.line("Koor zoekt zangers", LEFT, 130, size=11, weight=1.6)
    assert "stands left of its text" not in {block.reason for block in blocks_of(page)}


def test_a_headline_in_a_narrow_column_may_have_many_lines():
    page = Printer(seed=4)
    for at, words in enumerate(("Avond over", "de haven en", "de nieuwe", "brug bij ons")):
        page.line(words, LEFT, 60 + 18 * at, size=16, weight=1.6)
    page.column(page.text(60), LEFT, 140, 110, size=9)
    heading, *_ = blocks_of(page)
    assert (heading.role, len(heading.lines)) == (BlockRole.HEADING, 4)


class TestPages:
    def test_the_foot_of_a_page_is_read_last_in_whichever_column_it_stands(self):
        page = Printer(ink=True)
        for at in range(3):
            page.column(page.text(190), LEFT + at * 174, 50, 160, size=9, align="justify")
        page.line("DE HAVENBODE SEPTEMBER", LEFT, 815, size=7)
        blocks = blocks_of(page)
        assert (blocks[-1].text, blocks[-1].role) == ("DE HAVENBODE SEPTEMBER", BlockRole.CAPTION)
        assert kept_joins(page, blocks) == 1

    def test_the_last_line_of_a_full_column_is_no_foot(self):
        page = Printer(ink=True)
        page.column(page.text(560), LEFT, 50, 240, leading=1.3)
        page.column(page.text(120), LEFT + 260, 50, 240, leading=1.3)
        assert max(word.box.y1 for word in page.words) > 0.95 * HEIGHT
        assert kept_joins(page, blocks_of(page)) == 1

    def test_a_headline_over_both_pages_of_a_sheet_is_read_whole_with_the_line_above_it(self):
        page = print_design(folded_sheet_with_a_headline_over_both, seed=1, ink=True)
        blocks = arrange(page.words, width=page.width_pt, height=page.height_pt)
        heads = [block.text.replace("\n", " ") for block in blocks[-3:]]
        assert heads[:2] == ["Luister naar wie het heeft beleefd", "Wat kinderen van ons leren"]


class TestParagraphs:
    def test_white_between_lines_parts_paragraphs(self):
        page = Printer()
        y = page.column(
            "De eerste alinea is kort. Zij heeft twee of drie regels, en meer hoeft het niet te zijn.", LEFT, 100, 200
        )
        page.column("De tweede alinea volgt na wit. Ook zij telt een paar regels van gewone lengte.", LEFT, y + 8, 200)
        assert [block.text.split()[1] for block in blocks_of(page)] == ["eerste", "tweede"]

    def test_an_indent_starts_a_paragraph(self):
        page = Printer()
        y = page.column(page.text(40), LEFT, 100, 200, align="justify", indent=10)
        page.column(page.text(40), LEFT, y, 200, align="justify", indent=10)
        assert len(blocks_of(page)) == 2

    def test_a_line_that_ends_early_after_a_full_stop_ends_a_paragraph(self):
        page = Printer()
        y = page.column(
            "Op de kade was het druk en ook de markt liep vol met mensen uit de stad. Mooi.", LEFT, 100, 200
        )
        page.column(
            "Daarna begon het te regenen, en iedereen zocht een plaats onder het zeil van de kraam.", LEFT, y, 200
        )
        assert [block.text.split()[0] for block in blocks_of(page)] == ["Op", "Daarna"]

    def test_a_number_within_a_sentence_starts_no_list(self):
        page = Printer()
        page.line("De avond duurt van half acht tot ongeveer", LEFT, 100)
        page.line("22. Wie wil, blijft daarna nog even zitten", LEFT, 112)
        page.line("en praat na met de spreker van de avond.", LEFT, 124)
        assert len(blocks_of(page)) == 1


class TestRoles:
    def test_larger_type_is_a_heading(self):
        page = Printer()
        y = page.story(LEFT, 100, 240, lines=6)
        page.line("Nieuwe bankjes langs het water", LEFT, y, size=13)
        page.column(page.text(60), LEFT, y + 18, 240)
        assert "Nieuwe bankjes langs het water" in texts(blocks_of(page), BlockRole.HEADING)

    def test_bold_type_is_a_heading(self):
        page = Printer()
        page.line("Wie helpt mee?", LEFT, 100, weight=1.4)
        page.column(page.text(60), LEFT, 113, 240)
        assert texts(blocks_of(page), BlockRole.HEADING) == ["Wie helpt mee?"]

    def test_capitals_are_a_heading_though_they_end_in_a_full_stop(self):
        page = Printer(mono=True)
        page.column(page.text(40), LEFT, 60, 240)
        page.line("VERSLAG VAN DE AVOND OP 3 DEC.", LEFT, 210)
        page.column(page.text(60), LEFT, 226, 240)
        assert texts(blocks_of(page), BlockRole.HEADING) == ["VERSLAG VAN DE AVOND OP 3 DEC."]

    def on_a_bar(self, bar, text="Rommelmarkt in de loods"):
        page = Printer(ink=True)
        page.column(page.text(60), LEFT, 60, 240)
        page.line(text, LEFT + 6, 160)
        page.column(page.text(60), LEFT, 176, 240)
        blocks = arrange(page.shuffled(), width=WIDTH, height=HEIGHT, drawn=[bar])
        return [(block.text, block.reason) for block in blocks if block.role is BlockRole.HEADING]

    def test_a_short_line_on_a_bar_is_a_heading(self):
        assert self.on_a_bar(Box(LEFT, 157, 285, 173)) == [("Rommelmarkt in de loods", "stands on a bar")]

    @pytest.mark.parametrize(
        "bar",
        [
            Box(LEFT, 157, 160, 173),  # narrow: a button, a stamp
            Box(LEFT, 157, 550, 173),  # broad: a line of the masthead
            Box(LEFT, 130, 285, 173),  # high: other text stands on it too
            Box(LEFT, 171, 285, 173),  # thin: a rule
        ],
    )
    def test_what_else_is_drawn_behind_a_line_makes_it_no_heading_for_being_a_bar(self, bar):
        assert "stands on a bar" not in [reason for _, reason in self.on_a_bar(bar)]

    def test_a_sentence_on_a_bar_is_no_heading(self):
        assert self.on_a_bar(Box(LEFT, 157, 285, 173), "de loods is die dag open.") == []

    def test_a_heading_of_two_lines_is_one_block(self):
        page = Printer()
        page.line("Een lange kop die over twee", LEFT, 100, size=14, weight=1.4)
        page.line("regels loopt", LEFT, 117, size=14, weight=1.4)
        page.column(page.text(60), LEFT, 140, 240)
        assert texts(blocks_of(page), BlockRole.HEADING) == ["Een lange kop die over twee\nregels loopt"]

    def test_a_stained_line_in_mid_sentence_is_no_heading(self):
        page = Printer(ink=True)
        page.column(page.text(90), LEFT, 100, 240)
        tall = [w for w in page.words if 124 < (w.box.y0 + w.box.y1) / 2 < 133]
        for word in tall:
            page.words[page.words.index(word)] = Word(
                word.text, Box(word.box.x0, word.box.y0 - 2, word.box.x1, word.box.y1 + 1), 0.8
            )
        assert texts(blocks_of(page), BlockRole.HEADING) == []

    def test_each_item_of_a_list_is_a_block(self):
        page = Printer()
        for at, item in enumerate(("jassen en truien", "lakens, het liefst wit", "speelgoed")):
            page.line(f"- {item}", LEFT, 100 + 13 * at)
        assert texts(blocks_of(page), BlockRole.LIST) == [
            "- jassen en truien",
            "- lakens, het liefst wit",
            "- speelgoed",
        ]

    def test_bullets_that_were_read_as_letters_start_items(self):
        page = Printer(ink=True)
        for at, (bullet, item) in enumerate(
            (("e", "jassen en truien"), ("°", "lakens, het liefst wit"), ("e", "speelgoed"))
        ):
            page.line(bullet, LEFT, 100 + 13 * at)
            page.line(item, LEFT + 11, 100 + 13 * at)
        assert len(texts(blocks_of(page), BlockRole.LIST)) == 3

    def test_an_agenda_is_a_table_read_by_rows(self):
        page = Printer()
        page.column(page.text(50), LEFT, 60, 240)
        rows = (
            ("19.30 uur", "Inloop"),
            ("20.00 uur", "Opening"),
            ("20.10 uur", "Lezing over de haven"),
            ("21.30 uur", "Sluiting"),
        )
        for at, (clock, what) in enumerate(rows):
            page.line(clock, LEFT, 200 + 14 * at)
            page.line(what, LEFT + 90, 200 + 14 * at)
        page.column(page.text(50), LEFT, 280, 240)
        assert texts(blocks_of(page), BlockRole.TABLE) == ["\n".join(f"{clock} {what}" for clock, what in rows)]

    def test_short_lines_in_the_columns_of_the_page_are_read_column_by_column(self):
        page = Printer()
        left, right = LEFT, LEFT + 260
        for x in (left, right):
            page.column(page.text(60), x, 60, 240)
        for x, verse in ((left, "gegroet"), (right, "Hier en nu en altijd")):
            for at in range(8):
                page.line(verse[: 20 - 6 * (at % 3)], x, 240 + 13 * at)
        page.line("Een gedicht uit de oude doos van de vereniging, en wat daarop volgt", left, 206, size=15)
        page.line("Een vervolg op het gedicht, van dezelfde hand en uit dezelfde doos", left, 360, size=15)
        for x in (left, right):
            page.column(page.text(60), x, 390, 240)
        blocks = blocks_of(page)
        assert texts(blocks, BlockRole.TABLE) == []
        order = " ".join(block.text for block in blocks).split()
        assert max(at for at, word in enumerate(order) if word == "gegroet") < order.index("Hier")

    def test_stretched_lines_of_a_narrow_column_are_no_table(self):
        page = Printer(2)
        page.column(page.text(200), LEFT, 60, 95, size=9, align="justify")
        assert texts(blocks_of(page), BlockRole.TABLE) == []

    @pytest.mark.parametrize("foot", ["7", "- 7 -", "De Havenbode - 7", "pagina 7 van 12"])
    def test_a_page_number_at_the_edge_is_furniture(self, foot):
        page = Printer()
        page.column(page.text(200), LEFT, 60, 505)
        page.line(foot, 280, 808, size=8)
        assert texts(blocks_of(page), BlockRole.FURNITURE) == [foot]

    def test_a_number_in_the_text_is_no_furniture(self):
        page = Printer()
        y = page.column(page.text(60), LEFT, 200, 240)
        page.line("60", LEFT, y + 20, size=18)
        page.column(page.text(60), LEFT, y + 50, 240)
        assert role_of(blocks_of(page), "60") not in {BlockRole.FURNITURE, BlockRole.PICTURE}

    def test_small_type_below_a_picture_is_a_caption(self):
        page = Printer()
        y = page.column(page.text(60), LEFT, 60, 240)
        page.line("De brug in aanbouw, zomer 1954.", LEFT, y + 120, size=8)
        page.column(page.text(60), LEFT, y + 150, 240)
        assert texts(blocks_of(page), BlockRole.CAPTION) == ["De brug in aanbouw, zomer 1954."]

    def test_a_quote_that_repeats_the_text_is_no_heading(self):
        page = Printer()
        y = page.column(
            "Zij lacht. Het water was altijd dichtbij, zegt zij, en dan is het weer stil in de kamer.", LEFT, 60, 200
        )
        page.line("Het water was altijd dichtbij", LEFT, y + 20, size=14)
        page.column(page.text(50), LEFT, y + 56, 200)
        assert texts(blocks_of(page), BlockRole.ASIDE) == ["Het water was altijd dichtbij"]

    def test_what_stands_between_columns_is_set_beside_the_text(self):
        page = print_page(next(layout for layout in HELD_OUT if layout.__name__ == "pull_quote"), seed=1, ink=False)
        assert [text.replace("\n", " ") for text in texts(blocks_of(page), BlockRole.ASIDE)] == [
            "Wie de haven kent, kent ook de stilte erna."
        ]


class TestCapitals:
    def drop_cap(self, letter, rest, gap):
        page = Printer()
        page.line(letter, LEFT, 100, size=34)
        wide = page.width(letter, 34) + gap
        narrow = lambda y: (LEFT + wide, 285) if y < 130 else (LEFT, 285)  # noqa: E731
        page.column(f"{rest} " + page.text(50).lower(), LEFT, 102, 240, beside=narrow)
        return blocks_of(page)[0].text.split()[:2]

    def test_a_drop_cap_is_joined_with_its_word(self):
        assert self.drop_cap("D", "e", 2)[0] == "De"

    def test_a_drop_cap_that_is_a_word_stays_one(self):
        assert self.drop_cap("U", "wordt", 7) == ["U", "wordt"]

    def test_a_drop_cap_that_could_be_a_word_is_joined_where_the_whole_is_known(self):
        assert self.drop_cap("I", "edereen", 2)[0] == "Iedereen"

    def test_a_drop_cap_after_which_letters_were_not_read_is_not_joined_with_the_next_word(self):
        assert self.drop_cap("D", "vakantie", 9) == ["D", "vakantie"]

    def test_a_drop_cap_reaches_a_little_less_low_than_its_second_line(self):
        page = Printer(ink=True)
        page.words.append(Word("W", Box(LEFT, 96, LEFT + 25, 117), 0.9))
        page.line("at een maand, schreef de vereniging", LEFT + 28, 100)
        page.line("aan alle vrijwilligers van de wijk", LEFT + 28, 113)
        page.column(page.text(50).lower(), LEFT, 126, 240)
        assert blocks_of(page)[0].text.split()[0] == "Wat"


class TestRubbish:
    def scan(self, *found, **seen):
        page = Printer(ink=True)
        page.column(page.text(220), LEFT, 60, 240)
        return arrange([*page.words, *found], width=WIDTH, height=HEIGHT, **seen)

    @pytest.mark.parametrize("photos", [(), (Box(330, 420, 540, 600),)])
    def test_a_sign_in_a_photo_is_a_picture_however_sure_the_engine_is(self, photos):
        sign = [Word("SAMEN", Box(380, 500, 430, 514), 0.97), Word("STERK", Box(434, 500, 484, 514), 0.97)]
        role = role_of(self.scan(*sign, photos=photos), "SAMEN STERK")
        assert (role is BlockRole.PICTURE) == bool(photos)

    def test_a_text_printed_on_a_photo_and_a_word_that_reaches_over_its_edge_are_none(self):
        page, photo = Printer(ink=True), Box(330, 420, 540, 600)
        page.column(page.text(30), 350, 440, 170)
        assert texts(self.scan(*page.words, photos=[photo]), BlockRole.PICTURE) == []
        edge = Word("Vergadering", Box(300, 500, 380, 511), 0.97)
        assert texts(self.scan(edge, photos=[photo]), BlockRole.PICTURE) == []

    def test_a_title_printed_on_a_photo_at_the_top_is_none(self):
        page = Printer(ink=True)
        page.line("De Brug", LEFT, 40, size=40)
        page.column(page.text(220), LEFT, 160, 240)
        blocks = arrange(page.words, width=WIDTH, height=HEIGHT, photos=[Box(0, 20, WIDTH, 120)])
        assert texts(blocks, BlockRole.PICTURE) == []

    @pytest.mark.parametrize(
        ("read", "size", "aside"),
        [
            ("ok cK ok", 6.9, ["ok cK ok"]),
            ("sk ok okokok", 6.9, ["sk ok okokok"]),
            ("ok cK ok", 11, []),
            ("te nu ok", 6.9, []),
        ],
    )
    def test_a_row_of_stars_is_a_picture_and_small_letters_in_a_line_are_none(self, read, size, aside):
        stars = [
            Word(text, Box(x, 500, x + 9, 506), 0.9, size=size)
            for text, x in zip(read.split(), (380, 391, 402), strict=True)
        ]
        assert texts(self.scan(*stars), BlockRole.PICTURE) == aside
        beside = Word("vergadering", Box(414, 498, 470, 508), 0.95, size=size)
        assert texts(self.scan(*stars, beside), BlockRole.PICTURE) == []

    @pytest.mark.parametrize(
        ("read", "sure", "picture"),
        [("zrt EPQN", 0.65, True), ("zrt eten", 0.65, False), ("zrt EPQN", 0.8, False)],
    )
    def test_a_line_with_no_word_that_is_known_or_sure_is_the_edge_of_a_picture(self, read, sure, picture):
        words = [Word(text, Box(x, 500, x + 24, 506), sure) for text, x in zip(read.split(), (350, 380), strict=True)]
        assert (role_of(self.scan(*words), "zrt") is BlockRole.PICTURE) == picture

    @pytest.mark.parametrize(
        ("read", "sure", "role"),
        [("NNN", 0.71, BlockRole.PICTURE), ("Drukwerk", 0.71, BlockRole.ASIDE), ("NVHZ", 0.9, BlockRole.ASIDE)],
    )
    def test_a_column_of_figures_read_as_a_word_up_the_page_is_no_text(self, read, sure, role):
        found = self.scan(Word(read, Box(300, 300, 305, 380), sure))
        assert next(block.role for block in found if block.text == read) is role

    def test_what_is_drawn_in_two_ways_is_kept_once(self):
        stars = [Word(text, Box(x, 500, x + 9, 506), 0.9, size=6.9) for text, x in (("ok", 380), ("cK", 391))]
        dashes = [Word("1", Box(326, y, 327.5, y + 7), 0.7) for y in range(200, 300, 17)]
        found = self.scan(*stars, *dashes, photos=[Box(330, 420, 540, 600)], drawn=[Box(326, 100, 327.5, 400)])
        drawn = [word for text in texts(found, BlockRole.PICTURE) for word in text.split()]
        assert sorted(drawn) == [*["1"] * len(dashes), "cK", "ok"]

    def test_a_letter_on_a_rule_down_the_page_is_a_picture(self):
        def aside(*rules):
            return texts(self.scan(Word("1", Box(326, 199, 328, 206), 0.98), drawn=rules), BlockRole.PICTURE)

        assert aside(Box(326.2, 100, 327.6, 400)) == ["1"]
        assert aside() == aside(Box(340, 100, 341.5, 400)) == aside(Box(326.2, 300, 327.6, 400)) == []

    def test_letters_read_out_of_a_photo_are_a_picture(self):
        rubbish = [
            Word(text, Box(350 + 20 * at, 200 + 9 * at, 362 + 20 * at, 212 + 9 * at), 0.3)
            for at, text in enumerate(("Fj", "WN", "oR", "|"))
        ]
        pictures = [block for block in self.scan(*rubbish) if block.role is BlockRole.PICTURE]
        assert {word.text for block in pictures for line in block.lines for word in line.words} == {
            "Fj",
            "WN",
            "oR",
            "|",
        }
        assert all(block.reason for block in pictures)

    def test_a_word_that_a_list_knows_is_no_picture_though_the_engine_doubts(self):
        assert (
            role_of(self.scan(Word("vergadering", Box(350, 200, 420, 212), 0.4)), "vergadering")
            is not BlockRole.PICTURE
        )

    @pytest.mark.parametrize("text", ["Buurtmaaltijd", "straatversiering", "Zandbergerveld"])
    def test_a_compound_or_a_well_shaped_name_is_no_picture(self, text):
        assert role_of(self.scan(Word(text, Box(350, 200, 430, 212), 0.45)), text) is not BlockRole.PICTURE

    def test_a_sure_number_of_its_own_is_no_picture(self):
        assert role_of(self.scan(Word("60", Box(400, 200, 430, 224), 0.95)), "60") is not BlockRole.PICTURE

    def test_known_words_of_which_the_engine_is_hardly_sure_are_a_picture(self):
        ornament = [Word(text, Box(x, 200, x + 34, 212), 0.1) for text, x in (("veters", 350), ("dagen", 388))]
        assert role_of(self.scan(*ornament), "veters dagen") is BlockRole.PICTURE

    def in_a_frame(self, *dashes):
        page = Printer(ink=True)
        page.line("Knip deze bon uit", LEFT, 100, size=13)
        page.column(page.text(70), LEFT, 130, 240)
        blocks = arrange([*page.words, *dashes], width=WIDTH, height=HEIGHT)
        return "".join(block.text for block in blocks if block.role is not BlockRole.PICTURE)

    def test_the_dashes_of_a_frame_are_pictures(self):
        across = [
            Word("1I-L!1t"[at % 7], Box(30 + 11 * at, 88, 36 + 11 * at, 90.5), 0.5 + at % 3 / 9) for at in range(24)
        ]
        down = [Word(sign, Box(30, 96 + 17 * at, 32, 103 + 17 * at), 0.7) for at, sign in enumerate("1!I3|1;1")]
        assert self.in_a_frame(*across, *down) == self.in_a_frame()

    def test_a_scrap_of_a_rule_in_a_line_is_a_picture(self):
        page = Printer(ink=True)
        page.line("de vergadering _ begint om acht uur", LEFT, 100)
        assert texts(blocks_of(page), BlockRole.PICTURE) == ["_"]
        page = Printer()
        page.line("naam_ _ van de rekening", LEFT, 100)  # printed so, in a text layer
        assert texts(blocks_of(page), BlockRole.PICTURE) == []

    def test_numbers_on_lines_of_text_are_no_dashes(self):
        page = Printer(ink=True)
        for at in range(6):
            page.line("Uit het bestuur van de wijk", LEFT, 100 + 14 * at)
            base = 100 + 14 * at + 7.9
            page.words.append(Word("1", Box(300, base - 7, 302.5, base), 0.6))
        assert page.words[-1].text in [word for block in blocks_of(page) for word in block.text.split()]
        assert texts(blocks_of(page), BlockRole.PICTURE) == []

    def test_a_doubtful_word_in_a_line_stays_in_it(self):
        page = Printer(ink=True)
        page.line("de vergadering van de kxring begint om acht uur", LEFT, 100)
        page.words = [Word(w.text, w.box, 0.3 if w.text == "kxring" else 0.9) for w in page.words]
        assert [block.text for block in blocks_of(page)] == ["de vergadering van de kxring begint om acht uur"]

    def test_a_rule_between_columns_does_not_join_them(self):
        page = Printer(ink=True)
        for at in range(2):
            page.column(page.text(200), LEFT + at * 258, 60, 246)
        rules = [Word("|", Box(296, y, 297, y + 12), 0.6) for y in range(60, 400, 40)]
        assert kept_joins(page, arrange([*page.words, *rules], width=WIDTH, height=HEIGHT)) >= 0.99

    def test_a_stain_as_high_as_the_page_cuts_through_nothing(self):
        page = Printer(ink=True)
        page.column(page.text(220), LEFT, 60, 240)
        stain = Word("ll", Box(100, 40, 180, 700), 0.2)
        assert kept_joins(page, arrange([*page.words, stain], width=WIDTH, height=HEIGHT)) == 1

    def test_text_up_the_side_does_not_cut_through_lines(self):
        page = Printer()
        page.column(page.text(220), LEFT, 60, 480)
        side = [
            Word(text, Box(566, y, 576, y + 60), None, 10.0, 1.0)
            for text, y in (("Havenbode", 200), ("nummer", 265), ("zeven", 330))
        ]
        blocks = arrange([*page.words, *side], width=WIDTH, height=HEIGHT)
        assert kept_joins(page, blocks) == 1
        assert texts(blocks, BlockRole.FURNITURE) == ["Havenbode nummer zeven"]


numbers = st.floats(min_value=-50, max_value=700, allow_nan=False)
boxes = st.one_of(st.none(), st.builds(Box, numbers, numbers, numbers, numbers))
any_word = st.builds(
    Word,
    text=st.sampled_from(["", "a", "—", "Ab", "|", "60", "woord", "•", "1.", "een.zin"]),
    box=boxes,
    confidence=st.one_of(st.none(), st.floats(min_value=0, max_value=1)),
    size=st.one_of(st.none(), st.floats(min_value=-1, max_value=1e5)),
)


@settings(deadline=None)  # the first page loads the word lists
@given(
    words=st.lists(any_word, max_size=25),
    drawn=st.lists(st.builds(Box, numbers, numbers, numbers, numbers), max_size=6),
)
def test_no_words_make_it_crash_and_none_is_lost(words, drawn):
    blocks = arrange(words, width=WIDTH, height=HEIGHT, drawn=drawn)
    letters = Counter(c for block in blocks for line in block.lines for word in line.words for c in word.text)
    assert letters == Counter(c for word in words for c in word.text)
