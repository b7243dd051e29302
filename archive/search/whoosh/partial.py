"""Which sections hold only a part of the query, and which of these come first?"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from archive.model.search import And, Node, Or
from archive.search.query import describe
from archive.search.whoosh.filters import Filters
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.order import best
from archive.search.whoosh.parts import Asked, Part
from archive.search.whoosh.race import best_of_few
from archive.search.whoosh.scoring import Search

# A section, its score, and the words that it lacks.
Partial = tuple[str, float, tuple[str, ...]]

_JOINED = (And, Or)
_FEW = 16  # parts; of more there are too many ways to hold some


def best_with_a_part(search: Search, root: And, hits: set[int], filters: Filters) -> tuple[Partial, ...]:
    """Return the best of those that match only some of the words, each with the words that it lacks."""
    telling = {part: tells for part in root.parts if (tells := search.tells(part))}
    if len(telling) < 2:  # noqa: PLR2004 - of one word there is no part
        return ()
    asked = _asked(search, root, telling, hits, filters)
    if len(asked.parts) <= _FEW:
        scores, held = best_of_few(search, asked)
    else:
        from archive.search.whoosh.many import best_of_many  # loaded where it is asked for

        scores, held = best_of_many(search, asked)
    found = []
    for number, section_id in best(scores, asked.wanted, search.snapshot).items():
        lacking = tuple([part.leaf.label for part in asked.parts if not held[number] & part.bit])
        found.append((section_id, round(scores[number], 4), lacking))
    return tuple(found)


def _asked(search: Search, root: And, telling: Mapping[Node, float], hits: set[int], filters: Filters) -> Asked:
    """Return what is looked for: sections but for hits of the whole query and those that are not kept."""
    # The words of a nested part also count where it does not match; where one word only is found, it stands alone.
    whole = any(isinstance(part, _JOINED) for part in telling) or len(search.ranked) == 1
    total = sum(telling.values())
    most = search.most(root) if whole else 0.0
    bits = {part: 1 << place for place, part in enumerate(telling)}
    parts = [
        Part(_leaf(search, part), tells / total, most or search.most(part), bits[part])
        for part, tells in telling.items()
    ]
    pairs = [(pair, bits[pair[0]] | bits[pair[1]]) for pair in search.pairs(root)]
    needed = [search.match(part) for part in root.parts if part not in telling]

    def kept(some: AbstractSet[int]) -> set[int]:
        return filters.keep(set(some).intersection(*needed) if needed else some, search.snapshot)

    return Asked(parts, pairs, whole, hits, kept, search.request.limit - len(hits))


def _leaf(search: Search, part: Node) -> Leaf:
    if isinstance(part, _JOINED):
        return Leaf(describe(part), matched=search.match(part))
    return search.leaves[part]
