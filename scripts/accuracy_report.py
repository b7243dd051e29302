"""How well is what was printed found, by condition? Writes docs/accuracy.md and docs/accuracy.svg.

    python scripts/accuracy_report.py WORK NAME=DIR [NAME=DIR …]

Each DIR holds renditions (NAME.pdf or a folder NAME) with NAME.truth.json beside them, as tests/newsletters/render.py
writes them. They are read into archives below WORK/NAME/, one for each condition; what was read there before is parsed
anew, without OCR.

A found section and a printed one are a pair where at least 0.8 of the words of each stand in the other. Repairs of
misread words are measured on the printed texts, one word in 40 misread by a slip that OCR makes.
"""

import datetime as dt
import json
import random
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from archive.catalog.store import open_catalog
from archive.parsing.cleaning import clean
from archive.parsing.rules import RULES, misread_words
from archive.pipeline.ingest import IngestOptions, ingest
from archive.pipeline.plan import Again
from archive.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CLEAN = ("born", "scan", "images", "mixed", "rotated", "goodlayer", "badlayer")
_SUMS = ("all", "clean", "poor, fax")
FIGURES = ("sections", "headings", "category", "second", "dates p", "dates r")
_WORD = re.compile(r"\w+")
_PAIR = 0.8
_HEADING = 90
_ONE_IN = 40
_LEAST_LETTERS = 5
# Slips of print and engine, not the table that the repairs use.
_SLIPS = (("l", "i"), ("i", "l"), ("t", "l"), ("f", "t"), ("e", "c"), ("c", "e"), ("rn", "m"), ("m", "rn"), ("n", "u"))
_SLIPS += (("h", "b"), ("u", "n"), ("ij", "y"), ("o", "c"), ("é", "6"), ("ë", "e"), ("ï", "i"))

Figures = dict[str, float]
Counts = Counter[str]


class Quiet:
    """Progress that nobody watches."""

    def start(self, total_pages: int) -> None:
        """Reading begins."""

    def advance(self, status: str) -> None:
        """A page is done."""

    def note(self, text: str) -> None:
        """Something is worth telling."""

    def stop(self) -> None:
        """Reading ends."""


def main() -> None:
    """Measure every part and write the report."""
    work = Path(sys.argv[1])
    parts = dict(given.split("=", 1) for given in sys.argv[2:])
    measured = {name: measure(name, Path(folder), work / name) for name, folder in parts.items()}
    texts = [text for folder in parts.values() for text in printed_texts(Path(folder))]
    DOCS.joinpath("accuracy.md").write_text(report(measured, repairs(texts)), encoding="utf-8")
    DOCS.joinpath("accuracy.svg").write_text(plot(measured), encoding="utf-8")


def measure(name: str, folder: Path, work: Path) -> dict[str, Figures]:
    """Read the renditions of one part and return its figures by condition, with `clean`, `poor, fax` and `all`."""
    counts: dict[str, Counts] = defaultdict(Counter)
    for (condition, turn), truths in sorted(_by_condition(folder).items()):
        # A second rendition of an issue would count as a double scan: it gets an archive of its own.
        root = work / (f"{condition}-{turn}" if turn > 1 else condition)
        (root / "raw").mkdir(parents=True, exist_ok=True)
        (root / "archive.toml").write_text('languages = ["nl", "en"]\n', encoding="utf-8")
        for truth in truths:
            _copy(folder, truth["name"], root / "raw")
        ingest(load_settings(root), options=IngestOptions(again=Again("reparse")), progress=Quiet())
        with open_catalog(load_settings(root).catalog_path) as catalog:
            found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
            for section in catalog.sections():
                found[Path(section["source"]["file"]).name.removesuffix(".pdf")].append(section)
        for truth in truths:
            counted = count(found.get(truth["name"], []), truth["sections"])
            for key in (condition, "clean" if condition in CLEAN else "poor, fax", "all"):
                counts[key] += counted
    print(f"{name}: {sum(counts['all'].values())} counts")
    return {key: figures(counted) for key, counted in counts.items()}


def count(found: Sequence[Mapping[str, Any]], printed: Sequence[Mapping[str, Any]]) -> Counts:
    """Count what of an issue was found."""
    counts: Counts = Counter(found=len(found), printed=len(printed))
    free = set(range(len(found)))
    for section in printed:
        at = next((n for n in sorted(free) if _is_pair(found[n], section)), None)
        if at is None:
            continue
        free.discard(at)
        got = found[at]
        counts["pairs"] += 1
        counts["headings"] += fuzz.ratio(got["heading"].casefold(), section["heading"].casefold()) >= _HEADING
        counts["category"] += got["category"] == section["category"]
        counts["second"] += got["category"] in (section["category"], *section["also"])
    told = {date["date"] for section in found for date in section["dates"] if len(date["date"]) >= len("2000-01")}
    wanted = {date["date"].split("/")[0] for section in printed for date in section["dates"]}
    ends = {date["date"].split("/")[-1] for section in printed for date in section["dates"]}
    told = {date for date in told if date in wanted or not (date in ends or len(date) == len("2000-01"))}
    counts.update({"told": len(told), "right": len(told & wanted), "wanted": len(wanted)})
    return counts


def figures(counts: Counts) -> Figures:
    """Turn counts into shares."""
    pairs = counts["pairs"] or 1
    return {
        "sections": 2 * counts["pairs"] / ((counts["found"] + counts["printed"]) or 1),
        "headings": counts["headings"] / pairs,
        "category": counts["category"] / pairs,
        "second": counts["second"] / pairs,
        "dates p": counts["right"] / (counts["told"] or 1),
        "dates r": counts["right"] / (counts["wanted"] or 1),
        "printed": counts["printed"],
    }


