"""How do pages leave as hOCR: a web page for each page of each issue of which a section was chosen?

Text is the cleaned one; the hyphen of a word that a line's end breaks is a soft one, as hOCR wants. Places are in dots
of 1/300 inch from the top left corner of the page as it is read, upright and straight.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import IO

from archive import __version__
from archive.fields import markup_safe
from archive.model.exports import Export, Files, PrintedBlock, PrintedPage, PrintedWord, Shape
from archive.model.pages import BlockRole, Box

SHAPE = Shape.FOLDER
_DPI = 300
_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_SOFT_HYPHEN = "&#173;"
_FLOATS = {BlockRole.FURNITURE: "ocr_header", BlockRole.CAPTION: "ocr_caption", BlockRole.ASIDE: "ocr_float"}
_CLASSES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_header ocr_caption ocr_float ocrp_wconf"


def write(export: Export, files: Files) -> int:
    """Write the pages, issue by issue, and return how many sections chose them."""
    count = 0
    issue_id = ""
    for section in export.entries():
        count += 1
        if section["issue_id"] == issue_id:
            continue
        issue_id = section["issue_id"]
        issue = export.issue(issue_id)
        for page_id in issue.pages:
            if page := export.page(page_id):
                with files.open(f"{page_id}.html") as out:
                    _write_page(page, issue.holdings, out)
    return count


def _write_page(page: PrintedPage, holdings: Mapping[str, str], out: IO[bytes]) -> None:
    for line in _page(page, holdings):
        out.write((line + "\n").encode("utf-8", "replace"))


def _page(page: PrintedPage, holdings: Mapping[str, str]) -> Iterator[str]:
    language = escape(page.language if page.language not in {"", "und"} else "")
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield _DOCTYPE
    yield f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="{language}" lang="{language}"><head>'
    yield f"<title>{_text(page.id)}</title>"
    yield '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>'
    system = _text(page.reader or page.text_source)
    yield f'<meta name="ocr-system" content="{system}; newsletter-archive {__version__}"/>'
    yield f'<meta name="ocr-capabilities" content="{_CLASSES}"/>'
    yield '<meta name="ocr-number-of-pages" content="1"/>'
    yield f'<meta name="ocr-langs" content="{language or "unknown"}"/>'
    yield '<meta name="ocr-scripts" content="Latn"/>'
    for name, value in holdings.items():
        yield f'<meta name="holding.{_text(name)}" content="{_text(value)}"/>'
    yield "</head><body>"
    sheet = Box(0, 0, page.width or 0, page.height or 0)
    image = page.file.replace("\\", "\\\\").replace('"', "%22")
    facts = f'image "{image}"; {_bbox(sheet)}; ppageno {page.number - 1}; scan_res {_DPI} {_DPI}'
    facts += f"; lpageno {page.label}" if page.label.isdecimal() else ""
    yield f'<div class="ocr_page" id="page_{page.number}" title="{_text(facts)}">'
    for number, block in enumerate(page.blocks, start=1):
        yield from _block(block, number)
    yield "</div></body></html>"


def _block(block: PrintedBlock, number: int) -> Iterator[str]:
    place = _title(_around(word for line in block.lines for word in line))
    kind = _FLOATS.get(block.role, "ocr_carea")
    yield f'<div class="{kind}" id="block_{number}"{place}><p class="ocr_par" id="par_{number}"{place}>'
    for count, line in enumerate(block.lines, start=1):
        where = _around(line)
        kind = f' class="ocr_line"{_title(where)}' if where else ""  # to hOCR a line is a place on the page
        yield f'<span{kind} id="line_{number}_{count}">'
        for nth, word in enumerate(line, start=1):
            hyphen = _SOFT_HYPHEN if word.joined and not word.text.endswith("-") else ""
            name = f"word_{number}_{count}_{nth}"
            title = _title(word.box, word.confidence)
            yield f'<span class="ocrx_word" id="{name}"{title}>{_text(word.text)}{hyphen}</span>'
        yield "</span>"
    yield "</p></div>"


def _around(words: Iterable[PrintedWord]) -> Box | None:
    boxes = [word.box for word in words if word.box is not None]
    if not boxes:
        return None
    x0, y0 = min(box.x0 for box in boxes), min(box.y0 for box in boxes)
    return Box(x0, y0, max(box.x1 for box in boxes), max(box.y1 for box in boxes))


def _title(box: Box | None, confidence: float | None = None) -> str:
    parts = [] if box is None else [_bbox(box)]
    if confidence is not None:
        parts.append(f"x_wconf {round(confidence * 100)}")
    return f' title="{"; ".join(parts)}"' if parts else ""


def _bbox(box: Box) -> str:
    return "bbox " + " ".join(str(max(0, round(side * _DPI / 72))) for side in (box.x0, box.y0, box.x1, box.y1))


def _text(text: str) -> str:
    return escape(markup_safe(text))
