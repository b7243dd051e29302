"""Which designs do newsletters have beyond plain columns? Each function prints one, by seed, for tests of the layout.

Cards in a grid, tabloid pages, magazine pages, sheets folded in two. `page.rules` holds the rules and outlines that a
born-digital page has; a scan has them only where its picture is looked at.
"""

from tests.reading.printer import Printer

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 45.0, 550.0, 60.0, 780.0


def _wide(count, gutter, left=LEFT, right=RIGHT):
    return (right - left - (count - 1) * gutter) / count


def _flow(page, x, y, count, gutter, wide, *, lines, **how):  # noqa: PLR0913, PLR0917 - what a typesetter needs
    """Set one story in several columns of the same length; returns the top of what comes below."""
    size = how.get("size", 10.0)
    low = y
    for at in range(count):
        text = page.text(round(lines * wide / (size * 2.9)))
        low = max(low, page.column(text, x + at * (wide + gutter), y, wide, **how))
    return low


def _card(page, x, y, wide, words, *, size=9.0):  # noqa: PLR0913 - what a typesetter needs
    """Set a card; returns its bottom."""
    page.line(page.text(2).rstrip("."), x + 8, y + 8, size=1.3 * size, weight=1.4)
    return page.column(page.text(words), x + 8, y + 8 + 1.9 * size, wide - 16, size=size) + 6


def _cards(page, columns, rows, *, gutter, boxed):
    wide, y = _wide(columns, gutter), 130
    page.line("De Havenbode", 150, 50, size=30, weight=1.4)
    page.line("Nieuws uit de wijk, maart 2019", 190, 92, size=10)
    for _ in range(rows):
        lows = []
        for at in range(columns):
            x = LEFT + at * (wide + gutter)
            lows.append(_card(page, x, y, wide, page.chance.randint(22, 60)))
            if boxed:
                page.rules.append((x, y, x + wide, lows[-1]))
        y = max(lows) + gutter


def cards_of_unequal_height(page):
    _cards(page, 2, 4, gutter=14, boxed=True)


def cards_three_abreast(page):
    _cards(page, 3, 3, gutter=12, boxed=True)


def cards_of_equal_height(page):
    """The outlines of a row reach down to the same height."""
    wide, y = _wide(2, 14), TOP
    for _ in range(4):
        lows = [_card(page, LEFT + at * (wide + 14), y, wide, page.chance.randint(30, 70)) for at in range(2)]
        for at in range(2):
            page.rules.append((LEFT + at * (wide + 14), y, LEFT + at * (wide + 14) + wide, max(lows)))
        y = max(lows) + 14


def tabloid(page):
    """A lead story over three of four columns, one beside it, two stories below, each over two columns."""
    wide = _wide(4, 12)
    page.line("Dorpskrant", 180, 40, size=40, weight=1.4)
    page.line("jaargang 4 nummer 2", LEFT, 92, size=8)
    page.line("maart 1999", 500, 92, size=8)
    page.line("Haven krijgt na jaren weer een brug", LEFT, 115, size=25, weight=1.4)
    first = _flow(page, LEFT, 152, 3, 12, wide, lines=24, size=8.5, align="justify")
    page.line(page.text(2).rstrip("."), LEFT + 3 * (wide + 12), 118, size=12, weight=1.4)
    side = page.fill(LEFT + 3 * (wide + 12), 136, wide, until=first, size=8.5, align="justify")
    y = max(first, side) + 20
    for half in range(2):
        x = LEFT + half * 2 * (wide + 12)
        page.line(page.text(3).rstrip("."), x, y, size=17, weight=1.4)
        _flow(page, x, y + 26, 2, 12, wide, lines=22, size=8.5, align="justify")


def tabloid_with_a_long_side_story(page):
    """The side story runs the height of the page; stories of one, two and three columns stand left of it."""
    wide = _wide(4, 12)
    page.line("De Omroep", 200, 40, size=38, weight=1.4)
    y = 100
    page.line("School zoekt ruimte in de kerk", LEFT, y, size=24, weight=1.4)
    y = _flow(page, LEFT, y + 34, 3, 12, wide, lines=16, size=8.5, align="justify") + 18
    page.line(page.text(3).rstrip("."), LEFT, y, size=15, weight=1.4)
    low = _flow(page, LEFT, y + 22, 2, 12, wide, lines=14, size=8.5, align="justify")
    page.line(page.text(1).rstrip("."), LEFT + 2 * (wide + 12), y, size=15, weight=1.4)
    low = max(low, page.column(page.text(70), LEFT + 2 * (wide + 12), y + 22, wide, size=8.5, align="justify")) + 18
    page.line(page.text(4).rstrip("."), LEFT, low, size=15, weight=1.4)
    _flow(page, LEFT, low + 22, 3, 12, wide, lines=14, size=8.5, align="justify")
    page.fill(LEFT + 3 * (wide + 12), 104, wide, until=BOTTOM, size=8.5, align="justify")


