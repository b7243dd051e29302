"""Which words of this archive does a word of a query stand for?

In order of nearness: the word itself, its inflections, misread forms of it, compounds that hold it; and where the
archive knows none of these, words that begin or end with it, or else those that differ by a letter or two, and what
belongs to the nearest of them, or to a word of the lists that is as near.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import Any

from archive.model.search import MatchKind
from archive.search.misread import MIN_LETTERS, allowed_cost, distance, likely, misread_forms, shape
from archive.search.stems import is_closed
from archive.search.whoosh.kept import Kept
from archive.search.whoosh.layout import LINKS, ODD, SEPARATOR, WORDS, shape_links
from archive.search.whoosh.snapshot import Snapshot

# The words that a word of the query stands for, and how.
Forms = Mapping[str, MatchKind]

# How much a match counts beside the word itself.
WEIGHT = {
    MatchKind.EXACT: 1.0,
    MatchKind.INFLECTION: 0.9,
    MatchKind.GROUP: 0.8,
    MatchKind.OCR: 0.7,
    MatchKind.COMPOUND: 0.5,
    MatchKind.FUZZY: 0.5,
}
_LIKE = frozenset({MatchKind.OCR, MatchKind.INFLECTION})  # kinds of forms among which are a word's own misread forms
_MOST_KEPT = 2000
_MOST_LINKS = 5000  # of one kind, per word and segment
_MOST_CANDIDATES = 8000
_MOST_FUZZY = 200
_MOST_NEAR_MISSES = 500
_UNLIKE = 0.45  # of the letters; a word that differs by more says nothing
_MOST_SEARCHED = 2  # inflections and compounds whose misread forms are looked for like those of the word itself
_MOST_LOOKED_AT = 12  # and those of which only misread forms of the same shape are looked for
_TWO_EDITS = 8  # letters from which an unknown word may have two letters wrong
_ONE_EDIT = 4
_EVERYDAY = 3.3  # on the Zipf scale; usual errors (onmiddelijk, definately) are rarer in the lists
_SHORTEST = 3  # letters that stand beside a word in a compound


def expand(word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool = True) -> Forms:
    """Return what `_expand` finds; a word that is asked for again costs nothing."""
    key = (word, languages, thorough)
    known: Forms | None = snapshot.expansions.get(key)
    if known is None:
        known = _expand(word, snapshot, languages, thorough=thorough)
        remember(snapshot.expansions, key, known)
    return known


def remember(kept: dict[Hashable, Any], key: Hashable, value: object) -> None:
    """Keep a value, and not too many of them."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value


def _expand(word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool) -> Forms:
    """Return every word of the archive that a folded word stands for, itself included where the archive holds it.

    Args:
        word: A folded word.
        snapshot: The index.
        languages: In which languages it may be meant.
        thorough: Look for misread forms of its inflections and compounds as widely as for those of the word, and for a
            word that is nowhere in what begins or ends with it or is like it: for that all words are gone through.
    """
    forms = {word: MatchKind.EXACT} if snapshot.has("words", word) else {}
    if word.isdecimal():
        return forms
    forms = _with_related(forms, word, snapshot, languages, thorough=thorough)
    if not thorough or len(word) < _ONE_EDIT or not word.isalpha():
        return forms
    if not forms:
        around = _around(word, snapshot, languages)
        return dict.fromkeys(around, MatchKind.COMPOUND) or dict.fromkeys(
            _alike(word, snapshot, languages) or _put_right(word, snapshot, languages), MatchKind.FUZZY
        )
    if set(forms.values()) == {MatchKind.OCR}:  # which may be what another word was misread as, and this typed wrongly
        return _with(forms, _put_right(word, snapshot, languages), MatchKind.FUZZY)
    return forms


