"""What does the search find in badly read text, parsing left aside?

    python -m tests.benchmarks.worn_search TRUTHS TEXTS QUERIES RATE…

TRUTHS holds NAME.truth.json of the issues, TEXTS what worn_text wrote of them, QUERIES the queries with their graded
sections; those with filters are left out. Sections are cut where the truth cuts them, and asked as printed and as read.
For each rate: nDCG, MAP and recall at 10, and MAP beside that of the text as printed; then of every word of six letters
or more that stands in 2 to 50 sections the share of these that it finds (recall), and of what is found by the word or a
misreading of it the share that holds it (precision).
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

from archive.model.search import Found, MatchKind, SearchRequest
from archive.search import load_backend
from archive.search.forms import tokens
from archive.search.query import parse_query
from archive.search.whoosh.backend import WhooshBackend
from tests.benchmarks.aligned import WornSection, worn_sections

_FEW, _MANY, _LETTERS = 2, 50, 6
_ITSELF = frozenset({MatchKind.EXACT, MatchKind.OCR})


def main(truths: Path, texts: Path, queries: Path, *rates: str) -> None:
    """Print one line with the figures of each rate."""
    asked = [query for query in json.loads(queries.read_text(encoding="utf-8"))["queries"] if not query.get("filters")]
    for rate in rates:
        sections = list(worn_sections(texts / rate, truths))
        with index_of((each, each.printed) for each in sections) as printed:
            best = rank_all(printed, asked)
        with index_of((each, each.read) for each in sections) as read:
            ranks = rank_all(read, asked)
            found = find_all(read, sections)
        told = {"rate": rate, "queries": len(asked), "printed": best, **ranks}
        print(json.dumps({**told, "map_to_printed": round(ranks["map"] / best["map"], 3), **found}), flush=True)


@contextmanager
def index_of(sections: Iterable[tuple[WornSection, str]]) -> Iterator[WhooshBackend]:
    """Make an index of some sections with these texts."""
    with tempfile.TemporaryDirectory() as folder:
        with load_backend().rebuild(Path(folder)) as writer:
            writer.add({"id": each.key, "text": text, "pages": [each.page], **each.fields} for each, text in sections)
            writer.commit(1)
        with load_backend().open(Path(folder)) as backend:
            yield backend


def rank_all(backend: WhooshBackend, queries: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the means of nDCG, MAP and recall of the first ten, as search_quality.py counts them."""
    rows = [_rank(_ask(backend, query["query"], limit=10), query["relevant"]) for query in queries]
    return {name: round(mean(row[name] for row in rows), 3) for name in rows[0]}


def find_all(backend: WhooshBackend, sections: Sequence[WornSection]) -> dict[str, float]:
    """Return how many of the sections of a word it finds, and how many that it finds so are right."""
    holding: dict[str, set[str]] = {}
    for section in sections:
        for token in tokens(section.printed):
            if len(token.text) >= _LETTERS and token.text.isalpha():
                holding.setdefault(token.text, set()).add(section.key)
    as_read = {section.key: " ".join(["", *(token.text for token in tokens(section.read)), ""]) for section in sections}
    right = gone = wrong = 0
    for word, true in holding.items():
        if _FEW <= len(true) <= _MANY:
            found = _ask(backend, word, limit=len(sections))
            ids = {section_id for section_id, _ in found.ids}
            itself = [form for forms in found.forms.values() for form, kind in forms.items() if kind in _ITSELF]
            right, gone = right + len(ids & true), gone + len(true - ids)
            wrong += sum(any(f" {form} " in as_read[other] for form in itself) for other in ids - true)
    return {"find_all_recall": round(right / (right + gone), 3), "precision": round(right / (right + wrong), 3)}


def _ask(backend: WhooshBackend, query: str, *, limit: int) -> Found:
    return backend.search(parse_query(query), SearchRequest(query=query, limit=limit))


def _rank(found: Found, relevant: Mapping[str, int]) -> dict[str, float]:
    keys = [section_id for section_id, *_ in (*found.ids, *found.partial)][:10]
    gains = [(2 ** relevant.get(key, 0) - 1) / log2(place + 2) for place, key in enumerate(keys)]
    ideal = [(2**grade - 1) / log2(place + 2) for place, grade in enumerate(sorted(relevant.values())[: -10 - 1 : -1])]
    right = [place for place, key in enumerate(keys, 1) if key in relevant]
    most = min(10, len(relevant))
    precision = sum(number / place for number, place in enumerate(right, 1)) / most
    return {"ndcg": sum(gains) / sum(ideal), "map": precision, "recall": len(right) / most}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *sys.argv[4:])
