"""Is a file in the current folder ever run because it is called like a library?"""

import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import archive
from archive import cli
from tests.pipeline.conftest import MARCH

ROOT = Path(archive.__file__).parents[1]
LIBRARIES = sorted(name for name in {*packages_distributions()} - {"archive", "tests"} if name.isidentifier())
MODULES = sorted({*sys.stdlib_module_names, *LIBRARIES} - {"__main__"})


@pytest.fixture
def trapped(tmp_path):
    """An archive of a dump and a PDF, in whose folders each module that the program could import has a namesake."""
    root = tmp_path / "kept"
    raw = root / "raw"
    raw.mkdir(parents=True)
    (root / "archive.toml").touch()
    (raw / "a.txt").write_text(MARCH)
    canvas = Canvas(str(raw / "b.pdf"))
    for at, line in enumerate(MARCH.splitlines()):
        canvas.drawString(72, 770 - 14 * at, line)
    canvas.save()
    return root


def set_traps(folder, names):
    seen = folder.parent / "seen"
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(seen)!r}, 'a').write({name!r} + ' ')")
    return seen


def start(folder, *line):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def program(tmp_path):
    """The command as pip installs it: a script in a folder of its own."""
    script = tmp_path / "bin" / "archive"
    script.parent.mkdir()
    script.write_text("from archive.cli import main\nmain()\n")
    return lambda folder, *args: start(folder, sys.executable, script, *args)


def test_nothing_in_the_current_folder_is_run_by_a_command_that_starts_workers(trapped, program):
    seen = set_traps(trapped, MODULES)
    taken_in = program(trapped, "ingest", "--jobs", "1")
    assert (taken_in.returncode, seen.exists()) == (0, False), taken_in.stderr
    (trapped / "index" / "catalog.db").unlink()
    set_traps(trapped / "raw", MODULES)
    mended = program(trapped / "raw", "-C", "..", "doctor", "--repair")
    assert "2 scans" in program(trapped, "stats").stdout, mended.stdout + mended.stderr
    assert not seen.exists(), seen.read_text()


def test_nor_by_python_dash_m(trapped):
    seen = set_traps(trapped, LIBRARIES)  # Python itself imports modules of its own before the program has a say
    ended = start(trapped, sys.executable, "-m", "archive", "doctor", "--json")
    assert "findings" in ended.stdout, ended.stderr
    assert not seen.exists(), seen.read_text()


def test_the_current_folder_leaves_the_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", str(tmp_path), "/elsewhere"])
    cli._mistrust_current_folder()
    assert sys.path == ["/elsewhere"]


def test_the_program_is_found_where_it_lies_in_the_current_folder_but_last(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT), "/elsewhere"])
    cli._mistrust_current_folder()
    assert sys.path == ["/elsewhere", str(ROOT)]
