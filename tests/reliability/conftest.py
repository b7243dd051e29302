"""An archive of dumps that is taken in twice, and what must come of it however often it was disturbed."""

import os
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from archive.catalog.store import open_catalog
from archive.errors import ArchiveBusyError, ArchiveError
from archive.library.search import search
from archive.model.search import SearchRequest
from archive.pipeline.ingest import IngestOptions, ingest
from archive.pipeline.plan import Again
from archive.search.whoosh.stamp import read_stamp
from archive.settings import load_settings
from tests.faults.disturbed import fork_workers, in_fork, warm_up

TODAY = date(2024, 5, 6)
FULL = bool(os.environ.get("ARCHIVE_TEST_FULL"))
QUERIES = ("compost", "ledenvergadering", "vrijwilligers OR plantenmarkt", "oogstfeest", "tuinders")

_ISSUE = """De Moestuinder
Blad van tuinvereniging De Groene Duim, {month} {year}

Ledenvergadering in de kantine

Het bestuur nodigt alle leden uit voor de vergadering over de contributie van {month}. Op de agenda
staat ook de verkiezing van een nieuwe penningmeester, en wie wil kan zich daarvoor melden.
\f
Compost halen op perceel {number}

Vanaf deze maand ligt er weer compost bij de ingang van het complex. Elke tuinder mag {number}
kruiwagens meenemen. De vrijwilligers van de terreincommissie helpen de tuinders met laden.
\f
{last}

Op zaterdag vieren wij samen dat het jaar {short} zo goed begon. Neem zelf iets te eten mee.
"""


def issue(number: int, *, last: str = "Open dag met plantenmarkt") -> str:
    months = ("januari", "februari", "maart", "april", "mei", "juni")
    year = 2010 + number if number < 14 else 1951 + number % 59  # no two numbers of a run share month and year
    return _ISSUE.format(month=months[number % 6], year=year, short=year % 100, number=number + 3, last=last)


@dataclass(frozen=True)
class Answer:
    """What an archive says: its ids, its sections, what is found, what became of each scan."""

    ids: tuple[str, ...]
    sections: tuple[str, ...]
    found: tuple[tuple[str, ...], ...]
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Archive:
    root: Path

    @property
    def settings(self):
        return load_settings(self.root)

    def put(self, name, text):
        path = self.root / "raw" / name
        path.write_text(text)
        os.utime(path, (1_700_000_000, 1_700_000_000 + len(text)))

    def begin(self):
        for number in range(3):
            self.put(f"blad-{number}.txt", issue(number))

    def change(self):
        self.put("blad-1.txt", issue(1, last="Oogstfeest van de tuinders"))
        self.put("blad-3.txt", issue(3))
        (self.root / "raw" / "blad-2.txt").unlink()

    def ingest(self, log=None, *, paths=(), again=Again.NOTHING, **moment):
        """Ingest in a process of its own, and return its exit code, negative for a signal."""
        return in_fork(lambda: self._ingest(paths, again), log, **moment)

    def _ingest(self, paths, again):
        fork_workers()
        limit = time.monotonic() + 60
        while True:
            try:
                ingest(self.settings, paths, options=IngestOptions(jobs=1, again=again), today=TODAY)
            except ArchiveBusyError:
                # A forked worker of a killed run holds the lock until it is dead too; real workers never have it.
                if time.monotonic() > limit:
                    raise
                time.sleep(0.05)
            except ArchiveError as error:
                return error.exit_code
            else:
                return 0

    def answer(self) -> Answer:
        settings = self.settings
        with open_catalog(settings.catalog_path) as catalog:
            sections = tuple(map(repr, catalog.sections()))
            states = tuple((file, state.status) for file, state in catalog.scan_states().items())
        requests = [SearchRequest(query, limit=1000) for query in QUERIES]  # all hits, not the first page of them
        found = tuple(tuple(hit.id for hit in search(settings, request).hits) for request in requests)
        return Answer(tuple(sorted(settings.ids_path.read_text().splitlines())), sections, found, states)

    def strays(self) -> list[str]:
        """Name every file that does not belong in an archive at rest."""
        settings = self.settings
        stamp = read_stamp(settings.whoosh_dir)
        known = {
            settings.decisions_path,
            settings.lock_path,
            settings.catalog_path,
            settings.ids_path,
            settings.whoosh_dir / "live",
        }
        known |= {self.root / "archive.toml", stamp.folder / "stamp.json", stamp.folder / "MAIN_WRITELOCK"}
        known |= {stamp.folder / name for name in stamp.files} | set(settings.pages_dir.glob("*/[!.]*.json.gz"))
        known |= set((self.root / "raw").rglob("[!.]*"))
        there = [path for path in self.root.rglob("*") if path.is_file() or path.name == "work"]
        return [str(path.relative_to(self.root)) for path in there if path not in known]


@pytest.fixture(scope="session", autouse=True)
def _warm(tmp_path_factory):
    warm_up(tmp_path_factory.mktemp("warm") / "archive")


@pytest.fixture
def archive(tmp_path):
    return make(tmp_path / "archive")


@pytest.fixture(scope="session")
def stages(tmp_path_factory):
    """Two archives at rest, as an undisturbed run leaves them: after the first ingest, and after the second."""
    first = make(tmp_path_factory.mktemp("stages") / "first")
    first.begin()
    assert first.ingest() == 0
    second = copy(first, first.root.with_name("second"))
    second.change()
    assert second.ingest() == 0
    return {"first": first, "second": second}


def seconds_of(work) -> float:
    """Return how long something took."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def make(root: Path) -> Archive:
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text('languages = ["nl", "en"]\njobs = 1\n')
    return Archive(root)


def copy(archive: Archive, to: Path) -> Archive:
    shutil.copytree(archive.root, to)
    return Archive(to)
