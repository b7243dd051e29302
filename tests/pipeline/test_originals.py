"""Does an export find the picture of a page, as it came in?"""

import pytest

from archive.errors import StorageError, UnreadableScanError, UsageError
from archive.pipeline.ingest import ingest
from archive.pipeline.originals import Originals
from archive.settings import load_settings


@pytest.fixture
def dumped(tmp_path):
    """An archive of one text file, which needs no engine."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "archive.toml").touch()
    (tmp_path / "raw" / "krant 2019-03-01.txt").write_text("De Krant\n\nOpen dag\n\nKom naar de open dag.\n")
    settings = load_settings(tmp_path)
    ingest(settings)
    return settings


def first_page(settings) -> str:
    from archive.catalog.store import open_catalog

    with open_catalog(settings.catalog_path) as catalog:
        return next(iter(catalog.pages())).id


def test_a_text_file_has_no_picture(dumped):
    with pytest.raises(UnreadableScanError, match="no picture"):
        Originals(dumped).find(first_page(dumped))


def test_a_scan_that_has_changed_is_not_given_out(dumped):
    page = first_page(dumped)
    [scan] = dumped.raw_dir.iterdir()
    scan.write_text("anders")
    with pytest.raises(StorageError, match="has changed"):
        Originals(dumped).find(page)
    scan.unlink()
    with pytest.raises(StorageError, match="not there any more"):
        Originals(dumped).find(page)


def test_an_id_of_no_page_is_said(dumped):
    with pytest.raises(UsageError, match="there is no page"):
        Originals(dumped).find("krant-2019-a-p0009")
