"""What does a word of a query stand for: which words of the archive, and which of them where they stand together?

Of its words an index that was made in one go keeps it, with the postings of the rare forms; what came later is looked
at beside. Of all others it is found out when they are asked for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from archive.model.search import MatchKind
from archive.search.whoosh.expand import WEIGHT, expand, expand_beside, kept_of
from archive.search.whoosh.kept import Kept
from archive.search.whoosh.leaf import TENTH, WHOLE, union
from archive.search.whoosh.phrases import count_phrases, listed_phrases
from archive.search.whoosh.snapshot import Listed, Snapshot
from archive.search.whoosh.torn import cuts, glued, torn
from archive.tuples import NamedTuple

_MIN_PART = 4
_MAX_JOINED = 40

_VERB_ENDS = ("n", "d", "t")  # of Dutch infinitives and participles
_DUTCH = "nl"

# The postings of some words, each list with how much it counts.
Lists = Sequence[tuple[float, Listed]]
# What stands for a word where it stands side by side, as hits name it; how it matches, and where it stands.
Apart = tuple[Sequence[str], MatchKind, Listed]


class Forms(NamedTuple):
    """The words of the archive that a word stands for, how each matches, and what stands for it in several words."""

    words: Mapping[str, MatchKind]
    apart: Sequence[Apart]

    @property
    def kinds(self) -> dict[str, MatchKind]:
        """All forms, and how each matches."""
        return {**{form: kind for forms, kind, _ in self.apart for form in forms}, **self.words}


class Standing(NamedTuple):
    """What a word stands for.

    Attributes:
        kinds: Its forms, words and several words, and how each matches.
        lists: The postings of the forms: of the word itself and its inflections, and of the rest.
        sections: How many sections hold any of the forms, where that was kept.
        spread, late, peak: As a leaf has them, where they were kept.
    """

    kinds: Mapping[str, MatchKind]
    lists: tuple[Lists, Lists]
    sections: int | None = None
    spread: Sequence[int] = ()
    late: Lists | None = None
    peak: float = 1.0

    def with_nearer(self, words: Collection[str], snapshot: Snapshot) -> "Standing":
        """Return it with compounds that a query writes as two words, which count as much as an inflection."""
        whole, rest = self.lists
        most = WEIGHT[MatchKind.INFLECTION]
        more = [
            (max(0.0, most - WEIGHT[self.kinds[word]] if word in self.kinds else most), snapshot.listed(word))
            for word in words
        ]
        return Standing({**self.kinds, **dict.fromkeys(words, MatchKind.COMPOUND)}, ([*whole, *more], rest))


def standing(
    word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool, heading: bool = False
) -> Standing:
    """Return what a folded word stands for, as it was kept or found out now.

    Args:
        word: A folded word.
        snapshot: The index.
        languages: In which languages it may be meant.
        thorough: Look for misread, torn and glued forms of its inflections and compounds, too.
        heading: In headings only.
    """
    known = _recalled(word, snapshot, languages) if thorough and not heading else None
    if known is not None:
        return known
    forms = forms_of(word, snapshot, languages, thorough=thorough, heading=heading)
    return Standing(forms.kinds, _lists(forms, snapshot, heading=heading))


def forms_of(
    word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool, heading: bool = False
) -> Forms:
    """Return what a folded word stands for without asking what was kept."""
    kinds = expand(word, snapshot, languages, thorough=thorough)
    own = _own_forms(word, kinds) if thorough else []
    as_one = dict.fromkeys(glued(own, snapshot), MatchKind.OCR)
    apart = [*_in_pairs(word, own, snapshot, heading=heading)]
    if thorough and _DUTCH in languages and (verbs := [*_in_pieces(word, snapshot, snapshot, heading=heading)]):
        apart += verbs
        if all(kind is MatchKind.FUZZY for kind in kinds.values()):
            kinds = {}  # what is like it is not meant where the word itself is there in pieces
    return Forms({**as_one, **kinds}, apart)


def listed_in(
    words: Iterable[str], kinds: Mapping[str, MatchKind], snapshot: Snapshot, *, heading: bool = False
) -> list[tuple[float, Listed]]:
    """Return the postings of some words, each with how much its kind of match counts; in headings only if so asked."""
    each = [(WEIGHT[kinds[word]], _in_headings(word, snapshot) if heading else snapshot.listed(word)) for word in words]
    return [(weight, listed) for weight, listed in each if listed.documents]


def _in_headings(word: str, snapshot: Snapshot) -> Listed:
    documents = snapshot.in_headings(word)
    return Listed(documents, [1] * len(documents))


def _lists(forms: Forms, snapshot: Snapshot, *, heading: bool = False) -> tuple[Lists, Lists]:
    """Return the postings of forms: of the word itself and its inflections, and of the rest."""
    words, apart = forms
    lists = []
    for of_whole in (True, False):
        some = [word for word, kind in words.items() if (kind in WHOLE) is of_whole]
        together = [(WEIGHT[kind], listed) for _, kind, listed in apart if (kind in WHOLE) is of_whole]
        lists.append([*listed_in(some, words, snapshot, heading=heading), *together])
    return lists[0], lists[1]


def _own_forms(word: str, kinds: Mapping[str, MatchKind]) -> list[str]:
    """Return a word and its inflections."""
    return [word, *(form for form, kind in kinds.items() if kind is MatchKind.INFLECTION)]


def _in_pairs(
    word: str, own: Sequence[str], snapshot: Snapshot, *, within: Snapshot | None = None, heading: bool = False
) -> Iterator[Apart]:
    """Yield the pairs that a word may have been torn into, and those that it may be written as, which stand somewhere.

    Args:
        word: A folded word.
        own: The word and its inflections.
        snapshot: Tells what is a word.
        within: Where they are looked for, if not in all of it.
        heading: In headings only.
    """
    own_forms = frozenset(own)
    ways = cuts(own or [word], snapshot)
    misread = torn(ways, snapshot) if own else []
    apart: list[list[str]] = []  # a compound that the archive may write as two words
    if len(word) <= _MAX_JOINED:
        apart = [pieces for pieces in ways.get(word, ()) if min(map(len, pieces)) >= _MIN_PART]
    pairs = [(pieces, MatchKind.OCR) for pieces in misread]
    pairs += [(pieces, MatchKind.COMPOUND) for pieces in apart if pieces not in misread]
    for pieces, kind in pairs:
        if not own_forms.isdisjoint(pieces):  # vluchteling en: counts as vluchteling
            continue
        if counts := count_phrases([[piece] for piece in pieces], within or snapshot, heading=heading):
            yield [" ".join(pieces)], kind, listed_phrases(counts)


def _in_pieces(word: str, snapshot: Snapshot, within: Snapshot, *, heading: bool = False) -> Iterator[Apart]:
    """Yield how the pieces of the verb that a word may be stand apart."""
    if word.endswith(_VERB_ENDS):
        from archive.search.whoosh.separated import separated  # loaded for words that may be such verbs

        for forms, counts in separated(word, snapshot, within, heading=heading):
            yield forms, MatchKind.INFLECTION, listed_phrases(counts)


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
        peak = 1.0 if snapshot.segments[0].facts.deleted else kept.peak  # the mean length is not what it was
        return Standing(kinds, (whole, rest), kept.sections, kept.spread, None, peak)
    words = {form: kind for form, kind in kinds.items() if " " not in form}  # of few forms misread ones are looked for
    later = _later(word, words, snapshot, languages)
    more_whole, more = _lists(later, snapshot.later)
    late = [*more_whole, *more]
    lists = ([*whole, *more_whole], [*rest, *more])
    return Standing({**kinds, **later.kinds}, lists, kept.sections + len(union(late)), kept.spread, late)


def _later(word: str, words: Mapping[str, MatchKind], snapshot: Snapshot, languages: tuple[str, ...]) -> Forms:
    """Return the words that were kept and those that came later; of what is several words, what came later."""
    kinds = dict(expand_beside(words, word, snapshot.later, languages))
    own = _own_forms(word, kinds)
    kinds = dict.fromkeys(glued(own, snapshot), MatchKind.OCR) | kinds
    apart = [*_in_pairs(word, own, snapshot, within=snapshot.later)]
    if _DUTCH in languages:
        apart += _in_pieces(word, snapshot, snapshot.later)
    return Forms(kinds, apart)


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
