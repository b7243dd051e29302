"""Makes the files of earlier OCR that the tests read: a page drawn here, read by the real Tesseract and OCRmyPDF.

    python scripts/make_earlier_ocr.py     needs tesseract (nld) and ocrmypdf (`pip install ocrmypdf`) on the PATH

Writes tests/reading/earlier/samples: `brug.png`, what Tesseract writes beside it (`brug.xml`, `brug.hocr`), what
OCRmyPDF makes of it (`brug.ocr.pdf`), and an export of paperless-ngx, which uses OCRmyPDF.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "earlier" / "samples"
DPI = 150
SIZE = (1240, 1100)
TEXT = (
    (64, "De Brug"),
    (28, "Nieuwsbrief van de wijkvereniging, maart 2019"),
    (40, "Bibliotheek verhuist"),
    (28, "De bibliotheek is in april dicht. Boeken inleveren kan op"),
    (28, "maandag in het buurthuis, waar de vrijwilligers klaar staan."),
    (40, "Vergadering van de wijkraad"),
    (28, "De wijkraad vergadert op dinsdag 12 maart over het verkeer"),
    (28, "in de straat bij de school. Iedereen is welkom."),
)


def main() -> None:
    """Draw the page and have it read."""
    shutil.rmtree(SAMPLES, ignore_errors=True)
    SAMPLES.mkdir(parents=True)
    page = SAMPLES / "brug.png"
    draw(page)
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    read = ["tesseract", page.name, page.stem, "-l", "nld", "--dpi", str(DPI)]
    subprocess.run([*read, "alto"], check=True, env=one_thread, cwd=SAMPLES)  # noqa: S603 - our own file
    subprocess.run([*read, "hocr"], check=True, env=one_thread, cwd=SAMPLES)  # noqa: S603
    layered = SAMPLES / "brug.ocr.pdf"
    line = ["ocrmypdf", "-l", "nld", "--output-type", "pdf", "--optimize", "1", "--image-dpi", str(DPI)]
    subprocess.run([*line, str(page), str(layered)], check=True, env=one_thread)  # noqa: S603
    export(page, layered)


def draw(path: Path) -> None:
    """Draw the page, as from a good scanner."""
    image = Image.new("1", SIZE, 1)
    pen, top = ImageDraw.Draw(image), 120
    for size, line in TEXT:
        top += size if size > 30 else 0  # noqa: PLR2004 - a heading stands off
        pen.text((150, top), line, fill=0, font=ImageFont.load_default(size))
        top += round(size * 1.5)
    image.save(path, dpi=(DPI, DPI), optimize=True)


def export(page: Path, layered: Path) -> None:
    """Lay the files out as the document_exporter of paperless-ngx does, with what it tells of each."""
    folder = SAMPLES / "paperless"
    (folder / "archive").mkdir(parents=True)
    shutil.copy(page, folder / "2019-03-01 De Brug.png")
    shutil.copy(layered, folder / "archive" / "2019-03-01 De Brug.pdf")
    fields = {"title": "De Brug", "content": "De Brug", "created": "2019-03-01T00:00:00Z", "mime_type": "image/png"}
    names = {
        "__exported_file_name__": "2019-03-01 De Brug.png",
        "__exported_archive_name__": "archive/2019-03-01 De Brug.pdf",
    }
    records = [{"model": "documents.document", "pk": 1, "fields": fields, **names}]
    (folder / "manifest.json").write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
