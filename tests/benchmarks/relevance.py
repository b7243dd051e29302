"""How much of the ranking is left when the text was badly read? Run:

    python -m tests.benchmarks.relevance TRUTHS TEXTS QUERIES SCORER [RATE…]

TRUTHS holds NAME.truth.json of the issues, TEXTS what worn_text wrote of them; each rate is ingested as `.txt` like any
dump, the text as printed too, and asked the same queries. SCORER is the script that compares hits with the judgements
(search_quality.py); prints nDCG, MAP and recall at 10, and MAP beside that of the text as printed.
"""

import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing import ARCHIVE, machine, run

_FILTERS = (
    "category=--category {value}",
    "series=--newsletter {slug}",
    "issued_from=--from {value}",
    "issued_to=--to {value}",
    "dated_from=--mentions-from {value}",
    "dated_to=--mentions-to {value}",
)


def main(truths: Path, texts: Path, queries: Path, scorer: Path, *rates: str) -> None:
    """Print one line with the figures of each rate."""
    clean = 0.0
    for rate in ("printed", *rates):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _fill(root / "raw", truths, texts / rate)
            (root / "archive.toml").write_text("", encoding="utf-8")
            run([*ARCHIVE, "-C", folder, "ingest"])
            row = _score(root, truths, queries, scorer)
        clean = clean or row["map"]
        print(
            json.dumps({"rate": rate, **row, "map_to_printed": round(row["map"] / clean, 3), **machine()}), flush=True
        )


def _fill(raw: Path, truths: Path, texts: Path) -> None:
    raw.mkdir()
    for path in truths.glob("*.truth.json"):
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".truth.json")
        read = texts / f"{name}.txt"
        printed = "\f".join(page["text"] for page in truth["pages"])
        (raw / f"{name}.txt").write_text(
            read.read_text(encoding="utf-8") if read.exists() else printed, encoding="utf-8"
        )


def _score(root: Path, truths: Path, queries: Path, scorer: Path) -> dict[str, float]:
    export = root / "export.jsonl"
    run([*ARCHIVE, "-C", str(root), "export", "--format", "jsonl", "--output", str(export)])
    ask = shlex.join([*ARCHIVE, "-C", str(root), "--json", "search", "--limit", "10"]) + " {query}"
    command = [sys.executable, str(scorer), str(export), str(truths), str(queries), "--command", ask, "--json"]
    for each in _FILTERS:
        command += ["--filter", each]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    total = json.loads(done.stdout)["types"][-1]
    return {name: round(total[name], 3) for name in ("ndcg", "map", "recall")}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]), *sys.argv[5:])
