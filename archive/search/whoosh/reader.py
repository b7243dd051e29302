"""Which sections match the query, which come first, and how do they divide?

Goes through the terms one by one and counts in whole sets of document numbers: a query over thousands of words costs
what their postings cost, `total` and facets are of all that matches.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest
from itertools import pairwise

from archive.model.search import (
    And,
    Everything,
    Found,
    MatchKind,
    Node,
    Not,
    Or,
    Query,
    SearchRequest,
    Sort,
    Term,
)
from archive.search.forms import fold
from archive.search.query import describe
from archive.search.stems import is_negation
from archive.search.whoosh.facets import count_facets
from archive.search.whoosh.filters import Filters, filters_of
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.matching import compounds_of, languages_of
from archive.search.whoosh.phrases import adjacent, count_phrases
from archive.search.whoosh.readings import readings
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.snapshot import Snapshot

# BM25: how soon more of the same word adds little, and how much a long section is held against it.
_K1 = 1.2
_B = 0.6
# A partial match must hold this share of what the query's words tell.
_LEAST_SHARE = 0.15
# How much it adds, in shares of the less telling word, that two words are neighbours as in the query; only the best
# sections are looked into.
_TOGETHER = 0.5
_LOOKED_INTO = 100
# And how much, that they, or forms of them, stand near each other in that order; a negation says little elsewhere.
_NEARLY = 0.25
_BOUND = 1.5
_BETWEEN = 2  # words
_COMMON = 2000  # sections
_MOST_FORMS = 20
_SURE = frozenset({MatchKind.INFLECTION, MatchKind.COMPOUND})
_MOST_SUGGESTED = 3
_JOINING = (And, Or, Not, Everything)


def search_snapshot(snapshot: Snapshot, query: Query, request: SearchRequest) -> Found:
    """Answer one query from one snapshot."""
    search = _Search(snapshot, request)
    search.note_neighbours(query.root)
    filters = filters_of(request, snapshot)
    hits = filters.keep(search.match(query.root), snapshot)
    scores = search.score(hits)
    search.reward_phrases(query.root, scores)
    wanted = request.offset + request.limit
    order = (
        _by_date(hits, wanted, snapshot)
        if request.sort is Sort.DATE or not search.ranked
        else _best(scores, wanted, snapshot)
    )
    page = order[request.offset : wanted]
    ids = snapshot.ids(page)
    partial: tuple[tuple[str, float, tuple[str, ...]], ...] = ()
    if len(hits) < request.limit and not request.offset and not request.exact and isinstance(query.root, And):
        partial = search.partial(query.root, hits, filters)
    return Found(
        total=len(hits),
        ids=tuple((ids[number], round(scores.get(number, 0.0), 4)) for number in page),
        forms=search.forms(),
        facets=count_facets(snapshot, hits) if request.facets else {},
        partial=partial,
        suggestions=search.suggestions(),
        readings=readings(snapshot, hits),
    )


@dataclass(slots=True)
class _Search:
    """One run of a query: the leaves that were looked up so far."""

    snapshot: Snapshot
    request: SearchRequest
    leaves: dict[Node, Leaf] = field(default_factory=dict)
    negated: set[Node] = field(default_factory=set)
    together: dict[Node, list[str]] = field(default_factory=dict)

    def note_neighbours(self, root: Node) -> None:
        """Note which words of the query the archive also writes as one: opvang of vluchtelingen opvang."""
        if self.request.exact:
            return
        languages = languages_of(self.snapshot, self.request)
        for first, second in neighbours(root):
            for word in compounds_of(fold(first.text), fold(second.text), self.snapshot, languages):
                self.together.setdefault(first, []).append(word)
                self.together.setdefault(second, []).append(word)

    @property
    def ranked(self) -> list[Leaf]:
        """The leaves that ranking goes by."""
        return [leaf for node, leaf in self.leaves.items() if leaf.ranks and node not in self.negated]

    def match(self, node: Node, *, negated: bool = False) -> Collection[int]:
        """Return the documents that a part of the query matches."""
        match node:
            case Everything():
                return self.snapshot.everything
            case And(parts):
                return self._match_all(parts, negated=negated)
            case Or(parts):
                return set().union(*(self.match(part, negated=negated) for part in parts))
            case Not(part):
                return self.snapshot.everything - set(self.match(part, negated=not negated))
        if negated:
            self.negated.add(node)
        return self._leaf(node).documents

    def _leaf(self, node: Node) -> Leaf:
        if node not in self.leaves:
            together = self.together.get(node, ())
            self.leaves[node] = recalled_leaf(node, self.snapshot, self.request, together=together)
        return self.leaves[node]

    def _match_all(self, parts: Iterable[Node], *, negated: bool) -> Collection[int]:
        """Return what all parts match, the rarest first: a common word is then asked about a few sections only."""
        wanted = [part for part in parts if not isinstance(part, Not)]
        leaves = [self._leaf(part) for part in wanted if not isinstance(part, _JOINING)]
        if negated:
            self.negated.update(part for part in wanted if not isinstance(part, _JOINING))
        sets = sorted((self.match(part, negated=negated) for part in wanted if isinstance(part, _JOINING)), key=len)
        leaves.sort(key=lambda leaf: leaf.size)
        if sets:
            found = set(sets[0]).intersection(*sets[1:])
        else:
            found = set(leaves.pop(0).documents if leaves else self.snapshot.everything)
        for leaf in leaves:
            found = leaf.among(found)
        for part in (part for part in parts if isinstance(part, Not)):
            found.difference_update(self.match(part.part, negated=not negated))
        return found

    def score(self, hits: set[int]) -> dict[int, float]:
        """Return the BM25 score of each hit."""
        scores: dict[int, float] = {}
        lengths = self.snapshot.lengths
        ranked = self.ranked
        fixed, growing = _K1 * (1 - _B), _K1 * _B / self.snapshot.mean_length
        for leaf in ranked:
            idf = leaf.idf * (_K1 + 1)
            weights = leaf.weights(hits)
            if weights.keys() != hits:
                weights = {number: weights[number] for number in hits if number in weights}
            more = {number: idf * w / (w + fixed + growing * lengths[number]) for number, w in weights.items()}
            for number, score in more.items() if scores else ():
                scores[number] = scores.get(number, 0.0) + score
            scores = scores or more
        if len(scores) < len(hits):
            scores = {**dict.fromkeys(hits, 0.0), **scores}
        if len(ranked) == 1:  # of one word, whole words stand above all parts and likenesses
            for number in ranked[0].better.intersection(scores):
                scores[number] += ranked[0].idf * (_K1 + 1)
        return scores

    def reward_phrases(self, root: Node, scores: dict[int, float]) -> None:
        """Add to the scores of the best sections in which neighbours of the query are neighbours too."""
        pairs = [pair for pair in neighbours(root) if all(self.leaves[word].ranks for word in pair)]
        best = set(_best(scores, _LOOKED_INTO, self.snapshot)) if pairs else set()
        for first, second in pairs if len(best) > 1 else ():
            idf = min(self.leaves[first].idf, self.leaves[second].idf)
            beside = adjacent(fold(first.text), fold(second.text), self.snapshot, best)
            near = best.intersection(self._near(first, second))
            negation = is_negation(fold(first.text))
            for number in beside | near:
                reward = _BOUND if negation else _TOGETHER if number in beside else _NEARLY
                scores[number] += reward * idf

    def _near(self, first: Term, second: Term) -> Collection[int]:
        """Return the sections in which one word or a form of it stands shortly before the other."""
        if min(map(self.snapshot.frequency, (fold(first.text), fold(second.text)))) > _COMMON:
            return ()  # too many places to go through
        return count_phrases([self._surely(first), self._surely(second)], self.snapshot, slop=_BETWEEN)

    def _surely(self, word: Term) -> list[str]:
        """Return a word and the forms of it that are no guesses, as far as they are rare."""
        kinds = self.leaves[word].forms
        sure = [form for form, kind in kinds.items() if kind in _SURE and " " not in form][:_MOST_FORMS]
        return [fold(word.text), *(form for form in sure if self.snapshot.frequency(form) <= _COMMON)]

    def partial(self, root: And, hits: set[int], filters: Filters) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
        """Return the best of those that match only some of the words, each with the words that it lacks."""
        parts = [part for part in root.parts if not isinstance(part, Not)]
        ranking = [part for part in parts if self._tells(part)]
        if len(ranking) < 2:  # noqa: PLR2004 - of one word there is no part
            return ()
        tells = {part: self._tells(part) for part in ranking}
        matched = {part: set(self.match(part)) for part in ranking}
        total = sum(tells.values())
        share: dict[int, float] = {}
        for part in ranking:
            for number in matched[part]:
                share[number] = share.get(number, 0.0) + tells[part] / total
        found = filters.keep({number for number, held in share.items() if held >= _LEAST_SHARE}, self.snapshot) - hits
        for needed in root.parts:
            if needed not in tells:
                found.intersection_update(self.match(needed))
        scores = self.score(found)
        self.reward_phrases(root, scores)
        scores = {number: score * share[number] for number, score in scores.items()}
        best = _best(scores, self.request.limit - len(hits), self.snapshot)
        ids = self.snapshot.ids(best)
        return tuple(
            (
                ids[number],
                round(scores[number], 4),
                tuple(describe(part) for part in ranking if number not in matched[part]),
            )
            for number in best
        )

    def _tells(self, part: Node) -> float:
        """Return how telling a part of the query is; nothing for filters."""
        match part:
            case And(inner) | Or(inner):
                return max(self._tells(each) for each in inner)
            case Not() | Everything():
                return 0.0
        return self.leaves[part].idf

    def suggestions(self) -> tuple[str, ...]:
        """Return the query with words of the archive instead of those that it does not know, the likeliest first."""
        typed = self.request.query
        found: list[str] = []
        for node, leaf in self.leaves.items():
            if isinstance(node, Term) and not node.field and typed[node.start : node.end] == node.text:
                near = [word for word, kind in leaf.forms.items() if kind is MatchKind.FUZZY]
                found += [typed[: node.start] + word + typed[node.end :] for word in near[:_MOST_SUGGESTED]]
        return tuple(found[:_MOST_SUGGESTED])

    def forms(self) -> dict[str, dict[str, MatchKind]]:
        """Return the words that each word of the query stood for."""
        return {
            fold(leaf.label): leaf.forms
            for node, leaf in self.leaves.items()
            if node not in self.negated and leaf.forms
        }


def neighbours(root: Node) -> list[tuple[Term, Term]]:
    """Return the pairs of plain words that stand side by side in a query, each pair once however often it is typed."""
    parts = root.parts if isinstance(root, And) else ()
    plain = [part if isinstance(part, Term) and not part.field else None for part in parts]
    pairs = [(first, second) for first, second in pairwise(plain) if first and second]
    return list({(fold(first.text), fold(second.text)): (first, second) for first, second in pairs}.values())


def _best(scores: dict[int, float], count: int, snapshot: Snapshot) -> list[int]:
    """Return the numbers with the highest scores; equals in order of their ids."""
    if count <= 0 or not scores:
        return []
    least = nlargest(count, scores.values())[-1]
    chosen = [number for number, score in scores.items() if score >= least]
    ids = snapshot.ids(chosen)
    return sorted(chosen, key=lambda number: (-scores[number], ids[number]))[:count]


def _by_date(hits: Collection[int], count: int, snapshot: Snapshot) -> list[int]:
    """Return the oldest hits, undated ones last; those of one date in order of their ids."""
    if count <= 0 or not hits:
        return []
    codes, values = snapshot.column("date")
    order = {number: codes[number] or len(values) + 1 for number in hits}
    last = nsmallest(count, order.values())[-1]
    chosen = [number for number, place in order.items() if place <= last]
    ids = snapshot.ids(chosen)
    return sorted(chosen, key=lambda number: (order[number], ids[number]))[:count]
