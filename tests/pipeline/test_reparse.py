"""What does a reparse load? Not what reads: pages as read are enough, and loading costs more than parsing them."""

import json
import subprocess
import sys

import pytest

from tests.reading.made_pdfs import lines_of, make_pdf

READERS = {"numpy", "PIL", "pdfplumber", "pdfminer", "pytesseract", "wordfreq", "langcodes", "ftfy", "regex"}
PROBE = """\
import json, sys
from datetime import date
from pathlib import Path
from archive.pipeline.tasks import open_task, parse_task
from archive.reading.scans import list_scans
from archive.settings import load_settings

settings = load_settings(Path(sys.argv[1]))
(found,), _ = list_scans(settings.root, settings.raw_dir)
parsed = parse_task(settings, open_task(settings, found), {})
print(json.dumps([len(parsed.issues), sorted({name.partition(".")[0] for name in sys.modules})]))
"""


@pytest.fixture
def loaded(archive):
    """Return a function that gives the issues of the one scan and the libraries that parsing it loads."""

    def load():
        ended = subprocess.run(
            [sys.executable, "-c", PROBE, str(archive.root)], check=True, capture_output=True, text=True
        )
        issues, names = json.loads(ended.stdout)
        return issues, set(names)

    return load


def test_a_page_that_was_read_is_parsed_again_without_what_reads(archive, loaded):
    text = "Het bestuur nodigt alle leden uit voor de jaarlijkse ledenvergadering op donderdag 4 april 2019. " * 6
    make_pdf(archive.root / "raw" / "moestuinder-2019-03.pdf", [lines_of(text, width=80)])
    assert loaded()[1] >= {"numpy", "pdfplumber"}  # the first time
    issues, names = loaded()
    assert issues == 1
    assert names & READERS == set()
