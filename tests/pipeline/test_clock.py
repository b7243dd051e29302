"""The same scans tell the same in every year, whatever the clock and the time of the files say."""

import os
from datetime import date

from archive.catalog.store import open_catalog
from archive.settings import load_settings
from tests.pipeline.conftest import APRIL, MARCH, Archive

# Of March 1998, but it prints no year; its weekdays fit 2009, 2015, 2020 and 2026 too.
WITHOUT_YEAR = """De Wijkbode
Blad voor de buurt

Uit de buurt

Op zaterdag 7 maart is het nieuwe buurthuis geopend, en het was druk. De harmonie speelde en de
wethouder sprak. Op woensdag 25 maart vergadert de bewonersraad in de kleine zaal. Komt allen!
"""
LATER = MARCH.replace("maart 2019", "maart 2031").replace("april\n2019", "april\n2031").replace("kruiwagens", "zakken")
SCANS = {
    "wijkbode.txt": WITHOUT_YEAR,
    "moestuinder-2019-03.txt": MARCH,
    "scan0007.txt": APRIL,
    "scan0009.txt": LATER,
    "zweefvlieger 2033-05.txt": "De Zweefvlieger\n\nVan de werkplaats\n\nDe lier is weer heel en de loods geverfd.\n",
}


def told(root, today):
    """Ingest the scans on a day, and return all that is told of their issues and sections."""
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text('languages = ["nl", "en"]\njobs = 1\n')
    archive = Archive(root)
    for place, (name, text) in enumerate(SCANS.items()):
        seconds = (today - date(1970, 1, 1)).days * 86400 + place
        os.utime(archive.put(name, text), (seconds, seconds))
    archive.ingest(today=today)
    with open_catalog(load_settings(root).catalog_path) as catalog:
        issues = {each.id: (each.date, each.date_source, each.date_evidence) for each in catalog.issues()}
        return issues, [(section["id"], section["dates"]) for section in catalog.sections()]


def test_an_ingest_tells_the_same_under_every_clock(tmp_path):
    issues, sections = told(tmp_path / "then", date(1999, 1, 2))
    assert told(tmp_path / "now", date(2030, 12, 31)) == (issues, sections)
    assert {given.rsplit("-", 1)[0] for given in issues} >= {"de-moestuinder-2031-03", "de-zweefvlieger-2033-05"}
    # No id is made of a date that is only guessed, and no year is guessed.
    ((day, source, evidence),) = [facts for given, facts in issues.items() if given.startswith("undated-")]
    assert (day, source) == ("", "none")
    assert "1998, 2009, 2015, 2020, 2026" in evidence
