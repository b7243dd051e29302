"""Is the work on a text a matter of its size, whatever stands in it?

Steps are counted, not seconds: the lines of Python that run. What a regular expression does inside one line is counted
in processor time, with four times the text and room for nine times the work; that is looked at under `--all`.
"""

import os
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.pages import Page, PageStatus, Scan, ScanKind, TextSource
from archive.parsing.classify import load_categories
from archive.parsing.contents import find_contents
from archive.pipeline.parse import ParseFacts, parse_scan
from archive.reading.dumps import read_dump
from tests.factories import make_line

FULL = os.environ.get("ARCHIVE_TEST_FULL") == "1"
SIZE = 4_000 if FULL else 1_500
# What a text of four times the size may take; work that grows with the square takes sixteen times as much.
MOST_TIMES = 9
# Each took the square of its size once, some hours for a few megabytes.
PATTERNS = {
    "addresses": "a.b-c@ ",
    "joined addresses": "a.b-c@",
    "at signs": "@",
    "dates": "12 mei ",
    "dates in figures": "12-5-1998 ",
    "dates on lines": "zaterdag 7 maart '98\n",
    "figures and hyphens": "1-2-",
    "months and hyphens": "mei-",
    "one long number": "1",
    "one long word": "a",
    "dots": ".",
    "rules": "_",
    "rows of dots": "...... 3\n",
    "contents": "Agenda ..... 3\n\n",
    "headings of contents": "Inhoud\n\n",
    "numbers of issues": "Nummer 3, jaargang 4\n",
    "rows of an agenda": "12.00 uur koor\n",
    "names": "Raad van ",
    "names with abbreviations": "Aan Bee (AB) ",
    "jumps on": "lees verder op pagina 3\n",
    "jumps back": "vervolg van pagina 1\n",
    "jumps both ways": "vervolg van pagina 1: het koor\n\nhet koor\n\nlees verder op pagina 1\n\n",
    "quotes": "“a ",
    "hyphens at line ends": "woor-\n",
    "numbered feet": "Het blad - 1\n\n",
    "short lines": "a\n",
    "pages": "De Brug\n\nhet koor zingt\n\nnummer 1\n\nvan het dorp\n\f",
    "plain words": "de buren van het koor zingen in de kerk ",
}

EACH_TIME = (
    "dates in figures",
    "one long word",
    "contents",
    "names with abbreviations",
    "jumps both ways",
    "addresses",
)


@pytest.fixture
def parse(tmp_path):
    categories = load_categories()

    def parse(text):
        path = tmp_path / "a.txt"
        path.write_text(text, encoding="utf-8")
        numbered = enumerate(read_dump(path), 1)
        status = {True: PageStatus.OK, False: PageStatus.EMPTY}
        pages = [Page(n, blocks, TextSource.TEXT_FILE, status[bool(blocks)], language="nl") for n, blocks in numbered]
        scan = Scan("raw/a.txt", "0" * 64, ScanKind.DUMP, len(text), 1, len(pages))
        return parse_scan(scan, pages, ParseFacts(("nl", "en"), (), categories))

    parse("Het koor\n\nOp zaterdag 7 maart zingt het koor in de kerk.\n")  # what is loaded once
    return parse


def repeated(pattern, size):
    return (pattern * (size // len(pattern) + 1))[:size]


def steps(work, *args):
    count = 0

    def trace(_frame, event, _arg):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(*args)
    finally:
        sys.settrace(before)
    return count


def processor_time(work, *args):
    begun = time.process_time()
    work(*args)
    return time.process_time() - begun


@pytest.mark.parametrize("name", PATTERNS if FULL else EACH_TIME)
def test_the_steps_grow_no_faster_than_the_text(parse, name):
    once = steps(parse, repeated(PATTERNS[name], SIZE))
    assert steps(parse, repeated(PATTERNS[name], 4 * SIZE)) < MOST_TIMES * once


def test_a_line_is_held_against_all_openings_further_on_in_one_step():
    def find(count):
        lines = [make_line(f"{chr(97 + number % 26) * 4} {number:x}{'z' * (number % 7)}") for number in range(count)]
        return lambda: list(find_contents([[(1, (block, 0), line) for block, line in enumerate(lines)]]))

    assert steps(find(400)) < 5 * steps(find(100))


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_the_work_inside_a_step_grows_no_faster_than_the_text(parse, name):
    once = min(processor_time(parse, repeated(PATTERNS[name], 20 * SIZE)) for _ in range(2))
    assert min(processor_time(parse, repeated(PATTERNS[name], 80 * SIZE)) for _ in range(2)) < MOST_TIMES * once + 0.2


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(pieces=st.lists(st.sampled_from([*PATTERNS.values(), "-", '"', "'", "\n", "\f", " ", "A", "0"]), max_size=4))
def test_no_mixture_of_patterns_takes_the_square_of_its_size(parse, pieces):
    pattern = "".join(pieces) or "a"
    once = steps(parse, repeated(pattern, SIZE))
    assert steps(parse, repeated(pattern, 4 * SIZE)) < MOST_TIMES * once
