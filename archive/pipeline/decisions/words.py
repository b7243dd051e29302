"""Which words of the raw text are read otherwise by a person?

A correction names the word as it reads in the clean text and the words around it. Both are looked for there, and lead
back to the raw text by the trail of edits; the correction then is an edit that comes before all rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from archive.model.issues import Cleaned, Correction, Edit

# What a correction expects must be found at least so alike.
ALIKE = 0.9
RULE = "correction"
_WORD = re.compile(r"\S+")
_LEAD, _TRAIL = re.compile(r"^\W+"), re.compile(r"\W+$")


@dataclass(slots=True)
class Token:
    """A word of the clean text and the span of the raw text it comes from.

    `was` is what it read before corrections, `changed` whether one wrote it; the second word of one that was parted has
    an empty span. `keys` are both as they are compared.
    """

    text: str
    was: str
    start: int
    end: int
    changed: bool = False
    keys: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        key = _key(self.text)
        self.keys = key, key if self.was == self.text else _key(self.was)


@dataclass(frozen=True, slots=True)
class Found:
    """Where words were found: tokens `first` up to but not including `last`, and how alike (0 to 1)."""

    first: int
    last: int
    likeness: float


def tokens_of(cleaned: Cleaned, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words of the clean text of `raw[start:end]`, each with the raw text it comes from."""
    text: list[str] = []
    raw_spans: list[tuple[int, int]] = []
    for piece, first, last, edited in _pieces(cleaned, start, len(cleaned.raw) if end is None else end):
        text.append(piece)
        raw_spans += [(first, last)] * len(piece) if edited else [(at, at + 1) for at in range(first, last)]
    found = _WORD.finditer("".join(text))
    return [Token(each[0], each[0], raw_spans[each.start()][0], raw_spans[each.end() - 1][1]) for each in found]


def correct_words(
    tokens: list[Token], corrections: Sequence[Correction], spans: Sequence[tuple[int, int] | None]
) -> tuple[tuple[Edit, ...], tuple[Correction, ...]]:
    """Turn corrections of words into edits of the raw text.

    Args:
        tokens: The words of an issue (tokens_of); they are changed as the corrections say.
        corrections: Of the field `word`, oldest first.
        spans: For each the raw span of the section it names, None where that is not known.

    Returns:
        The edits, whose `before` is left to `clean`, and the corrections that found their place. Where a section
        holds its words more than once, each of these is corrected.
    """
    placed: list[Correction] = []
    for correction, span in zip(corrections, spans, strict=True):
        places = _best(find_word(tokens, correction.expected, correction.context), tokens, span)
        for found in reversed(places):
            _write(tokens, found, correction)
            placed.append(correction)
        if correction not in placed and _says_so_already(tokens, correction):
            placed.append(correction)
    return tuple(_edits(tokens)), tuple(dict.fromkeys(placed))


def find_word(tokens: Sequence[Token], expected: str, context: str) -> list[Found]:
    """Find a word, or a few, among the words around it; `context` may hold the word itself or leave it out."""
    wanted, around = expected.split(), context.split()
    found: list[Found] = []
    for first, likeness in _places(tokens, wanted):
        fit = _fit(tokens, first, wanted, around)
        if fit >= ALIKE:
            found.append(Found(first, first + len(wanted), (likeness + fit) / 2))
    return found


def find_phrase(tokens: Sequence[Token], phrase: str, before: str = "") -> list[Found]:
    """Find words in a row, behind the words `before` where these are given."""
    wanted, ahead = phrase.split(), before.split()
    found: list[Found] = []
    for first, likeness in _places(tokens, wanted):
        if not ahead or alike(ahead, _texts(tokens[max(0, first - len(ahead)) : first])) >= ALIKE:
            found.append(Found(first, first + len(wanted), likeness))
    return found


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike two rows of words are, 0 to 1; case and signs around words do not count."""
    return fuzz.ratio(_bare(one), _bare(other)) / 100


def bare(word: str) -> str:
    """Return a word without the signs around it; a word of signs only stays as it is."""
    return _TRAIL.sub("", _LEAD.sub("", word)) or word


def _places(tokens: Sequence[Token], wanted: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Yield where some words stand, as they read now or read before corrections, and how alike they are."""
    key, size = _bare(wanted), len(wanted)
    for first in range(len(tokens) - size + 1 if wanted else 0):
        there = tokens[first : first + size]
        likeness = fuzz.ratio(key, " ".join(token.keys[0] for token in there), score_cutoff=ALIKE * 100)
        if not likeness and any(token.changed for token in there):
            likeness = fuzz.ratio(key, " ".join(token.keys[1] for token in there), score_cutoff=ALIKE * 100)
        if likeness:
            yield first, likeness / 100


