"""Tests for what rules, outlines and tints tell of a page, and its grid of columns."""

import pytest
from PIL import Image, ImageDraw

from archive.model.pages import BlockRole, Box
from archive.reading.images.drawn import find_rules
from archive.reading.images.picture import Picture
from archive.reading.layout import arrange
from archive.reading.pdf.layer import read_page
from tests.reading.made_pdfs import Print, make_pdf
from tests.reading.printer import Printer, kept_order

WIDTH, HEIGHT, LEFT, RIGHT = 595.0, 842.0, 45.0, 550.0


def read(page, *drawn):
    return arrange(page.shuffled(), width=WIDTH, height=HEIGHT, drawn=[Box(*sides) for sides in drawn])


def texts(blocks, role):
    return [block.text for block in blocks if block.role is role]


def test_a_rule_across_parts_what_is_above_it_from_what_is_below():
    page = Printer(3)
    lows = [page.column(page.text(150), x, 60, 245, align="justify") for x in (LEFT, 305)]
    rule = max(lows) + 2
    for x in (LEFT, 305):
        page.column(page.text(150), x, rule + 4, 245, align="justify")
    assert kept_order(page, read(page, (LEFT, rule, RIGHT, rule + 1))) == 1
    assert kept_order(page, read(page)) < 0.9


def test_a_rule_down_parts_columns_that_nearly_touch():
    page = Printer(1)
    for x in (LEFT, 301):
        page.column(page.text(45), x, 60, 252, size=9, align="justify")
    assert kept_order(page, read(page, (298.7, 58, 299.2, 140))) == 1
    assert kept_order(page, read(page)) < 1


def test_what_stands_in_a_frame_is_read_as_one():
    page = Printer(2)
    frames = []
    for y in (60, 190):
        for x, words in ((LEFT, 60), (305, 45)):
            page.column(page.text(words), x + 8, y + 8, 229, size=9)
            frames.append((x, y, x + 245, y + 120))
    assert kept_order(page, read(page, *frames)) == 1
    assert kept_order(page, read(page)) < 0.9


def test_the_first_block_of_each_frame_says_so():
    page = Printer(2)
    page.column(page.text(40), LEFT, 40, 505)
    for y in (160, 290):
        page.column(page.text(60), LEFT + 8, y + 8, 489, size=9)
    frames = [(LEFT, y, RIGHT, y + 120) for y in (160, 290)]
    assert [block.reason == "opens a frame" for block in read(page, *frames)].count(True) == 2
    assert not any(block.reason for block in read(page))


def test_four_rules_that_meet_make_a_frame():
    page = Printer(2)
    rules = []
    for y in (60, 190):
        for x, words in ((LEFT, 60), (305, 45)):
            page.column(page.text(words), x + 8, y + 8, 229, size=9)
            across = [(x, low, x + 245, low + 0.5) for low in (y, y + 120)]
            down = [(side, y, side + 0.5, y + 120) for side in (x, x + 244.5)]
            rules += [*across, *down]
    assert kept_order(page, read(page, *rules)) == 1


def test_a_border_around_the_page_changes_nothing():
    page = Printer(1)
    for x in (LEFT, 305):
        page.column(page.text(200), x, 60, 245)
    assert read(page, (20, 20, 575, 822)) == read(page)


def test_a_table_with_outlined_cells_stays_a_table():
    page = Printer()
    frames = []
    for at, (day, what) in enumerate((("maandag", "koor"), ("dinsdag", "schaken"), ("vrijdag", "markt"))):
        for x, text in ((LEFT, day), (200, what)):
            page.line(text, x, 60 + 40 * at)
            page.line("om acht uur", x, 72 + 40 * at)
            frames.append((x - 5, 55 + 40 * at, x + 150, 95 + 40 * at))
    assert kept_order(page, read(page, *frames)) < 1  # row by row, not cell by cell


def test_a_bar_behind_a_heading_leaves_it_a_heading():
    page = Printer()
    page.column(page.text(90), LEFT, 60, 245)
    page.line("Bewoners houden de weg", LEFT + 5, 200, size=11, weight=1.4)
    page.line("langs de haven dicht", LEFT + 5, 213, size=11, weight=1.4)
    page.column(page.text(90), LEFT, 232, 245)
    assert texts(read(page, (LEFT, 196, 290, 228)), BlockRole.HEADING) == [
        "Bewoners houden de weg\nlangs de haven dicht"
    ]


class TestMargin:
    def test_a_narrow_column_left_of_a_broad_one_is_read_after_it(self):
        page = Printer(3)
        page.fill(190, 60, 360, until=700)
        page.fill(LEFT, 60, 115, until=500, size=8)
        assert kept_order(page, read(page)) == 1

    def test_a_narrow_column_left_of_several_is_read_first(self):
        page = Printer(3)
        page.fill(LEFT, 60, 105, until=500, size=8)
        for x in (165, 365):
            page.fill(x, 60, 185, until=700, size=9)
        assert kept_order(page, read(page)) == 1


