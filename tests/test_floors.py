"""Is what was read on our own newsletters parsed as well as it was? The floors are tests/floors.toml."""

import gzip
import json
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from archive.model.pages import Scan, ScanKind
from archive.parsing.classify import load_categories
from archive.pipeline.parse import ParseFacts, parse_scan
from archive.reading.cache import unpack_page
from scripts.accuracy_report import count, figures
from scripts.record_newsletters import RECORDED, digest_of
from tests.newsletters.texts import load_issue

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
FACTS = ParseFacts(("nl", "en"), (), load_categories())


@pytest.fixture(scope="module")
def measured():
    """Return the figures of each condition."""
    counts = defaultdict(Counter)
    for path in sorted(RECORDED.glob("*.json.gz")):
        issue, _, condition = path.name.removesuffix(".json.gz").split("_")
        counts[condition] += count(found_in(path), printed_in(issue))
    return {condition: figures(counted) for condition, counted in counts.items()}


def found_in(path):
    pages = [unpack_page(kept) for kept in json.loads(gzip.decompress(path.read_bytes()))]
    scan = Scan(f"raw/{path.name.removesuffix('.json.gz')}.pdf", "0" * 64, ScanKind.PDF, 1, 1, len(pages))
    return [
        {
            "heading": section.heading,
            "text": section.text,
            "category": section.verdict.category,
            "dates": [{"date": str(each.date)} for each in section.mentions.dates],
        }
        for parsed in parse_scan(scan, pages, FACTS)
        for section in parsed.sections
    ]


def printed_in(issue):
    return [
        {
            "heading": section.heading,
            "text": "\n".join(block.plain for block in section.blocks if block.kind != "break"),
            "category": section.category,
            "also": section.also,
            "dates": [{"date": iso} for _, iso, _ in section.dates],
        }
        for section in load_issue(issue).sections
    ]


def test_the_floors_are_of_these_recorded_pages():
    assert FLOORS["digest"] == digest_of(RECORDED)


@pytest.mark.parametrize("condition", sorted(FLOORS["floors"]))
def test_no_figure_falls_below_its_floor(measured, condition):
    below = {
        name: (round(measured[condition][name], 4), floor)
        for name, floor in FLOORS["floors"][condition].items()
        if measured[condition][name] < floor
    }
    assert below == {}
