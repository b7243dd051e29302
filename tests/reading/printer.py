"""Which words stand where on a page? Sets text in columns, boxes and tables, for tests of the layout.

A page is printed with boxes as a PDF gives them (`ink=False`) or tight around the letters as OCR does, with slips of
the size that OCR makes. `order` lists the words as a person reads them.
"""

import math
import random
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from archive.model.pages import BlockRole, Box, Word

VOCABULARY = """
    aan acht avond bakker bal bank begin beurs bezoek bibliotheek boek boom bord brief brug buurt buurthuis dag dak de
    deur dorp een eerste en feest fiets gebouw gemeente gracht groep haven het huis ieder in jaar kade kaart kerk
    koffie koor krant kring lamp lezing licht maand markt meer met molen muziek na naar nieuw nu of om onder ons op
    optocht oud over plan plein poort raad school soep station straat tafel tekening thee toren trap tuin uit van
    vereniging vergadering verhaal vlag voor vraag vrijwilligers wandeling water week weg wijk winkel winter zaal
    zaterdag zomer
""".split()  # noqa: SIM905 - a page of words reads better
ENGLISH = """
    the of and to in that it for was on with are be as at this have from by not or an we our which their has were will
    been they all can more there harbour street house meeting music garden summer winter bridge school letter
""".split()  # noqa: SIM905
NARROW, BROAD = "ijltfr.,;:!'-1()", "mwMWABCDEGHKNOQRUV"
TALL, DEEP = "bdfhklt0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ€%", "gjpqy,;()"


@dataclass
class Printer:
    """Prints onto one page; positions and sizes in points."""

    seed: int = 0
    ink: bool = False
    mono: bool = False
    words: list[Word] = field(default_factory=list)

    def __post_init__(self):
        self.chance = random.Random(self.seed)  # noqa: S311 - the same page every time

    def text(self, count):
        """Return a sentence or more of so many words."""
        return self._drawn(count, VOCABULARY)

    def english(self, count):
        """Return the same in English."""
        return self._drawn(count, ENGLISH)

    def _drawn(self, count, vocabulary):
        drawn = [self.chance.choice(vocabulary) for _ in range(count)]
        for at in range(0, count, 9):
            drawn[at] = drawn[at].capitalize()
            drawn[at - 1] += "." if at else ""
        drawn[-1] += "."
        return " ".join(drawn)

    def width(self, text, size):
        if self.mono:
            return 0.6 * size * len(text)
        return size * sum(0.28 if c in NARROW else 0.78 if c in BROAD else 0.5 for c in text)

    def line(self, text, x, y, *, size=10.0, weight=1.0, space=None):  # noqa: PLR0913 - what a typesetter needs
        """Print words from `x` on; `y` is the top of the line. Returns where the line ends."""
        gap = (0.6 if self.mono else 0.26) * size if space is None else space
        for token in text.split():
            wide = self.width(token, size)
            self.words.append(self.word(token, x, y, size=size, weight=weight))
            x += wide + gap
        return x - gap

    def word(self, token, x, y, *, size, weight=1.0):
        wide = self.width(token, size)
        if not self.ink:
            return Word(token, Box(x, y, x + wide, y + size), None, size, weight)
        base = y + 0.79 * size
        top = base - size * (0.70 if set(token) & set(TALL) else 0.49)
        if not any(c.isalnum() for c in token):
            top = base - 0.3 * size
        slip = [self.chance.gauss(0, 0.02 * size) for _ in range(4)]
        box = Box(
            x + slip[0],
            top + slip[1],
            x + wide + slip[2],
            base + (0.21 * size if set(token) & set(DEEP) else 0) + slip[3],
        )
        return Word(token, box, round(self.chance.uniform(0.85, 0.97), 2))

    def column(self, text, x, y, wide, *, size=10.0, leading=1.2, align="left", indent=0.0, beside=None):  # noqa: PLR0913
        """Set running text; `align` is left, justify or center, `beside(y)` gives the edges where text evades a block.

        Returns the top of the line that would come next.
        """
        tokens, gap = text.split(), (0.6 if self.mono else 0.26) * size
        first = True
        while tokens:
            left, right = (x, x + wide) if beside is None else beside(y)
            start = left + (indent if first else 0.0)
            taken = [tokens.pop(0)]
            used = self.width(taken[0], size)
            while tokens and used + gap + self.width(tokens[0], size) <= right - start:
                used += gap + self.width(tokens[0], size)
                taken.append(tokens.pop(0))
            spare = right - start - used
            full = align == "justify" and tokens and len(taken) > 1
            space = gap + (spare / (len(taken) - 1) if full else 0.0)
            self.line(" ".join(taken), start + (spare / 2 if align == "center" else 0.0), y, size=size, space=space)
            y += leading * size
            first = False
        return y

    def story(self, x, y, wide, *, lines, **how):
        """Set a heading and text of about so many lines; returns the top of what comes next."""
        size = how.get("size", 10.0)
        self.line(self.text(3).rstrip("."), x, y, size=1.3 * size, weight=1.4)
        y += 1.3 * size * 1.35
        per_line = wide / (size * 2.5)
        y = self.column(self.text(max(4, round(lines * per_line))), x, y, wide, **how)
        return y + 0.8 * size

    def fill(self, x, y, wide, *, until, **how):
        """Set stories down to `until`."""
        size = how.get("size", 10.0)
        while until - y > 7 * size:
            room = int((until - y) / (1.3 * size)) - 3
            y = self.story(x, y, wide, lines=self.chance.randint(3, max(4, room)) % 14 + 3, **how)
        return y

    def worn(self, *, skew=0.0, specks=0, size=(595.0, 842.0)):
        """Return the words of a scan laid a little askew (degrees), with specks that were read as letters."""
        slope = math.tan(math.radians(skew))
        self.words = [replace(word, box=self._slid(word.box, slope)) for word in self.words]
        found = []
        for _ in range(specks):
            x, y = self.chance.uniform(20, size[0] - 20), self.chance.uniform(20, size[1] - 20)
            text = self.chance.choice((".", "|", "'", "-", "~", "i", "a", "ee", "_", "°", "il"))
            box = Box(x, y, x + self.chance.uniform(1, 8), y + self.chance.uniform(1, 14))
            found.append(Word(text, box, round(self.chance.uniform(0.05, 0.5), 2)))
        mixed = [*self.words, *found]
        self.chance.shuffle(mixed)
        return mixed

    @staticmethod
    def _slid(box, slope):
        down = slope * (box.x0 + box.x1) / 2
        across = -slope * (box.y0 + box.y1) / 2
        return Box(box.x0 + across, box.y0 + down, box.x1 + across, box.y1 + down)

    def shuffled(self):
        mixed = list(self.words)
        self.chance.shuffle(mixed)
        return mixed


def kept_joins(page, blocks):
    """Return the share of neighbours in reading order that are neighbours in the blocks too, pictures left out."""
    text = [block for block in blocks if block.role is not BlockRole.PICTURE]
    read = [word for block in text for line in block.lines for word in line.words]
    after = {id(word): id(other) for word, other in pairwise(read)}
    pairs = list(pairwise(page.words))
    return sum(after.get(id(word)) == id(other) for word, other in pairs) / len(pairs)


def kept_order(page, blocks):
    """Return the share of words that stand in order: blocks read in another order count with all their words."""
    place = {id(word): at for at, word in enumerate(page.words)}
    text = [block for block in blocks if block.role is not BlockRole.PICTURE]
    read = [place.get(id(word), -1) for block in text for line in block.lines for word in line.words]
    return 1 - Levenshtein.distance(list(range(len(page.words))), read) / len(page.words)
