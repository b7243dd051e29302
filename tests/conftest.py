"""What most tests need: a real archive of made issues, and the command line run in this process."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive import __version__
from archive.catalog.pack import pack_issue
from archive.catalog.rows import ScanState, page_row
from archive.catalog.store import open_catalog
from archive.likeness import fingerprint
from archive.model.issues import ParsedIssue
from archive.register import Register
from archive.settings import Settings, load_settings

# A run in the background ignores Ctrl-C, and so would every program that the tests start and stop by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

FIRST_SEEN = date(2024, 3, 1)
FULL = os.environ.get("ARCHIVE_TEST_FULL") == "1"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave the slow tests to a full run, of which they are a part."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.full)
            if not FULL:
                item.add_marker(pytest.mark.skip(reason="only with ARCHIVE_TEST_FULL=1, as scripts/test --all sets it"))


@pytest.fixture(autouse=True, scope="session")
def _own_state(tmp_path_factory):
    """Keep what commands note of a person's files out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def archive_of(tmp_path, monkeypatch) -> Callable[..., Settings]:
    """Return a function that makes a real archive (SQLite, Whoosh) of issues and stands in its folder.

    Each issue is a scan of its own, in order; called again, it adds to the same archive. `index=False` leaves the
    full-text index as it is.
    """

    def make(*issues: ParsedIssue, index: bool = True) -> Settings:
        (tmp_path / "raw").mkdir(exist_ok=True)
        (tmp_path / "archive.toml").touch()
        monkeypatch.chdir(tmp_path)
        settings = load_settings(tmp_path)
        put_issues(settings, issues)
        if index:
            _index(settings)
        return settings

    return make


@pytest.fixture
def run(capfd, monkeypatch) -> Callable[..., Ran]:
    """Return a function that runs a command line in this process, as a person types it in the current folder."""
    for name in ("ARCHIVE_DIR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run_line(*args: Any) -> Ran:
        from archive.cli.group import run_command

        capfd.readouterr()
        code = run_command([str(arg) for arg in args])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run_line


def put_issues(settings: Settings, issues: tuple[ParsedIssue, ...]) -> None:
    """Put issues into the catalogue, each as a scan of its own, named by newsletter and date."""
    register = Register.load(settings.ids_path)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        for parsed in issues:
            file = f"raw/{parsed.issue.slug}-{parsed.issue.date or 'undated'}-{parsed.issue.scan[:4]}.pdf"
            put_scan(catalog, register, (parsed,), file=file)


def put_scan(catalog, register: Register, issues: tuple[ParsedIssue, ...], *, file: str, **state: Any) -> None:
    """Put one scan of these issues into the catalogue, with ids from the register, as an ingest does."""
    sha256 = issues[0].issue.scan
    packed = [pack_issue(parsed, fingerprint=fingerprint) for parsed in issues]
    first_seen = register.first_seen(sha256) or FIRST_SEEN
    names = register.name_scan(sha256, packed, first_seen=first_seen)
    register.save()
    known = {"size": 1000, "mtime_ns": 1, "status": "ok", "version": __version__, "first_seen": first_seen.isoformat()}
    pages = [page_row(page) for parsed in issues for page in parsed.issue.pages]
    named = [
        issue.with_ids(name.issue_id, name.section_ids, name.old_ids) for issue, name in zip(packed, names, strict=True)
    ]
    catalog.put_scan(ScanState(file=file, sha256=sha256, **(known | state)), pages, named)


def files_under(root: Path) -> dict[str, tuple[int, bytes]]:
    """Return every file and folder with its time of change and bytes: what a run that changes nothing leaves alone."""
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }


def _index(settings: Settings) -> None:
    from archive.pipeline.reindex import reindex

    reindex(settings)
