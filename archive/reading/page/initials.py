"""Which letters are the initials that open paragraphs of a scanned page?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archive.reading.images.initials import erase, find_initials
from archive.reading.images.picture import Picture, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archive.model.pages import Word
    from archive.protocols import Engine

_SURE = 0.5
# What an engine takes for these signs when it sees them alone.
_ALIKE = {"|": "I", "1": "I", "l": "I", "0": "O"}


def take_initials(
    picture: Picture, engine: Engine, languages: tuple[str, ...], work: Path
) -> tuple[Picture, tuple[Word, ...]]:
    """Have each large letter that opens a paragraph read alone.

    Returns:
        The page without those that were read, and these; layout joins them with the words that they open.
    """
    read_letter: Any = getattr(engine, "read_letter", None)
    words: list[Word] = []
    for initial in find_initials(picture) if read_letter else ():
        seen = read_letter(save(initial.alone, work / "letter.pgm", 1), languages)
        if letter := _which_letter(seen):
            words.append(replace(seen[0], text=letter, box=initial.box, size=None))
            picture = erase(picture, initial)
    return picture, tuple(words)


def _which_letter(seen: Sequence[Word]) -> str:
    """Return the capital that an engine saw, once or twice over; nothing where it saw anything else, or was unsure."""
    if len(seen) != 1 or (seen[0].confidence or 0.0) < _SURE:
        return ""
    letters = {_ALIKE.get(sign, sign).upper() for sign in seen[0].text}
    letter = letters.pop()
    return letter if not letters and letter.isalpha() else ""
