"""Which sections are drawn for coding by hand?

Stratified and reproducible: within each stratum the sections are put in order by a hash of the seed and their id, so
that the same archive, strata and seed give the same sections on every machine, and a section that comes in later moves
no other out of its place in that order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from archive.errors import UsageError
from archive.model.exports import BY, Sample, Stratum


def draw_sample(sections: Iterable[Mapping[str, Any]], size: int, *, by: Sequence[str] = (), seed: int = 0) -> Sample:
    """Draw a stratified sample.

    Each stratum gives its share of `size` by largest remainder, and one at least where `size` allows it.

    Args:
        sections: Under the field names of CONTRACT.md; `id`, `issue_date` and what `by` names are enough.
        size: How many; all of them where there are fewer.
        by: What parts the strata, out of BY.
        seed: Another one draws other sections.

    Raises:
        UsageError: `size` is not positive, or `by` names something else.
    """
    if size < 1:
        raise UsageError(None, "a sample needs at least one section")
    if unknown := [name for name in by if name not in BY]:
        raise UsageError(None, f"cannot draw by `{unknown[0]}`", hint=f"By what: {', '.join(BY)}; more with a comma.")
    strata: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    order: dict[str, int] = {}
    for section in sections:
        strata[tuple(_value(section, name) for name in by)].append(section["id"])
        order[section["id"]] = len(order)
    shares = _allot({values: len(ids) for values, ids in strata.items()}, size)
    drawn: list[str] = []
    told: list[Stratum] = []
    weights: dict[str, float] = {}
    for values in sorted(strata):
        ids, count = strata[values], shares[values]
        stratum = Stratum(values, len(ids), count, len(ids) / count if count else 0.0)
        chosen = sorted(ids, key=lambda each: _lot(seed, each))[:count]
        weights |= dict.fromkeys(chosen, stratum.weight)
        drawn += chosen
        told.append(stratum)
    return Sample(tuple(sorted(drawn, key=order.__getitem__)), tuple(by), seed, tuple(told), weights)


def _value(section: Mapping[str, Any], name: str) -> str:
    if name == "year":
        return str(section["issue_date"])[:4]
    return str(section[name])


def _allot(sizes: Mapping[tuple[str, ...], int], size: int) -> dict[tuple[str, ...], int]:
    """Part `size` among the strata in proportion, none getting more than it has."""
    total = sum(sizes.values())
    size = min(size, total)
    least = 1 if size >= len(sizes) else 0
    exact = {values: size * count / total for values, count in sizes.items()}
    shares = {values: min(sizes[values], max(least, int(exact[values]))) for values in sizes}
    by_rest = sorted(sizes, key=lambda values: (int(exact[values]) - exact[values], values))
    while sum(shares.values()) < size:
        for values in by_rest:
            if shares[values] < sizes[values] and sum(shares.values()) < size:
                shares[values] += 1
    by_size = sorted(sizes, key=lambda values: (-shares[values], values))
    while sum(shares.values()) > size:
        largest = max(by_size, key=lambda values: shares[values])
        shares[largest] -= 1
    return shares


def _lot(seed: int, given: str) -> bytes:
    return blake2b(f"{seed}\0{given}".encode(), digest_size=16).digest()