def printed_texts(folder: Path) -> Iterator[str]:
    """Yield the text of each issue once, whatever its renditions."""
    seen = set()
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth["issue_id"] not in seen:
            seen.add(truth["issue_id"])
            yield truth["text"]


def repairs(texts: Sequence[str]) -> Figures:
    """Misread one word in 40, clean, and count the repairs that give the printed word back."""
    made, right, slips, words = 0, 0, 0, 0
    for number, text in enumerate(texts):
        misread, meant = _misread(text, random.Random(number))  # noqa: S311 - the same slips on every run
        words += len(text.split())
        slips += len(meant)
        for edit in clean(misread, RULES).edits:
            if edit.rule == misread_words.ID:
                made += 1
                right += meant.get(edit.start) == edit.after
    broken = made - right
    return {
        "repairs": made,
        "precision": right / (made or 1),
        "recall": right / (slips or 1),
        "before": slips / (words or 1),
        "after": (slips - right + broken) / (words or 1),
    }


def _misread(text: str, draw: random.Random) -> tuple[str, dict[int, str]]:
    parts: list[str] = []
    meant: dict[int, str] = {}
    at = 0
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match[0]
        fits = [(read, as_) for read, as_ in _SLIPS if read in word[1:]]
        if len(word) < _LEAST_LETTERS or not fits or draw.randrange(_ONE_IN):
            continue
        read, as_ = draw.choice(fits)
        parts.append(text[at : match.start()])
        meant[sum(map(len, parts))] = word
        parts.append(word[0] + word[1:].replace(read, as_, 1))
        at = match.end()
    return "".join([*parts, text[at:]]), meant


def report(measured: Mapping[str, Mapping[str, Figures]], mended: Figures) -> str:
    """Write the page."""
    lines = [
        "# Accuracy",
        "",
        f"Made by `scripts/accuracy_report.py` on {dt.datetime.now(dt.UTC):%Y-%m-%d}; run it to make the page anew.",
        "",
        "A found section counts where it shares 0.8 of its words with a printed one. Headings, category and `second`",
        "(an accepted second category counts too) are shares of the found sections; dates are those of each issue.",
        "`held-out` newsletters were never used to choose a rule, a word or a threshold.",
        "",
        "![Sections found, by part and condition](accuracy.svg)",
    ]
    for name, conditions in measured.items():
        lines += ["", f"## {name}", "", f"| condition | printed | {' | '.join(FIGURES)} |", "|---" * 8 + "|"]
        for condition, row in sorted(conditions.items(), key=lambda each: (each[0] in _SUMS, each[0])):
            cells = " | ".join(f"{row[figure]:.3f}" for figure in FIGURES)
            lines.append(f"| {condition} | {row['printed']:.0f} | {cells} |")
    lines += [
        "",
        "## Repairs of misread words",
        "",
        f"One word in {_ONE_IN} of the printed texts was misread by a slip of print or engine, then cleaned. A repair",
        "is right when it gives the printed word back; a repair of a word that was read well counts as wrong.",
        "",
        "| repairs | precision | recall | words wrong before | after |",
        "|---|---|---|---|---|",
        "| {repairs:.0f} | {precision:.3f} | {recall:.3f} | {before:.4f} | {after:.4f} |".format(**mended),
        "",
    ]
    return "\n".join(lines)


def plot(measured: Mapping[str, Mapping[str, Figures]]) -> str:
    """Draw a bar for the sections of each condition of each part."""
    bars = [(name, key, row["sections"]) for name, rows in measured.items() for key, row in rows.items()]
    tall = 24 + 16 * len(bars)
    size = f'width="640" height="{tall}"'
    font = 'font-family="sans-serif" font-size="11"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>']
    parts.append('<text x="8" y="14">F1 of the sections found</text>')
    for number, (name, key, value) in enumerate(bars):
        y = 24 + 16 * number
        shade = "#7a3b69" if key in ("clean", "poor, fax", "all") else "#c9a9c0"
        parts.append(f'<text x="8" y="{y + 11}">{name}: {key}</text>')
        parts.append(f'<rect x="200" y="{y + 2}" width="{380 * value:.1f}" height="11" fill="{shade}"/>')
        parts.append(f'<text x="{205 + 380 * value:.1f}" y="{y + 11}">{value:.3f}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _by_condition(folder: Path) -> dict[tuple[str, int], list[Mapping[str, Any]]]:
    """Return the truths by condition and by which rendition of its issue in that condition each is."""
    truths: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    turns: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        turns[truth["condition"], truth["issue_id"]] += 1
        turn = turns[truth["condition"], truth["issue_id"]]
        truths[truth["condition"], turn].append({**truth, "name": path.name.removesuffix(".truth.json")})
    return truths


def _copy(folder: Path, name: str, raw: Path) -> None:
    for source in (folder / f"{name}.pdf", folder / name):
        if source.is_dir() and not (raw / name).exists():
            shutil.copytree(source, raw / name)
        elif source.is_file() and not (raw / source.name).exists():
            shutil.copy2(source, raw)


def _is_pair(found: Mapping[str, Any], printed: Mapping[str, Any]) -> bool:
    one, two = (Counter(_WORD.findall(f"{s['heading']} {s['text']}".casefold())) for s in (found, printed))
    shared = sum((one & two).values())
    return shared >= _PAIR * max(sum(one.values()), sum(two.values()), 1)


if __name__ == "__main__":
    main()
