"""Which words does a page hold, by its text layer and by an engine, and which of the two is better?"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import MissingPartError, UnreadableScanError
from archive.model.pages import Box, Candidate, ScanKind, TextSource, Word
from archive.reading import evidence
from archive.reading.images import ink, loading
from archive.reading.images.drawn import find_rules
from archive.reading.images.grounds import lighten_grounds
from archive.reading.images.light import even_light, is_faint, smooth
from archive.reading.images.photos import find_photos
from archive.reading.images.picture import LEAST_DPI, MOST_DPI, Picture, cut, reduce, resize, save, straighten, turn
from archive.reading.images.underlines import wipe_underlines
from archive.reading.ocr import ENGINES
from archive.reading.page import paper, pictures
from archive.reading.page.initials import take_initials
from archive.reading.page.tilt import level_box, level_word
from archive.reading.pdf import documents, drawing, layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model.pages import PageImage
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
_MOST_HIDDEN = 0.5
_LOOK_DPI = 100.0  # enough to see whether a picture holds print


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a page from one source, before they are arranged, and the boxes of what is drawn and of photos.

    The other fields are as in Page, but in points of the paper, of which one is `scale` points of the page.
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
    scale: float = 1.0


def read_words(place: Place, how: ReadingSettings) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]]:
    """Return the readings of a page that were made, the one to take first, and their scores in the same order."""
    stands = layer.read_page(place.path, place.frame, password=how.password) if place.kind is ScanKind.PDF else None
    layered: Reading | None = None
    measured: evidence.Measure | None = None
    if stands and stands.words:
        measured = evidence.measure(stands.words, how.languages)
        layered = Reading(
            TextSource.TEXT_LAYER,
            stands.words,
            stands.width,
            stands.height,
            documents.version(),
            stands.turned,
            drawn=stands.drawn,
        )
        if evidence.is_born_digital(measured, stands.image_cover) and not _is_hidden(place, how):
            return _with_pictures(layered, stands, place, how)
    scale = paper.find_scale(stands) if stands else 1.0
    picture = load_picture(place, paper.drawing_dpi(stands, how.dpi) if stands else how.dpi, how)
    seen = replace(recognise(paper.on_paper(picture, scale), how), scale=scale)
    cover = stands.image_cover if stands else 1.0
    if layered:
        layered = _on_paper(layered, scale, seen)
    scores = evidence.compare(measured, evidence.measure(seen.words, how.languages), cover)
    readings = {TextSource.OCR: seen, TextSource.TEXT_LAYER: layered}
    return tuple(found for each in scores if (found := readings[each.source])), scores


def _on_paper(layered: Reading, scale: float, seen: Reading) -> Reading:
    """Bring a text layer to the size of the paper, and add the photos that were seen if it lies the same way."""
    return replace(
        layered,
        words=paper.scale_words(layered.words, 1 / scale),
        drawn=paper.scale_boxes(layered.drawn, 1 / scale),
        width=layered.width / scale,
        height=layered.height / scale,
        photos=seen.photos if layered.turned == seen.turned else (),
        scale=scale,
    )


def _is_hidden(place: Place, how: ReadingSettings) -> bool:
    """Tell whether most of a text layer is invisible, so that the page shows something else than its words."""
    return drawing.hidden_share(place.path, place.frame, password=how.password) > _MOST_HIDDEN


def _with_pictures(
    layered: Reading, stands: layer.PdfPage, place: Place, how: ReadingSettings
) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]]:
    """Add to the text layer of a page that was born digital what is printed in its pictures, if anything is."""
    measured = evidence.measure(layered.words, how.languages)
    try:
        found = tuple(_print_in_pictures(stands, place, how))
    except (UnreadableScanError, MissingPartError):
        found = ()  # the text layer stands without an engine, and on a page that is too large to be drawn
    if not found:
        return (layered,), evidence.compare(measured, None, stands.image_cover)
    words = (*layered.words, *found)
    reader = f"{layered.reader}, {_engine().version()} {'+'.join(how.languages)} {how.dpi}dpi"
    joined = replace(layered, source=TextSource.MIXED, words=words, reader=reader)
    scores = evidence.compare_joined(measured, evidence.measure(words, how.languages), stands.image_cover)
    return (joined, layered), scores


def _print_in_pictures(stands: layer.PdfPage, place: Place, how: ReadingSettings) -> Iterator[Word]:
    boxes = pictures.find_unread(stands)
    small = load_picture(place, _LOOK_DPI, how) if boxes else None
    for box in boxes:
        if small and ink.holds_print(cut(small, box)):
            seen = _read_part(cut(load_picture(place, how.dpi, how), box), how)
            if pictures.is_print(seen, how.languages) and sureness(seen) >= _POOR:
                yield from pictures.place(seen, box, stands.words)


def _read_part(part: Picture, how: ReadingSettings) -> tuple[Word, ...]:
    with tempfile.TemporaryDirectory() as work:
        looks = Looks(_engine(), how.languages, Path(work), resize(part))
        return looks.read(looks.turn_upright(0), "").words


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
    """Turn a picture upright and have it read.

    Where that went badly it is looked at again, another way up, and then with thresholds of the other kind; so is a
    page whose ink and paper overlap in tone, as neither kind suits all of them. The better look is kept.
    """
    engine = _engine()
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
        if sureness(best.words) < _POOR:
            other = looks.ask_turn(guess.turned if guess.turned != turned else (turned + 180) % 360)
            if other == turned and sureness(best.words) < _VERY_POOR:
                other = (turned + 180) % 360
            if other != turned:
                around = looks.turn_upright(other)
                second = looks.read(around, reader)
                best = _better(best, second, how)
                upright = around if best is second else upright
        if not coarse and (upright.faint or sureness(best.words) < _POOR):
            best = _better(best, looks.read(upright, reader, local=not upright.faint), how)
    return best


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
    """

    picture: Picture
    image: PageImage
    turned: int
    skew: float
    faint: bool
    initials: tuple[Word, ...]
    drawn: tuple[Box, ...]
    photos: tuple[Box, ...]


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
        picture, bars = lighten_grounds(picture)
        picture = even_light(picture)
        skew = ink.find_skew(picture)
        if abs(skew) > _LITTLE_SKEW:
            picture = straighten(picture, skew)
        faint = is_faint(picture)
        picture, lines = wipe_underlines(smooth(picture) if faint else picture)
        drawn = find_rules(picture, skew if abs(skew) <= _LITTLE_SKEW else 0.0)
        drawn += tuple(level_box(each, skew, picture) for each in (*bars, *lines))
        photos = tuple(level_box(each, skew, picture) for each in photos)
        plain, initials = take_initials(picture, self.engine, self.languages, self.work)
        image = save(plain, self.work / f"{turned}.pgm", 1)
        return Upright(picture, image, turned, skew, faint, initials, drawn, photos)

    def read(self, upright: Upright, reader: str, *, local: bool | None = None) -> Reading:
        """Have a page read by local thresholds or by one: as asked, else by local ones if it is faint or coarse."""
        local = upright.faint or self.coarse if local is None else local
        image = replace(upright.image, local_thresholds=local)
        words: Sequence[Word] = (*self.engine.read(image, self.languages), *upright.initials)
        picture, skew = upright.picture, upright.skew
        words = ink.weigh(picture, words)
        if abs(skew) <= _LITTLE_SKEW:
            words = [level_word(word, skew, picture) for word in words]
        size = (picture.width, picture.height)
        lies = (upright.turned, round(skew, 2))
        return Reading(TextSource.OCR, tuple(words), *size, reader, *lies, upright.drawn, upright.photos)

    def ask_turn(self, otherwise: int) -> int:
        """Ask the engine which way is up; `otherwise` is the answer where it cannot tell."""
        find_turn: Any = getattr(self.engine, "find_turn", None)
        if find_turn is None:
            return otherwise
        turned, sure = find_turn(save(reduce(self.picture, _TURN_DPI), self.work / "turn.pgm", 1))
        return turned if sure >= _SURE_TURN else otherwise


def _engine() -> Engine:
    module, _, name = next(iter(ENGINES.values())).partition(":")
    engine: Engine = getattr(import_module(module), name)()
    return engine
