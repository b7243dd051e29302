"""What does a search cost from a cold start? Run: python -m tests.benchmarks.cold_search [SECTIONS]

Compared with a bare script that asks an FTS5 table of the same texts and prints ten hits with snippets as JSON; whole
processes, in turn. Processor time as well as wall time: on a shared machine the former is the steadier one. `floor` is
Python with nothing but the libraries that every command needs: what no work on the program itself can go below.
"""

import json
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.pages import make_dump
from tests.benchmarks.timing import ARCHIVE, machine, run

_SECTIONS_AN_ISSUE = 6
_TIMES = 15
_WORDS = ("speelplein", "vluchtelingen")
_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}  # compiled once and kept, as when it is installed
_FLOOR = "import click, json, sqlite3, tomllib"
_BARE = """
import json, sqlite3, sys
sql = "SELECT id, heading, snippet(text, 2, '', '', '…', 40) FROM text WHERE text MATCH ? ORDER BY rank LIMIT 10"
print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sql, sys.argv[2:]).fetchall()))
"""


def main(sections: int) -> None:
    """Print both times and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "raw").mkdir()
        (root / "archive.toml").write_text("", encoding="utf-8")
        for n in range(-(-sections // _SECTIONS_AN_ISSUE)):
            (root / "raw" / f"proefdruk-{n:05}.txt").write_text(make_dump(n), encoding="utf-8")
        run([*ARCHIVE, "-C", folder, "ingest"])
        stored = _fill(root / "fts5.db", root / "index" / "catalog.db")
        search = [*ARCHIVE, "-C", folder, "--json", "search", *_WORDS]
        bare = [sys.executable, "-c", _BARE, str(root / "fts5.db"), " ".join(_WORDS)]
        floor = [sys.executable, "-c", _FLOOR]
        rounds = [(_cost(search), _cost(bare), _cost(floor)) for _ in range(_TIMES + 1)][1:]
    ours, theirs, least = (
        {name: median(each[name] for each in side) for name in ("wall_s", "cpu_s")}
        for side in zip(*rounds, strict=True)
    )
    ratios = {f"{name}_ratio": round(ours[name] / theirs[name], 2) for name in ours}
    print(json.dumps({"sections": stored, "search": ours, "fts5": theirs, "floor": least, **ratios, **machine()}))


def _fill(path: Path, catalog: Path) -> int:
    """Put the texts of a catalogue into an FTS5 table, and return how many there are."""
    with sqlite3.connect(catalog) as source, sqlite3.connect(path) as table:
        rows = source.execute("SELECT id, heading, text FROM sections").fetchall()
        table.execute("CREATE VIRTUAL TABLE text USING fts5(id UNINDEXED, heading, body)")
        table.executemany("INSERT INTO text VALUES (?, ?, ?)", rows)
        table.execute("INSERT INTO text (text) VALUES ('optimize')")
    return len(rows)


def _cost(command: Sequence[str]) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(command, env=_INSTALLED)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.code:
        raise RuntimeError(f"{command} ended with {done.code}")
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": round(done.seconds, 3), "cpu_s": round(busy, 3)}


if __name__ == "__main__":
    main(*[int(x) for x in sys.argv[1:]] or [1000])
