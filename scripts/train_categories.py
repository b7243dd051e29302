"""Train the category model on the labelled sections of tests/parsing/category_texts and say how well it does.

    python scripts/train_categories.py            cross-validate, then write archive/data/categories.model
    python scripts/train_categories.py --check    only cross-validate

The texts were written for this project, one file for each kind of association. A tenth of the kinds is held out in
turn, so that the figures speak of associations that the model has not seen. A run gives the same bytes again: nothing
is drawn by chance. Multinomial logistic regression in its kernel form, which needs numpy only.
"""

import json
import re
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.parsing.categories import load_categories
from archive.parsing.category_model import BUCKETS, features
from archive.parsing.classify import combine, rule_points

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tests" / "parsing" / "category_texts"
MODEL = ROOT / "archive" / "data" / "categories.model"
PENALTY = 0.0005
STEPS = 150
FOLDS = 10
Array = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Labelled:
    """One section of the training text."""

    kind: str
    language: str
    category: str
    heading: str
    text: str


def read_texts(folder: Path) -> list[Labelled]:
    """Read every `== language category | heading` and the text below it."""
    sections = []
    for file in sorted(folder.glob("*.txt")):
        for part in re.split(r"(?m)^== ", file.read_text(encoding="utf-8"))[1:]:
            head, _, body = part.partition("\n")
            labels, _, heading = head.partition("|")
            language, category = labels.split()
            sections.append(Labelled(file.stem, language, category, heading.strip(), body.strip()))
    return sections


def variants(section: Labelled) -> list[tuple[str, str]]:
    """A section as it is, without its heading, and its two halves: scans lose headings and cut texts."""
    words = section.text.split()
    half = len(words) // 2
    return [
        (section.heading, section.text),
        ("", section.text),
        (section.heading, " ".join(words[:half])),
        ("", " ".join(words[half:])),
    ]


def matrix(pairs: list[tuple[str, str]]) -> Array:
    """Features of (heading, text) pairs, shape (pairs, BUCKETS)."""
    table = np.zeros((len(pairs), BUCKETS), dtype=np.float32)
    for row, (heading, text) in enumerate(pairs):
        for bucket, value in features(heading, text).items():
            table[row, bucket] = value
    return table


def weigh(table: Array) -> tuple[Array, npt.NDArray[np.uint8]]:
    """Multiply each bucket by its rarity, scale each row to length 1; also return the rarity as bytes."""
    common = (table > 0).sum(axis=0)
    rarity = np.sqrt(np.log((len(table) + 1) / (common + 1)))
    small = np.clip(np.round(rarity * (255 / rarity.max())), 1, 255).astype(np.uint8)
    weighed = table * small
    return weighed / np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9), small


def fit(gram: Array, labels: npt.NDArray[np.int64], classes: int, weights: Array) -> tuple[Array, Array]:
    """Return coefficients of the training rows, shape (rows, classes), and the bias of each class."""
    rows = len(labels)
    goal = np.eye(classes, dtype=gram.dtype)[labels]
    alpha, bias = np.zeros((rows, classes), gram.dtype), np.zeros(classes, gram.dtype)
    step = 4.0 / _largest_eigenvalue(gram) * rows
    velocity, velocity_bias = np.zeros_like(alpha), np.zeros_like(bias)
    for _ in range(STEPS):
        odds = gram @ alpha + bias
        chance = np.exp(odds - odds.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        slope = (chance - goal) * weights[:, None] / rows
        velocity = 0.9 * velocity - step * 0.1 * (slope + PENALTY / rows * alpha * rows / 10)
        velocity_bias = 0.9 * velocity_bias - 0.1 * slope.sum(axis=0)
        alpha += velocity
        bias += velocity_bias
    return alpha, bias


def _largest_eigenvalue(gram: Array) -> float:
    """By power iteration: the exact one is not needed, and slow."""
    vector = np.ones(len(gram))
    for _ in range(20):
        vector = gram @ vector
        vector /= np.linalg.norm(vector)
    return float(np.linalg.norm(gram @ vector))


def main() -> None:
    """Cross-validate; without --check also write the model."""
    sections = read_texts(TEXTS)
    names = [rules.name for rules in load_categories()]
    pairs = [pair for section in sections for pair in variants(section)]
    owner = np.array([n for n, section in enumerate(sections) for _ in variants(section)])
    labels = np.array([names.index(sections[n].category) for n in owner])
    table, rarity = weigh(matrix(pairs))
    gram = table @ table.T
    share = np.bincount(labels, minlength=len(names)) / len(labels)
    weights = (1 / (share * len(names)))[labels].astype(np.float32)
    odds = held_out(sections, gram, owner, labels, weights)
    report(sections, names, odds)
    if "--check" not in sys.argv:
        alpha, bias = fit(gram, labels, len(names), weights)
        write(names, table.T @ alpha, bias, rarity=rarity)


def held_out(
    sections: list[Labelled], gram: Array, owner: npt.NDArray[np.int64], labels: npt.NDArray[np.int64], weights: Array
) -> Array:
    """Log odds of each whole section from a model that saw no section of its kind of association."""
    classes = int(labels.max()) + 1
    kinds = np.array([sections[n].kind for n in owner])
    first = np.searchsorted(owner, np.arange(len(sections)))
    odds = np.zeros((len(sections), classes))
    names = sorted(set(kinds))
    for fold in (names[n::FOLDS] for n in range(FOLDS)):
        seen = np.flatnonzero(~np.isin(kinds, fold))
        alpha, bias = fit(gram[np.ix_(seen, seen)], labels[seen], classes, weights[seen])
        asked = [n for n, section in enumerate(sections) if section.kind in fold]
        odds[asked] = gram[np.ix_(first[asked], seen)] @ alpha + bias
    return odds


def report(sections: list[Labelled], names: list[str], odds: Array) -> None:
    """Print how many held-out sections get their category from the rules, the model, and both."""
    right: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for section, row in zip(sections, odds, strict=True):
        by_model = dict(zip(names, row.tolist(), strict=True))
        by_rules = rule_points(section.heading, section.text, load_categories())
        both = combine(by_rules, by_model)
        for judge, votes in (("rules", by_rules), ("model", by_model), ("both", both)):
            right[judge] += max(votes, key=lambda name: votes[name]) == section.category
        winner = max(both, key=lambda name: both[name])
        right[f"both {section.language}"] += winner == section.category
        if winner != section.category:
            confused[section.category, winner] += 1
            if "--wrong" in sys.argv:
                print(f"  {section.category} -> {winner}: {section.kind}: {section.heading}")
    counted = Counter(section.language for section in sections)
    kinds = len({section.kind for section in sections})
    print(f"{len(sections)} sections, {kinds} kinds of associations, a tenth of them held out in turn")
    for judge in ("rules", "model", "both"):
        print(f"{judge:8} {right[judge] / len(sections):.3f}")
    for language, count in sorted(counted.items()):
        print(f"both, {language} {right[f'both {language}'] / count:.3f} of {count}")
    print("most confused:", ", ".join(f"{true} as {got} {n}" for (true, got), n in confused.most_common(6)))


def write(names: list[str], table: Array, bias: Array, *, rarity: npt.NDArray[np.uint8]) -> None:
    """Write the table as signed bytes, with what turns them back into log odds."""
    scale = float(np.abs(table).max() / 127)
    small = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    head = json.dumps({"names": names, "bias": [round(float(b), 4) for b in bias], "scale": scale})
    MODEL.write_bytes(head.encode() + b"\n" + zlib.compress(small.tobytes() + rarity.tobytes(), 9))
    print(f"{MODEL.relative_to(ROOT)}: {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
