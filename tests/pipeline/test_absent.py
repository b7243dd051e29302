"""What becomes of a scan while its disk is away?"""

import pytest

from archive.pipeline import intake
from tests.pipeline.conftest import MARCH

PAGES = (
    MARCH + "\f" + "De sloot\n\nDe sloot is weer schoon dankzij de vrijwilligers die er drie zaterdagen aan werkten.\n"
)


@pytest.fixture
def away(archive, monkeypatch):
    monkeypatch.setattr(intake, "_TASKS", "tests.faults.absent_tasks:")
    archive.put("moestuinder-2019-03.txt", PAGES)
    return archive.root / "away"


def test_a_page_that_could_not_be_read_for_a_moment_is_read_again(archive, away):
    away.write_text("once")
    assert archive.ingest().faults == []
    assert archive.found("sloot")


def test_a_scan_waits_for_its_page_and_gets_its_ids_in_order(archive, away):
    away.write_text("for long")
    (fault,) = archive.ingest().faults
    assert "page 2 of 2 could not be read" in fault.message
    assert "tries it again" in fault.hint
    assert archive.sections() == []
    away.unlink()
    assert archive.ingest().faults == []
    assert [section["id"][-5:] for section in archive.sections()] == ["s0001", "s0002", "s0003", "s0004"][
        : len(archive.sections())
    ]
    assert archive.found("sloot")
