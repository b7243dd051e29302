"""How large is the type of a word?"""

import re

from archive.model.issues import WordSpan
from archive.model.pages import Word

# How much of the type size the letters of a word take up, by whether they rise above or hang below the small letters.
_RISING, _HANGING = re.compile(r"[A-ZÀ-ÖØ-Þbdfhklt0-9!?()'\"/éèëêïíöóüúáà]"), re.compile(r"[gjpqyQ,;()/]")
_X, _X_HANGING, _X_RISING, _FULL = 0.50, 0.71, 0.72, 0.93


def size_of(span: WordSpan, word: Word | None) -> float | None:
    """Return the type size of a word: as its source says, else by the height of its box."""
    if word is not None and word.size:
        return word.size
    if span.box is None or word is None or not any(sign.isalnum() for sign in word.text):
        return None
    rises, hangs = _RISING.search(word.text) is not None, _HANGING.search(word.text) is not None
    share = _FULL if rises and hangs else _X_RISING if rises else _X_HANGING if hangs else _X
    return (span.box.y1 - span.box.y0) / share
