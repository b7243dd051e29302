"""What does an engine see on a picture of a page, looked at once or more?"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.model.pages import Box, TextSource, Word
from archive.reading import evidence
from archive.reading.images import ink
from archive.reading.images.drawn import find_rules
from archive.reading.images.grounds import lighten_grounds
from archive.reading.images.light import even_light, is_faint, smooth
from archive.reading.images.photos import find_photos
from archive.reading.images.picture import LEAST_DPI, Picture, reduce, resize, save, straighten, turn
from archive.reading.images.print_ink import NO_PRINT, PrintInk, Unread, find_print, find_unread, is_much
from archive.reading.images.underlines import wipe_underlines
from archive.reading.ocr import ENGINES
from archive.reading.page.initials import take_initials
from archive.reading.page.tilt import level_box, level_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.model.pages import PageImage
    from archive.protocols import Engine
    from archive.reading.page.how import ReadingSettings

# Tesseract's mean confidence on a page that lies well is over .85; on one that is turned or dark it is under this.
POOR = 0.75
# Upside down it is under this; what the engine then says of the way up is not believed if it says: as it lies.
_VERY_POOR = 0.5
_SURE = 0.6  # of a word: what is seen in specks and drawings is less sure
_SURE_TURN = 2.0
_BLANK_INK = 0.0004
# Up to this tilt the engine reads well, and better than a picture that was turned and so blurred: only the words' boxes
# are straightened.
_LITTLE_SKEW = 2.0
_TURN_DPI = 150.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a page from one source, before they are arranged, and the boxes of what is drawn and of photos.

    `dark` are the boxes of dark grounds, `ink` is where print seems to be, None where nobody looked. The other fields
    are as in Page, but in points of the paper, of which one is `scale` points of the page.
    """

    source: TextSource
    words: tuple[Word, ...]
    width: float
    height: float
    reader: str
    turned: int = 0
    skew: float = 0.0
    drawn: tuple[Box, ...] = ()
    photos: tuple[Box, ...] = ()
    dark: tuple[Box, ...] = ()
    scale: float = 1.0
    ink: PrintInk | None = None


def recognise(picture: Picture, how: ReadingSettings) -> Reading:
    """Turn a picture upright and have it read.

    Where that went badly it is looked at again, another way up, and then with thresholds of the other kind; so is a
    page whose ink and paper overlap in tone, as neither kind suits all of them. The better look is kept.
    """
    engine = find_engine()
    coarse = picture.dpi < LEAST_DPI
    picture = resize(picture)
    guess = ink.guess_turn(picture)
    reader = f"{engine.version()} {'+'.join(how.languages)} {picture.dpi:.0f}dpi"
    if guess.ink < _BLANK_INK:
        return Reading(TextSource.OCR, (), picture.width, picture.height, reader)
    with tempfile.TemporaryDirectory() as work:
        looks = Looks(engine, how.languages, Path(work), picture, coarse)
        turned = guess.turned
        if guess.unsure_side or guess.unsure_way:
            turned = looks.ask_turn(0 if guess.unsure_side else guess.turned)
        upright = looks.turn_upright(turned)
        best = looks.read(upright, reader)
        if sureness(best.words) < POOR:
            other = looks.ask_turn(guess.turned if guess.turned != turned else (turned + 180) % 360)
            if other == turned and sureness(best.words) < _VERY_POOR:
                other = (turned + 180) % 360
            if other != turned:
                around = looks.turn_upright(other)
                second = looks.read(around, reader)
                best = _better(best, second, how)
                upright = around if best is second else upright
        if not coarse and (upright.faint or sureness(best.words) < POOR):
            best = _better(best, looks.read(upright, reader, local=not upright.faint), how)
        best = replace(best, ink=find_print(upright.picture, best.words, upright.level))
        if is_much(_missed(best)):
            best = _fuller(best, looks.read_sparse(upright, reader), how)
    return best


def _missed(reading: Reading) -> Unread:
    """Return the print under no word of which the engine is sure."""
    sure = [word for word in reading.words if word.confidence is None or word.confidence >= _SURE]
    return find_unread(reading.ink or NO_PRINT, sure, pictures=reading.photos)


def _fuller(one: Reading, other: Reading, how: ReadingSettings) -> Reading:
    """Return the better of two looks, with what only the other one saw where print was missed if that is better yet."""
    best = replace(_better(one, other, how), ink=one.ink)
    rest = other if best.words is one.words else one
    missed = _missed(best).boxes
    sure = [word for word in rest.words if word.box and (word.confidence or 0.0) >= _SURE]
    seen = [word for word in sure if any(_in(word.box, area) for area in missed)]
    held = [word for word in best.words if not any(_overlap(word.box, each.box) for each in seen)]
    return _better(best, replace(best, words=(*held, *seen)), how)


