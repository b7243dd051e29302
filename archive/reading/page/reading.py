"""Which words does a page hold, by its text layer and by an engine, and which of the two is better?"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import MissingPartError, UnreadableScanError
from archive.model.pages import Candidate, ScanKind, TextSource, Word
from archive.reading import evidence
from archive.reading.images import loading
from archive.reading.images.grounds import lighten_grounds
from archive.reading.images.picture import MOST_DPI, Picture, cut, resize, turn
from archive.reading.images.print_ink import NO_PRINT, find_print, find_unread
from archive.reading.page import paper, pictures
from archive.reading.page.looks import POOR, Looks, Reading, find_engine, recognise, sureness
from archive.reading.pdf import documents, drawing, layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.reading.page.how import ReadingSettings
    from archive.reading.page.places import Place

_MOST_HIDDEN = 0.5
_LOOK_DPI = 100.0  # enough to see whether a picture holds print


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
    picture = paper.on_paper(load_picture(place, paper.drawing_dpi(stands, how.dpi) if stands else how.dpi, how), scale)
    if stands and stands.image_dpi:
        sized = loading.at_true_size(picture)
        picture, scale = sized, scale * sized.dpi / picture.dpi
    seen = replace(recognise(picture, how), scale=scale)
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
        dark=seen.dark if layered.turned == seen.turned else (),
        scale=scale,
        ink=seen.ink if layered.turned == seen.turned else None,
    )


def _is_hidden(place: Place, how: ReadingSettings) -> bool:
    """Tell whether most of a text layer is invisible, so that the page shows something else than its words."""
    return drawing.hidden_share(place.path, place.frame, password=how.password) > _MOST_HIDDEN


def _with_pictures(
    layered: Reading, stands: layer.PdfPage, place: Place, how: ReadingSettings
) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]]:
    """Add to the text layer of a page that was born digital what is printed in its pictures, if anything is."""
    measured = evidence.measure(layered.words, how.languages)
    found: tuple[Word, ...] = ()
    try:
        if pictures.may_hide_print(stands):
            look, _, _ = lighten_grounds(turn(load_picture(place, _LOOK_DPI, how), stands.turned))
            layered = replace(layered, ink=find_print(look, layered.words))
            found = tuple(_print_in_pictures(layered, stands, place, how))
        else:
            layered = replace(layered, ink=NO_PRINT)
    except (UnreadableScanError, MissingPartError):
        pass  # the text layer stands without an engine, and on a page that is too large to be drawn
    if not found:
        return (layered,), evidence.compare(measured, None, stands.image_cover)
    words = (*layered.words, *found)
    reader = f"{layered.reader}, {find_engine().version()} {'+'.join(how.languages)} {how.dpi}dpi"
    joined = replace(layered, source=TextSource.MIXED, words=words, reader=reader)
    scores = evidence.compare_joined(measured, evidence.measure(words, how.languages), stands.image_cover)
    return (joined, layered), scores


def _print_in_pictures(layered: Reading, stands: layer.PdfPage, place: Place, how: ReadingSettings) -> Iterator[Word]:
    unread = find_unread(layered.ink, layered.words) if layered.ink else None
    boxes = pictures.find_unread(stands, unread.boxes) if unread else ()
    whole = turn(load_picture(place, how.dpi, how), stands.turned) if boxes else None
    for box in boxes:
        if whole:
            seen = _read_part(cut(whole, box), how)
            if pictures.is_print(seen, how.languages) and sureness(seen) >= POOR:
                yield from pictures.place(seen, box, stands.words)


def _read_part(part: Picture, how: ReadingSettings) -> tuple[Word, ...]:
    with tempfile.TemporaryDirectory() as work:
        looks = Looks(find_engine(), how.languages, Path(work), resize(part))
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
