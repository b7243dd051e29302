"""Which words does a page hold, by its text layer and by an engine, and which of the two is better?"""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.model.pages import Box, Candidate, ScanKind, TextSource, Word
from archive.reading import evidence
from archive.reading.images import ink, loading
from archive.reading.images.grounds import lighten_grounds
from archive.reading.images.picture import MOST_DPI, Picture, reduce, resize, save, straighten, turn
from archive.reading.ocr import ENGINES
from archive.reading.pdf import documents, drawing, layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.protocols import Engine
    from archive.reading.page.how import ReadingSettings
    from archive.reading.page.places import Place

# Tesseract's mean confidence on a page that lies well is over .85; on one that is turned or dark it is under this.
_POOR = 0.75
# Upside down it is under this; what the engine then says of the way up is not believed if it says: as it lies.
_VERY_POOR = 0.5
_SURE_TURN = 2.0
_BLANK_INK = 0.0004
# Up to this tilt the engine reads well, and better than a picture that was turned and so blurred: only the words' boxes
# are straightened.
_LITTLE_SKEW = 2.0
_TURN_DPI = 150.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a page from one source, before they are arranged; the other fields as in Page."""

    source: TextSource
    words: tuple[Word, ...]
    width: float
    height: float
    reader: str
    turned: int = 0
    skew: float = 0.0


def read_words(place: Place, how: ReadingSettings) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]]:
    """Return the readings of a page that were made, the one to take first, and their scores in the same order."""
    stands = layer.read_page(place.path, place.frame, password=how.password) if place.kind is ScanKind.PDF else None
    layered: Reading | None = None
    measured: evidence.Measure | None = None
    if stands and stands.words:
        measured = evidence.measure(stands.words, how.languages)
        layered = Reading(
            TextSource.TEXT_LAYER, stands.words, stands.width, stands.height, documents.version(), stands.turned
        )
        if evidence.is_born_digital(measured, stands.image_cover):
            return (layered,), evidence.compare(measured, None, stands.image_cover)
    dpi = stands.image_dpi if stands and stands.image_dpi else how.dpi
    seen = recognise(load_picture(place, dpi, how), how)
    cover = stands.image_cover if stands else 1.0
    scores = evidence.compare(measured, evidence.measure(seen.words, how.languages), cover)
    readings = {TextSource.OCR: seen, TextSource.TEXT_LAYER: layered}
    return tuple(found for each in scores if (found := readings[each.source])), scores


def load_picture(place: Place, dpi: float, how: ReadingSettings) -> Picture:
    """Load the picture of a page; of a PDF, at about `dpi`."""
    if place.kind is not ScanKind.PDF:
        return loading.load(place.path, place.frame - 1, max_megapixels=how.max_page_megapixels)
    drawn = drawing.render(
        place.path, place.frame, min(dpi, MOST_DPI), max_megapixels=how.max_page_megapixels, password=how.password
    )
    size = (drawn.width, drawn.height)
    return loading.from_pixels(drawn.data, size, stride=drawn.stride, mode=drawn.mode, dpi=drawn.dpi)


def recognise(picture: Picture, how: ReadingSettings) -> Reading:
    """Turn a picture upright and have it read; look again, another way up, where that went badly."""
    engine = _engine()
    picture = resize(picture)
    guess = ink.guess_turn(picture)
    reader = f"{engine.version()} {'+'.join(how.languages)} {picture.dpi:.0f}dpi"
    if guess.ink < _BLANK_INK:
        return Reading(TextSource.OCR, (), picture.width, picture.height, reader)
    with tempfile.TemporaryDirectory() as work:
        looks = Looks(engine, how.languages, Path(work), picture)
        turned = guess.turned
        if guess.unsure_side or guess.unsure_way:
            turned = looks.ask_turn(0 if guess.unsure_side else guess.turned)
        best = looks.read(turned, reader)
        if sureness(best.words) < _POOR:
            other = looks.ask_turn(guess.turned if guess.turned != turned else (turned + 180) % 360)
            if other == turned and sureness(best.words) < _VERY_POOR:
                other = (turned + 180) % 360
            if other != turned:
                second = looks.read(other, reader)
                best = max(best, second, key=lambda each: evidence.worth(each.words, how.languages))
    return best


def sureness(words: Iterable[Word]) -> float:
    """Return the mean confidence of words, weighted by length; 0 without any."""
    known = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    letters = sum(length for _, length in known)
    return sum(confidence * length for confidence, length in known) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks at one picture by one engine."""

    engine: Engine
    languages: tuple[str, ...]
    work: Path
    picture: Picture

    def read(self, turned: int, reader: str) -> Reading:
        """Have the picture read after turning it clockwise by so many degrees and straightening it."""
        upright = lighten_grounds(turn(self.picture, turned))
        skew = ink.find_skew(upright)
        if abs(skew) > _LITTLE_SKEW:
            upright = straighten(upright, skew)
        image = save(upright, self.work / f"{turned}.pgm", 1)
        words: Sequence[Word] = ink.weigh(upright, self.engine.read(image, self.languages))
        if abs(skew) <= _LITTLE_SKEW:
            words = [_straightened(word, skew, upright) for word in words]
        return Reading(TextSource.OCR, tuple(words), upright.width, upright.height, reader, turned, round(skew, 2))

    def ask_turn(self, otherwise: int) -> int:
        """Ask the engine which way is up; `otherwise` is the answer where it cannot tell."""
        find_turn: Any = getattr(self.engine, "find_turn", None)
        if find_turn is None:
            return otherwise
        turned, sure = find_turn(save(reduce(self.picture, _TURN_DPI), self.work / "turn.pgm", 1))
        return turned if sure >= _SURE_TURN else otherwise


def _straightened(word: Word, skew: float, picture: Picture) -> Word:
    """Turn a word's box about the middle of the page, clockwise; its size stays."""
    if word.box is None or not skew:
        return word
    across, down = picture.width / 2, picture.height / 2
    x, y = (word.box.x0 + word.box.x1) / 2 - across, (word.box.y0 + word.box.y1) / 2 - down
    sine, cosine = math.sin(math.radians(skew)), math.cos(math.radians(skew))
    x, y = x * cosine - y * sine + across, x * sine + y * cosine + down
    # The box round a tilted word is taller than the word.
    half_width = (word.box.x1 - word.box.x0) / 2
    half_height = max((word.box.y1 - word.box.y0) / 2 - half_width * abs(sine), half_width * 0.05)
    return replace(word, box=Box(x - half_width, y - half_height, x + half_width, y + half_height))


def _engine() -> Engine:
    module, _, name = next(iter(ENGINES.values())).partition(":")
    engine: Engine = getattr(import_module(module), name)()
    return engine
