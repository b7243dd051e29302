"""How is a page made that is not kept as it should be?

It is read from its scan, or arranged anew from the words that are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.languages import detect_language
from archive.model.pages import (
    Block,
    BlockRole,
    Box,
    Candidate,
    Page,
    PageStatus,
    ScanKind,
    TextSource,
    Word,
)
from archive.reading import cache
from archive.reading.calibration import calibrate_blocks
from archive.reading.images.print_ink import PrintInk, Unread, find_unread, is_much
from archive.reading.layout import arrange
from archive.reading.page.earlier import NOTHING, Earlier, compete
from archive.reading.page.how import ReadingSettings
from archive.reading.page.looks import Reading, sureness
from archive.reading.page.paper import scale_blocks, scale_boxes
from archive.reading.page.places import Place, dump_pages
from archive.reading.page.reading import read_words

_BOXES = ("drawn", "photos", "dark")  # of a reading


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a page, empty where it is to be read in any case, and what an earlier OCR left beside it."""

    kept: Mapping[str, Any]
    earlier: Earlier | None


def make_page(place: Place, number: int, how: ReadingSettings, known: Known) -> tuple[Page, list[dict[str, Any]]]:
    """Return a page and the readings that it was made of, as they are to be kept.

    An earlier OCR, which may have changed, is asked again, and its words are not kept.
    """
    if place.kind is ScanKind.DUMP:
        return _dumped(place, number, how), []
    readings, scores = kept_readings(known.kept) or read_words(place, how)
    earlier = known.earlier or NOTHING
    if earlier.file or known.kept.get("beside"):
        readings, scores = compete(readings, scores, earlier, how)
    return _arranged(readings[0], scores, number, how), [_pack(each) for each in readings]


def kept_readings(kept: Mapping[str, Any]) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]] | None:
    """Return our own readings of what is kept of a page, as `read_words` does; None where there are none."""
    page = cache.page_of(kept)
    if page is None or not kept.get("readings"):
        return None
    readings = []
    for each in kept["readings"]:
        if each["source"] == TextSource.TEXT_FILE:
            continue
        facts = {name: value for name, value in each.items() if name not in {"source", "words", "ink", *_BOXES}}
        facts |= {name: tuple(Box(*sides) for sides in each.get(name, ())) for name in _BOXES}
        facts |= {"ink": PrintInk(each["ink"][0], tuple(each["ink"][1])) if each.get("ink") else None}
        words = cache.unpack_words(each["words"])
        readings.append(Reading(TextSource(each["source"]), words, **facts))
    return tuple(readings), tuple(each for each in page.candidates if each.source is not TextSource.TEXT_FILE)


def _dumped(place: Place, number: int, how: ReadingSettings) -> Page:
    blocks = dump_pages(place.path)[number - 1]
    language = detect_language("\n".join(block.text for block in blocks), how.languages)
    status, reason = (PageStatus.OK, "") if blocks else (PageStatus.EMPTY, "blank page")
    scores = (Candidate(TextSource.TEXT_FILE, 1.0, "the only source of this page"),)
    return Page(number, blocks, TextSource.TEXT_FILE, status, reason, language=language, candidates=scores)


def _arranged(reading: Reading, scores: tuple[Candidate, ...], number: int, how: ReadingSettings) -> Page:
    size = {"width": reading.width, "height": reading.height}
    blocks = calibrate_blocks(arrange(reading.words, **size, drawn=reading.drawn, photos=reading.photos))
    unread = _find_unread(reading, blocks)
    if reading.scale != 1:
        blocks = scale_blocks(blocks, reading.scale)
    text = [block for block in blocks if block.role is not BlockRole.PICTURE]
    words = [word for block in text for line in block.lines for word in line.words]
    confidence = round(sureness(words), 4) if any(word.confidence is not None for word in words) else None
    status, reason = _judge(words, confidence, unread, how.low_confidence)
    if not words and not reason:
        status, reason = PageStatus.EMPTY, "blank page" if not reading.words else "nothing on this page reads as text"
    return Page(
        number=number,
        blocks=blocks,
        text_source=reading.source,
        status=status,
        reason=reason,
        width=round(reading.width * reading.scale, 2),
        height=round(reading.height * reading.scale, 2),
        turned=reading.turned,
        skew=reading.skew,
        language=detect_language("\n".join(block.text for block in text), how.languages),
        candidates=scores,
        reader=reading.reader,
        confidence=confidence,
        unread=None if unread is None else unread.share,
        unread_boxes=scale_boxes(unread.boxes, reading.scale) if unread else (),
    )


def _find_unread(reading: Reading, blocks: Sequence[Block]) -> Unread | None:
    """Measure the print under no word of the text; None where nobody looked for print."""
    if reading.ink is None:
        return None
    text = [block for block in blocks if block.role is not BlockRole.PICTURE]
    words = [word for block in text for line in block.lines for word in line.words]
    return find_unread(reading.ink, words, pictures=reading.photos, dark=reading.dark)


def _judge(
    words: Sequence[Word], confidence: float | None, unread: Unread | None, low_confidence: float
) -> tuple[PageStatus, str]:
    """Return how well a page was read, and why not well."""
    reasons = []
    if unread and is_much(unread):
        reasons.append(f"{unread.share:.0%} of what seems printed on it was not read")
    if words and confidence is not None and confidence < low_confidence:
        reasons.append(f"about {_one_in(confidence)} is misread")
    return (PageStatus.LOW if reasons else PageStatus.OK), "; ".join(reasons)


def _one_in(confidence: float) -> str:
    """Say how many words are wrong where this share of them is right."""
    wrong = 1.0 - confidence
    return f"1 word in {max(2, round(1 / wrong))}" if wrong < 0.5 else "every second word"  # noqa: PLR2004


def _pack(reading: Reading) -> dict[str, Any]:
    names = ("source", "width", "height", "reader", "turned", "skew", "scale")
    facts = {name: getattr(reading, name) for name in names}
    boxes = {
        name: [[round(side, 1) for side in (box.x0, box.y0, box.x1, box.y1)] for box in getattr(reading, name)]
        for name in _BOXES
    }
    ink = [reading.ink.columns, reading.ink.rows] if reading.ink else None
    return facts | {"words": cache.pack_words(reading.words), "ink": ink} | boxes
