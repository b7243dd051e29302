"""Which capitals at the end of a line belong to a box or a banner beside it?

A dump of earlier OCR reads straight across the page, so that the words of a side box end up behind the lines next to
it: `… via onze kanalen? VOOR ELKE`, `BUURT EEN` , `Tot dan! BANK`. Capitals are taken out where they stand behind a
line of ordinary text and again on a line close by, where they follow a salutation, or where a line of them cuts through
a sentence. Abbreviations and a slogan in the flow of one sentence stay.
"""

import re
from collections.abc import Iterator, Sequence

from archive.model.issues import Edit
from archive.parsing.lines import RawLine, ends_sentence, is_capitals, raw_lines, starts_small
from archive.parsing.wording import is_salutation

ID = "side-text"

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’&-]*[A-ZÀ-ÖØ-Þ]"
# Capital words to the end of the line; small words are not among them.
_TAIL = re.compile(
    rf"(?<=\S)\s+((?:{_CAPITALS}|[A-Z]|&|-)[,.:!?]?(?:\s+(?:{_CAPITALS}|[A-Z]|&|-)[,.:!?]?)*)[\ue000\s]*$"
)
_DIGIT = re.compile(r"\d")
_NEARBY_LINES = 4
_LEAST_LETTERS = 8  # fewer is an abbreviation
_LONG_LETTERS = 6
_MANY_LETTERS = 12
_WIDEST_SIDE_LINE = 60


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each run of capitals that came in from beside the text."""
    lines = raw_lines(raw)
    tails = [_tail(raw, line) for line in lines]
    for number, (line, tail) in enumerate(zip(lines, tails, strict=True)):
        if tail is not None:
            if _has_neighbour(tails, number) or is_salutation(raw[line.start : tail].strip()):
                yield _edit(raw, tail, line.end)
            continue
        alone = is_capitals(line.shown) and len(line.shown) < _WIDEST_SIDE_LINE and not _DIGIT.search(line.shown)
        if alone and (_between(tails, number) or _cuts_a_sentence(lines, tails, number)):
            yield _edit(raw, line.start, line.end)


def _edit(raw: str, start: int, end: int) -> Edit:
    return Edit(start, end, raw[start:end], "", ID)


def _tail(raw: str, line: RawLine) -> int | None:
    """Return where the capitals behind the ordinary text of a line start (the space before them), or None."""
    match = _TAIL.search(raw, line.start, line.end)
    if match is None:
        return None
    words = re.findall(r"[^\W\d_]+", match[1])
    letters = sum(map(len, words))
    before = raw[line.start : match.start()]
    ordinary = sum(sign.islower() for sign in before) > sum(sign.isupper() for sign in before)
    long = letters >= _LEAST_LETTERS and (max(map(len, words)) >= _LONG_LETTERS or letters >= _MANY_LETTERS)
    return match.start() if ordinary and long else None


def _has_neighbour(tails: Sequence[int | None], number: int) -> bool:
    """Tell whether capitals stand behind another line close by."""
    near = range(max(0, number - _NEARBY_LINES), min(len(tails), number + _NEARBY_LINES + 1))
    return any(tails[other] is not None for other in near if other != number)


def _between(tails: Sequence[int | None], number: int) -> bool:
    """Tell whether a line of capitals stands between two lines that have capitals behind them."""
    above = any(tail is not None for tail in tails[max(0, number - _NEARBY_LINES) : number])
    return above and any(tail is not None for tail in tails[number + 1 : number + _NEARBY_LINES + 1])


def _cuts_a_sentence(lines: Sequence[RawLine], tails: Sequence[int | None], number: int) -> bool:
    """Tell whether the line above runs on in the line below, over this one."""
    if not 0 < number < len(lines) - 1:
        return False
    above, below = lines[number - 1].shown, lines[number + 1].shown
    runs_on = not ends_sentence(above) and not is_capitals(above) and starts_small(below)
    return runs_on and tails[number - 1] is None and len(above) > len(lines[number].shown)
