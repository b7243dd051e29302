"""What is read on the pages of some of our own newsletters?

    python tests/newsletters/render.py --out DIR --half tune
    python scripts/record_newsletters.py DIR WORK

Keeps it in tests/recorded/newsletters/ for the floors of tests/floors.toml, so that these need no OCR. Run it after a
change of reading or layout and put the digest that it prints into tests/floors.toml. WORK is an archive of its own that
keeps what was read, so that a change of layout needs no OCR.
"""

import gzip
import hashlib
import json
import shutil
import sys
from pathlib import Path

from archive.reading.cache import pack_page
from archive.reading.page import Folders, ReadingSettings, open_scan, read_page
from archive.reading.scans import list_scans
from archive.settings import load_settings

RECORDED = Path(__file__).resolve().parents[1] / "tests" / "recorded" / "newsletters"
CHOSEN = (
    "bergop-2006-10_pocket_born",
    "lockkeeper-1999-01_runin_born",
    "dierbaar-2022-05_notices_born",
    "hoepel-1985-09_stencil_scan",
    "torenklok-1972-03_typewriter_scan",
    "schakel-1991-02_ruled_scan",
    "welkomhier-2017-03_mosaic_scan",
    "vredeskoerier-1983-11_italics_poor",
    "sleutelbos-2003-06_publisher_poor",
    "bookends-2013-12_kickers_poor",
    "harmonie-1958-04_typed_fax",
    "torenklok-1972-03_typewriter_fax",
    "canalpost-2019-01_report_mixed",
    "klaverblad-1994-05_centred_rotated",
    "ademruimte-2020-04_magazine_images",
)


def main() -> None:
    """Read the chosen renditions and keep their pages."""
    rendered, root = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    (root / "raw").mkdir(parents=True, exist_ok=True)
    (root / "archive.toml").touch()
    for name in CHOSEN:
        source = rendered / name
        if source.is_dir():
            shutil.copytree(source, root / "raw" / name, dirs_exist_ok=True)
        else:
            shutil.copy2(rendered / f"{name}.pdf", root / "raw")
    settings = load_settings(root)
    how = ReadingSettings(languages=settings.languages, key=settings.reading_key())
    RECORDED.mkdir(parents=True, exist_ok=True)
    for found in list_scans(root, root / "raw")[0]:
        scan = open_scan(root, found, how)
        pages = [
            read_page(Folders(root, settings.pages_dir), scan, number, how) for number in range(1, scan.page_count + 1)
        ]
        kept = json.dumps([pack_page(page) for page in pages], ensure_ascii=False).encode()
        name = Path(scan.file).name.removesuffix(".pdf")
        RECORDED.joinpath(f"{name}.json.gz").write_bytes(gzip.compress(kept, mtime=0))
        print(f"{name}: {len(pages)} pages")
    print(f'digest = "{digest_of(RECORDED)}"')


def digest_of(folder: Path) -> str:
    """Return a sha256 over all recorded files."""
    files = b"".join(path.name.encode() + path.read_bytes() for path in sorted(folder.glob("*.json.gz")))
    return hashlib.sha256(files).hexdigest()


if __name__ == "__main__":
    main()
