"""Where on the page, and on which page, do words of a section's text stand?"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, compress, count
from typing import Any

from archive.catalog.store import Catalog
from archive.catalog.words import boxes_at, pages_at, unpack_changes


def find_boxes(
    catalog: Catalog, section: Mapping[str, Any], full_text: str, spans: Sequence[tuple[int, int]]
) -> tuple[dict[str, float], ...]:
    """Return the boxes of the words in some spans of a section's text.

    Args:
        catalog: The catalogue.
        section: Its fields (CONTRACT.md).
        full_text: Its heading, newline and text (Section.full_text).
        spans: Where in that text the words stand.

    Returns:
        A box for each word in points from the page's top left corner; none where the source of the text has none.
    """
    found = _in_raw(catalog, section, full_text, spans)
    if found is None:
        return ()
    boxes = boxes_at(*found)
    return tuple({"page": page, "x0": x0, "y0": y0, "x1": x1, "y1": y1} for page, x0, y0, x1, y1 in boxes)


def find_pages(
    catalog: Catalog, section: Mapping[str, Any], full_text: str, spans: Sequence[tuple[int, int]]
) -> list[int | None]:
    """Return for each of some spans of a section's text the page on which it begins; None where that is not known.

    Args:
        catalog: The catalogue.
        section: Its fields (CONTRACT.md); most sections stand on one page only.
        full_text: Its heading, newline and text (Section.full_text).
        spans: Where in that text the words stand.
    """
    pages: list[int] = section["pages"]
    if len(pages) < 2:  # noqa: PLR2004 - on one page all of it stands there
        return [pages[0] if pages else None] * len(spans)
    found = _in_raw(catalog, section, full_text, spans)
    return [pages[0]] * len(spans) if found is None else list(pages_at(*found))


def _in_raw(
    catalog: Catalog, section: Mapping[str, Any], full_text: str, spans: Sequence[tuple[int, int]]
) -> tuple[bytes, list[tuple[int, int]]] | None:
    """Return the packed words of the section's issue, and where in its raw text the spans stand; None without words."""
    packed = catalog.packed_place(section["id"]) if spans else None
    if packed is None:
        return None
    start, words, changes = packed
    pieces = list(_pieces(section["raw_text"], start, unpack_changes(changes)))
    return words, list(_to_raw(full_text, spans, pieces))


def _pieces(
    raw_text: str, start: int, changes: Sequence[tuple[int, int, str, str]]
) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the clean text of a section in pieces: each with its place in the raw text, and whether it was edited."""
    at, end = start, start + len(raw_text)
    for first, last, after, _ in changes:
        if start <= first < end:
            yield raw_text[at - start : first - start], at, first, False
            yield after, first, last, True
            at = max(at, last)
    yield raw_text[at - start :], at, end, False


def _to_raw(
    full_text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[tuple[str, int, int, bool]]
) -> Iterator[tuple[int, int]]:
    """Lead from spans of a section's text to those of the raw text, by counting letters.

    A section's text is the clean text of its stretch but for white space (a heading is put on one line, edges are
    stripped), so the nth character that is no space is the same in both.
    """
    counts = list(accumulate(len("".join(text.split())) for text, *_ in pieces))
    letters_of = cache(_letters)  # several words mostly stand in one piece
    for start, end in spans:
        first = len("".join(full_text[:start].split()))
        last = first + len("".join(full_text[start:end].split())) - 1
        yield _place(pieces, counts, first, letters_of)[0], _place(pieces, counts, last, letters_of)[1]


def _place(
    pieces: Sequence[tuple[str, int, int, bool]],
    counts: Sequence[int],
    letter: int,
    letters_of: Callable[[str], Sequence[int]],
) -> tuple[int, int]:
    """Return the raw span of the nth letter: of one that an edit wrote, all that the edit replaced."""
    number = bisect_left(counts, letter + 1)
    if number >= len(pieces):
        return (0, 0)
    text, start, end, edited = pieces[number]
    if edited:
        return (start, end)
    at = start + letters_of(text)[letter - (counts[number - 1] if number else 0)]
    return (at, at + 1)


def _letters(text: str) -> list[int]:
    """Return where the characters of a text that are no space stand in it."""
    return list(compress(count(), map(str.strip, text)))
