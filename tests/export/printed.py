"""Makes pages as exporters get them."""

from typing import Any

from archive.model.exports import PrintedBlock, PrintedPage, PrintedWord
from archive.model.pages import BlockRole, Box

ISSUE = "kerngroep-oost-2022-06-15-a"


def make_line(text: str, *, x0: float = 50, y0: float = 50, joined: bool = False) -> tuple[PrintedWord, ...]:
    """Make a line of words, six points a letter; with `joined` its last word goes on on the next line."""
    words = []
    pieces = text.split()
    for place, piece in enumerate(pieces):
        last = joined and place == len(pieces) - 1
        box = Box(x0, y0, x0 + 6 * len(piece), y0 + 10)
        words.append(PrintedWord(piece, piece + "-" * last, box, 0.95, last))
        x0 += 6 * (len(piece) + 1)
    return tuple(words)


def make_printed(*lines: tuple[PrintedWord, ...], number: int = 1, **facts: Any) -> PrintedPage:
    """Make a page of one block."""
    block = PrintedBlock(BlockRole.BODY, lines)
    given: dict[str, Any] = {
        "id": f"{ISSUE}-p{number:04}",
        "issue_id": ISSUE,
        "file": "raw/kerngroep.pdf",
        "sha256": "0" * 64,
        "number": number,
        "label": str(number),
        "width": 595.0,
        "height": 842.0,
        "turned": 0,
        "skew": 0.0,
        "language": "nl",
        "text_source": "ocr",
        "reader": "tesseract 5.3.4 nl+en 300dpi",
        "status": "ok",
        "confidence": 0.95,
        "text": "\n".join(" ".join(word.text for word in line) for line in lines),
        "blocks": (block,) if lines else (),
    }
    return PrintedPage(**(given | facts))
