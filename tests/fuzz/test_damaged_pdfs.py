"""What becomes of damaged PDFs: is each in the ledger, with a reason where it could not be read?

Pages of the samples in raw/ and pages printed here, damaged by a seeded mutator. 25 of them; with ARCHIVE_TEST_FULL=1
2,000.
"""

import io
import json
import os
from pathlib import Path

import pikepdf
import pytest

from tests.fuzz.mutator import mutate
from tests.hostile import made
from tests.hostile.test_hostile import archive_in, command

pytestmark = pytest.mark.full

FULL = os.environ.get("ARCHIVE_TEST_FULL") == "1"
COUNT = 2000 if FULL else 25
BATCH = 100
PAGE_S = 15
HANG_S = 4 * PAGE_S * BATCH  # far more than if each of them took all its time to be opened and to be read
RAW = Path(__file__).parents[2] / "raw"


def sources():
    """Return small PDFs: pages printed here, and the first page of each sample, of which a short run takes one."""
    texts = [
        made.one_page(made.text(b"Ledenvergadering op 4 april in de kantine")),
        made.with_script_and_attachment(b"a", b"b"),
    ]
    texts += [made.many_pages(3), made.looping_tree()]
    samples = sorted(RAW.glob("*.pdf"))
    return texts * 4 + [first_page(path) for path in samples[: None if FULL else 1]]


def first_page(path):
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        del pdf.pages[1:]
        pdf.save(out, static_id=True, compress_streams=False)
    return out.getvalue()


@pytest.mark.ocr
def test_damaged_pdfs_are_all_in_the_ledger_and_cost_nothing_but_themselves(tmp_path):
    kinds = sources()
    for start in range(0, COUNT, BATCH):
        seeds = range(start, min(start + BATCH, COUNT))
        archive = archive_in(tmp_path / f"archive-{start}")
        (archive.root / "archive.toml").write_text(f"jobs = 2\npage_timeout_s = {PAGE_S}\ndpi = 72\n")
        for seed in seeds:
            archive.put(f"{seed:04}.pdf", mutate(kinds[seed % len(kinds)], seed))
        ended = command(archive.root, "--json", "ingest", timeout=HANG_S)
        assert ended.returncode in {0, 1, 6}, ended.stderr[-2000:]
        assert b"Traceback" not in ended.stderr
        answer = json.loads(ended.stdout)
        reasons = {fault["path"]: fault["message"] for fault in answer["faults"]}
        states = archive.states()
        assert set(states) == {f"raw/{seed:04}.pdf" for seed in seeds}
        for file, status in states.items():
            assert status in {"ok", "double"} or reasons[file].strip(), file
        assert not (archive.settings.index_dir / "work").exists()


def test_the_same_seed_gives_the_same_damage():
    data = made.one_page(made.text(b"woord"))
    assert mutate(data, 7) == mutate(data, 7)
    assert len({mutate(data, seed) for seed in range(50)}) > 40
