"""Does a file that was made to do harm cost more than itself?

All of them come in at once, beside one good scan: each must end within its limits, in the ledger and with a reason,
and the good one must be found.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zlib

import pytest

from archive.catalog.store import open_catalog
from archive.errors import UnreadableScanError
from archive.reading import dumps
from archive.reading.page import MOST_PAGES
from tests.hostile import made
from tests.pipeline.conftest import MARCH, Archive

LIMIT_S = 15  # of the worker that reads a page
HANG_S = 600  # guards the tests against a run without end; says nothing of how fast it is
SHOWN, HIDDEN = b"Zichtbaar voor elke lezer", b"Verborgenschat"
ESCAPES = "Gevaarlijk \x1b[31mrood\x1b[0m \x9b2J \x1b]0;titel\x07 \u202eomgekeerd\u202c \x00\x08 woord"

# What each file must come to: a part of the reason, or None where it is read like any other.
HARMFUL = {
    "bomb-pixels.pdf": (lambda: made.bomb_of_pixels(60_000), "60000 x 60000 pixels"),
    "bomb-objects.pdf": (lambda: made.bomb_of_objects(500), "could not be read"),
    "many-pages.pdf": (lambda: made.many_pages(MOST_PAGES + 1), "more than 5,000"),
    "many-pages.txt": (lambda: b"\f" * 200_000, "more than 5,000"),
    "claimed-pages.pdf": (lambda: made.claimed_pages(2_000_000_000), None),
    "deep-arrays.pdf": (lambda: made.deep_arrays(100_000), None),
    "deep-content.pdf": (lambda: made.deep_content(20_000), "damaged"),
    "deep-tree.pdf": (lambda: made.deep_tree(3000), "damaged"),
    "font-garbled.pdf": (lambda: made.garbled_font(1), None),
    "font-loop.pdf": (made.looping_font, None),
    "loop-tree.pdf": (made.looping_tree, "could not be read"),
    "script.pdf": (lambda: made.with_script_and_attachment(SHOWN, HIDDEN), None),
    "size-huge.pdf": (lambda: made.one_page(made.text(b"x"), box=b"0 0 5000000 5000000"), "too large to read"),
    "size-nan.pdf": (lambda: made.one_page(made.text(b"x"), box=b"0 0 1e400 nan"), "could not be read"),
    "size-none.pdf": (lambda: made.one_page(made.text(b"x"), box=b"0 0 0 0"), None),
    "size-turned.pdf": (lambda: made.one_page(made.text(b"x"), page=b"/UserUnit 75000/Rotate 37"), None),
    "huge.png": (lambda: made.png_of(60_000, 60_000), "too large to read"),
    "chunk.png": (
        lambda: made.png_of(9, 9, chunks=made.png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))),
        "damaged",
    ),
    "loop.tif": (made.looping_tiff, None),
    "not-a.png": (lambda: b"MZ" + bytes(5000), "is not a PNG"),
    "is-a-pdf.tif": (lambda: made.one_page(made.text(b"x")), "is a PDF"),
    "one-word.txt": (lambda: b"x" * 2_000_000, None),
    "escapes.txt": (lambda: ESCAPES.encode() * 3, None),
    "huge.txt": (lambda: b"x" * (dumps.LIMIT_BYTES + 1), "larger than 16 MB"),
}


def command(root, *args, timeout=HANG_S, **variables):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | variables
    line = [sys.executable, "-m", "archive", "-C", str(root), *args]
    return subprocess.run(line, capture_output=True, env=environment, check=False, timeout=timeout)


def archive_in(root):
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text(f"jobs = 2\npage_timeout_s = {LIMIT_S}\n")
    return Archive(root)


@pytest.fixture(scope="module")
def harmed(tmp_path_factory):
    """An archive that took in every harmful file and one good scan, and what that run said."""
    archive = archive_in(tmp_path_factory.mktemp("hostile") / "archive")
    for name, (make, _) in HARMFUL.items():
        archive.put(name, make())
    archive.put("goed.txt", MARCH)
    return archive, command(archive.root, "--json", "ingest")


@pytest.mark.ocr
def test_the_run_ends_in_part_without_a_traceback_and_the_good_scan_is_found(harmed):
    archive, ended = harmed
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
    assert len(archive.found("compost")) == 1


@pytest.mark.ocr
@pytest.mark.parametrize("name", HARMFUL)
def test_each_harmful_file_is_in_the_ledger_with_its_reason(harmed, name):
    archive, ended = harmed
    reason = HARMFUL[name][1]
    faults = {fault["path"]: fault for fault in json.loads(ended.stdout)["faults"]}
    state = archive.states()[f"raw/{name}"]
    if reason is None:
        assert state == "ok", faults.get(f"raw/{name}")
    else:
        assert f"raw/{name}" in faults, state
        assert reason in faults[f"raw/{name}"]["message"]
        assert faults[f"raw/{name}"]["code"] == UnreadableScanError.code
        assert state in {"failed", "partly"}


@pytest.mark.ocr
def test_scripts_and_attachments_are_not_text(harmed):
    archive, _ = harmed
    assert len(archive.found("zichtbaar")) == 1
    assert archive.found(HIDDEN.decode()) == []
    with open_catalog(archive.settings.catalog_path) as catalog:
        assert not [each for each in catalog.sections() if HIDDEN.decode() in json.dumps(each)]


@pytest.mark.ocr
@pytest.mark.parametrize(
    "line",
    [("search", "gevaarlijk"), ("export", "gevaarlijk"), ("export", "gevaarlijk", "--format", "markdown"), ("pages",)],
    ids=" ".join,
)
def test_escapes_in_a_text_reach_no_terminal(harmed, line):
    archive, _ = harmed
    if "markdown" in line:
        line = (*line[:-1], "md")
    ended = command(archive.root, *line)
    assert ended.returncode == 0
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", (ended.stdout + ended.stderr).decode())


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.parametrize(
    ("make", "reasons"),
    [
        (lambda: made.bomb_of_text(4000), ("damaged", "memory", "ended", "seconds")),
        (made.looping_form, ("ended", "memory", "damaged", "seconds")),
        (lambda: made.doubling_forms(12), ("seconds",)),
        (made.looping_length, ("seconds", "damaged")),
        (made.endless_codes, ("seconds", "memory", "damaged")),
        (made.endless_widths, ("seconds", "memory", "damaged")),
    ],
    ids=[
        "bomb of text",
        "form in itself",
        "forms that double",
        "length of itself",
        "codes of a font",
        "widths of a font",
    ],
)
def test_what_takes_all_time_or_memory_is_ended_at_its_limit(tmp_path, make, reasons):
    archive = archive_in(tmp_path / "archive")
    archive.put("a.pdf", make())
    ended = command(archive.root, "--json", "ingest")
    assert ended.returncode == 6
    (fault,) = json.loads(ended.stdout)["faults"]
    assert any(reason in fault["message"] for reason in reasons), fault


# ---- names and links


ODD_NAMES = (b"\xff\xfe niet utf8.txt", b"regel\neinde.txt", b"\x1b[31mrood.txt", "omgekeerd\u202etxt.exe".encode())


def test_odd_names_are_refused_and_never_reach_the_terminal_raw(tmp_path):
    archive = archive_in(tmp_path / "archive")
    for name in ODD_NAMES:
        (archive.root / "raw" / os.fsdecode(name)).write_text(MARCH)
    archive.put("goed.txt", MARCH)
    for line in (("ingest",), ("ingest", "--retry", "--json"), ("doctor",), ("issues",)):
        ended = command(archive.root, *line)
        said = (ended.stdout + ended.stderr).decode()  # it is UTF-8, whatever the names are
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
        assert "Traceback" not in said
    assert len(archive.found("compost")) == 1


def test_names_that_climb_and_links_that_lead_out_take_nothing_from_outside(tmp_path):
    archive = archive_in(tmp_path / "archive")
    outside = tmp_path / "geheim.txt"
    outside.write_text(MARCH.replace("compost", "staatsgeheim"))
    (archive.root / "raw" / "link.txt").symlink_to(outside)
    (archive.root / "raw" / "map").symlink_to(tmp_path)
    (archive.root / "raw" / "rond").symlink_to(".")
    (archive.root / "raw" / "proc.txt").symlink_to("/proc/self/environ")
    os.mkfifo(archive.root / "raw" / "pijp.txt")
    archive.put("a..%2f..%2fetc%2fpasswd.txt", MARCH)
    ended = command(archive.root, "--json", "ingest")
    answer = json.loads(ended.stdout)
    assert {fault["path"] for fault in answer["faults"]} == {
        f"raw/{name}" for name in ("link.txt", "map", "rond", "proc.txt", "pijp.txt")
    }
    assert archive.found("staatsgeheim") == []
    assert len(archive.found("compost")) == 1


# ---- exports


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(`http://x`)")


def test_formulas_markup_and_scripts_in_a_text_are_harmless_in_exports(tmp_path):
    archive = archive_in(tmp_path / "archive")
    lines = "\n\n".join(f"{formula}\n\nEen stuk tekst van de vereniging." for formula in FORMULAS)
    archive.put("a.txt", f"{MARCH}\n\n<script>alert(1)</script> <img src=x onerror=y> [a](javascript:x)\n\n{lines}\n")
    assert command(archive.root, "ingest").returncode == 0
    exported = command(archive.root, "export", "--format", "csv").stdout.decode()
    cells = [cell for row in csv.reader(io.StringIO(exported)) for cell in row]
    assert not [cell for cell in cells if re.match(r"\s*[=+@]|\s*-(?!\d*\.?\d*$)", cell)]
    markdown = command(archive.root, "export", "--format", "md").stdout.decode()
    assert "script" in markdown
    assert not re.search(r"(?<!\\)(?:<|\]\()", markdown)
