"""How often does the interval hold that a search gives for what misreading hides? Run:

    python -m tests.benchmarks.hidden OUT.json ARCHIVE=TRUTHS…

Each ARCHIVE has taken in scans of newsletters of which TRUTHS holds NAME.truth.json. What was printed in each of its
sections is found by laying the text as read beside the text as printed; a second index is made of the sections as
printed. As many sections of an issue as a query finds there more than in the archive are hidden: counted by issue,
since a piece that was read in another place is not misread. Each archive is asked whole and a few issues at a time,
with the confidences of the engine and as text that came without them. OUT gets every pair of query and archive, with
how well the sections were read; printed is how the intervals did, by archive, by kind of query and in all.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from archive.catalog.store import Catalog, open_catalog
from archive.library.hidden import Hidden, estimate_hidden
from archive.model.search import Found, Reading, SearchRequest
from archive.search import load_backend
from archive.search.forms import tokens
from archive.search.query import parse_query
from archive.settings import load_settings
from tests.benchmarks.timing import machine
from tests.benchmarks.worn_text import count_errors

_FEW_ISSUES = 4
_QUERIES = {True: 60, False: 240}  # of a kind, in an archive of a few issues and in a whole one
_TRIES = 20_000  # combinations of words that are looked at
_MOST = 50  # sections that a word stands in, if it is not a common one
_COMMON = 0.08  # of the sections


class Printed(NamedTuple):
    """A section of an archive as it is given to an index, and as it was printed."""

    fields: dict[str, Any]
    text: str


class Told(NamedTuple):
    """What was said of a pair of query and archive, None where nothing was, and what is true."""

    hidden: int
    estimate: Hidden | None

    @property
    def held(self) -> bool:
        """Tell whether the true number lies in the interval."""
        return self.estimate is not None and self.estimate.low <= self.hidden <= self.estimate.high


def main(out: Path, *archives: str) -> None:
    """Count the pairs of each archive and print how the estimates did."""
    rows = [row for given in archives for row in count_pairs(*map(Path, given.split("=")))]
    out.write_text(json.dumps({"archives": rows}, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({**summary(rows), **machine()}, indent=1))


def count_pairs(root: Path, truths: Path) -> Iterator[dict[str, Any]]:
    """Yield for an archive, whole and a few issues at a time, how well it was read and what each query misses there."""
    with open_catalog(load_settings(root).catalog_path) as catalog:
        sections = list(printed_sections(catalog, truths))
        wrong, letters = _errors(catalog, truths)
    issues = sorted({each.fields["issue_id"] for each in sections})
    random.Random(1).shuffle(issues)  # noqa: S311 - chance, not secrets
    groups = [issues, *(issues[start : start + _FEW_ISSUES] for start in range(0, len(issues), _FEW_ISSUES))]
    for group in groups:
        some = [each for each in sections if each.fields["issue_id"] in group]
        for confident in (True, False):
            known = {"name": root.name, "error": round(wrong / letters, 4), "issues": len(group), "sure": confident}
            yield {**known, **_ask(some, confident=confident, few=len(group) <= _FEW_ISSUES)}


def told_of(row: dict[str, Any]) -> Iterator[tuple[str, Told]]:
    """Yield for each pair of an archive the kind of its query, and what is said of it."""
    whole = Reading(*row["whole"])
    for kind, query, exact, hidden, total, readings in row["pairs"]:
        found = Found(total, (), {}, {}, readings=(*(Reading(*each) for each in readings), whole))
        estimate = estimate_hidden(parse_query(query).root, found, exact=exact, hazards=row["hazards"])
        yield kind, Told(hidden, estimate if isinstance(estimate, Hidden) else None)


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return how often the interval holds: by archive, by how it was asked, by kind of query, and in all."""
    told = [(row, kind, each) for row in rows for kind, each in told_of(row)]

    def by(name: Callable[[dict[str, Any], str], str]) -> dict[str, dict[str, float]]:
        groups: dict[str, list[Told]] = {}
        for row, kind, each in told:
            groups.setdefault(name(row, kind), []).append(each)
        return {key: shares(some) for key, some in groups.items()}

    size = {True: "few issues", False: "whole"}
    return {
        "errors": {row["name"]: row["error"] for row in rows},
        "archives": by(lambda row, _: row["name"]),
        "asked": by(lambda row, _: f"{size[row['issues'] <= _FEW_ISSUES]}, {'' if row['sure'] else 'un'}sure"),
        "kinds": by(lambda _, kind: kind),
        "all": shares([each for *_, each in told]),
    }


