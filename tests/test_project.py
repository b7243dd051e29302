"""Does the project keep its own rules: packages, lock files, dependencies, architecture?"""

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "archive"
MOST_LINES = 300
MOST_FUNCTION_LINES = 40
MODULES = sorted(PACKAGE.rglob("*.py"))


def metadata():
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """Return a folder with the wheel and the sdist."""
    place = tmp_path_factory.mktemp("dist")
    line = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(PROJECT)]
    built = subprocess.run(line, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return place


def test_the_wheel_holds_the_program_and_its_tables_and_nothing_else(packages):
    (wheel,) = packages.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "archive/cli/__init__.py" in names
    assert "archive/py.typed" in names
    tables = {path.relative_to(PROJECT).as_posix() for path in PACKAGE.rglob("*") if path.suffix in {".toml", ".txt"}}
    assert tables <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"archive"}


def test_the_sdist_holds_no_scans_and_no_index(packages):
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as files:
        names = [name.split("/", 1)[-1] for name in files.getnames()]
    assert "archive/cli/__init__.py" in names
    assert [name for name in names if name.startswith(("raw/", "index/"))] == []


@pytest.mark.parametrize("lock", sorted((PROJECT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_file_has_exact_versions_and_hashes_and_names_no_index(lock):
    text = lock.read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9].*$", text, flags=re.IGNORECASE | re.MULTILINE)
    assert packages
    assert [line for line in packages if not re.match(r"[\w.\[\]-]+==\S+ ", line)] == []
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search(r"https?://|--index|--find-links|--extra", text)


@pytest.mark.parametrize("lock", ["run.txt", "test.txt"])
def test_a_lock_file_pins_the_extras_that_its_packages_ask_of_each_other(lock):
    """The pip of Debian 12 (23.0) refuses an extra of a package that is locked without it."""
    lines = (PROJECT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    locked = {
        each.name: each
        for each in map(Requirement, (line.split(" ")[0] for line in lines if "==" in line and line[0] != " "))
    }
    assert locked
    wrong = []
    for name, pin in locked.items():
        with suppress(PackageNotFoundError):  # of another system
            for asked in map(Requirement, requires(name) or ()):
                markers = [{"extra": extra} for extra in ("", *pin.extras)]
                needed = asked.marker is None or any(asked.marker.evaluate(each) for each in markers)
                if needed and not asked.extras <= locked.get(asked.name, asked).extras:
                    wrong.append(f"{name} asks for {asked}")
    assert wrong == []


def test_the_search_library_is_pinned_exactly():
    assert "whoosh-reloaded==2.7.5" in metadata()["dependencies"]


def test_every_dependency_is_justified_and_locked():
    page = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8").casefold()
    lock = (PROJECT / "requirements" / "run.txt").read_text(encoding="utf-8").casefold()
    for line in metadata()["dependencies"]:
        name = re.split(r"[<>=\[ ]", line)[0].casefold()
        assert f"| {name}" in page, name
        assert re.search(rf"^{re.escape(name)}==", lock, flags=re.MULTILINE), name


def test_no_module_and_no_function_is_too_long():
    long = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MOST_LINES:
            long.append(f"{path.relative_to(PROJECT)}: {text.count(chr(10))} lines")
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        too_long = [each.name for each in functions if each.end_lineno - each.lineno + 1 > MOST_FUNCTION_LINES]
        long += [f"{path.relative_to(PROJECT)}: {name}" for name in too_long]
    assert long == []


def test_every_module_opens_with_what_it_is_for():
    assert [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_the_architecture_names_every_room():
    page = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    top = {path.relative_to(PACKAGE).parts[0] for path in MODULES} - {"__init__.py", "__main__.py"}
    flow = {path.name for folder in ("pipeline", "reading", "parsing") for path in (PACKAGE / folder).iterdir()}
    rooms = top | (flow - {"__init__.py", "__pycache__"})
    assert sorted(room for room in rooms if room not in page) == []
