"""What did this part of a query match when it was asked before?"""

from collections.abc import Collection

from archive.model.search import Fuzzy, Node, Pattern, Phrase, SearchRequest, Term
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.matching import LONG_QUERY, languages_of, match_leaf
from archive.search.whoosh.snapshot import Snapshot

_MOST_RECALLED = 250_000  # sections in all leaves together: some 40 MB


def recalled_leaf(node: Node, snapshot: Snapshot, request: SearchRequest, *, together: Collection[str] = ()) -> Leaf:
    """Look a leaf up, or recall it: words are asked again for the next page, another filter, one more word."""
    bare = node._replace(start=0, end=0) if isinstance(node, (Term, Phrase, Pattern, Fuzzy)) else node
    key = (bare, request.exact, languages_of(snapshot, request), len(request.query) <= LONG_QUERY, tuple(together))
    leaf: Leaf | None = snapshot.leaves.get(key)
    if leaf is None:
        leaf = match_leaf(node, snapshot, request, together=together)
        if snapshot.kept + leaf.size > _MOST_RECALLED:
            snapshot.leaves.clear()
            snapshot.kept = 0
        if leaf.size <= _MOST_RECALLED:
            snapshot.leaves[key] = leaf
            snapshot.kept += leaf.size
    return leaf
