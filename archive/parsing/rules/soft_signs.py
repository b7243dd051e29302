"""Which signs are there only for the printer: soft hyphens, zero-width and control characters?"""

import re
from collections.abc import Iterator

from archive.model.issues import Edit

ID = "soft-signs"

# A soft hyphen at a line's end breaks a word: the line end goes with it.
_SOFT = re.compile(
    r"\u00ad[ \t]*\n?(?=\S)|[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffd]"
)


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each soft hyphen (with the line end behind it), zero-width and control character."""
    for match in _SOFT.finditer(raw):
        yield Edit(match.start(), match.end(), match[0], "", ID)
