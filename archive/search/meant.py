"""What was most likely printed where a word was misread?

    rnelkfabriek → melkfabriek        trapnaairnachine → trapnaaimachine        tornaten → tomaten

Used while indexing, for words that no list knows: the commonest misreadings of print are undone, at one place or two,
and where that makes a word of a list, or a compound of such, this was meant. A search only looks up what was found.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from archive.search.compounds import Splitter

# What was read, and what was printed. The first look the same in worn print and make words that are none; the others
# are letters of like shape, by which words of a language differ as well, so that more is asked of what they make.
_LOOKS_SAME = (
    *(("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("1", "i"), ("5", "s"), ("cl", "d"), ("ii", "u"), ("ii", "n")),
)
_LOOKS_LIKE = (
    *(("in", "m"), ("ni", "m"), ("nn", "m"), ("li", "h"), ("l", "i"), ("i", "l"), ("c", "e"), ("e", "c"), ("u", "n")),
    *(("n", "u"), ("h", "b"), ("b", "h"), ("f", "t"), ("t", "f"), ("l", "t"), ("t", "l"), ("i", "t"), ("o", "c")),
    *(("c", "o"), ("j", "i"), ("i", "j"), ("m", "rn"), ("y", "v"), ("v", "y")),
)
_MOST = 6  # changes of the first kind of which two are made together
_LEAST, _LEAST_LIKE = 2.4, 3.0  # how common what was meant must be on the Zipf scale
_LONG = 7  # letters of a word in which one of the second kind is believed
_PART = 5  # letters of each part of a compound in which one is
_LINKS = ("", "s")  # that such a part may have

# Where a word was misread, up to where, and what was printed there.
_Change = tuple[int, int, str]


def meant(word: str, splitter: Splitter) -> str:
    """Return what a folded word that no list knows was most likely printed as; nothing where that is not clear.

    Args:
        word: A folded word.
        splitter: Tells how common words of its language are, and what compounds are made of.
    """
    zipf = splitter.zipf
    same = _changes(word, _LOOKS_SAME)
    sure = [_with(word, change) for change in same]
    sure += [_with(_with(word, last), first) for first, last in _apart(same[:_MOST])]
    found = _commonest(sure, zipf, _LEAST) or next((each for each in sure if splitter.split(each)), "")
    if found or len(word) < _LONG:
        return found
    like = _changes(word, _LOOKS_LIKE)
    found = _commonest([_with(word, change) for change in like], zipf, _LEAST_LIKE)
    return found or next((each for each in _in_one_part(word, like, zipf) if splitter.split(each)), "")


def _changes(word: str, pairs: Iterable[tuple[str, str]]) -> list[_Change]:
    """Return each place where one of some misreadings may stand, and what would have been printed."""
    found: list[_Change] = []
    for read, printed in pairs:
        at = word.find(read)
        while at >= 0:
            found.append((at, at + len(read), printed))
            at = word.find(read, at + 1)
    return found


def _apart(changes: Iterable[_Change]) -> Iterator[tuple[_Change, _Change]]:
    """Yield two changes each of other letters, the one that stands first before the other."""
    return ((first, last) for first, last in combinations(sorted(changes), 2) if first[1] <= last[0])


def _with(word: str, change: _Change) -> str:
    start, end, printed = change
    return f"{word[:start]}{printed}{word[end:]}"


def _commonest(words: Iterable[str], zipf: Callable[[str], float], least: float) -> str:
    """Return the most common of some words if that is common enough."""
    common, best = max(((zipf(word), word) for word in words), default=(0.0, ""))
    return best if common >= least else ""


def _in_one_part(word: str, changes: Iterable[_Change], zipf: Callable[[str], float]) -> Iterator[str]:
    """Yield what a word becomes where it ends or begins with a common word and a change makes one of the rest."""
    for at in range(_PART, len(word) - _PART + 1):
        if zipf(word[at:]) >= _LEAST_LIKE:
            for change in changes:
                head = _with(word[:at], change) if change[1] <= at else ""
                if any(zipf(head.removesuffix(link)) >= _LEAST_LIKE for link in _LINKS if head.endswith(link)):
                    yield head + word[at:]
        if zipf(word[:at]) >= _LEAST_LIKE:
            for change in changes:
                whole = _with(word, change) if change[0] >= at else ""
                if zipf(whole[at:]) >= _LEAST_LIKE:
                    yield whole
