"""What does a word find that stands in very many sections, when it is asked for alone?

    the number of each word · a row for each of them · all of it as numbers of 64 bits

    a row: how many sections match · the best of them · their scores · some of all, by which their reading is judged

To go through long lists of postings takes the longer the larger the archive is. So this is found out once, when an
index is made, and holds until something is added or taken out.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.model.search import Found, Query, SearchRequest, Term
from archive.search.forms import fold
from archive.search.query import describe
from archive.search.whoosh.layout import ALONE, WORDS
from archive.search.whoosh.matching import LONG_QUERY
from archive.search.whoosh.readings import MOST_SAMPLED, readings_of
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.terms import map_file
from archive.tuples import NamedTuple

MANY = 4_000  # sections that match a word of which this is kept
MOST_BEST = 40
_NONE = -1.0  # in a row that has fewer
_ROW = 1 + 2 * MOST_BEST + MOST_SAMPLED


class Alone(NamedTuple):
    """What a word finds: how many sections, the best in order with the score of each, and a sample of all."""

    total: int
    best: Sequence[int]
    scores: Sequence[float]
    sampled: Sequence[int]


def answer_alone(snapshot: Snapshot, query: Query, request: SearchRequest) -> Found | None:
    """Return the answer to a query as it was kept; None where it has to be found out."""
    word = query.root
    if not isinstance(word, Term) or word.field or word.alike or not _asks_for_the_best(request):
        return None
    if len(snapshot.segments) != 1 or snapshot.segments[0].facts.deleted or snapshot.kept_words is None:
        return None
    number = snapshot.segments[0].terms.find(WORDS, fold(word.text))
    alone = None if number is None else _find(snapshot, number)
    kept = None if number is None or alone is None else snapshot.kept_words.find(number)
    if alone is None or kept is None:
        return None
    end = request.offset + request.limit
    page = list(zip(alone.best[request.offset : end], alone.scores[request.offset : end], strict=True))
    ids = snapshot.ids(alone.best[request.offset : end])
    return Found(
        total=alone.total,
        ids=tuple((ids[number], round(score, 4)) for number, score in page),
        forms={fold(describe(word)): kept.kinds},
        facets={},
        readings=readings_of(snapshot, alone.sampled, alone.total),
    )


def write_alone(path: Path, found: Iterable[tuple[int, Alone]]) -> None:
    """Write what words find, which come in order of their numbers; no file where there are none."""
    words, rows = array("d"), array("d")
    for number, alone in found:
        words.append(number)
        rows.append(alone.total)
        for some, most in ((alone.best, MOST_BEST), (alone.scores, MOST_BEST), (alone.sampled, MOST_SAMPLED)):
            rows.extend([*some, *[_NONE] * (most - len(some))])
    if words:
        path.write_bytes(words.tobytes() + rows.tobytes())


def _asks_for_the_best(request: SearchRequest) -> bool:
    """Tell whether a request is for the first of all hits by score, so that nothing else is to be looked at."""
    bare = SearchRequest(request.query, limit=request.limit, offset=request.offset, boxes=request.boxes)
    return request == bare and request.offset + request.limit <= MOST_BEST and len(request.query) <= LONG_QUERY


def _find(snapshot: Snapshot, number: int) -> Alone | None:
    name = snapshot.segments[0].facts.name + ALONE
    if name not in snapshot.stamp.files:
        return None
    numbers = memoryview(map_file(snapshot.stamp.folder / name)).cast("d")
    words = len(numbers) // (1 + _ROW)
    place = bisect_left(numbers, number, 0, words)
    if place == words or numbers[place] != number:
        return None
    start = words + place * _ROW
    total, *row = numbers[start : start + _ROW]
    best, scores, sampled = row[:MOST_BEST], row[MOST_BEST : 2 * MOST_BEST], row[2 * MOST_BEST :]
    return Alone(int(total), _whole(best), [score for score in scores if score >= 0], _whole(sampled))


def _whole(numbers: Sequence[float]) -> list[int]:
    return [int(number) for number in numbers if number >= 0]
