"""An archive of `.txt` dumps, which need no OCR, and small helpers to ingest them and to look at what came of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from archive.catalog.store import open_catalog
from archive.pipeline.ingest import IngestOptions, ingest
from archive.pipeline.plan import Again
from archive.settings import load_settings

TODAY = date(2024, 5, 6)

MARCH = """De Moestuinder
Blad van tuinvereniging De Groene Duim, maart 2019

Ledenvergadering op 4 april

Het bestuur nodigt alle leden uit voor de jaarlijkse ledenvergadering op donderdag 4 april
2019 in de kantine. Op de agenda staan de jaarrekening, de contributie en de verkiezing van
een nieuwe penningmeester.

Compost halen

Vanaf deze maand ligt er weer compost bij de ingang van het complex. Elke tuinder mag drie
kruiwagens meenemen. Wie meer wil, overlegt met de terreincommissie.
"""

APRIL = """De Moestuinder
Blad van tuinvereniging De Groene Duim, april 2019

Open dag met plantenmarkt

Op zaterdag 18 mei 2019 houden wij open dag. Bezoekers kunnen plantjes kopen, een workshop
enten volgen en koffie drinken bij het verenigingsgebouw. De toegang is gratis.

Dank aan de vrijwilligers

De sloot is weer schoon dankzij de vrijwilligers die er drie zaterdagen aan gewerkt hebben.
"""


@dataclass
class Archive:
    """One archive in a folder of its own."""

    root: Path

    @property
    def settings(self):
        return load_settings(self.root)

    def put(self, name, content):
        path = self.root / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
        return path

    def ingest(self, *paths, again=Again.NOTHING, progress=None, today=TODAY, **options):
        how = IngestOptions(again=again, **options)
        return ingest(self.settings, paths, options=how, progress=progress, today=today)

    def sections(self):
        with open_catalog(self.settings.catalog_path) as catalog:
            return list(catalog.sections())

    def states(self):
        with open_catalog(self.settings.catalog_path) as catalog:
            return {file: state.status for file, state in catalog.scan_states().items()}

    def found(self, query):
        from archive.library.search import search
        from archive.model.search import SearchRequest

        return [hit.id for hit in search(self.settings, SearchRequest(query)).hits]


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text('languages = ["nl", "en"]\njobs = 1\n')
    return Archive(root)


@pytest.fixture
def two_issues(archive):
    archive.put("moestuinder-2019-03.txt", MARCH)
    archive.put("moestuinder-2019-04.txt", APRIL)
    archive.ingest()
    return archive