def magazine(page):
    """A photo over the whole width, its caption, a title and an introduction, three columns with an inset box."""
    page.line("Foto: de oude haven in de zomer van vorig jaar.", LEFT, 300, size=7.5)
    page.line("Leven aan het water", LEFT, 330, size=30, weight=1.4)
    y = page.column(page.text(36), LEFT, 376, 505, size=12.5)
    wide = _wide(3, 14)
    for at in range(3):
        page.column(page.text(105), LEFT + at * (wide + 14), y + 14, wide, size=9, align="justify")


def magazine_with_a_photo_over_two_columns(page):
    """The photo stands over columns two and three, the first column runs beside it."""
    wide = _wide(3, 14)
    page.line("Op de fiets naar zee", LEFT, TOP, size=28, weight=1.4)
    page.column(page.text(260), LEFT, TOP + 48, wide, size=9, align="justify")
    x = LEFT + wide + 14
    page.line("De dijk bij avond.", x, 372, size=7.5)
    page.column(page.text(135), x, 392, wide, size=9, align="justify")
    page.column(page.text(135), x + wide + 14, 392, wide, size=9, align="justify")


def magazine_with_a_box_across(page):
    """Two columns, a box over both in the middle, two columns again: the story is read past the box."""
    wide = _wide(2, 16)
    page.line("De tuin van de buurt", LEFT, TOP, size=24, weight=1.4)
    for at in range(2):
        page.column(page.text(125), LEFT + at * (wide + 16), TOP + 42, wide, align="justify")
    page.line("Wat kunt u doen?", LEFT + 14, 360, size=13, weight=1.4)
    low = page.column(page.text(50), LEFT + 14, 382, 477, size=9) + 10
    page.rules.append((LEFT, 348, RIGHT, low))
    for at in range(2):
        page.column(page.text(115), LEFT + at * (wide + 16), low + 20, wide, align="justify")


def folded_sheet(page):
    """Two pages of a booklet side by side on one sheet."""
    page.width_pt, page.height_pt = 842.0, 595.0
    for at in range(2):
        x = 40 + 421 * at
        page.line("De Havenbode", x, 24, size=7.5)
        page.fill(x, 48, 341, until=545, size=9.5)
        page.line(str(4 + at), x + 165, 562, size=8)


def folded_sheet_in_columns(page):
    """Two pages side by side, each with two columns under a heading of its own."""
    page.width_pt, page.height_pt = 842.0, 595.0
    for at in range(2):
        x, wide = 36 + 421 * at, 166
        page.line(page.text(3).rstrip("."), x, 40 + 9 * at, size=18, weight=1.4)
        for column in range(2):
            page.fill(x + column * (wide + 14), 76 + 9 * at, wide, until=540, size=8.5, align="justify")
        page.line(str(2 + at), x + 165, 562, size=8)


