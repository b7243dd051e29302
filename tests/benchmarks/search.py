"""How fast is a warm search beside SQLite's FTS5? Run: python -m tests.benchmarks.search [SECTIONS [FOLDER]]

Median milliseconds for each kind of query, ours with --exact and with all expansions, and the ratios; both sides answer
the same questions in turn over the same text, in this process. Processor time, so that other work on the machine does
not count. Every question is a new one that nobody asked before; `again` is the second time that it is asked. Ratios are
those of the round in the middle; each round has its own questions. FOLDER keeps the indexes for the next run. ripgrep,
where installed, is timed over the plain text for a single word.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import chain, pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from wordfreq import top_n_list

from archive.model.search import SearchRequest
from archive.search import load_backend
from archive.search.query import parse_query
from archive.search.snippets import Finder, make_snippet
from archive.search.stems import stems
from tests.benchmarks.fts5 import Fts5
from tests.benchmarks.sections import make_sections
from tests.benchmarks.timing import machine

_ROUNDS = 5
_QUERIES = 40  # of each kind and round
_FORTY = """jaar stad nieuw goed werk mensen huis weg tijd dag week water land school kind vrouw man oud jong groot
klein rood blauw wit zwart mooi snel duur koop geld bank markt plein straat dorp brief boek krant tuin lente"""
_PASTED = 100  # words of which a page that somebody pastes into the search may consist


class Kind(NamedTuple):
    """Queries of one kind: ours, how they are asked, and FTS5's way."""

    queries: list[str]
    options: dict[str, object]
    fts5: Callable[[Fts5, str], object]
    snippets: bool = False


def main(count: int, folder: Path) -> None:
    """Print the figures."""
    texts = prepare(count, folder)
    backend, fts5 = load_backend().open(folder / "whoosh"), Fts5(folder / "fts5.db")

    def ask(kind: Kind, query: str, *, exact: bool) -> float:
        request = SearchRequest(query=query, exact=exact, **kind.options)  # type: ignore[arg-type]
        begun = time.thread_time()
        found = backend.search(parse_query(query), request)
        for section_id, _ in found.ids if kind.snippets else ():
            make_snippet(texts[section_id], Finder(found.forms).find(texts[section_id]))
        return time.thread_time() - begun

    def other(kind: Kind, query: str) -> float:
        begun = time.thread_time()
        kind.fts5(fts5, query)
        return time.thread_time() - begun

    rounds = [_round(kinds_of(texts, seed), ask, other) for seed in range(_ROUNDS + 1)][1:]  # the first one warms up
    rows = {
        name: {key: round(median(each[name][key] for each in rounds), 2) for key in rounds[0][name]}
        for name in rounds[0]
    }
    slow = [
        ask(Kind([], options, Fts5.best), q, exact=exact)
        for q, options in heavy()
        for exact in (True, False)
        for _ in range(3)
    ]  # type: ignore[misc]
    slowest = {"p95_s": round(quantiles(slow, n=20)[-1], 3), "worst_s": round(max(slow), 3)}
    print(
        json.dumps({"sections": count, "kinds": rows, "slowest": slowest, "ripgrep_ms": ripgrep(folder), **machine()})
    )


def _round(
    kinds: dict[str, Kind], ask: Callable[..., float], other: Callable[[Kind, str], float]
) -> dict[str, dict[str, float]]:
    """Ask every question once of both sides, and once more."""
    rows: dict[str, dict[str, float]] = {}
    for name, kind in kinds.items():
        times: dict[str, list[float]] = {}
        for query in kind.queries:
            for again in ("", "again_"):
                times.setdefault(f"{again}exact_ms", []).append(ask(kind, query, exact=True) * 1000)
                times.setdefault(f"{again}fts5_ms", []).append(other(kind, query) * 1000)
                times.setdefault(f"{again}all_ms", []).append(ask(kind, query, exact=False) * 1000)
        row = {key: median(each) for key, each in times.items()}
        rows[name] = row | {
            "to_fts5": row["exact_ms"] / row["fts5_ms"],
            "all_to_exact": row["all_ms"] / row["exact_ms"],
            "again_to_fts5": row["again_exact_ms"] / row["again_fts5_ms"],
        }
    return rows