def _bare(words: Sequence[str]) -> str:
    return " ".join(map(_key, words))


def _key(word: str) -> str:
    return bare(word).casefold()


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens]


def _fit(tokens: Sequence[Token], first: int, wanted: Sequence[str], around: Sequence[str]) -> float:
    """Return how alike the words around a place are to a context."""
    size = len(wanted)
    if not around or list(around) == list(wanted):
        return 1.0
    inside = [at for at in range(len(around) - size + 1) if alike(wanted, around[at : at + size]) >= ALIKE]
    best = 0.0
    for at in inside or range(len(around) + 1):
        ahead, behind = around[:at], around[at + size :] if inside else around[at:]
        there = _texts(tokens[max(0, first - len(ahead)) : first])
        there += _texts(tokens[first + size : first + size + len(behind)])
        best = max(best, alike([*ahead, *behind], there))
    return best


def _best(found: Sequence[Found], tokens: Sequence[Token], span: tuple[int, int] | None) -> list[Found]:
    """Keep the places in the section that is named; without one there, the most alike of all."""
    if span:
        inside = [each for each in found if span[0] <= tokens[each.first].start < span[1]]
        if inside:
            return inside
    best = max(found, key=lambda each: each.likeness, default=None)
    return [best] if best else []


def _write(tokens: list[Token], found: Found, correction: Correction) -> None:
    """Put the right word into the tokens; signs around the old one stay if the correction does not name them."""
    value = correction.value
    old = tokens[found.first : found.last]
    if correction.expected == bare(correction.expected):
        lead = len(old[0].text) - len(_LEAD.sub("", old[0].text))
        trail = len(_TRAIL.sub("", old[-1].text))
        value = f"{old[0].text[:lead]}{value}{old[-1].text[trail:]}"
    start, end = old[0].start, old[-1].end
    was = " ".join(token.was for token in old)
    first, *rest = value.split() or [""]
    tokens[found.first : found.last] = [
        Token(first, was, start, end, changed=True),
        *(Token(word, "", end, end, changed=True) for word in rest),
    ]


def _says_so_already(tokens: Sequence[Token], correction: Correction) -> bool:
    """Tell whether a place reads as the correction wants it: a better scan, or a rule, was there first."""
    if not correction.context:
        return False
    words = correction.context.split()
    size = len(correction.expected.split())
    for at in range(len(words) - size + 1):
        if alike(words[at : at + size], correction.expected.split()) >= ALIKE:
            words[at : at + size] = correction.value.split()
            break
    exact = [bare(word) for word in correction.value.split()]
    return any(
        [bare(token.text) for token in tokens[each.first : each.last]] == exact
        for each in find_word(tokens, correction.value, " ".join(words))
    )


def _edits(tokens: Sequence[Token]) -> Iterator[Edit]:
    """Yield an edit for each row of changed words, widened to all words that come from the same raw text."""
    at = 0
    while at < len(tokens):
        if not tokens[at].changed:
            at += 1
            continue
        first, last = at, at + 1
        while first and tokens[first - 1].end > tokens[first].start:
            first -= 1
        while last < len(tokens) and (
            tokens[last].start < tokens[last - 1].end or tokens[last].start == tokens[last].end
        ):
            last += 1
        after = " ".join(filter(None, _texts(tokens[first:last])))
        yield Edit(tokens[first].start, tokens[last - 1].end, "", after, RULE)
        at = last


def _pieces(cleaned: Cleaned, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the clean text in pieces: each with its span in the raw text, and whether an edit wrote it."""
    at = start
    for edit in cleaned.edits:
        if start <= edit.start < end:
            if at < edit.start:
                yield cleaned.raw[at : edit.start], at, edit.start, False
            yield edit.after, edit.start, edit.end, True
            at = max(at, edit.end)
    if at < end:
        yield cleaned.raw[at:end], at, end, False
