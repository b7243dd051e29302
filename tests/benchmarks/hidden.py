"""How often does the interval hold that a search gives for what misreading hides? Run:

    python -m tests.benchmarks.hidden OUT.json ARCHIVE=TRUTHS…

Each ARCHIVE has taken in scans of newsletters of which TRUTHS holds NAME.truth.json. What was printed in each of its
sections is found by laying the text as read beside the text as printed; a second index is made of the sections as
printed. A section that a query finds there and not in the archive is hidden. OUT gets every pair of query and archive,
with how well the sections were read; printed are the shares of pairs of which the interval holds, all and those that
hide something, by how badly the archive was read.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from archive.catalog.store import Catalog, open_catalog
from archive.library.hidden import estimate_hidden
from archive.model.search import Found, Reading, SearchRequest
from archive.search import load_backend
from archive.search.forms import tokens
from archive.search.query import parse_query
from archive.settings import load_settings
from tests.benchmarks.timing import machine
from tests.benchmarks.worn_text import count_errors

_FEWEST, _MOST = 2, 60  # sections that a word stands in
_MIN_LETTERS = 4
_PAIRS = 150  # queries of two words
_BANDS = (0.01, 0.02, 0.03, 0.05, 1.0)  # misread characters of an archive


class Printed(NamedTuple):
    """A section of an archive as it is given to an index, and as it was printed."""

    fields: dict[str, Any]
    text: str


def main(out: Path, *archives: str) -> None:
    """Count the pairs of each archive and print how the estimates did."""
    rows = [count_pairs(*map(Path, given.split("="))) for given in archives]
    out.write_text(json.dumps({"archives": rows}, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({**summary(rows), **machine()}, indent=1))


def count_pairs(root: Path, truths: Path) -> dict[str, Any]:
    """Return how well an archive was read, and what each query finds and misses there."""
    settings = load_settings(root)
    with open_catalog(settings.catalog_path) as catalog:
        sections = list(printed_sections(catalog, truths))
        wrong, letters = _errors(catalog, truths)
    with tempfile.TemporaryDirectory() as folder:
        with load_backend().rebuild(Path(folder)) as writer:
            writer.add({**each.fields, "heading": "", "text": each.text, "raw_text": each.text} for each in sections)
            writer.commit(1)
        with load_backend().open(Path(folder)) as as_printed, load_backend().open(settings.whoosh_dir) as as_read:
            pairs = [
                _pair(query, exact, as_printed, as_read) for query in _queries(sections) for exact in (False, True)
            ]
            whole = as_read.search(parse_query(""), SearchRequest(limit=0)).readings[-1]
    return {"name": root.name, "error": round(wrong / letters, 4), "whole": list(_plain(whole)), "pairs": pairs}


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how often the interval holds, by how badly an archive was read and in all."""
    told: list[tuple[float, int, bool, float]] = []  # error, hidden, held, expected
    declined: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row in rows:
        for query, exact, hidden, total, readings in row["pairs"]:
            found = Found(total, (), readings=(*(Reading(*each) for each in readings), Reading(*row["whole"])))
            estimate = estimate_hidden(parse_query(query).root, found, exact=exact)
            asked[row["name"]] += 1
            if isinstance(estimate, str):
                declined[row["name"]] += 1
            else:
                held = estimate.low <= hidden <= estimate.high
                told.append((row["error"], hidden, held, estimate.expected))
    bands = {}
    for low, high in zip((0.0, *_BANDS), _BANDS, strict=False):
        if inside := [each for each in told if low <= each[0] < high]:
            bands[f"{low:.0%} to {high:.0%}"] = _share(inside)
    errors = {row["name"]: row["error"] for row in rows}
    said = {name: round(declined[name] / asked[name], 3) for name in asked}
    return {"errors": errors, "declined": said, "bands": bands, "all": _share(told) if told else {}}


