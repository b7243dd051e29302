"""Which sections pass the filters of a request?"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter

from archive.model.search import SearchRequest
from archive.search.whoosh.snapshot import Snapshot
from archive.tuples import NamedTuple

_VALUES = attrgetter(
    "categories", "newsletters", "languages", "tags", "since", "until", "mentions_since", "mentions_until"
)


class Filters(NamedTuple):
    """What lets a section through: a value in each of some columns, and being in each of some sets.

    Only sections that match a query are looked at, so that a filter costs what the query finds. `most` is how many
    sections can pass at all, as far as that is told without looking at them.
    """

    columns: Sequence[tuple[Sequence[int], AbstractSet[int]]]
    sets: Sequence[AbstractSet[int]]
    ids: AbstractSet[str] | None
    most: int

    @property
    def narrow(self) -> bool:
        """Whether there is anything that a section must have to pass."""
        return bool(self.columns or self.sets or self.ids is not None)

    def keep(self, numbers: Collection[int], snapshot: Snapshot) -> set[int]:
        """Return those of some sections that pass and are still there."""
        kept = set(numbers)
        for some in self.sets:
            kept &= some
        for codes, wanted in self.columns:
            kept = {number for number in kept if codes[number] in wanted}
        if self.ids is not None:
            kept = {number for number, given in snapshot.ids(kept).items() if given in self.ids}
        kept.difference_update(snapshot.gone)
        return kept


def filters_of(request: SearchRequest, snapshot: Snapshot) -> Filters:
    """Read the filters of a request."""
    if not any(_VALUES(request)):
        ids = request.within
        return Filters((), (), ids, snapshot.count if ids is None else min(snapshot.count, len(ids)))
    from archive.search.whoosh.facts import dated, fact_of, touching  # most searches have no use for them

    columns: list[tuple[Sequence[int], AbstractSet[int]]] = []
    most = [snapshot.count]
    chosen = (("category", request.categories), ("newsletter", request.newsletters), ("language", request.languages))
    for field, wanted in chosen:
        if wanted:
            codes, values = snapshot.column(field)
            number_of = {value: number for number, value in enumerate(values, start=1)}
            facts = {fact_of(field, value) for value in wanted}
            columns.append((codes, {number_of.get(fact, -1) for fact in facts}))
            most.append(sum(len(snapshot.documents(field, fact)) for fact in facts))
    if request.since or request.until:
        numbers = {at + 1 for at in touching("date", request.since, request.until, snapshot)}
        columns.append((snapshot.column("date").codes, numbers))
        most += [] if numbers else [0]
    sets: list[AbstractSet[int]] = []
    if request.tags:
        sets.append({number for tag in request.tags for number in snapshot.documents("tag", fact_of("tag", tag))})
    if request.mentions_since or request.mentions_until:
        sets.append(dated("mention", request.mentions_since, request.mentions_until, snapshot))
    most += map(len, sets if request.within is None else (*sets, request.within))
    return Filters(columns, sets, request.within, min(most))
