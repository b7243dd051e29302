"""What does a command load? Only what it needs: a cold search is mostly the loading of libraries."""

import json

import pytest

from archive.errors import ExitCode
from tests.factories import make_issue, make_section

# Libraries that read, draw or learn; none of them is needed to find something.
HEAVY = {"numpy", "pdfplumber", "pdfminer", "PIL", "pypdfium2", "pytesseract", "rich", "tqdm", "wordfreq", "msgpack"}
PROBE = """\
import json, sys
from archive.cli.group import run_command
code = run_command(sys.argv[1:])
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


@pytest.fixture
def loaded(start):
    """Return a function that gives the exit code of a command line and the libraries it loaded."""

    def load(*args: str) -> tuple[int, set[str]]:
        ended = start("-c", PROBE, *args, module=False)
        code, names = json.loads(ended.stderr.splitlines()[-1])
        return code, set(names)

    return load


@pytest.fixture
def open_day(archive_of):
    return archive_of(make_issue([make_section("events", "Op zaterdag is er een open dag.", heading="Open dag")]))


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(
    "line", [("search", "dag"), ("search", "opn~ OR da*", "--facets", "--json"), ("export", "dag")]
)
def test_a_search_loads_no_library_that_reads_scans(loaded, line):
    code, names = loaded(*line)
    assert code == ExitCode.OK
    assert names & HEAVY == set()
    assert "sqlite3" in names


# Making a dataclass takes long, as its methods are compiled; the records of a search are named tuples.
CHEAP = """\
import sys
before = set(sys.modules)  # what Python loads to start at all, its own and what stands in .pth files
import json
from archive.cli.group import run_command
code = run_command(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules.keys() - before)]), file=sys.stderr)
"""
UNUSED = {"dataclasses", "tomllib", "rapidfuzz", "csv", "hashlib", "tempfile", "subprocess", "encodings.utf_8_sig"}
UNUSED |= {"archive.protocols", "archive.settings.keys", "archive.search.compounds", "archive.search.whoosh.facets"}
UNUSED_IN_TEXT = {"archive.library.places", "archive.catalog.words"}
MOST_MODULES = 68  # of our own; each takes a quarter of a millisecond


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(("options", "unused"), [(("--json",), UNUSED), ((), UNUSED | UNUSED_IN_TEXT)])
def test_a_search_loads_nothing_that_it_does_not_use(start, options, unused):
    ended = start("-c", CHEAP, "search", "dag", "zaterdag", *options, module=False)
    code, names = json.loads(ended.stderr.splitlines()[-1])
    assert code == ExitCode.OK
    assert unused.isdisjoint(names)
    assert sum(name.startswith("archive") for name in names) <= MOST_MODULES


def test_a_few_words_that_may_be_misread_are_compared_without_a_library(archive_of, start):
    text = "Vergadering, vergaderlng, vergadcring, vcrgadering en vergadenng."
    archive_of(make_issue([make_section("meetings", text, heading="Agenda")]))
    ended = start("-c", CHEAP, "search", "vergadering", "--json", module=False)
    code, names = json.loads(ended.stderr.splitlines()[-1])
    assert code == ExitCode.OK
    assert {"vergaderlng", "vergadenng"} <= {each["matched"] for each in json.loads(ended.stdout)["hits"][0]["matches"]}
    assert UNUSED.isdisjoint(names)


def test_help_loads_neither_index_nor_catalogue(loaded):
    for line in (("--help",), ("--version",), ("search", "--help"), ("config",)):
        code, names = loaded(*line)
        assert code == ExitCode.OK
        assert names & (HEAVY | {"whoosh", "sqlite3", "tomlkit"}) == set()


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize("line", [("stats",), ("issues",), ("pages",), ("show", "kerngroep-oost-2022-06-15-a-s0001")])
def test_a_question_to_the_catalogue_does_not_load_the_index(loaded, line):
    code, names = loaded(*line)
    assert code == ExitCode.OK
    assert names & (HEAVY | {"whoosh"}) == set()
