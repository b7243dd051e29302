"""Which signs are two or three letters in one: ﬁ, ﬂ, ĳ and their kin?"""

import re
from collections.abc import Iterator

from archive.model.issues import Edit

ID = "ligatures"

_LETTERS = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "ĳ": "ij",
    "Ĳ": "IJ",
}
_LIGATURE = re.compile(f"[{''.join(_LETTERS)}]")


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each ligature."""
    for match in _LIGATURE.finditer(raw):
        yield Edit(match.start(), match.end(), match[0], _LETTERS[match[0]], ID)
