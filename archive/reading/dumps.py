"""How is a `.txt` dump of earlier OCR read as pages?"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz

from archive.bounded import read_bounded
from archive.errors import UnreadableScanError
from archive.model.pages import Block, Line, Word

LIMIT_BYTES = 16 * 1024 * 1024
# A line longer than this is no line of print; it is cut so that nothing after us meets a line of megabytes.
_LINE_LIMIT = 10_000
_BINARY_SHARE = 0.05  # share of bytes that no text holds
_SNIFFED_BYTES = 65_536
_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor moves
    r"|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\|$)"  # titles, links and other strings
    r"|\x1b[ -/]*[0-~]?",
)
_LINE_END = re.compile("\r\n|[\r\n\x0b\x85\u2028\u2029]")
# Control characters, and those that turn the direction of writing or cannot be seen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BYTE = re.compile("[\udc80-\udcff]")
# How far a masthead reaches, how long its first line may be, and how alike two printings of it are.
_HEAD_LINES, _LONGEST_TITLE = 6, 60
_REACH = 3 * _HEAD_LINES  # lines, empty ones among them
_LEAST_LETTERS = 4
_FIGURE = re.compile(r"\d+")
_SAME_TITLE, _SAME_LINE = 72, 65


def read_dump(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> tuple[tuple[Block, ...], ...]:
    """Read a text file as pages of blocks: a form feed starts a page, an empty line a block.

    Where the masthead that the file opens with comes again, as in a file of several issues, a page starts too.

    Words stand as in the source, parted at white space, without boxes and confidence. Control characters and terminal
    escapes are dropped.

    Args:
        path: A file in UTF-8 (with or without byte-order mark) or Windows-1252.
        limit_bytes: Size from which a file is refused.

    Returns:
        The blocks of each page; one page without blocks for a file without words.

    Raises:
        StorageError: the file cannot be read.
        UnreadableScanError: the file is too large, or no text.
    """
    content = read_bounded(path, limit_bytes, hint="Cut it into files of one issue each.")
    if _is_binary(content):
        raise UnreadableScanError(path, "is not a text file", hint="Give it the ending of what it is, as .pdf or .png.")
    pages = _decode(content).split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # OCR programs end each page with a form feed, the last one too
    head = _head(pages[0].split("\n"))
    return tuple(tuple(_blocks(part)) for page in pages for part in _parted(page.split("\n"), head))


def _head(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the first lines that say something: the title, then what may number and date the issue."""
    shown = (" ".join(line.split()) for line in lines)
    return tuple(islice((line for line in shown if _letters(line) >= _LEAST_LETTERS), _HEAD_LINES))


def _parted(lines: Sequence[str], head: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a page in parts: a further part opens where the head stands again."""
    start, said = 0, False
    for at, line in enumerate(lines):
        if said and _is_title(line, head) and _stands_at(lines[at : at + _REACH], head):
            yield "\n".join(lines[start:at])
            start = at
        said = said or bool(line.strip())
    yield "\n".join(lines[start:])


def _is_title(line: str, head: Sequence[str]) -> bool:
    plain = " ".join(line.split())
    if not head or not 0 < len(plain) <= _LONGEST_TITLE or len(head[0]) > _LONGEST_TITLE:
        return False
    return fuzz.ratio(plain.casefold(), head[0].casefold(), score_cutoff=_SAME_TITLE) > 0


def _stands_at(lines: Sequence[str], head: Sequence[str]) -> bool:
    """Tell whether lines open like the head: besides the title a line with figures comes again, whatever these are."""
    numbered = [_without_figures(line) for line in head[1:] if _FIGURE.search(line)]
    below = [_without_figures(line) for line in _head(lines)[1:] if _FIGURE.search(line)]
    return any(fuzz.ratio(one, other) >= _SAME_LINE for one in numbered for other in below)


def _without_figures(line: str) -> str:
    return _FIGURE.sub("0", line.casefold())


def _letters(line: str) -> int:
    return sum(sign.isalpha() for sign in line)


def _is_binary(content: bytes) -> bool:
    """Tell whether a file holds what no text holds: many zero bytes and control characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = content[:_SNIFFED_BYTES]
    odd = len(start) - len(start.translate(None, bytes([*range(7), *range(14, 27), *range(28, 32)])))
    return odd > _BINARY_SHARE * len(start)


def _decode(content: bytes) -> str:
    """Decode UTF-8, and each byte that is no UTF-8 as Windows-1252; then drop what cannot be seen."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # a Windows editor's "Unicode"
        text = content.decode("utf-16", errors="ignore")
    else:
        text = content.decode("utf-8", errors="surrogateescape")
        text = _BYTE.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", errors="ignore"), text)
    return _UNSEEN.sub("", _LINE_END.sub("\n", _ESCAPE.sub("", text)))


def _blocks(page: str) -> Iterator[Block]:
    lines: list[Line] = []
    for text in page.split("\n"):
        if text.strip():
            lines += (Line(tuple(map(Word, part.split()))) for part in _cut(text))
        elif lines:
            yield Block(tuple(lines))
            lines = []
    if lines:
        yield Block(tuple(lines))


def _cut(text: str) -> Iterator[str]:
    """Cut a line that is too long, at a space if it has one."""
    while len(text) > _LINE_LIMIT:
        at = text.rfind(" ", 1, _LINE_LIMIT)
        at = at if at > 0 else _LINE_LIMIT
        if text[:at].strip():
            yield text[:at]
        text = text[at:]
    if text.strip():
        yield text
