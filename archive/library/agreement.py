"""How far do two judges agree: a person who coded a sample, and the machine?"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from archive.catalog.store import Catalog
from archive.model.exports import Agreement, CategoryAgreement
from archive.model.issues import CODED, Correction

_Z95 = 1.959964


def agree_on_sheet(path: Path) -> Agreement:
    """Compare a filled-in coding sheet with what the machine had chosen when the sheet was made.

    Raises:
        UsageError: It is no coding sheet.
    """
    from archive.export.coding import read_sheet

    coded = read_sheet(path)
    return agree(((each.category, each.machine) for each in coded), [each.weight for each in coded])


def agree_by_hand(catalog: Catalog, corrections: Iterable[Correction]) -> Agreement | None:
    """Compare the sections that were coded on a sheet with the machine as it is now; None where there are none.

    Args:
        catalog: Its scores tell what the machine would choose, whatever was corrected.
        corrections: Those in force.
    """
    by_hand = {each.id: each.value for each in corrections if each.field == "category" and each.note.startswith(CODED)}
    if not by_hand:
        return None
    sections = catalog.sections(ids=list(by_hand))
    return agree((by_hand[each["id"]], _by_machine(each["category_scores"])) for each in sections)


def agree(pairs: Iterable[tuple[str, str]], weights: Sequence[float] = ()) -> Agreement:
    """Compare two judges.

    Args:
        pairs: For each section its category by hand and that of the machine; a pair that lacks one does not count.
        weights: For each section how many it stands for; all alike if there are none.

    Source: Cohen (1960); the interval by the variance of Fleiss, Cohen and Everitt (1969).
    """
    both = list(pairs)
    table = Counter((hand, machine) for hand, machine in both if hand and machine)
    names = sorted({name for pair in table for name in pair})
    total = table.total()
    by_hand = Counter({name: sum(table[name, other] for other in names) for name in names})
    by_machine = Counter({name: sum(table[other, name] for other in names) for name in names})
    agreed = sum(table[name, name] for name in names) / total if total else 0.0
    kappa, half = _kappa(table, by_hand, by_machine, total)
    return Agreement(
        total,
        agreed,
        _weighted(both, weights),
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


def _weighted(pairs: Sequence[tuple[str, str]], weights: Sequence[float]) -> float:
    judged = [(pair, weight) for pair, weight in zip(pairs, weights or [1.0] * len(pairs), strict=True) if all(pair)]
    whole = sum(weight for _, weight in judged)
    return sum(weight for (hand, machine), weight in judged if hand == machine) / whole if whole else 0.0


def _by_machine(scores: Mapping[str, float]) -> str:
    return max(scores, key=lambda name: scores[name], default="")


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
