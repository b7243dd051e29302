"""Was this very page read before?

One packed JSON file a page, named by what decides its content. It appears under its name only when it is whole; one
that is damaged counts as absent, since the page can be read again.
"""

import contextlib
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.errors import ArchiveWriteError
from archive.model.pages import (
    Block,
    BlockRole,
    Box,
    Candidate,
    Line,
    Page,
    PageStatus,
    TextSource,
    Word,
)

_FORMAT = 1


def page_key(content: str, number: int, reading: str) -> str:
    """Name a page's file by the sha256 of the file that it stands in, its number there and the reading settings."""
    return hashlib.sha256(f"{_FORMAT}\n{content}\n{number}\n{reading}".encode()).hexdigest()


def has(folder: Path, key: str) -> bool:
    """Tell whether a page is kept; whether its file is whole shows when it is loaded."""
    return _place(folder, key).is_file()


def load(folder: Path, key: str) -> dict[str, Any] | None:
    """Return what was kept of a page, or None where nothing usable is."""
    try:
        kept = json.loads(gzip.decompress(_place(folder, key).read_bytes()))
    except (OSError, EOFError, zlib.error, ValueError):
        return None
    whole = isinstance(kept, dict) and kept.get("format") == _FORMAT
    return kept if whole and kept.get("key", key) == key else None  # under another's name it is another page


def store(folder: Path, key: str, kept: Mapping[str, Any]) -> None:
    """Keep a page.

    Raises:
        ArchiveWriteError: it cannot be written.
    """
    place = _place(folder, key)
    packed = gzip.compress(_dump({"format": _FORMAT, "key": key, **kept}), compresslevel=6, mtime=0)
    passing = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with passing.open("wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(place)
        _sync_folder(place.parent)  # the new name must be on the disk too, or a power cut loses the page
    except OSError as error:
        with contextlib.suppress(OSError):
            passing.unlink(missing_ok=True)
        hint = f"The system says: {error.strerror or error}. Make room or change the rights, then run it again."
        raise ArchiveWriteError(place, "a page that was read cannot be kept", hint=hint) from error


def pack_words(words: Sequence[Word]) -> dict[str, list[Any]]:
    """Turn words into columns, which pack well; boxes to a hundredth of a point."""
    return {
        "text": [word.text for word in words],
        "box": [None if word.box is None else _pack_box(word.box) for word in words],
        "confidence": [word.confidence for word in words],
        "size": [None if word.size is None else round(word.size, 2) for word in words],
        "weight": [word.weight for word in words],
    }


def unpack_words(columns: Mapping[str, Sequence[Any]]) -> tuple[Word, ...]:
    """Turn columns back into words."""
    rows = zip(*(columns[name] for name in ("text", "box", "confidence", "size", "weight")), strict=True)
    return tuple(
        Word(text, None if box is None else Box(*box), confidence, size, weight)
        for text, box, confidence, size, weight in rows
    )


def pack_page(page: Page) -> dict[str, Any]:
    """Turn a page into plain values; its words become columns over all blocks, in reading order."""
    lines = [line for block in page.blocks for line in block.lines]
    return {
        "number": page.number,
        "blocks": [
            {"lines": len(block.lines), "box": _box_or_none(block.box), "role": block.role, "reason": block.reason}
            for block in page.blocks
        ],
        "lines": [[len(line.words), _box_or_none(line.box)] for line in lines],
        "words": pack_words([word for line in lines for word in line.words]),
        "candidates": [[each.source, each.score, each.reason] for each in page.candidates],
        "unread": page.unread,
        "unread_boxes": [_pack_box(box) for box in page.unread_boxes],
        **{name: getattr(page, name) for name in _PLAIN},
    }


def unpack_page(kept: Mapping[str, Any]) -> Page:
    """Turn plain values back into a page.

    Raises:
        KeyError, TypeError, ValueError: they are not what `pack_page` gave.
    """
    words = iter(unpack_words(kept["words"]))
    lines = iter(
        [
            Line(tuple(next(words) for _ in range(count)), None if box is None else Box(*box))
            for count, box in kept["lines"]
        ]
    )
    blocks = tuple(
        Block(
            tuple(next(lines) for _ in range(block["lines"])),
            None if block["box"] is None else Box(*block["box"]),
            BlockRole(block["role"]),
            block["reason"],
        )
        for block in kept["blocks"]
    )
    plain = {name: kept[name] for name in _PLAIN}
    plain |= {"text_source": TextSource(plain["text_source"]), "status": PageStatus(plain["status"])}
    scores = tuple(Candidate(TextSource(source), score, reason) for source, score, reason in kept["candidates"])
    # A page that was kept before its print was measured has no such figure.
    plain |= {"unread": kept.get("unread"), "unread_boxes": tuple(Box(*box) for box in kept.get("unread_boxes", ()))}
    return Page(number=kept["number"], blocks=blocks, candidates=scores, **plain)


def page_of(kept: Mapping[str, Any]) -> Page | None:
    """Return the page of what `load` gave; None where that is damaged, or of a version that kept pages otherwise."""
    try:
        return unpack_page(kept["page"])
    except (KeyError, TypeError, ValueError, StopIteration, RuntimeError):
        return None


# The fields of a page that JSON holds as they are.
_PLAIN = (
    "text_source",
    "status",
    "reason",
    "label",
    "width",
    "height",
    "turned",
    "skew",
    "language",
    "reader",
    "confidence",
)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.json.gz"


def _dump(kept: Mapping[str, Any]) -> bytes:
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _pack_box(box: Box) -> list[float]:
    return [round(side, 2) for side in (box.x0, box.y0, box.x1, box.y1)]


def _box_or_none(box: Box | None) -> list[float] | None:
    return None if box is None else _pack_box(box)
