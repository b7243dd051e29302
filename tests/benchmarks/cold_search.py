"""What does a search cost from a cold start? Run: python -m tests.benchmarks.cold_search [SECTIONS | ARCHIVE]...

For each number an archive of so many sections is made, which takes a while; or give archives that are there. Compared
with a bare script that asks an FTS5 table of the same texts and prints ten hits with snippets as JSON; whole
processes, all in turn, for a word that stands in many sections and for one that stands in few. Processor time as well
as wall time: on a shared machine the former is the steadier one. `text` is the answer as people read it, without the
places of the words on their pages. `floor` is Python with nothing but the libraries that every command needs, loaded
as they load themselves.
"""

import json
import random
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from wordfreq import top_n_list

from tests.benchmarks.pages import make_dump
from tests.benchmarks.timing import ARCHIVE, machine, run

_SECTIONS_AN_ISSUE = 7
_TIMES = 30
_FEWEST_LETTERS = 6
_RARE_WORDS = 60_000
_WORDS_A_SECTION = 20
_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}  # compiled once and kept, as when it is installed
_FLOOR = "import click, json, pathlib, sqlite3"
_BARE = """
import json, sqlite3, sys
sql = "SELECT id, heading, snippet(text, 2, '', '', '…', 40) FROM text WHERE text MATCH ? ORDER BY rank LIMIT 10"
print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sql, sys.argv[2:]).fetchall()))
"""


def main(sources: Sequence[str]) -> None:
    """Print for each archive, and a common and a rare word, the times and their ratios to FTS5's."""
    with tempfile.TemporaryDirectory() as folder:
        asked = [
            each for number, source in enumerate(sources) for each in _prepared(source, Path(folder) / str(number))
        ]
        rounds = [
            [{name: _cost(*side) for name, side in sides.items()} for _, sides in asked] for _ in range(_TIMES + 1)
        ]
    found = []
    for number, (facts, sides) in enumerate(asked):
        times = {name: _medians([each[number][name] for each in rounds[1:]]) for name in sides}  # the first warms up
        bare = times["fts5"]["cpu_s"]
        ratios = {f"{name}_ratio": round(times[name]["cpu_s"] / bare, 2) for name in ("search", "text", "floor")}
        found.append({**facts, **times, **ratios})
    print(json.dumps({"asked": found, **machine()}))


def _prepared(source: str, folder: Path) -> list[tuple[dict[str, object], dict[str, tuple[list[str], dict[str, str]]]]]:
    """Return for a common and a rare word what is asked, and the command and environment of each side."""
    folder.mkdir()
    root = _made(int(source), folder / "archive") if source.isdecimal() else Path(source).resolve()
    sections = _fill(folder / "fts5.db", root / "index" / "catalog.db")
    here = {"ARCHIVE_DIR": str(root)}
    prepared = []
    for word, count in _common_and_rare(folder / "fts5.db"):
        sides = {
            "search": ([*ARCHIVE, "--json", "search", word], here),
            "text": ([*ARCHIVE, "search", word], here),
            "fts5": ([sys.executable, "-c", _BARE, str(folder / "fts5.db"), word], {}),
            "floor": ([sys.executable, "-c", _FLOOR], {}),
        }
        prepared.append(({"sections": sections, "word": word, "stands_in": count}, sides))
    return prepared


def _made(sections: int, root: Path) -> Path:
    """Make an archive of texts of few words, but for one section of each issue, which has rare ones."""
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").touch()
    words = [word for word in top_n_list("nl", _RARE_WORDS) if word.isalpha()]
    for number in range(-(-sections // _SECTIONS_AN_ISSUE)):
        rare = random.Random(number).choices(words, k=_WORDS_A_SECTION)  # noqa: S311 - the same text each time
        text = f"{make_dump(number, _SECTIONS_AN_ISSUE - 1)}\nTrefwoorden\n\n{' '.join(rare).capitalize()}.\n"
        (root / "raw" / f"proefdruk-{number:05}.txt").write_text(text, encoding="utf-8")
    run([*ARCHIVE, "-C", str(root), "ingest"])
    return root


def _fill(path: Path, catalog: Path) -> int:
    """Put the texts of a catalogue into an FTS5 table, and return how many there are."""
    with sqlite3.connect(catalog) as source, sqlite3.connect(path) as table:
        rows = source.execute("SELECT id, heading, text FROM sections").fetchall()
        table.execute("CREATE VIRTUAL TABLE text USING fts5(id UNINDEXED, heading, body)")
        table.executemany("INSERT INTO text VALUES (?, ?, ?)", rows)
        table.execute("INSERT INTO text (text) VALUES ('optimize')")
    return len(rows)


def _common_and_rare(path: Path) -> list[tuple[str, int]]:
    """Return the long word that most sections hold and one that the fewest hold, each with how many that are."""
    with sqlite3.connect(path) as table:
        table.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, 'text', 'row')")
        rows = table.execute("SELECT term, doc FROM words WHERE length(term) >= ?", (_FEWEST_LETTERS,))
        counts = {term: int(count) for term, count in rows if term.isalpha()}
    return [(word, counts[word]) for word in (max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__))]


def _medians(costs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: round(median(each[name] for each in costs), 3) for name in costs[0]}


def _cost(command: Sequence[str], env: Mapping[str, str]) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(command, env={**_INSTALLED, **env})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.code:
        raise RuntimeError(f"{command} ended with {done.code}")
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": done.seconds, "cpu_s": busy}


if __name__ == "__main__":
    main(sys.argv[1:] or ["1000"])
