"""Where do words and boxes of a tilted picture stand on the straight page?"""

import math
from dataclasses import replace

from archive.model.pages import Box, Word
from archive.reading.images.picture import Picture


def level_word(word: Word, skew: float, picture: Picture) -> Word:
    """Turn a word's box about the middle of the page, clockwise; its size stays."""
    if word.box is None or not skew:
        return word
    box = level_box(word.box, skew, picture)
    # The box round a tilted word is taller than the word.
    half_width, middle = (box.x1 - box.x0) / 2, (box.y0 + box.y1) / 2
    sine = math.sin(math.radians(skew))
    half_height = max((box.y1 - box.y0) / 2 - half_width * abs(sine), half_width * 0.05)
    return replace(word, box=Box(box.x0, middle - half_height, box.x1, middle + half_height))


def level_box(box: Box, skew: float, picture: Picture) -> Box:
    """Turn the middle of a box about that of the page, clockwise; its sides stay."""
    across, down = picture.width / 2, picture.height / 2
    x, y = (box.x0 + box.x1) / 2 - across, (box.y0 + box.y1) / 2 - down
    sine, cosine = math.sin(math.radians(skew)), math.cos(math.radians(skew))
    x, y = x * cosine - y * sine + across, x * sine + y * cosine + down
    half_width, half_height = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)
