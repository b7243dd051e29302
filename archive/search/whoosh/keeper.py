"""What will be kept of what words stand for, and of what the most common ones find?

Found out once, when an index is made.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from operator import add, truediv
from pathlib import Path

from archive.search.whoosh.alone import MANY, Alone, write_alone
from archive.search.whoosh.expand import WEIGHT
from archive.search.whoosh.kept import MOST_WEIGHT, Form, KeptWriter, Postings
from archive.search.whoosh.layout import ALONE, KEPT, LINKS, MISREAD, SEPARATOR, WORDS
from archive.search.whoosh.leaf import WHOLE
from archive.search.whoosh.reader import found_alone
from archive.search.whoosh.scoring import norm_of
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.stamp import Stamp
from archive.search.whoosh.standing import Apart, Forms, forms_of

_BYTE = 255
_LET_GO = 512  # words after which what was read of the files is let go of
_FEW = 64  # sections that hold a form whose postings are put together with others
# Sections that hold any form; of fewer, or a smaller share of all, the postings of all are put together. Of more the
# weight in every section is kept, too.
_FEW_OF_ALL = 1024
_SMALL_SHARE = 1 / 16
_AFTER_ALL = "\U0010ffff"  # comes after what may follow the start of a link


def keep_words(stamp: Stamp) -> None:
    """Write beside the one segment of an index, not yet live, what its words stand for and the common ones find."""
    many = _keep_standing(stamp)
    kept = _kept_of(stamp)
    with closing(Snapshot(stamp._replace(files={**stamp.files, kept.name: (0, 0, 0)}))) as snapshot:
        write_alone(kept.with_suffix(ALONE), _alone(many, snapshot))


def _kept_of(stamp: Stamp) -> Path:
    (facts,) = stamp.segments
    return stamp.folder / f"{facts.name}{KEPT}"


def _keep_standing(stamp: Stamp) -> list[tuple[int, str]]:
    """Write what the words stand for, and return those that many sections may match, with their numbers."""
    many: list[tuple[int, str]] = []
    with closing(_Loaded(stamp)) as loaded, _kept_of(stamp).open("wb") as file:
        (segment,) = loaded.segments
        kept = KeptWriter(file, stamp.languages)
        for count, (number, word) in enumerate(loaded.words_to_keep()):
            if not count % _LET_GO:
                segment.let_go()
            found = forms_of(word, loaded, stamp.languages, thorough=True)
            if len(found.kinds) == 1 and loaded.stands_once(number):
                kept.add_single(number)
                continue
            postings = _postings(found, loaded)
            kept.add(number, found.kinds, postings)
            if postings.sections >= MANY:
                many.append((number, word))
        kept.finish()
    return many


def _alone(words: Iterable[tuple[int, str]], snapshot: Snapshot) -> Iterator[tuple[int, Alone]]:
    """Yield what those words find that many sections match."""
    for number, word in words:
        found = found_alone(snapshot, word)
        snapshot.forget()
        snapshot.let_go()
        if found.total >= MANY:
            yield number, found


class _Loaded(Snapshot):
    """An index of one segment with its words, and the links by shape, in memory: they are asked for again and again."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        terms = self.segments[0].terms
        first, end = terms.fields.get(WORDS, (0, 0))
        return dict(zip(terms.text(first, end).split("\n")[:-1], range(first, end), strict=True))

    @cached_property
    def norms(self) -> list[float]:
        """What is added to a weight, in tenths, in each document to tell how near it comes to the most it can score."""
        return [10 * norm_of(length, self.mean_length) for length in self.lengths]

    @cached_property
    def _stem_of(self) -> dict[str, Mapping[int, str]]:
        """By language, the stem of each word that has one only, by its number: its link tells that."""
        return {language: self._stems_in(f"{language}=") for language in self.stamp.languages}

    def _stems_in(self, start: str) -> Mapping[int, str]:
        found: dict[int, str] = {}
        several: set[int] = set()
        terms = self.segments[0].terms
        for link in map(terms.name, range(*terms.starting(LINKS, start.encode()))):
            stem, _, word = link[len(start) :].partition(SEPARATOR)
            number = self.numbers.get(word)  # none of one that was misread, which has a separator before it
            if number is not None:
                several.update((number,) if number in found else ())
                found[number] = stem
        for number in several:
            del found[number]
        return found

    def stems(self, word: str, language: str) -> tuple[str, ...]:
        """Return the stems of a word."""
        stem = self._stem_of[language].get(self.numbers.get(word, -1)) if language in self._stem_of else None
        return super().stems(word, language) if stem is None else (stem,)

    @cached_property
    def _by_shape(self) -> list[str]:
        return sorted(link for mark in MISREAD for link in self.terms(LINKS, mark))

    @cached_property
    def _odd(self) -> frozenset[str]:
        return frozenset(link.rpartition(SEPARATOR)[2] for link in self._by_shape)

    def is_odd(self, word: str) -> bool:
        """Tell whether this is a word that no list knows."""
        return word in self._odd

    def has(self, field: str, term: str) -> bool:
        """Tell whether a term stands in a field."""
        return term in self.numbers if field == WORDS else super().has(field, term)

    def known(self, words: Sequence[str]) -> list[str]:
        """Return those of some words that are there."""
        return list(filter(self.numbers.__contains__, words))

    def links(self, prefix: str, *, most: int) -> list[str]:
        """Return the links that start with a prefix; at most `most` are looked at."""
        if not prefix.startswith(MISREAD):
            return super().links(prefix, most=most)
        links = self._by_shape
        first = bisect_left(links, prefix)
        if first == len(links) or not links[first].startswith(prefix):
            return []
        end = bisect_left(links, prefix + _AFTER_ALL, first)
        return links[first : min(end, first + most)]

    def words_to_keep(self) -> Iterator[tuple[int, str]]:
        """Yield the words of which it is kept, with their numbers; others have no forms."""
        return ((number, word) for word, number in self.numbers.items() if word.isalpha())

    def stands_once(self, number: int) -> bool:
        """Tell whether a word stands in one section only."""
        starts = self.segments[0].terms.postings
        return starts[number + 1] - starts[number] == 1


