from dataclasses import replace

import pytest

from archive.catalog.store import open_catalog
from archive.library.coverage import coverage
from archive.library.stats import count_all
from tests.factories import make_issue, make_section


def test_everything_is_counted_by_kind_and_year(archive_of):
    settings = archive_of(
        make_issue([make_section("events", "een twee drie"), make_section("events", "vier")], date="2020-01-01"),
        make_issue([make_section("meetings", "five six", heading="News", language="en")], date="2021"),
        make_issue([make_section("other", "zeven")], date="", newsletter="De Brug", slug="de-brug"),
        index=False,
    )
    stats = count_all(settings)
    assert (stats.scans, stats.coverage.issues, stats.sections, stats.words) == (3, 3, 4, 8)
    assert stats.categories == {"events": 2, "meetings": 1, "other": 1}
    assert stats.newsletters == {"Kerngroep Oost": 3, "De Brug": 1}
    assert stats.languages == {"nl": 3, "en": 1}
    assert stats.text_sources == {"ocr": 4}
    assert [(year.year, year.issues, year.sections, year.words, year.categories) for year in stats.years] == [
        ("", 1, 1, 1, {"other": 1}),
        ("2020", 1, 2, 4, {"events": 2}),
        ("2021", 1, 1, 3, {"meetings": 1}),
    ]


def test_confidence_is_the_mean_over_words_that_have_one(archive_of):
    long, short = make_section(text="een twee drie"), make_section(text="vier")
    unknown = replace(make_section(text="vijf zes zeven"), confidence=None)
    sections = [replace(long, confidence=0.9), replace(short, confidence=0.5), unknown]
    stats = count_all(archive_of(make_issue(sections), index=False))
    assert stats.confidence == pytest.approx(0.8)
    assert stats.years[0].confidence == pytest.approx(0.8)


def test_an_archive_without_sections_counts_nothing(archive_of):
    stats = count_all(archive_of(index=False))
    assert (stats.sections, stats.words, stats.confidence, stats.years) == (0, 0, None, ())


def test_what_is_missing_does_not_count(archive_of):
    settings = archive_of(make_issue(), index=False)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.mark_missing(catalog.scan_states())
    stats = count_all(settings)
    assert (stats.scans, stats.sections, stats.coverage.pages) == (0, 0, 0)


def test_an_index_that_is_not_there_is_behind(archive_of):
    settings = archive_of(make_issue(), index=False)
    assert coverage(settings).index_behind
    assert coverage(settings).issues == 1
    archive_of()
    assert not coverage(settings).index_behind
