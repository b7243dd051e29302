"""Are the docs true? Every command in them is run, and every name that the program knows stands in them.

A ```console block is run line by line, as a reader would, in an archive of the samples in raw/. What follows a command
is what it must say; a line `…` stands for any lines, `…` in a line for any words. A command without output after it
must only end well.
"""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from importlib import import_module
from pathlib import Path

import pytest

from archive import doctor
from archive.cli import COMMANDS
from archive.cli.group import run_command
from archive.errors import ArchiveError, ExitCode
from archive.export import FORMATS
from archive.fields import SECTION_FIELDS
from archive.search.pieces import FIELDS
from archive.settings import PASSWORD_VARIABLE
from archive.settings.keys import KEYS

PROJECT = Path(__file__).resolve().parents[1]
DOCS = PROJECT / "docs"
RECORDED = PROJECT / "tests" / "recorded" / "pages"
PAGES = [PROJECT / "README.md", *sorted(DOCS.glob("*.md"))]
# These begin with the first ingest; the other pages find an archive that has taken in its scans.
FROM_THE_START = {"README.md", "tutorial.md"}
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Path:
    """An archive of the samples; pages that were recorded need no OCR (scripts/record_pages.py)."""
    root = tmp_path_factory.mktemp("samples")
    shutil.copytree(PROJECT / "raw", root / "raw")
    shutil.copy(PROJECT / "archive.toml", root)
    if RECORDED.is_dir():
        shutil.copytree(RECORDED, root / "index" / "pages")
    assert run_command(["-C", str(root), "ingest", "-q"]) == ExitCode.OK
    return root


def commands_of(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a page with the lines that it must say."""
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = part.rstrip("\n").split("\n")
            yield command, [line.rstrip() for line in expected]


def says(lines: list[str], expected: list[str]) -> bool:
    """Tell whether the lines are what was expected."""
    parts = [
        "(?:.*\n)*" if line == "…" else ".*".join(re.escape(part) for part in line.split("…")) + "\n"
        for line in expected
    ]
    return re.fullmatch("".join(parts), "".join(line.rstrip() + "\n" for line in lines)) is not None


@pytest.mark.ocr
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_in_the_docs_say_what_is_printed_there(page, samples, capfd, monkeypatch, tmp_path):
    commands = list(commands_of(page))
    if not commands:
        return
    place = tmp_path / "archive"
    shutil.copytree(samples, place)
    if page.name in FROM_THE_START:
        for derived in ("ids.csv", "index/catalog.db"):
            (place / derived).unlink()
        shutil.rmtree(place / "index" / "whoosh")
    monkeypatch.chdir(place)
    monkeypatch.delenv("ARCHIVE_DIR", raising=False)
    code = ExitCode.OK
    capfd.readouterr()
    for command, expected in commands:
        if command == "echo $?":
            assert [str(int(code))] == expected
            continue
        program, *args = shlex.split(command)
        assert program == "archive", f"{page.name}: {command}"
        with redirect_stderr(sys.stdout):  # both on one screen, as a reader sees them
            code = run_command(args)
        said = capfd.readouterr().out.splitlines()
        assert says(said, expected) or not expected, f"{page.name}: {command}\n" + "\n".join(said)
        assert expected or code == ExitCode.OK, f"{page.name}: {command} ended with {code}: {said}"


def test_expected_lines_may_leave_out_lines_and_words():
    assert says(["een", "twee", "drie vier"], ["een", "…", "drie …"])
    assert says(["een"], ["…", "een", "…"])
    assert not says(["een", "twee"], ["een"])
    assert not says(["een"], ["twee"])


def test_the_command_reference_is_current(monkeypatch):
    monkeypatch.syspath_prepend(str(PROJECT / "scripts"))
    make_reference = import_module("make_reference").make_reference
    sys.modules.pop("make_reference")
    assert text_of("commands.md") == make_reference(), "run: python scripts/make_reference.py"


def test_every_page_is_named_in_the_readme():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_every_link_between_pages_leads_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert os.path.exists(page.parent / target), f"{page.name}: {target}"  # noqa: PTH110 - any kind of path


def test_every_command_is_named_in_the_readme():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}" not in readme and f"archive {name}" not in readme] == []


def test_every_setting_is_explained():
    page = text_of("settings.md")
    assert [key.name for key in KEYS if f"| `{key.name}` |" not in page] == []
    assert all(name in page for name in ("ARCHIVE_DIR", PASSWORD_VARIABLE, "NO_COLOR"))


def test_every_field_of_a_section_is_explained():
    page = text_of("section-record.md")
    assert [name for name in SECTION_FIELDS if f"`{name}`" not in page] == []


def test_every_export_format_is_named():
    page = text_of("section-record.md")
    assert [name for name in FORMATS if f"`{name}`" not in page] == []


def test_every_field_of_the_query_language_is_explained():
    page = text_of("query-language.md")
    assert [name for name in FIELDS if f"`{name}:" not in page] == []


def test_every_exit_code_and_error_is_explained():
    page = text_of("exit-codes.md")
    assert [code.value for code in ExitCode if f"| {code.value} |" not in page] == []
    kinds = [ArchiveError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    codes = {kind.code for kind in kinds if kind.__module__ == "archive.errors"} - {"error"}
    assert [code for code in codes if f"`{code}`" not in page] == []


def test_every_check_of_the_doctor_says_what_it_asks():
    for name in doctor.CHECKS:
        module = import_module(f"archive.doctor.{name}")
        assert (module.__doc__ or "").strip().endswith("?")


def test_every_promise_names_tests_that_there_are():
    page = text_of("reliability.md")
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", page)
    assert named
    assert [name for name in named if f"\ndef {name}(" not in tests] == []
    assert [path for path in re.findall(r"`(tests/[^`]+)`", page) if not (PROJECT / path).is_file()] == []
    rows = re.findall(r"^\| (.*) \|$", page.split("## What `--repair`")[0], re.MULTILINE)
    assert [row for row in rows if "test" not in row.split(" | ")[-1] and "the same file" not in row] == []
