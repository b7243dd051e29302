"""What do the heads and feet that run through an issue say of it?

`De Kerngroep - juni 2019 - 3` on every page names newsletter and date where the masthead was not read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model.issues import PartialDate
from archive.model.pages import BlockRole, Page
from archive.parsing.numbering import read_numbering

_RUNNING = "running"
_PAGE_NUMBER = re.compile(
    r"(?:^|[\s\-–—|·•,])(?:pagina|bladzijde|blz\.?|page|p\.)?\s*\d{1,3}(?:\s*(?:van|/|of)\s*\d{1,3})?\s*(?=$|[\s\-–—|·•,])"
)
_TAIL = re.compile(r"\b(?:nummer|nr|no|jaargang|jrg|issue|vol(?:ume)?)\b\.?\s*\d*", re.IGNORECASE)
# What may be left of a misread date or page number behind a name: `Brug | juni`, `Brug pagina i van`, `Brug 12e`.
_LEFT_OVER = re.compile(r"(?<=\S)\s+(?:[|·•]\s.*|(?:pagina|bladzijde|page)\s\S{1,3}(?:\s.*)?|\d+\w?)$", re.IGNORECASE)
_MIN_LETTERS = 3


@dataclass(frozen=True, slots=True)
class RunningFacts:
    """Name, number and date that the running heads agree on; empty or None where they say none."""

    name: str = ""
    number: str = ""
    date: PartialDate | None = None
    date_text: str = ""


def read_running_heads(pages: Sequence[Page], language: str = "nl") -> RunningFacts:
    """Read the lines that `mark_furniture` found to run through the pages; a line counts once for each page."""
    names: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    dates: Counter[tuple[PartialDate, str]] = Counter()
    for page in pages:
        lines = {
            " ".join(line.text.split())
            for block in page.blocks
            if _runs(block.role, block.reason)
            for line in block.lines
        }
        for line in lines:
            says = read_numbering(line, language)
            if name := _name(line, [(date.start, date.end) for date in says.dates]):
                names[name] += 1
            if says.number:
                numbers[says.number] += 1
            for printed in says.dates:
                first = printed.first
                if first.year is not None and first.month is not None:
                    dates[PartialDate(first.year, first.month, first.day), line[printed.start : printed.end]] += 1
    date: PartialDate | None = None
    date_text = ""
    if dates:
        date, date_text = dates.most_common(1)[0][0]
    return RunningFacts(_most(names), _most(numbers), date, date_text)


def _runs(role: BlockRole, reason: str) -> bool:
    return role is BlockRole.FURNITURE and reason.startswith(_RUNNING)


def _most(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _name(line: str, dates: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(dates):
        line = line[:start] + " " + line[end:]
    plain = _PAGE_NUMBER.sub(" ", _TAIL.sub(" ", line))
    words = plain.split()
    while words and not any(c.isalpha() for c in words[-1]):
        words.pop()  # bars and slips of the engine after the name
    plain = _LEFT_OVER.sub("", " ".join(words)).strip(" -–—|·•,:;.'’")
    is_name = sum(c.isalpha() for c in plain) >= _MIN_LETTERS and plain[:1].isupper() and len(plain.split()) <= 7  # noqa: PLR2004
    return plain if is_name and "@" not in plain and "www" not in plain else ""
