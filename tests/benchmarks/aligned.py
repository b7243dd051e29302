"""Where in badly read text do the sections of the truth stand? So that a search is measured apart from the parsing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from archive.parsing.cleaning import clean
from archive.parsing.rules import RULES


class WornSection(NamedTuple):
    """A section as printed and as read, heading and text: raw, and cleaned as the program does.

    `wrong` is the share of its page's characters misread.
    """

    key: str
    printed: str
    read: str
    raw: str
    page: int
    wrong: float
    fields: dict[str, object]


def worn_sections(texts: Path, truths: Path) -> Iterator[WornSection]:
    """Yield the sections of all issues of one level of wear, cut where the truth cuts them.

    Args:
        texts: A folder that worn_text wrote.
        truths: The folder of the truths.
    """
    rows = json.loads((texts / "pages.json").read_text(encoding="utf-8"))["pages"]
    wrong = {(row["name"], row["page"]): row["wrong"] / max(1, row["letters"]) for row in rows}
    for path in sorted(texts.glob("*.txt")):
        truth = json.loads((truths / f"{path.stem}.truth.json").read_text(encoding="utf-8"))
        raw = path.read_text(encoding="utf-8")
        yield from _cut(truth, raw, {p: share for (name, p), share in wrong.items() if name == path.stem})


def _cut(truth: dict[str, Any], raw: str, wrong: dict[int, float]) -> Iterator[WornSection]:
    printed = " ".join(" ".join(page["text"].split()) for page in truth["pages"])
    places, raw_places = _Places(printed, clean(raw, RULES).text), _Places(printed, raw)
    for section in truth["sections"]:
        pieces = [" ".join(block["text"].split()) for block in section["blocks"]]
        spans = [(at, at + len(piece)) for piece in pieces if (at := printed.find(piece)) >= 0]
        heading = " ".join(section["heading"].split())
        if spans and heading and (at := printed.rfind(heading, 0, spans[0][0])) >= 0:
            spans.insert(0, (at, at + len(heading)))
        found = "\n\n".join(places.cut(*span).strip() for span in spans)
        as_read = "\n\n".join(raw_places.cut(*span).strip() for span in spans)
        true_text = "\n\n".join(printed[start:end] for start, end in spans)
        page = int(section["pages"][0])
        fields = {"category": section["category"], "language": section.get("lang") or "nl", "page": page}
        yield WornSection(section["key"], true_text, found, as_read, page, wrong.get(page, 0.0), fields)


class _Places:
    """Leads from places of one text to those of another."""

    def __init__(self, printed: str, read: str) -> None:
        self._read = read
        self._to: list[int] = []
        for change in Levenshtein.opcodes(printed.casefold(), read.casefold()):
            size = change.src_end - change.src_start
            steps = change.dest_end - change.dest_start
            self._to += [change.dest_start + min(step, steps) for step in range(size)]
        self._to.append(len(read))

    def cut(self, start: int, end: int) -> str:
        """Return what was read of a stretch of print, words that it touches whole."""
        first, last = self._to[start], self._to[end - 1] + 1
        while first > 0 and first < last and not self._read[first - 1].isspace() and last - first > 1:
            first -= 1
        while last < len(self._read) and not self._read[last].isspace():
            last += 1
        return self._read[first:last]
