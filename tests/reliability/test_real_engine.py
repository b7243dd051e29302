"""Is nothing lost when a run is killed in the midst of real reading: real workers, real Tesseract?"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.reliability.conftest import FULL, copy, make
from tests.reliability.test_long_runs import processes_of

pytestmark = pytest.mark.full

KILLS = 8 if FULL else 1
TEXTS = (
    "De Moestuinder\nApril 2019\n\nCompost halen\nEr ligt weer compost bij de ingang.",
    "Ledenvergadering\nHet bestuur nodigt alle leden uit in de kantine.",
    "Open dag\nBezoekers kunnen plantjes kopen en koffie drinken.",
)


def print_page(text, path):
    page = Image.new("L", (1000, 700), 255)
    ImageDraw.Draw(page).multiline_text((80, 80), text, font=ImageFont.load_default(34), fill=0, spacing=20)
    page.save(path, dpi=(200, 200))


def start(archive):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    line = [sys.executable, "-m", "archive", "-C", str(archive.root), "ingest"]
    return subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """An archive of one scan, a folder of printed pages, not yet taken in."""
    archive = make(tmp_path_factory.mktemp("printed") / "archive")
    folder = archive.root / "raw" / "moestuinder 2019-04"
    folder.mkdir()
    for number, text in enumerate(TEXTS, 1):
        print_page(text, folder / f"{number}.png")
    return archive


@pytest.mark.ocr
def test_a_kill_while_tesseract_reads_loses_no_page_that_was_kept(printed, tmp_path):
    undisturbed = copy(printed, tmp_path / "undisturbed")
    begun = time.monotonic()
    assert start(undisturbed).wait() == 0
    took_s = time.monotonic() - begun
    expected = undisturbed.answer()
    assert expected.sections
    chance = random.Random("real")  # noqa: S311 - the same each run
    for number in range(KILLS):
        archive = copy(printed, tmp_path / f"a{number}")
        running = start(archive)
        time.sleep(chance.uniform(0.4, 0.95) * took_s)
        running.send_signal(signal.SIGKILL)
        running.wait()
        kept = {path: path.stat().st_mtime_ns for path in archive.settings.pages_dir.glob("*/[!.]*.json.gz")}
        assert start(archive).wait() == 0
        assert archive.answer() == expected
        assert archive.strays() == []
        assert processes_of(archive.root) == []
        assert {path: path.stat().st_mtime_ns for path in kept} == kept
