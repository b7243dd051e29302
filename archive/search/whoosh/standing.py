"""What does a word of a query stand for: which words of the archive, and which pairs of them?

Of its words an index that was made in one go keeps it, with the postings of the rare forms; what came later is looked
at beside. Of all others it is found out when they are asked for.
"""

from collections.abc import Iterable, Mapping, Sequence

from archive.model.search import MatchKind
from archive.search.whoosh.expand import WEIGHT, expand, expand_beside, kept_of
from archive.search.whoosh.kept import Kept
from archive.search.whoosh.leaf import TENTH, WHOLE, union
from archive.search.whoosh.snapshot import Listed, Snapshot
from archive.search.whoosh.torn import cuts, glued, torn
from archive.tuples import NamedTuple

_MIN_PART = 4
_MAX_JOINED = 40

# The postings of some words, each list with how much it counts.
Lists = Sequence[tuple[float, Listed]]
Pairs = Sequence[tuple[Sequence[str], MatchKind]]


class Standing(NamedTuple):
    """What a word stands for.

    Attributes:
        kinds: The words, and how each matches.
        pairs: Two neighbours that stand for it, and how.
        lists: The postings of the words: of the word itself and its inflections, and of the rest; None where they were
            not kept.
        sections: How many sections hold any of the words, where the lists were kept.
        spread, late, peak: As a leaf has them, where they were kept.
    """

    kinds: Mapping[str, MatchKind]
    pairs: Pairs
    lists: tuple[Lists, Lists] | None = None
    sections: int | None = None
    spread: Sequence[int] = ()
    late: Lists | None = None
    peak: float = 1.0


def standing(word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool) -> Standing:
    """Return what a folded word stands for, as it was kept or found out now.

    Args:
        word: A folded word.
        snapshot: The index.
        languages: In which languages it may be meant.
        thorough: Look for misread, torn and glued forms of its inflections and compounds, too.
    """
    return (_recalled(word, snapshot, languages) if thorough else None) or found_out(
        word, snapshot, languages, thorough=thorough
    )


def found_out(word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool) -> Standing:
    """Return what a folded word stands for without asking what was kept."""
    kinds = expand(word, snapshot, languages, thorough=thorough)
    own = _own_forms(word, kinds) if thorough else []
    as_one = dict.fromkeys(glued(own, snapshot), MatchKind.OCR)
    return Standing({**as_one, **kinds}, _pairs(word, own, snapshot))


def listed_in(words: Iterable[str], kinds: Mapping[str, MatchKind], snapshot: Snapshot) -> Lists:
    """Return the postings of some words, each with how much its kind of match counts."""
    each = [(WEIGHT[kinds[word]], snapshot.listed(word)) for word in words]
    return [(weight, listed) for weight, listed in each if listed.documents]


def _own_forms(word: str, kinds: Mapping[str, MatchKind]) -> list[str]:
    """Return a word and its inflections."""
    return [word, *(form for form, kind in kinds.items() if kind is MatchKind.INFLECTION)]


def _pairs(word: str, own: Sequence[str], snapshot: Snapshot) -> Pairs:
    """Return the pairs that a word may have been torn into, and those that it may be written as."""
    ways = cuts(own or [word], snapshot)
    misread = torn(ways, snapshot) if own else []
    apart: list[list[str]] = []  # a compound that the archive may write as two words
    if len(word) <= _MAX_JOINED:
        apart = [pieces for pieces in ways.get(word, ()) if min(map(len, pieces)) >= _MIN_PART]
    return [
        *((pieces, MatchKind.OCR) for pieces in misread),
        *((pieces, MatchKind.COMPOUND) for pieces in apart if pieces not in misread),
    ]


def _recalled(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> Standing | None:
    """Return what was kept of a word, and what came later; None where nothing was kept."""
    if snapshot.kept_words is None or snapshot.kept_words.languages != languages:
        return None
    kept = kept_of(word, snapshot)
    if kept is None:
        return None
    kinds: Mapping[str, MatchKind] = kept.kinds or {word: MatchKind.EXACT}
    whole, rest = _kept_lists(kept, snapshot)
    if len(snapshot.segments) == 1:
        name = snapshot.segments[0].terms.name
        pairs = [((name(first), name(last)), kind) for first, last, kind in kept.pairs]
        peak = 1.0 if snapshot.segments[0].facts.deleted else kept.peak  # the mean length is not what it was
        return Standing(kinds, pairs, (whole, rest), kept.sections, kept.spread, None, peak)
    kinds = dict(expand_beside(kinds, word, snapshot.later, languages))
    own = _own_forms(word, kinds)
    kinds = dict.fromkeys(glued(own, snapshot), MatchKind.OCR) | kinds
    later = [
        listed_in([form for form, kind in kinds.items() if (kind in WHOLE) is of_whole], kinds, snapshot.later)
        for of_whole in (True, False)
    ]
    sections = kept.sections + len(union([*later[0], *later[1]]))
    late, lists = [*later[0], *later[1]], ([*whole, *later[0]], [*rest, *later[1]])
    return Standing(kinds, _pairs(word, own, snapshot), lists, sections, kept.spread, late)


def _kept_lists(kept: Kept, snapshot: Snapshot) -> tuple[list[tuple[float, Listed]], list[tuple[float, Listed]]]:
    """Return the postings of what was kept: those of common forms by themselves, those of the others as blocks."""
    segment = snapshot.segments[0]
    lists: tuple[list[tuple[float, Listed]], list[tuple[float, Listed]]] = ([], [])
    for number, kind in kept.common:
        listed = Listed(segment.documents(number, number + 1), segment.weights(number, number + 1))
        lists[kind not in WHOLE].append((WEIGHT[kind], listed))
    for some, block in zip(lists, kept.blocks, strict=True):
        if block[0]:
            some.append((TENTH, Listed(*block)))
    return lists
