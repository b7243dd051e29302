"""What does it cost to add to an index? Run: python -m tests.benchmarks.addition [SMALL [LARGE [BULK]]]

Fills an index of BULK sections and one by a bare Whoosh writer with the same fields and values, each in a process of
its own; both read the sections from one file, so that the memory is that of the writers. (A process counts what the one
that started it held as its own peak, so this comes first.) Then adds issues of ten sections, each a commit, to an index
of SMALL and to one of LARGE sections, in turn, so that other work on the machine weighs on both.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from archive.search import load_backend
from tests.benchmarks.sections import make_sections
from tests.benchmarks.timing import machine, run

_ISSUES = 60
_AN_ISSUE = 10


def main(small: int, large: int, bulk: int) -> None:
    """Print the times and their ratios."""
    mine, bare = fill_both(bulk)
    with tempfile.TemporaryDirectory() as folder:
        few, many = add_issues(Path(folder), (small, large))
    print(
        json.dumps(
            {
                "small": small,
                "large": large,
                "to_small_ms": few,
                "to_large_ms": many,
                "p90_ratio": round(many["p90"] / few["p90"], 2),
                "worst_ratio": round(many["worst"] / few["worst"], 2),
                "bulk": {
                    "sections": bulk,
                    "ours": mine,
                    "bare": bare,
                    "ratio": round(bare["seconds"] / mine["seconds"], 2),
                },
                **machine(),
            }
        )
    )


def add_issues(folder: Path, sizes: Sequence[int]) -> list[dict[str, float]]:
    """Return what adding an issue to an index of each size costs, in milliseconds."""
    for size in sizes:
        _fill(folder / str(size), size)
    sections = list(make_sections(_ISSUES * _AN_ISSUE, seed=5, prefix="n"))
    times: list[list[float]] = [[] for _ in sizes]
    for at in range(0, len(sections), _AN_ISSUE):
        for size, spent in zip(sizes, times, strict=True):
            begun = time.perf_counter()
            with load_backend().writer(folder / str(size)) as writer:
                writer.add(sections[at : at + _AN_ISSUE])
                writer.commit(at + 2)
            spent.append((time.perf_counter() - begun) * 1000)
    return [_of(spent) for spent in times]


def _of(times: Sequence[float]) -> dict[str, float]:
    return {"p50": round(median(times), 1), "p90": round(quantiles(times, n=10)[-1], 1), "worst": round(max(times), 1)}


def fill_both(size: int) -> list[dict[str, float]]:
    """Return what filling an index costs us and a bare Whoosh writer, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sections.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(section) + "\n" for section in make_sections(size))
        commands = [[sys.executable, "-m", __spec__.name, how, str(path)] for how in ("mine", "bare")]
        return [json.loads(run(command).stdout) for command in commands]


def fill_one(how: str, source: Path) -> None:
    """Fill one index from a file of sections and print what it cost."""
    with tempfile.TemporaryDirectory() as folder, source.open(encoding="utf-8") as lines:
        begun, busy = time.perf_counter(), time.process_time()
        sections = map(json.loads, lines)
        if how == "mine":
            _index(Path(folder), sections)
        else:
            _bare(folder, sections)
        spent = {"seconds": round(time.process_time() - busy, 1), "wall_s": round(time.perf_counter() - begun, 1)}
    print(json.dumps({**spent, "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}))


def _fill(folder: Path, size: int) -> None:
    _index(folder, make_sections(size))


def _index(folder: Path, sections: Iterator[Mapping[str, object]]) -> None:
    with load_backend().rebuild(folder) as writer:
        writer.add(sections)
        writer.commit(1)


def _bare(folder: str, sections: Iterator[dict[str, Any]]) -> None:
    """Fill an index of Whoosh's own: its analyzer with the same stemmer, the compounds' parts, the same facts."""
    from whoosh import fields
    from whoosh.analysis import LowercaseFilter, RegexTokenizer
    from whoosh.index import create_in

    analyzer = RegexTokenizer() | LowercaseFilter()
    facts = ("category", "newsletter", "language", "date", "mention", "place", "page")
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        heading=fields.TEXT(analyzer=analyzer),
        words=fields.TEXT(analyzer=analyzer),
        stems=fields.TEXT(analyzer=analyzer),
        parts=fields.TEXT(analyzer=analyzer),
        **{name: fields.KEYWORD() for name in facts},
    )
    from tests.benchmarks.fts5 import stemmed

    writer = create_in(folder, schema).writer(limitmb=128)
    for section in sections:
        text = str(section["text"])
        writer.add_document(
            id=section["id"],
            heading=section["heading"],
            words=text,
            stems=stemmed(text),
            parts=" ".join(word for word in text.split() if len(word) > 12),
            category=section["category"],
            newsletter=section["newsletter_slug"],
            language=section["language"],
            date=section["issue_date"],
            mention=str(section["dates"][0]["date"]),
            place=" ".join(section["places"]),
            page=str(section["pages"][0]),
        )
    writer.commit()


if __name__ == "__main__":
    if sys.argv[1:2] in (["mine"], ["bare"]):
        fill_one(sys.argv[1], Path(sys.argv[2]))
    else:
        main(*([int(x) for x in sys.argv[1:]] + [1000, 100_000, 20_000][len(sys.argv) - 1 :]))
