"""What does a small linear model, trained on text of our own, say about a section?

Words, pairs of words and pieces of words are hashed into a table of small whole numbers, one column for each category
(archive/data/categories.model; scripts/train_categories.py makes it and must use `features` of this file). Plain
Python: a section takes about a millisecond, and nothing is loaded but the table.
"""

import json
import math
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain, pairwise
from operator import itemgetter, mul

from archive.parsing.category_terms import fold

BUCKETS = 1 << 16
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PIECE_SIZES = (4, 5)
_HEADING_WORDS = 14
# What a word of the heading and a piece of one, a word, a pair of words and a piece of a word count: pieces are many.
_WORTH = (2.0, 0.7, 1.0, 0.7, 0.5)


@dataclass(frozen=True, slots=True)
class CategoryModel:
    """The trained table.

    `columns` holds for each category one signed byte a bucket, `scale` turns their sum into log odds, `rarity` is one
    byte a bucket: how much it counts, more for what few sections have.
    """

    names: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    columns: tuple[memoryview, ...]
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
    width = len(facts["names"])
    columns = tuple(memoryview(weights[at::width]).cast("b") for at in range(width))
    return CategoryModel(tuple(facts["names"]), tuple(facts["bias"]), facts["scale"], columns, rarity)


def features(heading: str, text: str) -> dict[int, float]:
    """Return how much each bucket of the table counts for a section, before rarity.

    Args:
        heading: As printed; its words count once more as words of a heading.
        text: The body.
    """
    head = _WORD.findall(fold(heading))[:_HEADING_WORDS]
    words = ["d" if word.isdigit() else word for word in head + _WORD.findall(fold(text))]
    hashes = (
        [zlib.crc32(f"h {word}".encode()) for word in head],
        chain.from_iterable([_hash_pieces("g", word) for word in head]),
        [zlib.crc32(f"w {word}".encode()) for word in words],
        [zlib.crc32(f"b {first} {second}".encode()) for first, second in pairwise(words)],
        chain.from_iterable([_hash_pieces("p", word) for word in words]),
    )
    table: dict[int, float] = {}
    for worth, kind in zip(_WORTH, hashes, strict=True):
        for hashed, count in Counter(kind).items():
            bucket = hashed % BUCKETS
            table[bucket] = table.get(bucket, 0.0) + (worth if count == 1 else worth * (1 + math.log(count)))
    return table


def model_log_odds(model: CategoryModel, heading: str, text: str) -> dict[str, float]:
    """Return each category's log odds (their mean is about zero)."""
    found = features(heading, text)
    if not found:
        return dict(zip(model.names, model.bias, strict=True))
    values = [count * model.rarity[bucket] for bucket, count in found.items()]
    size = math.sqrt(sum(map(mul, values, values)))
    scale = model.scale / size if size else 0.0
    weights_of = itemgetter(*found, 0)  # the last one has no value: of one bucket alone it would give no row
    odds = {}
    for name, bias, column in zip(model.names, model.bias, model.columns, strict=True):
        odds[name] = bias + scale * sum(map(mul, values, weights_of(column)))
    return odds


@lru_cache(maxsize=20_000)
def _hash_pieces(kind: str, word: str) -> tuple[int, ...]:
    marked = f"<{word}>"
    places = ((at, size) for size in _PIECE_SIZES for at in range(len(marked) - size + 1))
    return tuple(zlib.crc32(f"{kind} {marked[at : at + size]}".encode()) for at, size in places)
