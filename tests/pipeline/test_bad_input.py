"""What does the program say to bad input and to a full disk, run as a person runs it?"""

import json
import os
import resource
import subprocess
import sys

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.hostile import made
from tests.pipeline.conftest import APRIL, MARCH

BAD = {
    "a-empty.pdf": "is empty",
    "b-cut.pdf": "cut off",
    "c-locked.pdf": "encrypted",
    "d-photo.pdf": "JPEG",
    "e-no-pages.pdf": "page",
    "f-huge.pdf": "page",
}


def command(archive, *args, before=(), **options):
    """Run the program in a process of its own and return it when it has ended."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    line = [*before, sys.executable, "-m", "archive", "-C", str(archive.root), *args]
    return subprocess.run(line, capture_output=True, text=True, env=environment, check=False, **options)


def write_pdf(path, *, size=(595, 842), encrypt=None, text="Nieuwsbrief van de tuinvereniging"):
    canvas = Canvas(str(path), pagesize=size, encrypt=encrypt)
    canvas.drawString(72, size[1] - 72, text)
    canvas.showPage()
    canvas.save()
    return path


def pdf_of(*objects):
    """Write a PDF of these objects, numbered from 1; the first is its root."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + trailer


@pytest.fixture
def bad(archive):
    """An archive with one good scan among bad ones."""
    raw = archive.root / "raw"
    archive.put("a-empty.pdf", b"")
    whole = write_pdf(raw / "b-cut.pdf", text="afgebroken " * 5).read_bytes()
    archive.put("b-cut.pdf", whole[: len(whole) // 3])
    write_pdf(raw / "c-locked.pdf", encrypt="geheim")
    archive.put("d-photo.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200))
    archive.put("e-no-pages.pdf", pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"))
    write_pdf(raw / "f-huge.pdf", size=(100_000, 100_000), text="")
    archive.put("g-good.txt", MARCH)
    return archive


def test_each_bad_scan_gets_its_reason_and_the_good_one_is_taken_in(bad):
    ended = command(bad, "--json", "ingest")
    assert ended.returncode == 1
    answer = json.loads(ended.stdout)
    faults = {fault["path"].removeprefix("raw/"): fault for fault in answer["faults"]}
    assert set(faults) == set(BAD)
    for name, words in BAD.items():
        assert words in faults[name]["message"], faults[name]
        assert faults[name]["hint"]
    assert answer["finished"][-1] == "raw/g-good.txt"
    assert len(bad.found("compost")) == 1
    assert "Traceback" not in ended.stderr


def test_nothing_but_bad_input_is_exit_code_6(bad):
    (bad.root / "raw" / "g-good.txt").unlink()
    ended = command(bad, "ingest")
    assert ended.returncode == 6
    for name in BAD:
        assert f"raw/{name}: " in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_to_do_about_a_page_is_said_with_its_scan(archive):
    archive.put("groot.png", made.png_of(20_000, 20_000))
    fault = json.loads(command(archive, "--json", "ingest").stdout)["faults"][0]
    assert "20000 x 20000 pixels (400 million), too large to read: at most 200 million are" in fault["message"]
    assert "set max_page_megapixels to 160 in archive.toml" in fault["hint"]


def test_where_several_pages_cannot_be_read_the_others_can_be_looked_up(archive):
    for number in (1, 2):
        whole = archive.put(f"map/p{number}.png", b"")
        Image.effect_noise((300, 100 * number), 60).save(whole)
        whole.write_bytes(whole.read_bytes()[:5000])
    fault = json.loads(command(archive, "--json", "ingest").stdout)["faults"][0]
    assert fault["message"] == "page 1 of 2 could not be read: p1.png: is cut off or damaged, and 1 more"
    assert fault["hint"].startswith("Scan the page again")
    assert fault["hint"].endswith("`archive pages --status failed` lists the others.")


def test_an_encrypted_scan_is_read_with_the_password_from_the_environment(archive, monkeypatch):
    write_pdf(archive.root / "raw" / "locked.pdf", encrypt="geheim", text="Compost halen bij de ingang van het complex")
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    assert command(archive, "ingest").returncode == 0
    assert len(archive.found("compost")) == 1
    kept = [path for path in archive.root.rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]
    assert kept == []


def test_what_cannot_be_read_again_keeps_its_text(archive, monkeypatch):
    write_pdf(archive.root / "raw" / "locked.pdf", encrypt="geheim", text="Compost halen bij de ingang van het complex")
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    assert command(archive, "ingest").returncode == 0
    ids = archive.found("compost")
    monkeypatch.delenv("ARCHIVE_PDF_PASSWORD")
    ended = command(archive, "ingest", "--reread")
    assert (ended.returncode, "is encrypted" in ended.stderr) == (6, True)
    assert archive.found("compost") == ids


# Root may read everything, unless it gives these rights up.
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []


def test_a_file_that_the_user_may_not_read_is_named_and_the_rest_goes_on(archive):
    archive.put("dicht.txt", APRIL).chmod(0o000)
    archive.put("open.txt", MARCH)
    ended = command(archive, "ingest", before=WITHOUT_RIGHTS)
    assert ended.returncode == 1, ended.stderr
    assert "raw/dicht.txt: may not be read by this user" in ended.stderr
    (archive.root / "raw" / "open.txt").unlink()
    assert command(archive, "ingest", "--retry", before=WITHOUT_RIGHTS).returncode == 5


def full_disk():
    """Let no file grow over 40 kB: the kernel refuses the write, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_a_full_disk_ends_the_run_with_exit_code_5_and_the_next_completes_it(archive):
    archive.put("a.txt", MARCH)
    assert command(archive, "ingest").returncode == 0
    ids = archive.found("compost")
    for number in range(4):
        archive.put(f"b-{number}.txt", APRIL.replace("april", f"april {2010 + number}, nummer {number}") * 3)
    ended = command(archive, "ingest", preexec_fn=full_disk)
    assert ended.returncode == 5, ended.stderr
    assert "Traceback" not in ended.stderr
    assert archive.found("compost") == ids
    assert command(archive, "ingest").returncode == 0
    assert set(archive.states().values()) == {"ok"}
    assert len(archive.found("plantenmarkt")) >= 4


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a small disk")
def test_a_small_disk_that_is_full_keeps_what_was_finished(archive, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine mounts no small disk")
    try:
        (archive.root / "archive.toml").write_text(f'index_dir = "{disk}/index"\njobs = 1\n')
        for number in range(30):
            archive.put(f"{number:02}.txt", MARCH.replace("2019", str(1980 + number)) * 20)
        ended = command(archive, "ingest")
        assert ended.returncode == 5, ended.stderr
        assert "disk is full" in ended.stderr
        finished = set(archive.states())
        subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
        assert command(archive, "ingest").returncode == 0
        assert finished < set(archive.states())
        assert len(archive.states()) == 30
        assert set(archive.states().values()) == {"ok"}
    finally:
        subprocess.run(["umount", str(disk)], check=True)
