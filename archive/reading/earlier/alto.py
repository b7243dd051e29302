"""How is ALTO (versions 1 to 4) read? The words of its pages with their boxes and confidences."""

from html.parser import HTMLParser
from pathlib import Path

from archive.errors import UnreadableScanError
from archive.model.pages import Box, Word
from archive.reading.earlier import LIMIT_BYTES, POINTS_PER_INCH, USUAL_DPI, EarlierPage, read_markup

# How many of each unit there are to an inch; pixels are as many as the scan had.
_UNITS = {"mm10": 254.0, "inch1200": 1200.0}
_BOLD = 1.4
_HYPHENS = "-\u00ad\u2010\u00ac"


def read_alto(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> tuple[EarlierPage, ...]:
    """Read the pages of one ALTO file.

    A word that is broken over two lines stays in its two parts, the first with its hyphen, as it is printed.

    Raises:
        UnreadableScanError: It is too large, or no ALTO.
        StorageError: It cannot be read.
    """
    reader = _Reader()
    reader.feed(read_markup(path, limit_bytes=limit_bytes))
    reader.close()
    if not reader.is_alto:
        raise UnreadableScanError(path, "is no ALTO file", hint="Give it the ending of what it is, or take it away.")
    return tuple(reader.finish())


class _Reader(HTMLParser):
    """Reads tags as they come.

    A parser for HTML, which knows neither DTDs nor entities of a file's own, so that no file can make it swell; that it
    does not tell large letters from small ones in names does no harm here.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_alto = False
        self._unit = ""
        self._software: list[str] = []
        self._in = ""
        self._styles: dict[str, tuple[float | None, bool]] = {}
        self._line_style = ""
        self._pages: list[tuple[float, float, list[Word]]] = []
        self._scale = 1.0

    def finish(self) -> list[EarlierPage]:
        """Return what was read."""
        name = " ".join(" ".join(self._software).split()) or "unknown program"
        return [
            EarlierPage(number, tuple(words), width, height, f"{name}, from ALTO")
            for number, (width, height, words) in enumerate(self._pages, start=1)
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag."""
        name = tag.rpartition(":")[2]
        facts = {key.rpartition(":")[2]: value or "" for key, value in attrs}
        self._in = name
        if name == "alto":
            self.is_alto = True
        elif name == "textstyle":
            self._styles[facts.get("id", "")] = (_number(facts.get("fontsize")), "bold" in facts.get("fontstyle", ""))
        elif name == "page":
            self._scale = POINTS_PER_INCH / _UNITS.get(self._unit, USUAL_DPI)
            width, height = (_number(facts.get(side)) or 0.0 for side in ("width", "height"))
            self._pages.append((width * self._scale, height * self._scale, []))
        elif name in {"textblock", "textline"}:
            self._line_style = facts.get("stylerefs", "") or (self._line_style if name == "textline" else "")
        elif name == "string" and self._pages:
            self._add(facts)
        elif name == "hyp" and self._pages:
            self._break(facts.get("content", "") or "-")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag that holds nothing."""
        self.handle_starttag(tag, attrs)
        self._in = ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - of the parser
        """Leave a tag."""
        self._in = ""

    def handle_data(self, data: str) -> None:
        """Take the text of the few tags that have any."""
        if self._in == "measurementunit":
            self._unit = data.strip().casefold()
        elif self._in in {"softwarename", "softwareversion"}:
            self._software.append(data)

    def _add(self, facts: dict[str, str]) -> None:
        text = facts.get("content", "").strip()
        if not text:
            return
        left, top, width, height = (_number(facts.get(side)) for side in ("hpos", "vpos", "width", "height"))
        box = None
        if left is not None and top is not None and width is not None and height is not None:
            corners = (left, top, left + width, top + height)
            box = Box(*(each * self._scale for each in corners))
        sure = _number(facts.get("wc"))
        styles = (facts.get("stylerefs", "") or self._line_style).split()
        size, bold = next((self._styles[each] for each in styles if each in self._styles), (None, False))
        # Spaces within: some programs put a whole phrase into one String.
        for piece in text.split():
            confidence = None if sure is None else min(1.0, max(0.0, sure))
            self._pages[-1][2].append(Word(piece, box, confidence, size, _BOLD if bold else None))

    def _break(self, hyphen: str) -> None:
        """Put the hyphen at the end of a line to the word that it breaks."""
        words = self._pages[-1][2]
        if words and not words[-1].text.endswith(tuple(_HYPHENS)):
            last = words.pop()
            mark = "-" if hyphen in _HYPHENS else hyphen
            words.append(Word(last.text + mark, last.box, last.confidence, last.size, last.weight))


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
