"""How far do two judges agree: a person who coded a sample, and the machine?"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class CategoryAgreement:
    """One category: how many sections each judge put there, and both; `machine_said` counts the machine's categories.

    `precision` is the share of the machine's that are right by hand, `recall` of those by hand that it found; None of
    nothing. `machine_said` is in the order of all categories.
    """

    category: str
    by_hand: int
    by_machine: int
    both: int
    precision: float | None
    recall: float | None
    machine_said: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far they agree: `agreed` is the share of sections, `kappa` that beyond chance with its 95 % interval.

    `kappa` is None where it has no meaning: nothing was coded, or both judges know one category only.
    """

    coded: int
    agreed: float
    kappa: float | None
    low: float
    high: float
    categories: tuple[CategoryAgreement, ...]


def agree(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Compare two judges.

    Args:
        pairs: For each section its category by hand and that of the machine; a pair that lacks one does not count.

    Source: Cohen (1960); the interval by the variance of Fleiss, Cohen and Everitt (1969).
    """
    table = Counter((hand, machine) for hand, machine in pairs if hand and machine)
    names = sorted({name for pair in table for name in pair})
    total = table.total()
    by_hand = Counter({name: sum(table[name, other] for other in names) for name in names})
    by_machine = Counter({name: sum(table[other, name] for other in names) for name in names})
    agreed = sum(table[name, name] for name in names) / total if total else 0.0
    kappa, half = _kappa(table, by_hand, by_machine, total)
    return Agreement(
        total,
        agreed,
        kappa,
        max(-1.0, kappa - half) if kappa is not None else 0.0,
        min(1.0, kappa + half) if kappa is not None else 0.0,
        tuple(
            CategoryAgreement(
                name,
                by_hand[name],
                by_machine[name],
                table[name, name],
                table[name, name] / by_machine[name] if by_machine[name] else None,
                table[name, name] / by_hand[name] if by_hand[name] else None,
                tuple(table[name, other] for other in names),
            )
            for name in names
        ),
    )


def _kappa(
    table: Counter[tuple[str, str]], by_hand: Counter[str], by_machine: Counter[str], total: int
) -> tuple[float | None, float]:
    """Return kappa and half the width of its interval."""
    names = list(by_hand)
    if not total:
        return None, 0.0
    observed = sum(table[name, name] for name in names) / total
    expected = sum(by_hand[name] * by_machine[name] for name in names) / total**2
    if expected >= 1:
        return None, 0.0
    kappa = (observed - expected) / (1 - expected)
    hand = {name: by_hand[name] / total for name in names}
    machine = {name: by_machine[name] / total for name in names}
    on = sum(table[name, name] / total * (1 - (hand[name] + machine[name]) * (1 - kappa)) ** 2 for name in names)
    off = (1 - kappa) ** 2 * sum(
        table[one, other] / total * (machine[one] + hand[other]) ** 2
        for one in names
        for other in names
        if one != other
    )
    variance = (on + off - (kappa - expected * (1 - kappa)) ** 2) / (total * (1 - expected) ** 2)
    return kappa, _Z95 * math.sqrt(max(0.0, variance))
