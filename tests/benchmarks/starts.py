"""Where do pieces of real newsletters start? Run: python -m tests.benchmarks.starts EXPORT.jsonl [LABELS.csv]

Scores an export (JSON Lines) against starts that a person saw on the pages (tests/labels): precision, recall and F1 of
the starts on the labelled pages, and the share of the found ones that have the labelled category. A start counts as
found where the first words of a section are like the labelled ones; each counts once.
"""

import csv
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from rapidfuzz import fuzz

_LABELS = Path(__file__).parents[1] / "labels" / "starts.csv"
_ALIKE = 78.0
_FEW_SIGNS, _OPENING = 5, 160  # words so short are compared whole; so much of a section is its opening


def main(export: Path, labels: Path) -> None:
    """Print one JSON line: the scores of each series (by the folder of its files) and of all."""
    wanted, found, series = _labelled(labels), defaultdict(list), {}
    for line in export.read_text(encoding="utf-8").splitlines():
        section = json.loads(line)
        path = Path(section["source"]["file"])
        place = path.name, section["pages"][0] if section["pages"] else 1
        if place in wanted:
            found[place].append((_folded(f"{section['heading']} {section['text']}"[:_OPENING]), section["category"]))
            series[place] = path.parent.name
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place, starts in wanted.items():
        counts[series.get(place, "none")] += _compare(starts, found[place])
    scores = {name: _scores(count) for name, count in sorted(counts.items())}
    print(json.dumps(scores | {"all": _scores(sum(counts.values(), Counter()))}))


def _labelled(path: Path) -> dict[tuple[str, int], list[tuple[str, str]]]:
    wanted = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            wanted[row["file"], int(row["page"])].append((_folded(row["words"]), row["category"]))
    return dict(wanted)


def _compare(wanted: list[tuple[str, str]], found: list[tuple[str, str]]) -> Counter[str]:
    """Pair the starts of one page, those that are most alike first."""
    pairs = [(_alike(want[0], has[0]), i, j) for i, want in enumerate(wanted) for j, has in enumerate(found)]
    taken: dict[int, int] = {}
    for score, i, j in sorted(pairs, reverse=True):
        if score >= _ALIKE and i not in taken and j not in taken.values():
            taken[i] = j
    right = sum(wanted[i][1] == found[j][1] for i, j in taken.items())
    missed, false = len(wanted) - len(taken), len(found) - len(taken)
    return Counter(right=len(taken), missed=missed, false=false, category=right)


def _alike(want: str, has: str) -> float:
    """Tell how alike a label and an opening are, 0 to 100; a kicker may stand before or behind its heading."""
    scores = [fuzz.ratio(want, has[: len(want)]), fuzz.token_set_ratio(want, has[: len(want) + 4]) - 5]
    if len(want) > _FEW_SIGNS:
        bare = want.replace(" ", "")
        scores.append(fuzz.partial_ratio(bare, has.replace(" ", "")[: len(want) + 40]) - 8)
    return max(scores)


def _scores(count: Counter[str]) -> dict[str, float]:
    right = count["right"]
    precision, recall = right / max(1, right + count["false"]), right / max(1, right + count["missed"])
    return {
        "starts": right + count["missed"],
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "category": round(count["category"] / max(1, right), 3),
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else _LABELS)