def _around(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> list[str]:
    """Return compounds with a word at their start or end that is nowhere by itself, and need not be in any list."""
    longer = [held for held in snapshot.holding(word) if len(held) >= len(word) + _SHORTEST and held.isalpha()]
    ends = [held for held in longer if held.startswith(word) or held.endswith(word)]
    if ends:
        from archive.search.compounds import splitters  # loads the lists, and little finds nothing

        known = splitters(languages)
        ends = [held for held in ends if any(splitter.is_part(word, held) for splitter in known)]
    return ends[:_MOST_FUZZY]


def _alike(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> list[str]:
    """Return words that differ by a letter or two from one that is nowhere, and what belongs to the nearest of them.

    Articles, pronouns and the like are not meant: peen is no geen. A word that everybody knows is typed as it is meant,
    so that only words that no list knows may be it: bier is no vier.
    """
    near = near_words(word, snapshot, edits=2 if len(word) >= _TWO_EDITS else 1)
    near = [other for other in near if not any(is_closed(other, language) for language in languages)]
    near = _unless_everyday(word, near, languages) if near else []
    linked = (_by_link(one, kind, snapshot, languages) for kind in ("=", "+") for one in near[:1])
    return near + [other.removeprefix(SEPARATOR) for some in linked for other in some]


def _unless_everyday(word: str, near: list[str], languages: tuple[str, ...]) -> list[str]:
    """Return words that are like one, and of one that everybody knows those only that no list knows."""
    from archive.languages import is_known, unaccented_zipf  # loads the lists, and little finds nothing

    if any(unaccented_zipf(word, language) >= _EVERYDAY for language in languages):
        return [other for other in near if not is_known(other, languages)]
    return near


def _put_right(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> list[str]:
    """Return the word of the lists that one typed wrongly is like, and what the archive holds of it.

    The word itself stands before its forms: it is not there, but is what was meant.
    """
    from archive.search.slips import meant_by  # loads the lists, and little finds nothing

    misread: list[str] = []
    for other in meant_by(word, languages):
        if not any(is_closed(other, language) for language in languages):
            forms = _with_related({}, other, snapshot, languages, thorough=False)
            found = [other, *sorted(forms, key=lambda form: forms[form] is MatchKind.OCR)] if forms else []
            if set(forms.values()) - {MatchKind.OCR}:
                return found
            misread = misread or found
    return misread


def expand_beside(forms: Forms, word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> Forms:
    """Return the forms of a word that were found in another part of the archive, and those that this one holds."""
    return _with_related(dict(forms), word, snapshot, languages, thorough=True)


def _with_related(
    forms: dict[str, MatchKind], word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool
) -> dict[str, MatchKind]:
    """Return forms of a word with its inflections, the misread forms of all, and its compounds.

    A compound has the inflections of itself with other linking letters, too.
    """
    inflected = list(_by_link(word, "=", snapshot, languages))
    compounds = list(_by_link(word, "+", snapshot, languages))
    for other in _relinked(word) if "nl" in languages else ():
        inflected += _by_link(other, "=", snapshot, languages)
        compounds += _by_link(other, "+", snapshot, languages)
    inflected, read_so = _printed_and_read(inflected)
    compounds, read_in_part = _printed_and_read(compounds)
    forms = _with(forms, inflected, MatchKind.INFLECTION)
    printed = [form for form, kind in forms.items() if kind is not MatchKind.OCR]
    others = [form for form in dict.fromkeys((*printed, *compounds)) if form != word][:_MOST_LOOKED_AT]
    widely = _MOST_SEARCHED if thorough else 0
    misread = [read for form in (word, *others[:widely]) for read in _misread(form, snapshot)]
    misread += [*_of_same_shape(others[widely:], snapshot), *read_so, *read_in_part]
    return _with(_with(forms, misread, MatchKind.OCR), compounds, MatchKind.COMPOUND)


def expand_inflected(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield a word and its inflections."""
    yield word
    yield from _printed_and_read(_by_link(word, "=", snapshot, languages))[0]


def has_related(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> bool:
    """Tell whether the archive holds an inflection of a folded word, or a compound with it."""
    return any(True for kind in ("=", "+") for _ in _by_link(word, kind, snapshot, languages))


def misread_of(word: str, snapshot: Snapshot) -> Forms:
    """Return a word and its misread forms only: what may stand for it inside a phrase."""
    key = ("misread", word)
    known: Forms | None = snapshot.expansions.get(key)
    if known is None:
        known = _with({word: MatchKind.EXACT}, _misread_or_kept(word, snapshot), MatchKind.OCR)
        remember(snapshot.expansions, key, known)
    return known


def _misread_or_kept(word: str, snapshot: Snapshot) -> Iterable[str]:
    """Return misread forms of a word: those among what was kept of it, and what came later; of others as found now."""
    if len(word) < MIN_LETTERS:
        return ()
    kept = kept_of(word, snapshot)
    if kept is None:
        return _misread(word, snapshot)
    near = [form for form, kind in kept.kinds.items() if kind in _LIKE]
    found = [
        form
        for form in misread_forms(word, near, snapshot.costs)
        if kept.kinds[form] is MatchKind.OCR or snapshot.is_odd(form)
    ]
    return found if len(snapshot.segments) == 1 else [*found, *_misread(word, snapshot.later)]


def kept_of(word: str, snapshot: Snapshot) -> Kept | None:
    """Return what was kept of a folded word when the first segment was made; None where nothing was."""
    if snapshot.kept_words is None:
        return None
    number = snapshot.segments[0].terms.find(WORDS, word)
    return None if number is None else snapshot.kept_words.find(number)


def near_words(word: str, snapshot: Snapshot, *, edits: int) -> list[str]:
    """Return the words of the archive that differ from a word by a few letters, nearest and most frequent first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    lengths = range(len(word) - edits, len(word) + edits + 1)  # others differ by more
    able = [snapshot.by_length.get(length, ()) for length in lengths]
    each = [process.extract(word, some, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_FUZZY) for some in able]
    found = sorted(chain.from_iterable(each), key=itemgetter(1))[:_MOST_FUZZY]
    return [near for near, _, _ in sorted(found, key=lambda each: (each[1], -snapshot.frequency(each[0]), each[0]))]


def near_misses(word: str, snapshot: Snapshot) -> list[tuple[str, float]]:
    """Return words that no list knows and that are something like a word, but too unlike to be taken for it."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    if len(word) < MIN_LETTERS or not word.isalpha():
        return []
    odd = {link.rpartition(SEPARATOR)[2] for link in snapshot.terms(LINKS, ODD)}
    furthest = max(2, len(word) // 2)
    near = process.extract(word, list(odd), scorer=Levenshtein.distance, score_cutoff=furthest, limit=_MOST_NEAR_MISSES)
    costs = {read: distance(word, read, float(furthest), snapshot.costs) for read, _, _ in near}
    return [(read, cost) for read, cost in costs.items() if allowed_cost(word) < cost <= _UNLIKE * len(word)]


def _with(forms: dict[str, MatchKind], words: Iterable[str], kind: MatchKind) -> dict[str, MatchKind]:
    """Return forms and more; one that is known already keeps its nearer kind."""
    more = {word: kind for word in words if word not in forms}
    return forms | more if more else forms


def _relinked(word: str) -> Iterator[str]:
    from archive.search.dutch import relinked  # only where Dutch is asked for

    return relinked(word)


def _by_link(word: str, kind: str, snapshot: Snapshot, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield the words that share a stem with a word, or hold it; those that were misread have a separator before.

    A form that is an article, a preposition or the like of another language is left out: met, of meet.
    """
    for language in languages:
        others = [other for other in languages if other != language]
        for stem in snapshot.stems(word, language):
            start = f"{language}{kind}{stem}{SEPARATOR}"
            for link in snapshot.links(start, most=_MOST_LINKS):
                form = link[len(start) :]
                if not others or not any(is_closed(form, other) for other in others):
                    yield form


def _printed_and_read(linked: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return of linked words those that stand as printed, and those that were misread."""
    words = list(dict.fromkeys(linked))
    read = [word[len(SEPARATOR) :] for word in words if word.startswith(SEPARATOR)]
    return [word for word in words if not word.startswith(SEPARATOR)] if read else words, read


def _misread(word: str, snapshot: Snapshot) -> Iterable[str]:
    """Return forms of a word that no list knows and whose shape starts or ends like the word's."""
    if len(word) < MIN_LETTERS or not word.isalpha():
        return ()
    key = ("read", word)
    known: Iterable[str] | None = snapshot.expansions.get(key)
    if known is not None:
        return known
    near: list[str] = []
    for start in shape_links(word):
        half = (len(start) + 1) // 2  # the mark, and half of the letters
        links = snapshot.links(start[:half], most=_MOST_CANDIDATES)
        near += likely(word, f"{start}{SEPARATOR}{word}", links)
    found = misread_forms(word, dict.fromkeys(link.rpartition(SEPARATOR)[2] for link in near), snapshot.costs)
    remember(snapshot.expansions, key, found)
    return found


def _of_same_shape(words: Iterable[str], snapshot: Snapshot) -> Iterator[str]:
    """Yield words that no list knows and that differ from others only by letters that are taken for each other."""
    for word in words:
        if len(word) >= MIN_LETTERS and word.isalpha():
            same = snapshot.links(f"{ODD}{shape(word)}{SEPARATOR}", most=_MOST_CANDIDATES)
            if same:
                yield from misread_forms(word, [link.rpartition(SEPARATOR)[2] for link in same], snapshot.costs)
