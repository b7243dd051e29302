"""Is a line what newsletters usually call a section, whatever it is about?

Agenda, colophon, word of the chair (archive/data/section_names.txt). A misread name is known by its likeness, which is
worth most where nothing else tells: above a list, on a worn page.
"""

from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz, process

_LEAST, _SURE = 70.0, 90.0  # likeness from which a line hints at a name, and at which it is one
_LONGEST = 30  # signs
_EDGES = " .,;-–—!?'\"*|_"


def like_usual_name(text: str) -> float:
    """Tell from 0 to 1 how much a line is like the usual name of a section, or opens with one and a colon."""
    plain = text.partition(":")[0].strip(_EDGES).casefold()
    if not plain or len(plain) > _LONGEST:
        return 0.0
    best = process.extractOne(plain, _names(), scorer=fuzz.ratio, score_cutoff=_LEAST)
    return 0.0 if best is None else min(1.0, (best[1] - _LEAST) / (_SURE - _LEAST))


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    """Read the names that come with the program."""
    lines = (resources.files("archive.data") / "section_names.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
