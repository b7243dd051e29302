"""Which sections does a query match, and how well does each fit?

Goes through the terms one by one and counts in whole sets of document numbers: a query over thousands of words costs
what their postings cost.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

from archive.model.search import And, Everything, MatchKind, Node, Not, Or, SearchRequest, Term
from archive.search.forms import fold
from archive.search.query import neighbours
from archive.search.stems import is_closed, is_negation
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.leaf import Leaf, any_held
from archive.search.whoosh.matching import compounds_of, languages_of
from archive.search.whoosh.order import best
from archive.search.whoosh.phrases import count_phrases, gaps
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.snapshot import Snapshot

# BM25: how soon more of the same word adds little (later than the usual 1.2: what is counted are all forms of a word),
# and how much a long section is held against it.
_K1 = 1.6
_B = 0.6
# How much it adds, in shares of the less telling word, that two words are neighbours as in the query; only the best
# sections are looked into.
_TOGETHER = 0.5
LOOKED_INTO = 100
# And how much, that they, or forms of them, stand near each other in that order; a negation says little elsewhere.
_NEARLY = 0.25
_BOUND = 1.5
_BETWEEN = 2  # words
_COMMON = 2000  # sections
_MOST_FORMS = 20
_NEARLY_NONE = 1e-6
# What an article, a pronoun or a preposition tells of a query, beside other words that are as rare.
_SAYS_LITTLE = 0.3
_SURE = frozenset({MatchKind.INFLECTION, MatchKind.COMPOUND})
_JOINING = (And, Or, Not, Everything)


class Search:
    """One run of a query: the leaves that were looked up so far."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest) -> None:
        self.snapshot = snapshot
        self.request = request
        self.leaves: dict[Node, Leaf] = {}
        self.negated: set[Node] = set()
        self.together: dict[Node, list[str]] = {}
        self._neighbours: list[tuple[Term, Term]] | None = None
        self._shared: dict[tuple[int, int], AbstractSet[int]] = {}
        self._sure: dict[Term, tuple[AbstractSet[int], list[str]]] = {}

    def note_neighbours(self, root: Node) -> None:
        """Note which words of the query the archive also writes as one: opvang of vluchtelingen opvang."""
        if self.request.exact:
            return
        languages = languages_of(self.snapshot, self.request)
        self._neighbours = neighbours(root)
        for first, second in self._neighbours:
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
        parts = dict.fromkeys(parts)  # a word that is typed twice is asked about once
        wanted = [part for part in parts if not isinstance(part, Not)]
        leaves = [self._leaf(part) for part in wanted if not isinstance(part, _JOINING)]
        if negated:
            self.negated.update(part for part in wanted if not isinstance(part, _JOINING))
        sets = sorted((self.match(part, negated=negated) for part in wanted if isinstance(part, _JOINING)), key=len)
        leaves.sort(key=lambda leaf: leaf.size)
        if sets:
            found = set(sets[0]).intersection(*sets[1:])
        elif len(leaves) > 1:
            found = set(self.shared(leaves[1], leaves[0]))
            leaves = leaves[2:]
        else:
            found = set(leaves.pop().documents if leaves else self.snapshot.everything)
        for leaf in leaves:
            found = set(leaf.among(found))
        for part in (part for part in parts if isinstance(part, Not)):
            found.difference_update(self.match(part.part, negated=not negated))
        return found

    def shared(self, leaf: Leaf, rarer: Leaf) -> AbstractSet[int]:
        """Return the sections that two leaves match; of the rarest it is asked for hits and for partial matches."""
        key = (id(leaf), id(rarer))
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = leaf.shared_with(rarer)
        return found

    def foremost(self, hits: set[int], wanted: int) -> set[int]:
        """Return the hits among which the best are: of one word those with the word itself, where there are enough."""
        better = self.ranked[0].better.intersection(hits) if len(self.ranked) == 1 else ()
        return set(better) if len(better) >= wanted else hits

    def score(self, hits: set[int]) -> dict[int, float]:
        """Return the BM25 score of each hit."""
        scores: dict[int, float] = {}
        ranked = self.ranked
        better = ranked[0].better if len(ranked) == 1 else frozenset()
        above = bool(better) and better.issuperset(hits)
        for leaf in ranked:
            more = self.gains(leaf, hits, base=leaf.idf * (_K1 + 1) if above else 0.0)
            for number in more.keys() & scores.keys():
                more[number] += scores[number]
            scores |= more
        if len(scores) < len(hits):
            scores = {**dict.fromkeys(hits, 0.0), **scores}
        if not above:  # of one word, whole words stand above all parts and likenesses
            for number in better.intersection(scores):
                scores[number] += ranked[0].idf * (_K1 + 1)
        return scores

    def gains(self, leaf: Leaf, some: AbstractSet[int], base: float = 0.0) -> dict[int, float]:
        """Return what a leaf adds to the scores of those of some sections that it matches (BM25), and a base."""
        weights = leaf.weights(some)
        if len(weights) > len(some):
            weights = {number: weights[number] for number in some if number in weights}
        elif not some >= weights.keys():
            weights = {number: weight for number, weight in weights.items() if number in some}
        return self.gains_of(leaf, weights, base)

    def gains_of(self, leaf: Leaf, weights: Mapping[int, float], base: float = 0.0) -> dict[int, float]:
        """Return what a leaf adds to the scores of sections in which it weighs so much."""
        idf = leaf.idf * (_K1 + 1)
        lengths = self.snapshot.lengths
        fixed, growing = _K1 * (1 - _B), _K1 * _B / self.snapshot.mean_length
        return {number: base + idf * w / (w + fixed + growing * lengths[number]) for number, w in weights.items()}

    def each_gain(self, leaf: Leaf, some: AbstractSet[int]) -> list[float]:
        """Return what a leaf adds to the score of each of some sections, in their order; all of them hold it."""
        idf = leaf.idf * (_K1 + 1)
        lengths = self.snapshot.lengths
        fixed, growing = _K1 * (1 - _B), _K1 * _B / self.snapshot.mean_length
        weights = leaf.weights(some)
        return [idf * (w := weights[number]) / (w + fixed + growing * lengths[number]) for number in some]

    def pairs(self, root: Node) -> list[tuple[Term, Term]]:
        """Return the neighbours of the query that count for more where they stand together."""
        if self._neighbours is None:
            self._neighbours = neighbours(root)
        leaves = self.leaves
        return [both for both in self._neighbours if leaves[both[0]].ranks and leaves[both[1]].ranks]

    def most_reward(self, first: Term, second: Term) -> float:
        """Return what it can add to the score of a section at most that two words stand together in it."""
        least = min(self.leaves[first].idf, self.leaves[second].idf)
        return least * (_BOUND if is_negation(fold(first.text)) else _TOGETHER)

    def rewards(self, first: Term, second: Term, some: AbstractSet[int], *, forms: bool = True) -> dict[int, float]:
        """Return what it adds to the scores of some sections with two words that these stand together in them.

        Args:
            first: A word of the query.
            second: The word behind it.
            some: Sections that hold both.
            forms: Look for forms of the words, too; for those of a negated word in any case.
        """
        words = fold(first.text), fold(second.text)
        gap_in = gaps(*words, self.snapshot, among=some, most=_BETWEEN + 1)
        forms = forms or is_negation(words[0])
        beside = {number for number, gap in gap_in.items() if gap == 1}
        near: AbstractSet[int] = set()
        # Of two common words there are too many places.
        if len(beside) < len(some if forms else gap_in) and min(map(self.snapshot.frequency, words)) <= _COMMON:
            near = gap_in.keys()
            if forms:
                near = near | self._near(first, second, some - near)
        idf = min(self.leaves[first].idf, self.leaves[second].idf)
        if is_negation(words[0]):
            return dict.fromkeys(beside | near, _BOUND * idf)
        return dict.fromkeys(near, _NEARLY * idf) | dict.fromkeys(beside, _TOGETHER * idf)

    def reward_phrases(self, root: Node, scores: dict[int, float]) -> None:
        """Add to the scores of the best hits in which neighbours of the query are neighbours too."""
        pairs = self.pairs(root) if len(scores) > 1 else ()
        looked_into: AbstractSet[int] = scores.keys()
        if pairs and len(scores) > LOOKED_INTO:
            looked_into = best(scores, LOOKED_INTO, self.snapshot).keys()
        for first, second in pairs:
            for number, reward in self.rewards(first, second, looked_into).items():
                scores[number] += reward

    def _near(self, first: Term, second: Term, some: AbstractSet[int]) -> AbstractSet[int]:
        """Return those of some sections in which one word or a form of it stands shortly before the other."""
        sequence = [self._sure_forms(first, some), self._sure_forms(second, some)]
        if not some or max(map(len, sequence)) == 1:
            return set()
        return some & count_phrases(sequence, self.snapshot, slop=_BETWEEN, among=some).keys()

    def _sure_forms(self, word: Term, some: AbstractSet[int]) -> list[str]:
        """Return a word and its sure forms in some sections or more; of one between two others it is asked twice."""
        known = self._sure.get(word)
        if known is None or not some <= known[0]:
            known = self._sure[word] = some, self._find_sure_forms(word, some)
        return known[1]

    def _find_sure_forms(self, word: Term, some: AbstractSet[int]) -> list[str]:
        """Return a word and the forms of it that are no guesses, as far as they are rare and in some sections."""
        leaf, own = self.leaves[word], fold(word.text)
        all_sure = (form for form, kind in leaf.forms.items() if kind in _SURE and " " not in form)
        sure = list(islice(all_sure, _MOST_FORMS))
        if sure:
            alone = Leaf("", [(1.0, self.snapshot.listed(own))]).weights(some)
            weights = leaf.weights(some)
            # What weighs no more than the word itself holds no other form of it.
            some = {number for number in some if weights.get(number, 0.0) > alone.get(number, 0.0)}
        return [own, *(form for form in sure if some and self._is_rare_in(form, some))]

    def _is_rare_in(self, form: str, some: AbstractSet[int]) -> bool:
        documents = self.snapshot.documents(WORDS, form)
        return len(documents) <= _COMMON and any_held(documents, some)

    def promising(self, leaf: Leaf, least: float) -> Mapping[int, float]:
        """Return the sections to which a leaf alone may give at least a score, with its weights."""
        share = least / (leaf.idf * (_K1 + 1))
        if share <= 0:
            return leaf.totals
        if share >= 1:
            return {}
        factor = (1 - share) / share * self.snapshot.mean_length / (_K1 * _B) + _NEARLY_NONE
        less = (1 - _B) / _B * self.snapshot.mean_length
        lengths = self.snapshot.lengths
        return {number: weight for number, weight in leaf.totals.items() if lengths[number] <= weight * factor - less}

    def tells(self, part: Node) -> float:
        """Return how telling a part of the query is; nothing for filters, less for articles and the like.

        In a small archive few sections hold each of the small words of a question: waar, kan, ik.
        """
        match part:
            case And(inner) | Or(inner):
                return max(self.tells(each) for each in inner)
            case Not() | Everything():
                return 0.0
            case Term(text) if self._is_closed(fold(text)):
                return _SAYS_LITTLE * self.leaves[part].idf
        return self.leaves[part].idf

    def _is_closed(self, word: str) -> bool:
        return any(is_closed(word, language) for language in languages_of(self.snapshot, self.request))

    def most(self, part: Node) -> float:
        """Return what a part of the query can add to the score of a section."""
        match part:
            case And(inner) | Or(inner):
                return sum(self.most(each) for each in inner)
            case Not() | Everything():
                return 0.0
        return self.most_of(self.leaves[part])

    def most_of(self, leaf: Leaf) -> float:
        """Return what a leaf can add to the score of a section."""
        return leaf.idf * (_K1 + 1) * leaf.peak

    def forms(self) -> dict[str, Mapping[str, MatchKind]]:
        """Return the words that each word of the query stood for."""
        return {
            fold(leaf.label): leaf.forms
            for node, leaf in self.leaves.items()
            if node not in self.negated and leaf.forms
        }


def norm_of(length: int, mean_length: float) -> float:
    """Return what is added to a weight in a section of so many words; it counts by its share of the sum (BM25)."""
    return _K1 * (1 - _B + _B * length / mean_length)
