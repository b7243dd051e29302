"""Which sections hold a leaf of the query, and how weighty is it in each?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice, pairwise, product
from math import prod

from archive.model.search import Fuzzy, MatchKind, Node, Pattern, Phrase, Range, SearchRequest, Term
from archive.search.forms import Token, fold, joint, tokens
from archive.search.query import describe
from archive.search.whoosh.expand import WEIGHT, expand, expand_inflected, misread_of, near_words
from archive.search.whoosh.leaf import WHOLE, Leaf, either, idf_of, union
from archive.search.whoosh.phrases import count_phrases, with_heading
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.standing import Standing, listed_in, standing

_OF_TEXT = ("", "heading")  # fields
# Of patterns with more words than this only the sections are gathered, without weights.
_MANY_WORDS = 64
_MIN_JOINED = 3  # monumenten dag: what was typed as two words and stands there as one
LONG_QUERY = 120  # letters
_MIN_BESIDE = 3  # words
_PARTS_OF_DATE = 3
_MANY_WAYS, _MOST_WAYS = 64, 128  # to read a phrase
_LINKING = ("", "s", "e", "en", "-")


def match_leaf(node: Node, snapshot: Snapshot, request: SearchRequest, *, together: Collection[str] = ()) -> Leaf:
    """Look a leaf of the query up; `together` are compounds that it forms with a word beside it."""
    label = describe(node)
    match node:
        case Range() | Term() | Phrase() | Pattern() | Fuzzy() if node.field not in _OF_TEXT:
            return Leaf(label, matched=_with_fact(node, snapshot))
        case Term():
            return _match_term(node, snapshot, request, together=together)
        case Phrase(words, slop, name):
            sequence = tuple(token.text for token in tokens(" ".join(words)) if not token.whole)
            leaf = _match_phrase(label, Phrase(sequence, slop, name), snapshot, exact=request.exact)
            return _with_alike(leaf, node, snapshot, request)
        case Pattern("*"):
            return Leaf(label, matched=with_heading(snapshot))
        case Pattern(text, name):
            from archive.search.whoosh.patterns import matching_words

            kinds = dict.fromkeys(matching_words(fold(text), snapshot), MatchKind.EXACT)
            return _match_forms(label, kinds, snapshot, heading=bool(name))
        case Fuzzy(text, edits, name):
            near = near_words(fold(text), snapshot, edits=edits)
            kinds = {word: MatchKind.EXACT if word == fold(text) else MatchKind.FUZZY for word in near}
            return _match_forms(label, kinds, snapshot, heading=bool(name))
    raise TypeError(node)


def _with_fact(node: Range | Term | Phrase | Pattern | Fuzzy, snapshot: Snapshot) -> Collection[int]:
    """Return the sections that have some value in a field that is no running text."""
    from archive.search.whoosh.facts import in_range, near_facts, with_fact

    match node:
        case Range(name, low, high):
            return in_range(name, low, high, snapshot)
        case Term(text, name):
            return with_fact(name, text, snapshot)
        case Phrase(words, _, name):
            return with_fact(name, " ".join(words), snapshot)
        case Pattern(text, name) | Fuzzy(text, _, name):
            return near_facts(node, text, name, snapshot)


def languages_of(snapshot: Snapshot, request: SearchRequest) -> tuple[str, ...]:
    """Return the languages in which a query is read: those asked for, else those that the archive holds."""
    return tuple(request.languages) or snapshot.stamp.languages


def compounds_of(first: str, second: str, snapshot: Snapshot, languages: tuple[str, ...]) -> list[str]:
    """Return the words of the archive that are two words of the query written as one: vluchtelingen opvang."""
    if not (first.isalpha() and second.isalpha() and min(len(first), len(second)) >= _MIN_JOINED):
        return []
    found = snapshot.known([f"{first}{link}{second}" for link in _LINKING])
    return found and list(dict.fromkeys(form for word in found for form in expand_inflected(word, snapshot, languages)))


def _match_term(node: Term, snapshot: Snapshot, request: SearchRequest, *, together: Collection[str]) -> Leaf:
    """Match a word, or what is searched both whole and in parts (e-mail addresses, hyphenated words, dates)."""
    found = list(tokens(node.text))
    parts = [token.text for token in found if not token.whole]
    # What no token covers is asked for by its parts alone: en/of.
    whole = next((token.text for token in found if _covers(token, found)), fold(node.text))
    heading = node.field == "heading"
    if request.exact or len(parts) > 1:
        leaf = _match_parts(node, whole, parts, snapshot, request)
    else:
        thorough = len(request.query) <= LONG_QUERY
        languages = languages_of(snapshot, request)
        found_as = standing(whole, snapshot, languages, thorough=thorough, heading=heading)
        leaf = _of_lists(describe(node), found_as.with_nearer(together, snapshot) if together else found_as, snapshot)
    if not request.exact and not heading and whole[:1].isdecimal() and len(parts) == _PARTS_OF_DATE:
        from archive.search.whoosh.on_day import match_day  # few words are dates

        leaf = either(leaf, match_day(node, snapshot), snapshot.count)
    return _with_alike(leaf, node, snapshot, request)


def _covers(token: Token, found: Sequence[Token]) -> bool:
    return (token.start, token.end) == (found[0].start, max(other.end for other in found))


def _match_parts(node: Term, whole: str, parts: Sequence[str], snapshot: Snapshot, request: SearchRequest) -> Leaf:
    """Match a word as it stands, and what has parts also by these side by side."""
    label = describe(node)
    languages = languages_of(snapshot, request)
    thorough = len(request.query) <= LONG_QUERY
    kinds = {whole: MatchKind.EXACT} if request.exact else expand(whole, snapshot, languages, thorough=thorough)
    leaf = _match_forms(label, kinds, snapshot, heading=bool(node.field))
    sequences = [(parts, MatchKind.EXACT)] if len(parts) > 1 else []
    if not request.exact and "-" in node.text and parts[-1].isalpha():
        inflected = (form for form in expand_inflected(parts[-1], snapshot, languages) if form != parts[-1])
        sequences += [([*parts[:-1], form], MatchKind.INFLECTION) for form in inflected]
    for sequence, kind in sequences:
        exact = request.exact or kind is not MatchKind.EXACT
        other = _match_phrase(label, Phrase(tuple(sequence), 0, node.field), snapshot, exact=exact, kind=kind)
        leaf = either(leaf, other, snapshot.count)
    return leaf


def _with_alike(leaf: Leaf, node: Term | Phrase, snapshot: Snapshot, request: SearchRequest) -> Leaf:
    """Return what a leaf matches, and what words.toml says is to be found with it."""
    if request.exact or not node.alike:
        return leaf
    from archive.search.whoosh.alike import alike_phrases, alike_words

    heading = bool(node.field)
    words = alike_words(node.alike, snapshot, languages_of(snapshot, request))
    leaf = either(leaf, _match_forms(leaf.label, words, snapshot, heading=heading), snapshot.count)
    for sequence in alike_phrases(node.alike):
        kind = MatchKind.GROUP
        other = _match_phrase(leaf.label, Phrase(tuple(sequence), 0, node.field), snapshot, exact=True, kind=kind)
        leaf = either(leaf, other, snapshot.count)
    return leaf


def _match_forms(label: str, kinds: Mapping[str, MatchKind], snapshot: Snapshot, *, heading: bool) -> Leaf:
    """Match any of some words."""
    if len(kinds) > _MANY_WORDS and set(kinds.values()) == {MatchKind.EXACT}:
        found = snapshot.documents_of_all(list(kinds))
        if heading:
            found = {number for word in kinds for number in snapshot.in_headings(word)}
        known = dict.fromkeys(found, 1.0)
        return Leaf(label, known=known, idf=idf_of(len(known), snapshot.count), forms=dict(kinds))
    whole = [word for word, kind in kinds.items() if kind in WHOLE]
    rest = [word for word, kind in kinds.items() if kind not in WHOLE]
    lists = [listed_in(some, kinds, snapshot, heading=heading) for some in (whole, rest)]
    return _of_lists(label, Standing(kinds, (lists[0], lists[1])), snapshot)


def _of_lists(label: str, found_as: Standing, snapshot: Snapshot) -> Leaf:
    kinds, (whole, rest), sections, spread, late, peak = found_as
    found = (*whole, *rest)
    matched = None
    if sections is None and len(found) == 1:
        sections = len(found[0][1].documents)
    elif sections is None:
        matched = union(found)
        sections = len(matched)
    of_word = len(whole) if rest else 0
    idf = idf_of(sections, snapshot.count)
    return Leaf(label, found, None, matched, sections, idf, kinds, of_word, frozenset(), spread, late, peak)


def _run_together(words: Sequence[str], snapshot: Snapshot) -> list[tuple[int, str]]:
    """Return where two words of a phrase may have lost the space between them, so that the archive holds both as one.

    Only of phrases with other words beside them, which tell that it is these two; and not of pasted texts.
    """
    if len(words) < _MIN_BESIDE or sum(map(len, words)) > LONG_QUERY:
        return []
    both = [first + second for first, second in pairwise(words)]
    held = set(snapshot.known([word for word in both if word.isalpha()]))
    return [(at, word) for at, word in enumerate(both) if word in held]


def _as_one(forms: Mapping[str, MatchKind]) -> dict[str, MatchKind]:
    """Return those forms of a word that are one word: of phrases each word is looked for at its place."""
    return {form: kind for form, kind in forms.items() if " " not in form}


def _ways(words: Sequence[str], forms: Sequence[Collection[str]]) -> Iterator[Sequence[str]]:
    """Return the ways in which a phrase may have been read; where there are very many, with a word or two misread."""
    if prod(map(len, forms)) <= _MANY_WAYS:
        return product(*forms)
    places = range(len(words))
    ways = (
        [some.get(at, word) for at, word in enumerate(words)]
        for changed in chain(combinations(places, 1), combinations(places, 2))
        for some in (dict(zip(changed, each, strict=True)) for each in product(*(forms[at] for at in changed)))
    )
    return islice(ways, _MOST_WAYS)


def _match_phrase(
    label: str, phrase: Phrase, snapshot: Snapshot, *, exact: bool, kind: MatchKind = MatchKind.EXACT
) -> Leaf:
    """Match words in order, each as it stands or misread, with few others between them."""
    words, slop, heading = phrase.words, phrase.slop, bool(phrase.field)
    forms = [{word: kind} if exact else _as_one(misread_of(word, snapshot)) for word in words]
    counts = count_phrases(forms, snapshot, slop=slop, heading=heading)
    if not counts and kind is not MatchKind.EXACT:  # a word that is nowhere written as these
        return Leaf(label)
    # Hardly any section holds two forms of a word, so that they need not be gathered to be counted.
    often = [min(snapshot.count, sum(map(snapshot.frequency, some))) for some in forms]
    kinds: dict[str, MatchKind] = {}
    known = {number: times * WEIGHT[kind] for number, times in counts.items()}
    sound: Mapping[int, float] = {}
    if counts:
        between = joint(slop)
        misread = list(map(between.join, _ways(words, forms)))
        kinds = {**dict.fromkeys(misread, MatchKind.OCR), between.join(words): kind}
        if len(misread) > 1:  # what is misread counts for less
            each = [[word] for word in words]
            sound = count_phrases(each, snapshot, slop=slop, heading=heading, among=counts.keys())
            known = {number: _less(times, sound.get(number, 0)) for number, times in counts.items()}
    for both, close_up in () if exact else _closed_up(phrase, forms, snapshot):
        for number, times in close_up.items():
            known[number] = known.get(number, 0.0) + times * WEIGHT[MatchKind.OCR]
        kinds[both] = MatchKind.OCR
    idf = sum(idf_of(each, snapshot.count) for each in often)
    return Leaf(label, known=known, idf=idf, forms=kinds, above=frozenset(known.keys() & sound.keys()))


def _less(times: int, sound: int) -> float:
    """Return what a phrase weighs that stands somewhere so often, and so often of these without a word misread."""
    return sound + max(0, times - sound) * WEIGHT[MatchKind.OCR]


def _closed_up(
    phrase: Phrase, forms: Sequence[Collection[str]], snapshot: Snapshot
) -> Iterator[tuple[str, Mapping[int, int]]]:
    """Yield the forms of a phrase in which two words stand as one, and how often each stands in each section."""
    words, slop, heading = phrase.words, phrase.slop, bool(phrase.field)
    for at, both in _run_together(words, snapshot):
        sequence = [*forms[:at], [both], *forms[at + 2 :]]
        if close_up := count_phrases(sequence, snapshot, slop=slop, heading=heading):
            yield joint(slop).join([*words[:at], both, *words[at + 2 :]]), close_up