class TestGrid:
    def test_two_lines_in_columns_are_read_by_column_where_the_page_has_such_columns(self):
        page = Printer(4)
        for band, words in ((60, 110), (380, 24)):
            page.line("Een kop over alle kolommen van het blad, in grote letters", LEFT, band, size=18, weight=1.4)
            for at in range(3):
                page.column(page.text(words), LEFT + 173 * at, band + 30, 159, size=9)
        assert kept_order(page, read(page)) == 1

    def test_two_lines_in_columns_of_their_own_are_cells(self):
        page = Printer(4)
        for at in range(2):
            page.column("Aanvang om acht uur in de zaal", LEFT + 120 * at, 60, 100, size=9)
        assert read(page)[0].text.splitlines()[0].split()[:4] == ["Aanvang", "om", "acht", "uur"]


class TestSideHeads:
    def printed(self, heads):
        page = Printer(6)
        y, rules = 60, []
        for head in heads:
            page.line(head, LEFT, y, weight=1.4)
            low = page.column(page.text(50), 170, y, 380)
            rules.append((LEFT, low + 4, RIGHT, low + 5))
            y = low + 14
        return page, rules

    def test_headings_left_of_their_texts_are_headings(self):
        heads = ["Volle manden", "Uit het bestuur", "Open dag"]
        page, rules = self.printed(heads)
        for drawn in ((), rules):
            blocks = read(page, *drawn)
            assert texts(blocks, BlockRole.HEADING) == heads
            assert kept_order(page, blocks) == 1

    def test_a_heading_of_two_lines_is_one(self):
        page, rules = self.printed(["DE VERGADERING", "OPEN DAG", "KOPIJ"])
        page.line("VAN APRIL", LEFT, 77, weight=1.4)
        assert texts(read(page, *rules), BlockRole.HEADING)[0] == "DE VERGADERING\nVAN APRIL"

    def test_times_left_of_their_texts_are_none(self):
        page, rules = self.printed(["19.30 uur", "20.00 uur", "21.15 uur"])
        assert texts(read(page, *rules), BlockRole.HEADING) == []


class TestFound:
    def test_a_pdf_tells_its_rules_outlines_and_tints_but_not_what_is_white(self, tmp_path):
        sketch = "0.5 w 50 600 m 300 600 l S 0.9 g 60 400 200 100 re f 1 g 60 200 200 100 re f 0 g"
        page = read_page(make_pdf(tmp_path / "a.pdf", [[Print("Open dag")]], sketch=sketch), 1)
        assert sorted((round(b.x0), round(b.y0), round(b.x1), round(b.y1)) for b in page.drawn) == [
            (50, 242, 300, 242),
            (60, 342, 260, 442),
        ]

    @pytest.mark.parametrize("skew", [0.0, 1.0])
    def test_a_picture_tells_its_rules_but_not_its_print(self, skew):
        image = Image.new("L", (1240, 1754), 240)
        draw = ImageDraw.Draw(image)
        draw.line((100, 300, 1100, 300), fill=40, width=3)
        draw.line((620, 400, 620, 1500), fill=40, width=2)
        draw.rectangle((100, 1600, 1100, 1640), fill=40)
        for y in range(500, 900, 30):
            draw.text((100, y), "vergadering in het dorpshuis " * 3, fill=20)
        lying = Picture(image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=240), 150)
        found = sorted(find_rules(lying, skew), key=lambda box: box.y0)
        assert [(round(box.x1 - box.x0, -1), round(box.y1 - box.y0, -1)) for box in found] == [(480, 0), (0, 530)]

    @pytest.mark.parametrize("skew", [0.0, 1.0])
    def test_even_dashes_down_a_page_are_a_rule_and_a_column_of_figures_is_none(self, skew):
        image = Image.new("L", (1240, 1754), 240)
        draw = ImageDraw.Draw(image)
        for y in range(300, 900, 24):
            draw.rectangle((620, y, 622, y + 13), fill=40)  # a dash
            draw.line((900, y, 900, y + 13), fill=40, width=2)  # a one
            draw.line((896, y + 3, 900, y), fill=40, width=2)
            draw.rectangle((300, y, 302, y + (7, 15, 9, 17)[y // 24 % 4]), fill=40)  # uneven
        lying = Picture(image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=240), 150)
        (rule,) = find_rules(lying, skew)
        assert (round(rule.x0), round(rule.y0), round(rule.y1)) == pytest.approx((298, 144, 427), abs=3)

    def test_what_is_drawn_on_a_page_turned_in_its_file_lies_as_the_page_does(self, tmp_path):
        sketch = "0.5 w 50 600 m 50 100 l S"
        lines = [Print(f"regel {n}", x=100 + 14 * n, y=100, matrix="0 1 -1 0") for n in range(5)]
        page = read_page(make_pdf(tmp_path / "a.pdf", [lines], sketch=sketch), 1)
        assert page.turned == 90
        (rule,) = page.drawn
        assert (round(rule.x1 - rule.x0), round(rule.y1 - rule.y0)) == (500, 0)