def prepare(count: int, folder: Path) -> dict[str, str]:
    """Make both indexes where they are not there yet; return the texts by id."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {str(s["id"]): f"{s['heading']}\n{s['text']}" for s in make_sections(count)}
    if not (folder / "whoosh").exists():
        with load_backend().rebuild(folder / "whoosh") as writer:
            writer.add(make_sections(count))
            writer.commit(1)
    if not (folder / "fts5.db").exists():
        Fts5(folder / "fts5.db").fill(make_sections(count))
        (folder / "plain.txt").write_text(
            "\n".join(text.replace("\n", " ") for text in texts.values()), encoding="utf-8"
        )
    return texts


def kinds_of(texts: dict[str, str], seed: int) -> dict[str, Kind]:
    """Draw the queries of each kind from the text itself."""
    draw = random.Random(seed)  # noqa: S311 - the same queries each time
    some = draw.sample(list(texts.values()), 400)
    words = [word for text in some for word in text.split() if word.isalpha() and len(word) >= 5]
    pairs = [" ".join(text.split()[at : at + 2]) for text in some for at in (8, 20)]
    pairs = [pair for pair in pairs if pair.replace(" ", "").isalpha()]
    fours = [" ".join(text.split()[at : at + 4]) for text in some for at in (8, 20)]
    fours = [four for four in fours if four.replace(" ", "").isalpha()]

    def pick(make: Callable[[str], str] = str, of: list[str] = words) -> list[str]:
        return [make(word) for word in draw.sample(of, _QUERIES)]

    def either(size: int, joint: str) -> list[str]:
        return [joint.join(draw.sample(words, size)) for _ in range(_QUERIES)]

    since = draw.randint(1962, 1985)
    until = since + draw.randint(10, 25)
    years = {"categories": ("events",), "since": str(since), "until": str(until)}
    every = [text.split() for text in some]
    common = [word for word, _ in Counter(chain.from_iterable(every)).most_common(80) if word.isalpha()]
    often = [pair for pair, _ in Counter(" ".join(two) for each in every for two in pairwise(each)).most_common(60)]
    return {
        "one term": Kind(pick(), {}, lambda db, q: db.best(_stem(q))),
        "or": Kind(either(3, " OR "), {}, lambda db, q: db.any_of([_stem(w) for w in q.split(" OR ")])),
        "snippets": Kind(pick(), {}, lambda db, q: db.snippets(_stem(q)), snippets=True),
        "prefix": Kind(pick(lambda w: w[:4] + "*"), {}, lambda db, q: db.best(q)),
        "wildcard": Kind(pick(lambda w: f"{w[:2]}?{w[3:4]}*"), {}, lambda db, q: db.like(q)),
        "infix": Kind(pick(lambda w: f"*{w[1:5]}*"), {}, lambda db, q: db.like(q)),
        "filtered": Kind(pick(), years, lambda db, q: db.filtered(_stem(q), "events", str(since), str(until))),
        "fuzzy": Kind(pick(lambda w: w + "~"), {}, lambda db, q: db.fuzzy(_stem(q[:-1]), 1)),
        "fuzzy 2": Kind(pick(lambda w: w + "~2"), {}, lambda db, q: db.fuzzy(_stem(q[:-2]), 2)),
        "facets": Kind(pick(), {"facets": True}, lambda db, q: db.facets(_stem(q))),
        "and of three": Kind(either(3, " "), {}, lambda db, q: db.best(" ".join(map(_stem, q.split())))),
        "common and": Kind(
            [" ".join(draw.sample(common, 3)) for _ in range(_QUERIES)],
            {},
            lambda db, q: db.best(" ".join(map(_stem, q.split()))),
        ),
        "phrase": Kind(pick(lambda p: f'"{p}"', pairs), {}, _phrase),
        "phrase of four": Kind(pick(lambda p: f'"{p}"', fours), {}, _phrase),
        "common phrase": Kind([f'"{pair}"' for pair in draw.sample(often, _QUERIES)], {}, _phrase),
    }


def heavy() -> list[tuple[str, dict[str, object]]]:
    """Return the queries that could be slow."""
    forty = " OR ".join(_FORTY.split())
    pasted = [word for word in top_n_list("nl", 30 * _PASTED) if word.isalpha()][::25][:_PASTED]
    nowhere = [first + last for first, last in zip(pasted, reversed(pasted), strict=True)]
    facets = {"facets": True}
    plain = (
        "*ing",
        "*recht*",
        "a*",
        "*a*",
        "v?????",
        "s*en",
        "vergadering~2",
        "gemeente~2",
        '"van de" -het',
        "-de",
        forty,
        _FORTY.replace("\n", " "),
        " ".join(pasted),
        " OR ".join(pasted),
        f'"{" ".join(pasted)}"',
        " ".join(nowhere[:8]),
        " ".join(nowhere),
    )
    return [(query, {}) for query in plain] + [("*", facets), ("de", facets), (forty, facets), ("a* OR v*", facets)]


def ripgrep(folder: Path) -> float | None:
    """Return how long ripgrep takes to count a word, where it is installed."""
    if not (program := shutil.which("rg")):
        return None
    times = []
    for _ in range(4):
        begun = time.perf_counter()
        subprocess.run([program, "-ciw", "vergadering", str(folder / "plain.txt")], check=False, capture_output=True)
        times.append((time.perf_counter() - begun) * 1000)
    return round(median(times[1:]), 1)


def _phrase(db: Fts5, query: str) -> list[int]:
    return db.best(f'"{" ".join(map(_stem, query[1:-1].split()))}"')


def _stem(word: str) -> str:
    return stems(word.casefold(), "nl")[0].rstrip(".")


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if len(sys.argv) > 2:
        main(size, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(size, Path(made))