def folded_sheet_with_a_headline_over_both(page):
    """A magazine open on the table: four columns, the headline over both pages below them, its first line above it."""
    page.width_pt, page.height_pt = 842.0, 595.0
    wide = 150
    ends = (300, 360, 430, 430)
    for at, x in enumerate((48, 210, 450, 612)):
        page.column(page.text((ends[at] - 40) * 11 // 20), x, 40, wide, size=9.5, align="justify")
    page.line("Luister naar wie", 210, 444, size=12, weight=1.4)
    page.line("het heeft beleefd", 210, 459, size=12, weight=1.4)
    end = page.line("Wat kinderen", 210, 480, size=34, weight=1.4)
    page.line("van ons leren", end + 25, 480, size=34, weight=1.4)
    page.line("Foto: een dag aan de haven", 210, 524, size=7)


def folded_sheet_outside(page):
    """The back page left, with an address and much white, and the front with its masthead right."""
    page.width_pt, page.height_pt = 842.0, 595.0
    page.fill(40, 60, 341, until=300, size=9.5)
    page.line("Stichting De Haven", 150, 430, size=10)
    page.line("Kade 9, Merwestad", 150, 444, size=10)
    page.line("De Havenbode", 510, 40, size=26, weight=1.4)
    page.line("nummer 3, oktober 1979", 560, 76, size=9)
    page.fill(461, 110, 341, until=545, size=9.5)


def staggered_columns(page):
    """Columns that start at unlike heights below a picture and end at unlike heights."""
    wide = _wide(3, 14)
    for at, (top, bottom) in enumerate(((TOP, 700), (230, 780), (130, 610))):
        page.fill(LEFT + at * (wide + 14), top, wide, until=bottom, size=9, align="justify")


def columns_two_then_three(page):
    page.line("Verslag van de vergadering in het dorpshuis", LEFT, TOP, size=18, weight=1.4)
    wide = _wide(2, 16)
    low = max(page.fill(LEFT + at * (wide + 16), TOP + 32, wide, until=360, align="justify") for at in range(2))
    page.line("Korte berichten van de clubs", LEFT, low + 14, size=18, weight=1.4)
    wide = _wide(3, 14)
    for at in range(3):
        page.fill(LEFT + at * (wide + 14), low + 46, wide, until=BOTTOM, size=9, align="justify")


def boxes_among_columns(page):
    """Two columns; in the first a box of its own stands between two stories, in the second one at the foot."""
    wide = _wide(2, 18)
    y = page.fill(LEFT, TOP, wide, until=300)
    low = _card(page, LEFT, y, wide, 40)
    page.rules.append((LEFT, y, LEFT + wide, low))
    page.fill(LEFT, low + 14, wide, until=BOTTOM)
    y = page.fill(LEFT + wide + 18, TOP, wide, until=600)
    low = _card(page, LEFT + wide + 18, y, wide, 60)
    page.rules.append((LEFT + wide + 18, y, RIGHT, low))


def ruled_columns(page):
    """Narrow gutters with a rule down each; a rule across parts two bands."""
    wide = _wide(3, 9)
    lows = [page.fill(LEFT + at * (wide + 9), TOP, wide, until=380, size=9) for at in range(3)]
    middle = max(lows) + 6
    page.rules.append((LEFT, middle, RIGHT, middle + 1))
    for at in range(3):
        page.fill(LEFT + at * (wide + 9), middle + 14, wide, until=BOTTOM, size=9)
    for at in (1, 2):
        x = LEFT + at * (wide + 9) - 4.5
        for y0, y1 in ((TOP, middle - 6), (middle + 6, BOTTOM)):
            page.rules.append((x, y0, x + 0.5, y1))


def booklet_page(page):
    """A small page of one column with headings and a list in two halves."""
    page.width_pt, page.height_pt = 420.0, 595.0
    y = page.story(36, 50, 348, lines=9)
    y = page.story(36, y, 348, lines=6)
    for name in ("Donderdag koor", "Vrijdag schaken", "Zaterdag markt"):
        page.line("•", 40, y)
        page.line(name, 52, y)
        y += 13
    page.fill(36, y + 10, 348, until=550)
    page.line("7", 207, 570, size=8)


def two_stories_of_two_columns_side_by_side(page):
    """Each story has a heading over its own two columns."""
    wide = _wide(4, 11)
    for half in range(2):
        x = LEFT + half * 2 * (wide + 11)
        y = TOP
        for _ in range(2):
            page.line(page.text(3).rstrip("."), x, y, size=16, weight=1.4)
            y = _flow(page, x, y + 24, 2, 11, wide, lines=page.chance.randint(14, 22), size=8.5, align="justify") + 22


def headings_beside_text(page):
    """Headings stand in a narrow column left of their text."""
    y = TOP
    for _ in range(6):
        page.column(page.text(3).rstrip("."), LEFT, y, 105, size=12)
        y = page.column(page.text(page.chance.randint(45, 90)), LEFT + 125, y, 380) + 14


def sidebar_of_small_boxes(page):
    wide, y = 330, TOP
    page.fill(LEFT, TOP, wide, until=BOTTOM, align="justify")
    for _ in range(4):
        low = _card(page, LEFT + wide + 20, y, 155, page.chance.randint(18, 44), size=8.5)
        page.rules.append((LEFT + wide + 20, y, RIGHT, low))
        y = low + 12


DESIGNS = (
    cards_of_unequal_height,
    cards_three_abreast,
    cards_of_equal_height,
    tabloid,
    tabloid_with_a_long_side_story,
    magazine,
    magazine_with_a_photo_over_two_columns,
    magazine_with_a_box_across,
    folded_sheet,
    folded_sheet_in_columns,
    folded_sheet_with_a_headline_over_both,
    folded_sheet_outside,
    staggered_columns,
    columns_two_then_three,
    boxes_among_columns,
    ruled_columns,
    booklet_page,
    two_stories_of_two_columns_side_by_side,
    headings_beside_text,
    sidebar_of_small_boxes,
)


def print_design(design, *, seed, ink):
    page = Printer(seed, ink=ink)
    page.rules, page.width_pt, page.height_pt = [], WIDTH, HEIGHT
    design(page)
    return page
