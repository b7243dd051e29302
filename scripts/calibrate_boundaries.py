"""How sure is a start of a section? Fits the curve of archive/parsing/sections/heading.py and prints it.

    python scripts/calibrate_boundaries.py WORK NAME=DIR [NAME=DIR …]

Takes the archives that scripts/accuracy_report.py left below WORK and the truth in DIR; use parts of the tune half
only. A start is right where a printed section opens with that heading or, without one, with those words.
"""

import json
import math
import sys
from pathlib import Path

from rapidfuzz import fuzz

from archive.catalog.store import open_catalog
from archive.parsing.sections.heading import evidence_of

_ALIKE = 80
_OPENING = 40
_STEPS, _STEP = 5000, 0.5


def main() -> None:
    """Fit and print the curve and how far off it is."""
    work = Path(sys.argv[1])
    pairs = [pair for given in sys.argv[2:] for pair in starts(work, *given.split("=", 1))]
    odds = [(math.log(sure / (1 - sure)), right) for sure, right in pairs]
    even, steep = 0.0, 1.0
    for _ in range(_STEPS):
        off = [(right - 1 / (1 + math.exp(-(even + steep * at))), at) for at, right in odds]
        even += _STEP * sum(each for each, _ in off) / len(off)
        steep += _STEP * sum(each * at for each, at in off) / len(off)
    brier = sum((1 / (1 + math.exp(-(even + steep * at))) - right) ** 2 for at, right in odds) / len(odds)
    print(
        json.dumps(
            {"starts": len(odds), "even": round(even, 2), "steepness": round(steep, 2), "brier": round(brier, 4)}
        )
    )


def starts(work: Path, name: str, folder: str) -> list[tuple[float, bool]]:
    """Return the evidence for each start found in a part, and whether a section was printed there."""
    found = []
    for root in sorted(path.parent for path in (work / name).glob("*/archive.toml")):
        with open_catalog(root / "index" / "catalog.db") as catalog:
            for section in catalog.sections():
                spans = catalog.section_spans(section["id"])
                truth = Path(folder) / f"{Path(section['source']['file']).name.removesuffix('.pdf')}.truth.json"
                if spans is None or not truth.exists():
                    continue
                printed = json.loads(truth.read_text(encoding="utf-8"))["sections"]
                own = section["heading"] or _opening(section["text"])
                theirs = [each["heading"] if section["heading"] else _opening(each["text"]) for each in printed]
                right = any(fuzz.ratio(own.casefold(), other.casefold()) >= _ALIKE for other in theirs if other)
                found.append((evidence_of(spans.boundary_confidence), right))
    return found


def _opening(text: str) -> str:
    return " ".join(text.split())[:_OPENING]


if __name__ == "__main__":
    main()