def _postings(found: Forms, loaded: _Loaded) -> Postings:
    """Return where a word's forms stand: what they weigh together in each section, of the whole and of the rest.

    Weights are counted in tenths. Where sections are few a section is in one of the two only, with all that it holds;
    where they are many the common forms stay apart.
    """
    forms = [(loaded.numbers[form], kind) for form, kind in found.words.items()]
    parts = _of_whole_and_rest(forms, found.apart, loaded)
    whole, rest = parts
    for document in whole.keys() & rest.keys():
        whole[document] += rest.pop(document)
    peak = max(_nearest(whole, loaded), _nearest(rest, loaded))
    sections = len(whole) + len(rest)
    if sections <= max(_FEW_OF_ALL, _SMALL_SHARE * loaded.size):
        return Postings((), parts, sections, peak, array("H"))
    every = whole | rest
    narrow = max(every.values()) <= _BYTE
    spread = array("B", bytes(loaded.size)) if narrow else array("H", bytes(2 * loaded.size))
    for document, weight in every.items():
        spread[document] = weight if narrow else min(weight, MOST_WEIGHT)
    starts = loaded.segments[0].terms.postings
    common = [form for form in forms if starts[form[0] + 1] - starts[form[0]] > _FEW]
    rare = [form for form in forms if starts[form[0] + 1] - starts[form[0]] <= _FEW]
    return Postings(common, _of_whole_and_rest(rare, found.apart, loaded), sections, peak, spread)


def _of_whole_and_rest(
    forms: Sequence[Form], apart: Sequence[Apart], loaded: _Loaded
) -> tuple[dict[int, int], dict[int, int]]:
    """Return what forms weigh in each document, those of the whole word and the rest, each by themselves."""
    whole = _together([f for f in forms if f[1] in WHOLE], [a for a in apart if a[1] in WHOLE], loaded)
    return whole, _together([f for f in forms if f[1] not in WHOLE], [a for a in apart if a[1] not in WHOLE], loaded)


def _nearest(weights: Mapping[int, int], loaded: _Loaded) -> float:
    """Return how near the best of some documents comes to the most that any weight can score."""
    sums = map(add, weights.values(), map(loaded.norms.__getitem__, weights))
    return max(map(truediv, weights.values(), sums), default=0.0)


def _together(forms: Iterable[Form], apart: Iterable[Apart], loaded: _Loaded) -> dict[int, int]:
    """Return what some forms weigh together in each document, in tenths."""
    (segment,) = loaded.segments
    found: dict[int, int] = {}
    for number, kind in forms:
        tenths = round(10 * WEIGHT[kind])
        documents, weights = segment.documents(number, number + 1), segment.weights(number, number + 1)
        if len(documents) == 1:  # as of most misread forms
            found[documents[0]] = found.get(documents[0], 0) + tenths * weights[0]
            continue
        more = dict(zip(documents, map(tenths.__mul__, weights), strict=True))
        for document in found.keys() & more.keys() if found else ():
            more[document] += found[document]
        found |= more
    for _, kind, listed in apart:  # few
        tenths = round(10 * WEIGHT[kind])
        for document, times in zip(*listed, strict=True):
            found[document] = found.get(document, 0) + tenths * times
    return found
