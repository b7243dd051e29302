"""Which word lacks its end because the next one has it, or its beginning because the one before has it?

    zon- en feestdagen          zondagen
    in- of verkoop              inkoop
    Noord- en Zuid-Holland      noord-holland
    kinderopvang en -hulp       kinderhulp

Used while indexing, where the word lists are at hand.
"""

from collections.abc import Callable, Iterable

from archive.search.compounds import Splitter, compounding_languages
from archive.search.forms import parts_of_suspended

_LEAST_BEFORE = 2  # letters of the last word that stand before what it shares: uit-stroom
_LEAST_SHARED = 3  # letters: dag
_LINKS = ("s", "e", "en", "n")
_KNOWN, _COMMON = 1.0, 2.0  # on the Zipf scale


def completed(form: str, splitter: Splitter) -> str | None:
    """Return the word that stands without a part in a form as `tokens` gives it: zondagen of zon-en-feestdagen.

    Args:
        form: A folded form; of one that is no such row of words the answer is None.
        splitter: Tells how common words of its language are, and what compounds are made of.

    The most common word that the lists know is taken, or else one with the last part of the compound that is there.
    """
    row = parts_of_suspended(form) if "-" in form else None
    if row is None:
        return None
    head, tail = row
    if tail.startswith("-"):
        return _resumed(head, tail[1:], splitter)
    if "-" in tail:
        return f"{head}-{tail.rpartition('-')[2]}"
    if splitter.language not in compounding_languages():
        return None
    places = range(_LEAST_BEFORE, len(tail) - _LEAST_SHARED + 1)
    ends = [tail[at:] for at in places if _begins(tail[:at], splitter.zipf)]
    known = _best([head + shared for shared in ends], splitter.zipf)
    parts = () if known else splitter.parts(tail)
    return head + tail[tail.rindex(parts[-1]) :] if parts and parts[-1] in tail else known


def _resumed(first: str, end: str, splitter: Splitter) -> str | None:
    """Return a word that lacks its beginning, which is that of the first one."""
    if splitter.language not in compounding_languages():
        return None
    zipf = splitter.zipf
    places = range(_LEAST_SHARED, len(first) - _LEAST_SHARED + 1)
    begins = [first[:at] for at in places if zipf(first[at:]) >= _COMMON and _begins(first[:at], zipf)]
    known = _best([shared + end for shared in begins], zipf)
    parts = () if known else splitter.parts(first)
    return first[: first.rindex(parts[-1])] + end if parts and parts[-1] in first else known


def _best(words: Iterable[str], zipf: Callable[[str], float]) -> str | None:
    """Return the most common of some words that the lists know."""
    known = [word for word in words if zipf(word) >= _KNOWN]
    return max(known, key=zipf) if known else None


def _begins(part: str, zipf: Callable[[str], float]) -> bool:
    """Tell whether a compound may begin so: with a word, with or without linking letters."""
    return max(zipf(part), *(zipf(part.removesuffix(link)) for link in _LINKS)) >= _COMMON
