"""Which sections does a query match, and how well does each fit?

Goes through the terms one by one and counts in whole sets of document numbers: a query over thousands of words costs
what their postings cost.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from archive.model.search import And, Everything, MatchKind, Node, Not, Or, SearchRequest, Term
from archive.search.forms import fold
from archive.search.stems import is_negation
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.matching import compounds_of, languages_of
from archive.search.whoosh.order import best
from archive.search.whoosh.phrases import adjacent, count_phrases
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.snapshot import Snapshot

# BM25: how soon more of the same word adds little (later than the usual 1.2: what is counted are all forms of a word),
# and how much a long section is held against it.
_K1 = 1.6
_B = 0.6
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
_JOINING = (And, Or, Not, Everything)


class Search:
    """One run of a query: the leaves that were looked up so far."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest) -> None:
        self.snapshot = snapshot
        self.request = request
        self.leaves: dict[Node, Leaf] = {}
        self.negated: set[Node] = set()
        self.together: dict[Node, list[str]] = {}

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

    def foremost(self, hits: set[int], wanted: int) -> set[int]:
        """Return the hits among which the best are: of one word those with the word itself, where there are enough."""
        better = self.ranked[0].better.intersection(hits) if len(self.ranked) == 1 else ()
        return set(better) if len(better) >= wanted else hits

    def score(self, hits: set[int], ranked: Sequence[Leaf]) -> dict[int, float]:
        """Return the BM25 score of each hit, by some leaves: all that rank, or those that the hits can match."""
        scores: dict[int, float] = {}
        lengths = self.snapshot.lengths
        fixed, growing = _K1 * (1 - _B), _K1 * _B / self.snapshot.mean_length
        better = ranked[0].better if len(self.ranked) == 1 else frozenset()
        above = bool(better) and better.issuperset(hits)
        for leaf in ranked:
            idf = leaf.idf * (_K1 + 1)
            base = idf if above else 0.0
            weights = leaf.weights(hits)
            if len(weights) > len(hits):
                weights = {number: weights[number] for number in hits if number in weights}
            more = {
                number: base + idf * w / (w + fixed + growing * lengths[number])
                for number, w in weights.items()
                if number in hits
            }
            for number in more.keys() & scores.keys():
                more[number] += scores[number]
            scores |= more
        if len(scores) < len(hits):
            scores = {**dict.fromkeys(hits, 0.0), **scores}
        if not above:  # of one word, whole words stand above all parts and likenesses
            for number in better.intersection(scores):
                scores[number] += ranked[0].idf * (_K1 + 1)
        return scores

    def most_reward(self, root: Node) -> float:
        """Return what `reward_phrases` can add to the score of a section at most."""
        return sum(_BOUND * min(self.leaves[word].idf for word in pair) for pair in neighbours(root))

    def reward_phrases(self, root: Node, scores: dict[int, float]) -> None:
        """Add to the scores of the best sections in which neighbours of the query are neighbours too."""
        pairs = [pair for pair in neighbours(root) if all(self.leaves[word].ranks for word in pair)]
        looked_into = set(best(scores, _LOOKED_INTO, self.snapshot)) if pairs else set()
        for first, second in pairs if len(looked_into) > 1 else ():
            some = self.leaves[second].perhaps(self.leaves[first].perhaps(looked_into))
            if not some:
                continue
            idf = min(self.leaves[first].idf, self.leaves[second].idf)
            beside = adjacent(fold(first.text), fold(second.text), self.snapshot, some)
            near = self._near(first, second, some - beside)
            negation = is_negation(fold(first.text))
            for number in beside | near:
                reward = _BOUND if negation else _TOGETHER if number in beside else _NEARLY
                scores[number] += reward * idf

    def _near(self, first: Term, second: Term, some: set[int]) -> set[int]:
        """Return those of some sections in which one word or a form of it stands shortly before the other."""
        if not some or min(map(self.snapshot.frequency, (fold(first.text), fold(second.text)))) > _COMMON:
            return set()  # of so common words there are too many places
        sequence = [self._surely(first, some), self._surely(second, some)]
        return some & count_phrases(sequence, self.snapshot, slop=_BETWEEN, among=some).keys()

    def _surely(self, word: Term, some: set[int]) -> list[str]:
        """Return a word and the forms of it that are no guesses, as far as they are rare and in some sections."""
        kinds = self.leaves[word].forms
        sure = [form for form, kind in kinds.items() if kind in _SURE and " " not in form][:_MOST_FORMS]
        return [fold(word.text), *(form for form in sure if self._is_rare_in(form, some))]

    def _is_rare_in(self, form: str, some: set[int]) -> bool:
        documents = self.snapshot.documents(WORDS, form)
        return len(documents) <= _COMMON and not some.isdisjoint(documents)

    def tells(self, part: Node) -> float:
        """Return how telling a part of the query is; nothing for filters."""
        match part:
            case And(inner) | Or(inner):
                return max(self.tells(each) for each in inner)
            case Not() | Everything():
                return 0.0
        return self.leaves[part].idf

    def most(self, part: Node) -> float:
        """Return what a part of the query can add to the score of a section."""
        match part:
            case And(inner) | Or(inner):
                return sum(self.most(each) for each in inner)
            case Not() | Everything():
                return 0.0
        return self.leaves[part].idf * (_K1 + 1)

    def forms(self) -> dict[str, dict[str, MatchKind]]:
        """Return the words that each word of the query stood for."""
        return {
            fold(leaf.label): dict(leaf.forms)
            for node, leaf in self.leaves.items()
            if node not in self.negated and leaf.forms
        }


def neighbours(root: Node) -> list[tuple[Term, Term]]:
    """Return the pairs of plain words that stand side by side in a query, each pair once however often it is typed."""
    parts = root.parts if isinstance(root, And) else ()
    plain = [part if isinstance(part, Term) and not part.field else None for part in parts]
    pairs = [(first, second) for first, second in pairwise(plain) if first and second]
    return list({(fold(first.text), fold(second.text)): (first, second) for first, second in pairs}.values())