def shares(told: Iterable[Told]) -> dict[str, float]:
    """Turn what was said into figures; `empty` is the share of the intervals that say none, width is high - low."""
    every = list(told)
    said = [each for each in every if each.estimate is not None]
    hiding = [each for each in said if each.hidden]
    spans = [each.estimate for each in said if each.estimate is not None]
    if not said:
        return {"pairs": len(every), "declined": 1.0}
    return {
        "pairs": len(every),
        "declined": round(1 - len(said) / len(every), 3),
        "holds": round(mean(each.held for each in said), 3),
        "hiding": len(hiding),
        "holds_where_hiding": round(mean(each.held for each in hiding), 3) if hiding else 1.0,
        "hidden": sum(each.hidden for each in said),
        "expected": round(sum(span.expected for span in spans), 1),
        "width": round(mean(span.high - span.low for span in spans), 2),
        "empty": round(mean(not span.high for span in spans), 3),
    }


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


def _ask(sections: Sequence[Printed], *, confident: bool, few: bool) -> dict[str, Any]:
    """Return how well some sections were read as a whole, and every pair: what a query misses and what it finds."""
    as_printed = ({**each.fields, "heading": "", "text": each.text, "raw_text": each.text} for each in sections)
    as_read = (each.fields if confident else {**each.fields, "ocr_confidence": None} for each in sections)
    with tempfile.TemporaryDirectory() as folder:
        for name, made_of in (("printed", as_printed), ("read", as_read)):
            with load_backend().rebuild(Path(folder, name)) as writer:
                writer.add(made_of)
                writer.commit(1)
        with load_backend().open(Path(folder, "printed")) as printed, load_backend().open(Path(folder, "read")) as read:
            whole = read.search(parse_query(""), SearchRequest(limit=0)).readings[-1]
            queries = [(*each, exact) for each in _queries(sections, few=few) for exact in (False, True)]
            pairs = [
                [kind, query, exact, *_pair(query, exact, printed, read, sections)] for kind, query, exact in queries
            ]
            return {"whole": list(_plain(whole)), "hazards": dict(read.hazards()), "pairs": pairs}


def _queries(sections: Sequence[Printed], *, few: bool) -> Iterator[tuple[str, str]]:
    """Yield kinds of queries with queries of them: words by how many sections they stand in, together, in a row."""
    held: dict[str, set[int]] = {}
    rows: dict[tuple[str, str], set[int]] = {}
    for number, each in enumerate(sections):
        words = [token.text for token in tokens(each.text)]
        for word in words:
            if len(word) > 2 and word.isalpha():
                held.setdefault(word, set()).add(number)
        for pair in pairwise(words):
            if all(word in held and len(word) > 3 for word in pair):
                rows.setdefault(pair, set()).add(number)
    some = [word for word, numbers in held.items() if 1 < len(numbers) <= _MOST]
    together = list(_together(some, held))
    kinds = {
        "six letters and more": [word for word in some if len(word) > 5],
        "up to five letters": [word for word in some if len(word) <= 5],
        "common": [word for word, numbers in held.items() if len(numbers) >= max(12, _COMMON * len(sections))],
        "in one section": [word for word, numbers in held.items() if len(numbers) == 1],
        "two words": [" ".join(pair[:2]) for pair in together],
        "three words": [" ".join(three) for three in together if len(three) > 2],
        "phrase": [f'"{" ".join(pair)}"' for pair, numbers in rows.items() if len(numbers) > 1],
    }
    rng = random.Random(2)  # noqa: S311 - chance, not secrets
    for kind, all_of in kinds.items():
        queries = sorted(set(all_of))
        yield from ((kind, query) for query in rng.sample(queries, min(_QUERIES[few], len(queries))))


def _together(words: Sequence[str], held: Mapping[str, set[int]]) -> Iterator[tuple[str, ...]]:
    """Yield some of the words two by two, and three by three where a third one stands in the same sections."""
    rng = random.Random(3)  # noqa: S311 - chance, not secrets
    long = sorted(word for word in words if len(word) > 3)
    for _ in range(_TRIES if len(long) > 2 else 0):
        a, b, c = rng.sample(long, 3)
        if len(held[a] & held[b]) > 1:
            yield (a, b, c) if len(held[a] & held[b] & held[c]) > 1 else (a, b)


def _pair(query: str, exact: bool, printed: Any, read: Any, sections: Sequence[Printed]) -> list[Any]:  # noqa: FBT001
    """Return how many sections a query misses, how many it finds, and how well these were read."""
    asked, request = parse_query(query), SearchRequest(query, exact=exact, limit=100_000)
    found = read.search(asked, request)
    issue_of = {each.fields["id"]: each.fields["issue_id"] for each in sections}
    there, here = (
        Counter(issue_of[each] for each, _ in ids) for ids in (printed.search(asked, request).ids, found.ids)
    )
    return [(there - here).total(), found.total, [list(_plain(each)) for each in found.readings[:-1]]]


def _plain(reading: Reading) -> tuple[int, int, int]:
    return reading.words, reading.signs, reading.sections


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
