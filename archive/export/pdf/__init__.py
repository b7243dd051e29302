"""How does a scan leave as a PDF that can be searched: its pictures untouched, our corrected text hidden over them?

Each scan of which a section was chosen becomes a PDF under its own name. The pages of a PDF stay as they are; page
images become pages, packed as they came where a PDF can hold that (JPEG, fax, most PNG). Old hidden text goes, text
that can be seen stays. A page whose own visible text is what was read needs none of ours. Pages that were scanned lying
down are turned upright.
"""

import re
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

import img2pdf
import pikepdf

from archive.errors import ArchiveError, UnreadableScanError
from archive.export.pdf.layer import HiddenText
from archive.fields import markup_safe
from archive.model.exports import Export, Files, IssueFacts, Original, PrintedPage, Shape
from archive.model.issues import Fault

SHAPE = Shape.FOLDER
_IMAGES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff"))
_VISIBLE = {"text_layer", "mixed"}  # most of the text of such a page is to be seen
_UNKNOWN = "und"
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")
# The time of making would make every export another one.
_UNDATED: dict[str, Any] = {"nodate": True, "producer": "newsletter-archive"}
_REFUSALS = (
    *(pikepdf.PdfError, img2pdf.ImageOpenError, img2pdf.AlphaChannelError, img2pdf.ExifOrientationError),
    *(ValueError, NotImplementedError, IndexError),
)


def write(export: Export, files: Files) -> int:
    """Write a PDF for each scan and return how many sections chose them; what cannot be written is told."""
    count = 0
    done: set[str] = set()
    for section in export.entries():
        count += 1
        file = section["source"]["file"]
        if file in done:
            continue
        done.add(file)
        with TemporaryDirectory() as work:
            try:
                made = _make(export, section["issue_id"], export.pages_of(file), Path(work))
            except ArchiveError as error:
                export.skip(Fault(file, error.code, error.message, error.hint))
            except _REFUSALS as error:
                reason = f"cannot be made into a PDF ({' '.join(str(error).split())[:120]})"
                export.skip(Fault(file, UnreadableScanError.code, reason, "The other scans are exported."))
            else:
                with files.open(_name(file)) as out, made.open("rb") as packed:
                    copyfileobj(packed, out)
    return count


def _name(file: str) -> str:
    name = file.removeprefix("raw/")
    return name if name.lower().endswith(".pdf") else f"{name}.pdf"


def _make(export: Export, issue_id: str, page_ids: tuple[str, ...], work: Path) -> Path:
    """Write a scan as a PDF with our text, and what issues.csv says of its first issue, and return where."""
    originals = [export.picture(page_id) for page_id in page_ids]
    printed = [export.page(page_id) for page_id in page_ids]
    with ExitStack() as held:
        if originals[0].path.suffix.lower() in _IMAGES:
            document = held.enter_context(_of_images(originals, printed, work, held))
            places = list(range(len(originals)))
        else:
            document = held.enter_context(pikepdf.open(originals[0].path, password=originals[0].password))
            places = [original.frame - 1 for original in originals]
            if len(document.pages) != len(set(places)):
                # It may be one that was withdrawn; cutting it out would leave it in the file's bookmarks.
                raise UnreadableScanError(originals[0].path, "holds a page that the archive does not")
        hidden = HiddenText(document)
        for place, page in zip(places, printed, strict=True):
            if page is not None:
                hidden.replace(document.pages[place], page, keep_visible=page.text_source in _VISIBLE)
        hidden.finish()
        _describe(document, export.issue(issue_id))
        made = work / "made.pdf"
        document.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made


def _describe(document: pikepdf.Pdf, issue: IssueFacts) -> None:
    """Say in a PDF which issue it is: title, date and language, and what issues.csv says of it.

    What the scan says of itself beside (its maker, when it was scanned) stays.
    """
    title = markup_safe(", ".join(filter(None, (issue.title or issue.newsletter, issue.date))))
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:identifier"] = issue.id
        if issue.date:
            metadata["dc:date"] = [issue.date]
        if issue.language != _UNKNOWN:
            metadata["dc:language"] = [issue.language]
    document.docinfo[pikepdf.Name.Title] = title
    if issue.language != _UNKNOWN:
        document.Root.Lang = pikepdf.String(issue.language)
    for name, value in issue.holdings.items():
        if value:
            document.docinfo[pikepdf.Name(f"/Holding_{_NO_NAME.sub('_', name)}")] = value


def _of_images(
    originals: list[Original], printed: list[PrintedPage | None], work: Path, held: ExitStack
) -> pikepdf.Pdf:
    """Make a PDF of page images; what they are packed into stays open until all is written."""
    document = pikepdf.new()
    for path, group in groupby(originals, key=lambda original: original.path):
        packed = work / f"{len(document.pages)}.pdf"
        with path.open("rb") as image, packed.open("wb") as out:
            img2pdf.convert(image, rotation=img2pdf.Rotation.ifvalid, outputstream=out, **_UNDATED)
        made = held.enter_context(pikepdf.open(packed))
        for original in group:
            page = made.pages[original.frame - 1]
            read = printed[len(document.pages)]
            if read is not None:
                _fit(page, read)
            document.pages.append(page)
    return document


def _fit(page: pikepdf.Page, printed: PrintedPage) -> None:
    """Bring a page image to the size that the page was read at."""
    if not printed.width or not printed.height:
        return
    wide, high = printed.width, printed.height
    if (printed.turned + int(page.obj.get("/Rotate", 0))) % 180:
        wide, high = high, wide
    x0, y0, x1, y1 = (float(side) for side in page.mediabox)
    across, down = wide / (x1 - x0), high / (y1 - y0)
    page.contents_add(f"q {across:.6f} 0 0 {down:.6f} 0 0 cm".encode(), prepend=True)
    page.contents_add(b"Q")
    page.mediabox = pikepdf.Array([0, 0, round(wide, 3), round(high, 3)])
    for name in ("/CropBox", "/TrimBox", "/ArtBox", "/BleedBox"):
        if name in page.obj:
            del page.obj[name]
