"""How well is what was printed found, by condition? Writes docs/accuracy.md and docs/accuracy.svg.

    python scripts/accuracy_report.py WORK NAME=DIR [NAME=DIR …]

Each DIR holds renditions (NAME.pdf or a folder NAME) with NAME.truth.json beside them, as tests/newsletters/render.py
writes them. They are read into archives below WORK/NAME/, one for each condition; what was read there before is parsed
anew, without OCR.

A found section and a printed one are a pair where at least 0.8 of the words of each stand in the other. Repairs are
counted by tests/benchmarks/repairs.py.
"""

import datetime as dt
import json
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from archive.catalog.store import Catalog, open_catalog
from archive.model.issues import Cleaned
from archive.pipeline.ingest import IngestOptions, ingest
from archive.pipeline.plan import Again
from archive.settings import load_settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.benchmarks.repairs import Counts, count_repairs, shares

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CLEAN = ("born", "scan", "images", "mixed", "rotated", "goodlayer", "badlayer")
_SUMS = ("all", "clean", "poor, fax")
REAL = "## Real newsletters\n"
FIGURES = ("sections", "headings", "category", "second", "dates p", "dates r")
_WORD = re.compile(r"\w+")
_PAIR = 0.8
_HEADING = 90
Figures = dict[str, float]


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
    page = DOCS / "accuracy.md"
    page.write_text(report(measured) + by_hand(page.read_text(encoding="utf-8")), encoding="utf-8")
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
        named = {truth["name"]: truth for truth in truths}
        with open_catalog(load_settings(root).catalog_path) as catalog:
            found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
            for section in catalog.sections():
                found[Path(section["source"]["file"]).name.removesuffix(".pdf")].append(section)
            repaired = repairs(catalog, named)
        for key in sums_of(condition):
            counts[key] += repaired
            for truth in truths:
                counts[key] += count(found.get(truth["name"], []), truth["sections"])
    print(f"{name}: {sum(counts['all'].values())} counts")
    return {key: figures(counted) for key, counted in counts.items()}


def sums_of(condition: str) -> tuple[str, str, str]:
    """Return the rows that a condition counts in."""
    return condition, "clean" if condition in CLEAN else "poor, fax", "all"


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
        **shares(counts),
    }


def repairs(catalog: Catalog, truths: Mapping[str, Mapping[str, Any]]) -> Counts:
    """Count the repairs of misread words that an archive's issues hold, and the words wrong without and with them."""
    counts: Counts = Counter()
    for issue in catalog.issues():
        truth = truths.get(Path(issue.file).name.removesuffix(".pdf"))
        stored = catalog.transcript(issue.id)
        if truth is not None and stored is not None:
            counts += count_repairs(Cleaned(stored.raw, stored.edits), truth)
    return counts


def report(measured: Mapping[str, Mapping[str, Figures]]) -> str:
    """Write the page."""
    lines = [
        "# Accuracy",
        "",
        f"Made by `scripts/accuracy_report.py` on {dt.datetime.now(dt.UTC):%Y-%m-%d}; run it to make the page anew.",
        "",
        "A found section counts where it shares 0.8 of its words with a printed one. Headings, category and `second`",
        "(an accepted second category counts too) are shares of the found sections; dates are those of each issue.",
        "`held-out` newsletters were not looked at to choose a rule, a word or a threshold; their totals were compared",
        "between variants.",
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
        "Of words that Tesseract misread. A repair is right where it gives the word that was printed there; one whose",
        "place in print is not found is counted apart (`unplaced`). Words wrong: the share of the printed words that",
        "the text does not hold, without and with the repairs. There are few repairs on pages that are read this well:",
        "`python -m tests.benchmarks.repairs` measures them on worn ones.",
        "",
        "| part | condition | repairs | unplaced | precision | words wrong without | with |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, conditions in measured.items():
        for condition, row in sorted(conditions.items()):
            if condition in _SUMS:
                precise = f"{row['precision']:.3f}" if row["repairs"] > row["unplaced"] else "-"
                wrong = f"{row['wrong_without']:.4f} | {row['wrong_with']:.4f}"
                cells = f"{row['repairs']:.0f} | {row['unplaced']:.0f} | {precise} | {wrong}"
                lines.append(f"| {name} | {condition} | {cells} |")
    lines.append("")
    return "\n".join(lines)


def by_hand(page: str) -> str:
    """Return the chapter of the page that is written by hand: real newsletters are not in the repository."""
    _, mark, chapter = page.partition(REAL)
    return f"\n{mark}{chapter}" if mark else ""


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
