"""How long does a whole answer take? Run: python -m tests.benchmarks.answers [SECTIONS | ARCHIVE]...

For a number an archive of so many sections is made, of text files; or give an archive of one's own. Median milliseconds
of what `from archive import open_archive` answers, with `exact` and with all expansions: ten hits with snippets, every
match with its place and box, partial matches, the estimate of what is hidden; and of FTS5, which gives ten snippets of
the same stemmed text. Processor time, all in turn in this process; each question is asked once.
"""

import json
import random
import sys
import tempfile
import textwrap
import time
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import median

from archive import open_archive
from archive.library.reader import Archive
from tests.benchmarks.fts5 import Fts5, stemmed
from tests.benchmarks.sections import make_sections
from tests.benchmarks.timing import ARCHIVE, machine, run

_QUERIES = 200  # of each kind
_AN_ISSUE = 10  # sections
_WIDTH = 70
_LETTERS = 5


def main(source: str) -> None:
    """Print the figures of one archive."""
    with tempfile.TemporaryDirectory() as folder:
        root = _made(int(source), Path(folder) / "archive") if source.isdecimal() else Path(source)
        fts5 = Fts5(Path(folder) / "fts5.db")
        with open_archive(root) as archive:
            sections = list(archive.sections())
            fts5.fill({**each, "newsletter_slug": each["newsletter"]} for each in sections)
            rows = {name: _medians(queries, archive, fts5) for name, queries in _kinds(sections).items()}
    print(json.dumps({"sections": len(sections), "kinds": rows, **machine()}))


def _made(count: int, root: Path) -> Path:
    """Make an archive of text files."""
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").touch()
    for number, some in groupby(enumerate(make_sections(count)), lambda each: each[0] // _AN_ISSUE):
        head = f"Wijkbrief\nNummer {number + 1}, {number % 28 + 1} maart {1960 + number % 60}\n"
        parts = [f"{str(each['heading']).upper()}\n\n{_lines(str(each['text']))}\n" for _, each in some]
        (root / "raw" / f"wijkbrief-{number:05}.txt").write_text("\n".join([head, *parts]), encoding="utf-8")
    run([*ARCHIVE, "-C", str(root), "ingest"])
    return root


def _lines(text: str) -> str:
    return textwrap.fill(f"{text.capitalize()}.", _WIDTH)


def _kinds(sections: list[dict[str, object]]) -> dict[str, list[str]]:
    """Draw words from the text itself."""
    draw = random.Random(7)  # noqa: S311 - the same questions each time
    each = [[word for word in str(section["text"]).split() if _is_long(word)] for section in sections]
    words = [word for some in draw.choices(each, k=_QUERIES) for word in some]
    full = [sorted(set(some)) for some in each if len(set(some)) > 2]
    return {
        "one term": draw.choices(words, k=_QUERIES),
        "or": [" OR ".join(draw.sample(words, 3)) for _ in range(_QUERIES)],
        "and of three": [" ".join(draw.sample(words, 3)) for _ in range(_QUERIES)],
        "and of three of a section": [" ".join(draw.sample(some, 3)) for some in draw.choices(full, k=_QUERIES)],
    }


def _is_long(word: str) -> bool:
    return word.isalpha() and len(word) >= _LETTERS


def _medians(queries: list[str], archive: Archive, fts5: Fts5) -> dict[str, float]:
    """Ask each question of all sides."""
    times: dict[str, list[float]] = {"exact_ms": [], "all_ms": [], "fts5_ms": []}
    for query in queries:
        stems = " OR ".join(map(stemmed, query.split(" OR ")))
        asks = (
            partial(archive.search, query, exact=True),
            partial(archive.search, query),
            partial(fts5.snippets, stems),
        )
        for some, ask in zip(times.values(), asks, strict=True):
            begun = time.thread_time()
            ask()
            some.append(1000 * (time.thread_time() - begun))
    return {name: round(median(some), 2) for name, some in times.items()}


if __name__ == "__main__":
    for given in sys.argv[1:] or ["20000"]:
        main(given)
