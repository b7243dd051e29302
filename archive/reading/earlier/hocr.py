"""How is hOCR read? The words of its pages with their boxes and confidences."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from archive.errors import UnreadableScanError
from archive.model.pages import Box, Word
from archive.reading.earlier import LIMIT_BYTES, POINTS_PER_INCH, USUAL_DPI, EarlierPage, read_markup

# Numbers of more digits are none: not every one of them can be reckoned with.
_PIXELS = r"(-?\d{1,7})"
_BOX = re.compile(rf"\bbbox\s+{_PIXELS}\s+{_PIXELS}\s+{_PIXELS}\s+{_PIXELS}(?!\d)")
_RESOLUTION = re.compile(r"\bscan_res\s+(\d{1,7})\s+(\d{1,7})(?!\d)")
_SURE = re.compile(r"\bx_w?conf\s+(\d{1,7}(?:\.\d{1,7})?)(?![\d.])")
_WORDS = {"ocrx_word", "ocr_word"}
_VOID = {"br", "img", "hr", "meta", "link", "input"}
_BOLD = 1.4
_HINT = "Give it the ending of what it is, or take it away."


def read_hocr(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> tuple[EarlierPage, ...]:
    """Read the pages of one hOCR file.

    Raises:
        UnreadableScanError: It is too large, or no hOCR.
        StorageError: It cannot be read.
    """
    reader = _Reader()
    try:
        reader.feed(read_markup(path, limit_bytes=limit_bytes))
        reader.close()
    except AssertionError as error:  # what html.parser of some Pythons says to `<![html>`
        raise UnreadableScanError(path, f"is damaged: {error}", hint=_HINT) from error
    if not reader.pages:
        raise UnreadableScanError(path, "is no hOCR file", hint=_HINT)
    return reader.finish()


class _Reader(HTMLParser):
    """Reads tags as they come; a word is all text between its tag and that tag's end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[EarlierPage] = []
        self._words: list[list[Word]] = []  # of each page
        self._system = "unknown program"
        self._scale = POINTS_PER_INCH / USUAL_DPI
        self._open: list[str] = []  # the tags within a word, itself first
        self._title = ""
        self._text = ""
        self._bold = False

    def finish(self) -> tuple[EarlierPage, ...]:
        """Return the pages with their words."""
        both = zip(self.pages, self._words, strict=True)
        return tuple(replace(page, words=tuple(words)) for page, words in both)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag."""
        facts = {name: value or "" for name, value in attrs}
        kinds = set(facts.get("class", "").split())
        title = facts.get("title", "")
        if tag == "meta" and facts.get("name") == "ocr-system":
            self._system = " ".join(facts.get("content", "").split()) or self._system
        elif "ocr_page" in kinds:
            self._begin_page(title)
        elif kinds & _WORDS and not self._open:
            self._title, self._text, self._bold = title, "", False
            self._open.append(tag)
            return
        if self._open and tag not in _VOID:
            self._open.append(tag)
            self._bold = self._bold or tag in {"strong", "b"}

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag; with the word's own the word is whole."""
        if not self._open or tag in _VOID:
            return
        while self._open and self._open.pop() != tag:
            pass  # a tag that was left open
        if not self._open:
            self._add()

    def handle_data(self, data: str) -> None:
        """Take text; only that within words counts."""
        if self._open:
            self._text += data

    def _begin_page(self, title: str) -> None:
        found = _RESOLUTION.search(title)
        dpi = float(found[1]) if found and int(found[1]) else 0.0
        self._scale = POINTS_PER_INCH / (dpi or USUAL_DPI)
        box = _BOX.search(title)
        x0, y0, x1, y1 = (int(each) for each in box.groups()) if box else (0, 0, 0, 0)
        size = ((x1 - x0) * self._scale, (y1 - y0) * self._scale)
        self.pages.append(EarlierPage(len(self.pages) + 1, (), *size, f"{self._system}, from hOCR"))
        self._words.append([])

    def _add(self) -> None:
        if not self.pages:
            self._begin_page("")
        found, sure = _BOX.search(self._title), _SURE.search(self._title)
        box = Box(*(int(each) * self._scale for each in found.groups())) if found else None
        confidence = min(1.0, float(sure[1]) / 100) if sure else None
        weight = _BOLD if self._bold else None
        self._words[-1] += [Word(piece, box, confidence, None, weight) for piece in self._text.split()]
