"""What does a small linear model, trained on text of our own, say about a section?

Words, pairs of words and pieces of words are hashed into a table of small whole numbers, one column for each category
(archive/data/categories.model; scripts/train_categories.py makes it and must use `features` of this file). Plain
Python: a section takes about two milliseconds, and nothing is loaded but the table.
"""

import json
import math
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from archive.parsing.category_terms import fold

BUCKETS = 1 << 16
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PIECE_SIZES = (4, 5)
_HEADING_WORDS = 14
# By the first letter of a feature's name: word, pair of words, piece of a word, word and piece of the heading.
_WORTH = {"w": 1.0, "b": 0.7, "p": 0.5, "h": 2.0, "g": 0.7}


@dataclass(frozen=True, slots=True)
class CategoryModel:
    """The trained table.

    `weights` holds BUCKETS rows of one signed byte a category, `scale` turns their sum into log odds, `rarity` one
    byte a bucket: how much it counts, more for what few sections have.
    """

    names: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    weights: bytes
    rarity: bytes


@lru_cache(maxsize=1)
def load_model() -> CategoryModel | None:
    """Read the table that comes with the program; None where it is not there."""
    file = resources.files("archive.data") / "categories.model"
    if not file.is_file():
        return None
    content = file.read_bytes()
    head, _, packed = content.partition(b"\n")
    facts = json.loads(head)
    tables = zlib.decompress(packed)
    weights, rarity = tables[:-BUCKETS], tables[-BUCKETS:]
    return CategoryModel(tuple(facts["names"]), tuple(facts["bias"]), facts["scale"], weights, rarity)


def features(heading: str, text: str) -> dict[int, float]:
    """Return how much each bucket of the table counts for a section, before rarity.

    Args:
        heading: As printed; its words count once more as words of a heading.
        text: The body.
    """
    counts: Counter[str] = Counter()
    head = _WORD.findall(fold(heading))[:_HEADING_WORDS]
    counts.update(f"h {word}" for word in head)
    for word in head:
        counts.update(_pieces("g", word))
    words = ["d" if word.isdigit() else word for word in head + _WORD.findall(fold(text))]
    counts.update(f"w {word}" for word in words)
    counts.update(f"b {first} {second}" for first, second in pairwise(words))
    for word, count in Counter(words).items():
        for piece in _pieces("p", word):
            counts[piece] += count
    table: dict[int, float] = {}
    for name, count in counts.items():
        bucket = zlib.crc32(name.encode()) % BUCKETS
        table[bucket] = table.get(bucket, 0.0) + _worth(name) * (1 + math.log(count))
    return table


def model_log_odds(model: CategoryModel, heading: str, text: str) -> dict[str, float]:
    """Return each category's log odds (their mean is about zero)."""
    width = len(model.names)
    weights = memoryview(model.weights).cast("b")
    sums = [0.0] * width
    squares = 0.0
    for bucket, count in features(heading, text).items():
        value = count * model.rarity[bucket]
        squares += value * value
        for number, weight in enumerate(weights[bucket * width : bucket * width + width]):
            sums[number] += value * weight
    scale = model.scale / math.sqrt(squares) if squares else 0.0
    return {name: bias + scale * total for name, bias, total in zip(model.names, model.bias, sums, strict=True)}


@lru_cache(maxsize=20_000)
def _pieces(kind: str, word: str) -> tuple[str, ...]:
    marked = f"<{word}>"
    places = ((at, size) for size in _PIECE_SIZES for at in range(len(marked) - size + 1))
    return tuple(f"{kind} {marked[at : at + size]}" for at, size in places)


def _worth(name: str) -> float:
    """Pieces of words are many: each counts less than a whole word, and a heading's word more."""
    return _WORTH[name[0]]