def printed_sections(catalog: Catalog, truths: Path) -> Iterator[Printed]:
    """Yield the sections of an archive, each with what was printed between its first and its last word."""
    fields_of = {fields["id"]: fields for fields in catalog.for_index()}
    for file, issues in _by_file(catalog).items():
        printed = _printed(truths, file)
        raw = "\n".join(_raw(catalog, issue) for issue in issues)
        places = _places(raw, printed)
        before = 0
        for issue in issues:
            for section_id in catalog.section_ids(issue):
                spans = catalog.section_spans(section_id)
                if spans and section_id in fields_of:
                    start, end = places[before + spans.start], places[min(before + spans.end, len(places) - 1)]
                    yield Printed(fields_of[section_id], printed[start:end])
            before += len(_raw(catalog, issue)) + 1


def _by_file(catalog: Catalog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for issue in catalog.issues():
        found.setdefault(issue.file, [])
    return {file: list(catalog.issues_of(file)) for file in found}


def _raw(catalog: Catalog, issue: str) -> str:
    transcript = catalog.transcript(issue)
    return transcript.raw if transcript else ""


def _printed(truths: Path, file: str) -> str:
    name = Path(file).name.removesuffix(".pdf")
    truth = json.loads((truths / f"{name}.truth.json").read_text(encoding="utf-8"))
    return "\n".join(page["text"] for page in truth["pages"])


def _places(read: str, printed: str) -> list[int]:
    """Return for each place of the text as read the place of the text as printed."""
    places: list[int] = []
    for change in Levenshtein.opcodes(read.casefold(), printed.casefold()):
        steps = change.dest_end - change.dest_start
        places += [change.dest_start + min(step, steps) for step in range(change.src_end - change.src_start)]
    return [*places, len(printed)]


def _errors(catalog: Catalog, truths: Path) -> tuple[int, int]:
    counts = [
        count_errors(_printed(truths, file), "\n".join(_raw(catalog, issue) for issue in issues))
        for file, issues in _by_file(catalog).items()
    ]
    return sum(wrong for wrong, _ in counts), sum(letters for _, letters in counts)


def _queries(sections: list[Printed]) -> Iterator[str]:
    """Yield the words that stand in a few sections as printed, and some of them two by two."""
    held: dict[str, set[int]] = {}
    for number, each in enumerate(sections):
        for word in {token.text for token in tokens(each.text)}:
            if len(word) >= _MIN_LETTERS and word.isalpha():
                held.setdefault(word, set()).add(number)
    words = sorted(word for word, numbers in held.items() if _FEWEST <= len(numbers) <= _MOST)
    yield from words
    rng = random.Random(1)  # noqa: S311 - chance, not secrets
    pairs = [(a, b) for a in words for b in words if a < b and len(held[a] & held[b]) >= _FEWEST]
    yield from (f"{a} {b}" for a, b in rng.sample(pairs, min(_PAIRS, len(pairs))))


def _pair(query: str, exact: bool, as_printed: Any, as_read: Any) -> list[Any]:  # noqa: FBT001 - as --exact
    asked, request = parse_query(query), SearchRequest(query, exact=exact, limit=1000)
    there = {section_id for section_id, _ in as_printed.search(asked, request).ids}
    found = as_read.search(asked, request)
    hidden = len(there - {section_id for section_id, _ in found.ids})
    return [query, exact, hidden, found.total, [list(_plain(each)) for each in found.readings[:-1]]]


def _plain(reading: Reading) -> tuple[int, int, int]:
    return reading.words, reading.signs, reading.sections


def _share(told: list[tuple[float, int, bool, float]]) -> dict[str, float]:
    hiding = [each for each in told if each[1]]
    return {
        "pairs": len(told),
        "holds": round(mean(held for _, _, held, _ in told), 3),
        "hiding": len(hiding),
        "holds_where_hiding": round(mean(held for _, _, held, _ in hiding), 3) if hiding else 1.0,
        "hidden": sum(hidden for _, hidden, _, _ in told),
        "expected": round(sum(expected for *_, expected in told), 1),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
