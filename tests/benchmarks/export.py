"""How long does an export take beside a bare SELECT written by json?

Run: python -m tests.benchmarks.export 100000 jsonl

Both sides in turn, in processor time as well: on a shared machine that is the steadier one.
"""

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.catalog.pack import pack_issue
from archive.catalog.rows import ScanState, page_row
from archive.catalog.store import open_catalog
from archive.likeness import fingerprint
from archive.settings import load_settings
from tests.benchmarks.timing import machine
from tests.factories import CATEGORIES, make_issue, make_section

_AN_ISSUE, _ROUNDS = 10, 5
_TEXT = "de vereniging houdt op zaterdag een open dag voor alle bewoners van het dorp met soep en muziek"
_WORDS = tuple(_TEXT.split())
_COLUMNS = (
    "sections.id, issues.id, issues.newsletter, issues.number, issues.date, issues.date_source, position, heading, "
    "text, raw_text, category, category_scores, category_reason, category_source, sections.language, dates, places, "
    "organisations, links, emails, tags, notes, sections.pages, page_labels, boxes, ocr_confidence, text_source, file, "
    "sha256"
)
_BARE = f"SELECT {_COLUMNS} FROM sections JOIN issues USING (issue) JOIN scans USING (scan)"  # noqa: S608 - our names


def main(count: int, form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _fill(root, count)
        rounds = [(_bare(root), _export(root, form)) for _ in range(_ROUNDS)]
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    (bare, bare_cpu), (whole, whole_cpu) = (map(min, zip(*side, strict=True)) for side in zip(*rounds, strict=True))
    figures = {"sections": count, "format": form, "bare_s": round(bare, 2), "export_s": round(whole, 2)}
    ratios = {"times": round(whole / bare, 2), "times_cpu": round(whole_cpu / bare_cpu, 2)}
    print(json.dumps({**figures, **ratios, "peak_mb": round(peak_mb), **machine()}))


def _fill(root: Path, count: int) -> None:
    (root / "raw").mkdir()
    (root / "archive.toml").touch()
    with open_catalog(load_settings(root).catalog_path, write=True) as catalog:
        for number in range(count // _AN_ISSUE):
            sections = [
                make_section(
                    CATEGORIES[each % 5],
                    " ".join(_WORDS[(each + at) % len(_WORDS)] for at in range(120)),
                    heading=f"Kop {each}",
                    dates=["2022-06-18"],
                )
                for each in range(_AN_ISSUE)
            ]
            parsed = make_issue(
                sections, date=f"{1950 + number % 70}-{1 + number // 70 % 12:02}-01", number=str(number)
            )
            packed = pack_issue(parsed, fingerprint=fingerprint)
            issue_id = f"kerngroep-oost-{number}"
            named = packed.with_ids(issue_id, [f"{issue_id}-s{each:04}" for each in range(1, _AN_ISSUE + 1)])
            state = ScanState(f"raw/{number}.pdf", parsed.issue.scan, 1, 1, "ok")
            catalog.put_scan(state, [page_row(page) for page in parsed.issue.pages], [named])


def _bare(root: Path) -> tuple[float, float]:
    """Return how long it took and how much processor time, in seconds."""
    begun, used = time.perf_counter(), time.process_time()
    with sqlite3.connect(root / "index" / "catalog.db") as db, (root / "bare.jsonl").open("w") as out:
        for row in db.execute(_BARE):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return time.perf_counter() - begun, time.process_time() - used


def _export(root: Path, form: str) -> tuple[float, float]:
    target = root / f"out-{time.monotonic_ns()}.{form}"
    begun, used = time.perf_counter(), _children_s()
    command = [
        sys.executable,
        "-m",
        "archive",
        "-C",
        str(root),
        "export",
        "--format",
        form,
        "--output",
        str(target),
        "-q",
    ]
    subprocess.run(command, check=True)
    return time.perf_counter() - begun, _children_s() - used


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else "jsonl")
