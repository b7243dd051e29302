"""Which sections hold a leaf of the query, and how weighty is it in each?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from archive.ids import slugify
from archive.model.search import Fuzzy, MatchKind, Node, Pattern, Phrase, Range, SearchRequest, Term
from archive.search.forms import fold, tokens
from archive.search.query import describe
from archive.search.ranges import overlaps
from archive.search.whoosh.expand import WEIGHT, Forms, expand, expand_inflected, misread_of, near_words
from archive.search.whoosh.layout import HEADING_ROOM
from archive.search.whoosh.patterns import matching_words
from archive.search.whoosh.snapshot import Snapshot

# Of patterns with more words than this only the sections are gathered, without weights.
_MANY_WORDS = 64
_WHOLE = frozenset({MatchKind.EXACT, MatchKind.INFLECTION, MatchKind.GROUP})
_FACT_OF = {"date": "date", "mentions": "mention"}
_MIN_PART = 4
_MAX_JOINED = 40
LONG_QUERY = 120  # letters
_LINKING = ("", "s", "e", "en", "-")


@dataclass(slots=True)
class Leaf:
    """The sections that a leaf of the query matches; `weights` is empty for filters, which do not rank.

    `better` are those that hold the word itself or an inflection, where others hold only a part or a likeness of it.
    """

    label: str
    documents: Collection[int]
    weights: Mapping[int, float] = field(default_factory=dict)
    idf: float = 0.0
    forms: dict[str, MatchKind] = field(default_factory=dict)
    better: frozenset[int] = frozenset()


def match_leaf(  # noqa: PLR0911 - one return for each kind of leaf
    node: Node, snapshot: Snapshot, request: SearchRequest, *, together: Collection[str] = ()
) -> Leaf:
    """Look a leaf of the query up; `together` are compounds that it forms with a word beside it."""
    label = describe(node)
    match node:
        case Range(name, low, high):
            return Leaf(label, _in_range(name, low, high, snapshot))
        case Term(text, name) if name and name != "heading":
            return Leaf(label, _facts(name, text, snapshot))
        case Phrase(words, _, name) if name and name != "heading":
            return Leaf(label, _facts(name, " ".join(words), snapshot))
        case Pattern(text, name) | Fuzzy(text, _, name) if name and name != "heading":
            return Leaf(label, _near_facts(node, text, name, snapshot))
        case Term(text):
            return _match_term(node, snapshot, request, together=together)
        case Phrase(words, slop, name):
            sequence = [token.text for token in tokens(" ".join(words)) if not token.whole]
            return _match_phrase(label, sequence, snapshot, slop=slop, heading=bool(name), exact=request.exact)
        case Pattern(text, name):
            kinds = dict.fromkeys(matching_words(fold(text), snapshot), MatchKind.EXACT)
            return _match_forms(label, kinds, snapshot, heading=bool(name))
        case Fuzzy(text, edits, name):
            near = near_words(fold(text), snapshot, edits=edits)
            kinds = {word: MatchKind.EXACT if word == fold(text) else MatchKind.FUZZY for word in near}
            return _match_forms(label, kinds, snapshot, heading=bool(name))
    raise TypeError(node)


def languages_of(snapshot: Snapshot, request: SearchRequest) -> tuple[str, ...]:
    """Return the languages in which a query is read: those asked for, else those that the archive holds."""
    return tuple(request.languages) or snapshot.stamp.languages


def idf_of(frequency: int, count: int) -> float:
    """Return how telling a term is that stands in so many of the sections (BM25)."""
    return log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def compounds_of(first: str, second: str, snapshot: Snapshot, languages: tuple[str, ...]) -> list[str]:
    """Return the words of the archive that are two words of the query written as one: vluchtelingen opvang."""
    if not (first.isalpha() and second.isalpha() and min(len(first), len(second)) >= _MIN_PART):
        return []
    written = [f"{first}{link}{second}" for link in _LINKING]
    found = [word for word in written if snapshot.has("words", word)]
    return list(dict.fromkeys(form for word in found for form in expand_inflected(word, snapshot, languages)))


def _match_term(node: Term, snapshot: Snapshot, request: SearchRequest, *, together: Collection[str]) -> Leaf:
    """Match a word, or what is searched both whole and in parts (e-mail addresses, hyphenated words, dates)."""
    label = describe(node)
    found = list(tokens(node.text))
    heading = node.field == "heading"
    languages = languages_of(snapshot, request)
    parts = [token.text for token in found if not token.whole]
    whole = next((token.text for token in found if token.whole), parts[0] if parts else fold(node.text))
    kinds = {whole: MatchKind.EXACT}
    if not request.exact:
        kinds = dict(expand(whole, snapshot, languages, thorough=len(request.query) <= LONG_QUERY).kinds)
    kinds |= dict.fromkeys(together, MatchKind.COMPOUND)
    leaf = _match_forms(label, kinds, snapshot, heading=heading, near=together)
    sequences = [parts] if len(parts) > 1 else []
    if len(parts) == 1 and not request.exact:
        sequences = _apart(parts[0], snapshot)
    for sequence in sequences:
        kind = MatchKind.COMPOUND if len(parts) == 1 else MatchKind.EXACT
        other = _match_phrase(label, sequence, snapshot, slop=0, heading=heading, exact=request.exact, kind=kind)
        leaf = _joined(leaf, other, snapshot)
    return leaf


def _apart(word: str, snapshot: Snapshot) -> list[list[str]]:
    """Return the ways in which the archive may write a compound as two words."""
    if not 2 * _MIN_PART <= len(word) <= _MAX_JOINED or not word.isalpha():
        return []
    cuts = [(word[:at], word[at:]) for at in range(_MIN_PART, len(word) - _MIN_PART + 1)]
    return [[left, right] for left, right in cuts if snapshot.has("words", left) and snapshot.has("words", right)]


def _match_forms(
    label: str, kinds: Mapping[str, MatchKind], snapshot: Snapshot, *, heading: bool, near: Collection[str] = ()
) -> Leaf:
    """Match any of some words; those in `near` count as much as an inflection."""
    weights: dict[int, float] = {}
    if len(kinds) > _MANY_WORDS and not heading and set(kinds.values()) == {MatchKind.EXACT}:
        weights = dict.fromkeys(_any_of(kinds, snapshot), 1.0)
        return Leaf(label, weights.keys(), weights, idf_of(len(weights), snapshot.count), dict(kinds))
    near_kinds = {word: MatchKind.INFLECTION if word in near else kind for word, kind in kinds.items()}
    whole = [word for word, kind in near_kinds.items() if kind in _WHOLE]
    rest = [word for word in kinds if near_kinds[word] not in _WHOLE]
    _gather(whole, near_kinds, snapshot, weights, heading=heading)
    better = frozenset(weights) if whole and rest else frozenset()
    _gather(rest, near_kinds, snapshot, weights, heading=heading)
    return Leaf(label, weights.keys(), weights, idf_of(len(weights), snapshot.count), dict(kinds), better)


def _any_of(words: Iterable[str], snapshot: Snapshot) -> set[int]:
    """Return the documents that hold any of many words; the first words of a lexicon are the common ones."""
    found: set[int] = set()
    for word in words:
        found.update(snapshot.documents("words", word))
        if len(found) >= snapshot.count:
            break
    return found


def _gather(
    words: Sequence[str],
    kinds: Mapping[str, MatchKind],
    snapshot: Snapshot,
    weights: dict[int, float],
    *,
    heading: bool,
) -> None:
    """Add the weights of some words in each document to those gathered so far."""
    for word in words:
        found = snapshot.in_headings(word) if heading else snapshot.weights(word)
        factor = WEIGHT[kinds[word]]
        if factor == 1.0 and (not weights or len(words) > _MANY_WORDS):
            weights.update(found)
        else:
            for number, weight in found.items():
                weights[number] = weights.get(number, 0.0) + factor * weight


def _match_phrase(  # noqa: PLR0913 - what a phrase is
    label: str,
    words: Sequence[str],
    snapshot: Snapshot,
    *,
    slop: int,
    heading: bool,
    exact: bool,
    kind: MatchKind = MatchKind.EXACT,
) -> Leaf:
    """Match words in order, each as it stands or misread, with up to `slop` others between them."""
    forms = [Forms({word: kind}) if exact else misread_of(word, snapshot) for word in words]
    each = [snapshot_documents(some.kinds, snapshot) for some in forms]
    among = set(each[0]).intersection(*each[1:]) if each else set()
    counts = _count_phrases(forms, snapshot, among, slop=slop, heading=heading) if among else {}
    weights = {number: count * WEIGHT[kind] for number, count in counts.items()}
    idf = sum(idf_of(len(some), snapshot.count) for some in each)
    kinds: dict[str, MatchKind] = {}
    if counts:
        kinds = {" ".join(words): kind}
        for some in forms if slop or not exact else ():
            kinds |= {form: how for form, how in some.kinds.items() if slop or how is MatchKind.OCR}
    return Leaf(label, weights.keys(), weights, idf, kinds)


def snapshot_documents(kinds: Iterable[str], snapshot: Snapshot) -> set[int]:
    """Return the documents that hold any of some words."""
    return {number for word in kinds for number in snapshot.documents("words", word)}


def _count_phrases(
    forms: Sequence[Forms], snapshot: Snapshot, among: set[int], *, slop: int, heading: bool
) -> dict[int, float]:
    """Return how often the words stand in order in each of some documents that hold them all."""
    ends: dict[int, list[int]] = {}
    for order, some in enumerate(forms):
        found: dict[int, list[int]] = {}
        for word in some.kinds:
            for number, positions in snapshot.positions(word, among):
                found.setdefault(number, []).extend(positions)
        ends = found if not order else _continued(ends, found, slop)
        if heading and not order:
            ends = {number: [at for at in places if at < HEADING_ROOM] for number, places in ends.items()}
    return {number: float(len(places)) for number, places in ends.items() if places}


def adjacent(first: str, second: str, snapshot: Snapshot, among: set[int]) -> set[int]:
    """Return those of some documents in which one word directly follows another."""
    before = {number: set(places) for number, places in snapshot.positions(first, among)}
    after = snapshot.positions(second, before.keys())
    return {number for number, places in after if any(at - 1 in before[number] for at in places)}


def _continued(ends: Mapping[int, list[int]], found: Mapping[int, list[int]], slop: int) -> dict[int, list[int]]:
    """Return where a phrase ends after one more word, for those documents where it goes on."""
    longer: dict[int, list[int]] = {}
    for number, places in ends.items():
        before = set(places)
        reach = range(1, slop + 2)
        after = [at for at in found.get(number, ()) if any(at - gap in before for gap in reach)]
        if after:
            longer[number] = after
    return longer


def _joined(leaf: Leaf, other: Leaf, snapshot: Snapshot) -> Leaf:
    """Return what either of two leaves matches."""
    if not other.weights:
        return leaf
    weights = dict(leaf.weights)
    for number, weight in other.weights.items():
        weights[number] = max(weights.get(number, 0.0), weight)
    return Leaf(
        leaf.label, weights.keys(), weights, idf_of(len(weights), snapshot.count), {**other.forms, **leaf.forms}
    )


def _in_range(name: str, low: str, high: str, snapshot: Snapshot) -> set[int]:
    """Return the sections whose page, date or dates fall into a range."""
    if name == "page":
        wanted = [
            page
            for page in snapshot.terms("page")
            if (not low or int(low) <= int(page)) and (not high or int(page) <= int(high))
        ]
        return {number for page in wanted for number in snapshot.documents("page", page)}
    return dated(_FACT_OF[name], low, high, snapshot)


def dated(fact: str, low: str, high: str, snapshot: Snapshot) -> set[int]:
    """Return the sections with an issue date or mentioned date that touches a range."""
    found: set[int] = set()
    for term in snapshot.terms(fact):
        first, _, last = term.partition("/")
        if _touches(first, last or first, low, high):
            found.update(snapshot.documents(fact, term))
    return found


def _touches(first: str, last: str, low: str, high: str) -> bool:
    from archive.search.ranges import days_of

    begin, end = days_of(first), days_of(last)
    return begin is not None and end is not None and overlaps(begin[0], end[1], low, high)


def _facts(name: str, value: str, snapshot: Snapshot) -> Collection[int]:
    """Return the sections with this value in a field."""
    if name in _FACT_OF:
        return dated(_FACT_OF[name], value, value, snapshot)
    return set(snapshot.documents(name, fact_of(name, value)))


def fact_of(name: str, value: str) -> str:
    """Return a value as the index holds it."""
    if name == "newsletter":
        return slugify(value)
    if name in {"place", "tag"}:
        return " ".join(token.text for token in tokens(value) if not token.whole)
    if name == "page":
        return str(int(value))
    return fold(value)


def _near_facts(node: Pattern | Fuzzy, text: str, name: str, snapshot: Snapshot) -> set[int]:
    """Return the sections with a value in a field that fits a pattern or is a letter or two off."""
    values = snapshot.terms(name)
    if isinstance(node, Pattern):
        wanted = matching_words(fold(text), snapshot, values)
    else:
        from rapidfuzz.distance import OSA

        wanted = [value for value in values if OSA.distance(fold(text), value) <= node.edits]
    return {number for value in wanted for number in snapshot.documents(name, value)}
