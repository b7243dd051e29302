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
MOST_MODULES = 66  # of our own; each takes a quarter of a millisecond


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(("options", "unused"), [(("--json",), UNUSED), ((), UNUSED | UNUSED_IN_TEXT)])
def test_a_search_loads_nothing_that_it_does_not_use(start, options, unused):
    ended = start("-c", CHEAP, "search", "dag", "zaterdag", *options, module=False)
    code, names = json.loads(ended.stderr.splitlines()[-1])
    assert code == ExitCode.OK
    assert unused.isdisjoint(names)
    assert sum(name.startswith("archive") for name in names) <= MOST_MODULES


# Through the program's own start, which puts off what click and pathlib import.
WHOLE = """\
import atexit, json, sys
from archive.cli import main
@atexit.register
def tell():
    print(json.dumps([name for name, each in sys.modules.items() if getattr(each, "__spec__", None)]), file=sys.stderr)
main()
"""


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(
    ("line", "loads"), [(("search", "dag"), False), (("search", "dag", "--json"), False), (("search", "--help"), True)]
)
def test_what_click_needs_for_help_is_not_loaded_before(start, line, loads):
    ended = start("-c", WHOLE, *line, module=False)
    names = json.loads(ended.stderr.splitlines()[-1])
    assert ended.returncode == ExitCode.OK
    assert ("inspect" in names) is loads
    assert ("tokenize" in names) is loads  # which it imports
    assert "ipaddress" not in names


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


# Tells whether Python is left to free each object before it ends.
LAST = """\
import atexit, os, sys
end = os._exit
def at_once(code):
    os.write(1, b"at once\\n")
    end(code)
os._exit = at_once
if sys.argv.pop(1) == "waited":
    atexit.register(print, "waited for")
from archive.cli import main
main()
"""


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(
    ("how", "line", "last"),
    [
        ("alone", ("search", "dag"), "at once"),
        ("alone", ("search", "--help"), "at once"),
        ("waited", ("search", "dag"), "waited for"),
    ],
)
def test_a_command_that_went_well_ends_at_once_unless_something_waits_for_it(start, how, line, last):
    ended = start("-c", LAST, how, *line, module=False)
    assert ended.returncode == ExitCode.OK
    *answer, said = ended.stdout.splitlines()
    assert said == last
    assert "Open dag" in ended.stdout or "Examples:" in answer
    assert "at once" not in answer
