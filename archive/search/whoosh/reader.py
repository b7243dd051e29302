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
from archive.search.whoosh.facets import count_facets
from archive.search.whoosh.matching import Leaf, adjacent, compounds_of, dated, fact_of, languages_of
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
_MOST_SUGGESTED = 3
_MASKS_KEPT = 64
_UNDATED = "~"  # sorts behind every date


def search_snapshot(snapshot: Snapshot, query: Query, request: SearchRequest) -> Found:
    """Answer one query from one snapshot."""
    search = _Search(snapshot, request)
    search.note_neighbours(query.root)
    matched = search.match(query.root)
    allowed = search.filtered()
    hits = search.keep(matched, allowed)
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
        partial = search.partial(query.root, hits, allowed)
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
        return [leaf for node, leaf in self.leaves.items() if leaf.weights and node not in self.negated]

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
        if node not in self.leaves:
            together = self.together.get(node, ())
            self.leaves[node] = recalled_leaf(node, self.snapshot, self.request, together=together)
        if negated:
            self.negated.add(node)
        return self.leaves[node].documents

    def _match_all(self, parts: Iterable[Node], *, negated: bool) -> Collection[int]:
        found: set[int] | None = None
        wanted = [part for part in parts if not isinstance(part, Not)]
        sets = sorted((self.match(part, negated=negated) for part in wanted), key=len)
        for some in sets:
            found = set(some) if found is None else found.intersection(some)
        found = set(self.snapshot.everything) if found is None else found
        for part in (part for part in parts if isinstance(part, Not)):
            found.difference_update(self.match(part.part, negated=not negated))
        return found

    def filtered(self) -> bytes | None:
        """Return for each document whether it passes the filters of the request; None if there are none."""
        request, kept = self.request, self.snapshot.masks
        key = (
            *(request.categories, request.newsletters, request.languages, request.tags),
            *(request.since, request.until, request.mentions_since, request.mentions_until),
        )
        if not any(key):
            return None
        if key not in kept:
            mask = bytearray(self.snapshot.size)
            for number in self._passing():
                mask[number] = 1
            if len(kept) >= _MASKS_KEPT:
                kept.clear()
            kept[key] = bytes(mask)
        return kept[key]

    def _passing(self) -> set[int]:
        request, snapshot = self.request, self.snapshot
        chosen = {
            "category": request.categories,
            "newsletter": request.newsletters,
            "language": request.languages,
            "tag": request.tags,
        }
        sets = [
            {number for value in values for number in snapshot.documents(name, fact_of(name, value))}
            for name, values in chosen.items()
            if values
        ]
        for fact, low, high in (
            ("date", request.since, request.until),
            ("mention", request.mentions_since, request.mentions_until),
        ):
            if low or high:
                sets.append(dated(fact, low, high, snapshot))
        return set.intersection(*sets)

    def keep(self, matched: Collection[int], allowed: bytes | None) -> set[int]:
        """Return the documents that match, pass the filters and are still there."""
        kept = set(matched) if allowed is None else {number for number in matched if allowed[number]}
        return kept - self.snapshot.gone

    def score(self, hits: Collection[int]) -> dict[int, float]:
        """Return the BM25 score of each hit."""
        scores = dict.fromkeys(hits, 0.0)
        mean = self.snapshot.mean_length
        lengths = self.snapshot.lengths
        ranked = self.ranked
        fixed, growing = _K1 * (1 - _B), _K1 * _B / mean
        for leaf in ranked:
            idf = leaf.idf * (_K1 + 1)
            weights = leaf.weights
            if len(weights) <= 2 * len(scores):
                for number, weight in weights.items():
                    if number in scores:
                        scores[number] += idf * weight / (weight + fixed + growing * lengths[number])
            else:
                for number in scores:
                    weight = weights.get(number, 0.0)
                    if weight:
                        scores[number] += idf * weight / (weight + fixed + growing * lengths[number])
        if len(ranked) == 1:  # of one word, whole words stand above all parts and likenesses
            for number in ranked[0].better.intersection(scores):
                scores[number] += ranked[0].idf * (_K1 + 1)
        return scores

    def reward_phrases(self, root: Node, scores: dict[int, float]) -> None:
        """Add to the scores of the best sections in which neighbours of the query are neighbours too."""
        pairs = [pair for pair in neighbours(root) if all(self.leaves[word].weights for word in pair)]
        best = set(_best(scores, _LOOKED_INTO, self.snapshot)) if pairs else set()
        for first, second in pairs if len(best) > 1 else ():
            idf = min(self.leaves[first].idf, self.leaves[second].idf)
            for number in adjacent(fold(first.text), fold(second.text), self.snapshot, best):
                scores[number] += _TOGETHER * idf

    def partial(
        self, root: And, hits: set[int], allowed: bytes | None
    ) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
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
        found = self.keep({number for number, held in share.items() if held >= _LEAST_SHARE}, allowed) - hits
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
    """Return the pairs of plain words that stand side by side in a query."""
    parts = root.parts if isinstance(root, And) else ()
    plain = [part if isinstance(part, Term) and not part.field else None for part in parts]
    return [(first, second) for first, second in pairwise(plain) if first and second]


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
    dates = snapshot.column("date")
    last = nsmallest(count, (dates.get(number, _UNDATED) for number in hits))[-1]
    chosen = [number for number in hits if dates.get(number, _UNDATED) <= last]
    ids = snapshot.ids(chosen)
    return sorted(chosen, key=lambda number: (dates.get(number, _UNDATED), ids[number]))[:count]
