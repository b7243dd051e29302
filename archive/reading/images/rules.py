"""Which lines of print stand on a rule?"""

from collections.abc import Iterator, Sequence

import numpy as np

from archive.model.pages import Box, Word
from archive.reading.images.picture import POINTS_PER_INCH, Picture, cut

# A rule is made of dark runs at least so long, in points: longer than a stroke of a letter.
_RUN = 8.0
# It lies near the foot of the line, within this share of its height, and runs along this share of it.
_REACH, _ALONG = 0.4, 0.6
_CONTRAST = 40


def find_underlined(picture: Picture, words: Sequence[Word]) -> tuple[tuple[int, int, Box], ...]:
    """Find the lines of print under which a rule is drawn so near that it may hide parts of letters.

    Returns:
        For each the place of its first word and that after its last, and the box of the whole line.
    """
    found = []
    for start, end in _lines(words):
        box = _around([word.box for word in words[start:end] if word.box])
        if _has_rule(picture, box):
            found.append((start, end, box))
    return tuple(found)


def _lines(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where the words of each line start and end, in the order in which an engine reads them."""
    start = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and _follows(words[at - 1].box, words[at].box):
            continue
        if all(word.box for word in words[start:at]):
            yield start, at
        start = at


def _follows(before: Box | None, box: Box | None) -> bool:
    return bool(before and box and box.x0 >= before.x0 and box.y0 < before.y1 and before.y0 < box.y1)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _has_rule(picture: Picture, box: Box) -> bool:
    reach = (box.y1 - box.y0) * _REACH
    foot = cut(picture, Box(box.x0, box.y1 - reach, box.x1, box.y1 + reach))
    tones = np.asarray(foot.pixels, dtype=np.int16)
    if not tones.size or tones.max() - tones.min() < _CONTRAST:
        return False
    dark = tones < (int(tones.min()) + int(tones.max())) / 2
    edges = np.diff(dark.astype(np.int8), axis=1, prepend=0, append=0)
    starts, ends = np.nonzero(edges == 1)[1], np.nonzero(edges == -1)[1]
    ruled = np.zeros(dark.shape[1], dtype=np.bool_)
    for start, end in zip(starts, ends, strict=True):
        if end - start >= _RUN * picture.dpi / POINTS_PER_INCH:
            ruled[start:end] = True
    return bool(ruled.mean() >= _ALONG)