def _in(box: Box | None, area: Box) -> bool:
    if box is None:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1


def _overlap(one: Box | None, other: Box | None) -> bool:
    return bool(one and other and (_in(one, other) or _in(other, one)))


def _better(one: Reading, other: Reading, how: ReadingSettings) -> Reading:
    return max(one, other, key=lambda each: evidence.worth(each.words, how.languages))


def sureness(words: Iterable[Word]) -> float:
    """Return the mean confidence of words, weighted by length; 0 without any."""
    known = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    letters = sum(length for _, length in known)
    return sum(confidence * length for confidence, length in known) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class Upright:
    """A page made fit to read, once for all looks at it.

    Attributes:
        picture: Without underlines; `image` is it for an engine, without initials too.
        image: See there.
        turned: By how many degrees clockwise it was turned.
        skew: Its tilt in degrees; up to a little, the picture still has it.
        faint: Its ink and its paper overlap in tone.
        initials: The large letters that open paragraphs.
        drawn: What is drawn on it, in points of the straight page.
        photos: The photos on it, in the same.
        dark: Its dark grounds, in the same.
    """

    picture: Picture
    image: PageImage
    turned: int
    skew: float
    faint: bool
    initials: tuple[Word, ...]
    drawn: tuple[Box, ...]
    photos: tuple[Box, ...]
    dark: tuple[Box, ...]

    @property
    def level(self) -> float:
        """By how many degrees the picture still has to be turned for its lines to run level."""
        return self.skew if abs(self.skew) <= _LITTLE_SKEW else 0.0


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks at one picture by one engine; `coarse`: it was enlarged."""

    engine: Engine
    languages: tuple[str, ...]
    work: Path
    picture: Picture
    coarse: bool = False

    def turn_upright(self, turned: int) -> Upright:
        """Turn the picture clockwise by so many degrees, straighten it and make it fit to read."""
        picture = turn(self.picture, turned)
        photos = find_photos(picture)
        picture, bars, dark = lighten_grounds(picture)
        picture = even_light(picture)
        skew = ink.find_skew(picture)
        if abs(skew) > _LITTLE_SKEW:
            picture = straighten(picture, skew)
        faint = is_faint(picture)
        picture, lines = wipe_underlines(smooth(picture) if faint else picture)
        drawn = find_rules(picture, skew if abs(skew) <= _LITTLE_SKEW else 0.0)
        drawn += tuple(level_box(each, skew, picture) for each in (*bars, *lines))
        photos, dark = (tuple(level_box(each, skew, picture) for each in some) for some in (photos, dark))
        plain, initials = take_initials(picture, self.engine, self.languages, self.work)
        image = save(plain, self.work / f"{turned}.pgm", 1)
        return Upright(picture, image, turned, skew, faint, initials, drawn, photos, dark)

    def read(self, upright: Upright, reader: str, *, local: bool | None = None) -> Reading:
        """Have a page read by local thresholds or by one: as asked, else by local ones if it is faint or coarse."""
        local = upright.faint or self.coarse if local is None else local
        image = replace(upright.image, local_thresholds=local)
        return self._seen(upright, self.engine.read(image, self.languages), reader)

    @staticmethod
    def _seen(upright: Upright, found: Sequence[Word], reader: str) -> Reading:
        picture = upright.picture
        weighed = ink.weigh(picture, (*found, *upright.initials))
        words = [level_word(word, upright.level, picture) for word in weighed]
        size = (picture.width, picture.height)
        lies = (upright.turned, round(upright.skew, 2))
        return Reading(TextSource.OCR, tuple(words), *size, reader, *lies, upright.drawn, upright.photos, upright.dark)

    def read_sparse(self, upright: Upright, reader: str) -> Reading:
        """Have a page read wherever it has letters, if the engine can do that; else as `read` does."""
        sparse: Any = getattr(self.engine, "read_sparse", None)
        if sparse is None:
            return Reading(TextSource.OCR, (), upright.picture.width, upright.picture.height, reader)
        return self._seen(upright, sparse(upright.image, self.languages), reader)

    def ask_turn(self, otherwise: int) -> int:
        """Ask the engine which way is up; `otherwise` is the answer where it cannot tell."""
        find_turn: Any = getattr(self.engine, "find_turn", None)
        if find_turn is None:
            return otherwise
        turned, sure = find_turn(save(reduce(self.picture, _TURN_DPI), self.work / "turn.pgm", 1))
        return turned if sure >= _SURE_TURN else otherwise


def find_engine() -> Engine:
    """Return the engine that is in use."""
    module, _, name = next(iter(ENGINES.values())).partition(":")
    engine: Engine = getattr(import_module(module), name)()
    return engine
