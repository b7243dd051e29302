r"""Which letters and signs at the edges of a line were read out of a picture beside it?

An engine that reads a photo or an ornament gives runs such as `| ‘. I m` or `/ﬂ,\\`: signs that stand alone, single
letters, words with signs in their middle. Such a run at the start or the end of a line, or a whole line of it, is taken
out. Found by shape alone; a run needs at least one token that no Dutch or English sentence has. Numbers, prices, times,
addresses, list marks, arrows and initials are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archive.languages import is_known, word_zipf
from archive.model.issues import Edit
from archive.parsing.lines import raw_lines

ID = "stray-marks"

_LANGUAGES = ("nl", "en")
_TOKEN = re.compile(r"[^\s\ue000]+")
# Tokens that are right without being words: plain marks, arrows, list marks, dotted leaders, currency.
_PLAIN = re.compile(
    r"[-–—&+/=*•▪●◦·‣∙■□○►✓→>]|->|=>|-->|>>|\.{3,}|…|\*{2,}|[_-]{2,}|[€$£%]|\([-–—]\)|[.,:;!?)\]\"'”’»]"
)
_NUMBER = re.compile(
    r"[(\['’‘“„\"<>~≤≥=€$£f#№]*[-+±]?\d[\d.,:/°'’x×€%()-]*(?:[a-zA-Z]{1,4}\.?)?[.,:;!?)\]\"'”’»%°]*[-=]?,?",
    flags=re.UNICODE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,80}@\S+|[#@]\w{2,}\S*", flags=re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:[^\W\d_]{1,4}\.){1,5}[,;:)]?")
_WORD = re.compile(
    r"[(\[\"'“‘„‚«’`<>¿¡*•-]*[^\W\d_][^\W_]*(?:['’‘`´./&+:-]'?[^\W_]+)*['’]?[-–]?[.,:;!?…)\]\"'”’»“„*/%-]*",
    flags=re.UNICODE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_ODD_SIGNS = re.compile(r"[\\{}~^_|=<>¢¥§©®™°¬¦¤«»ﬁﬂ¡¿‘“„]")
_ALONE = frozenset("aAuUIiOoeEsSxXfFhHtTpPmMnNdDlLgGbBjJkKvVwWyYzZcCqQrR")
_COMMON_SHORT_ZIPF = 4.5
_VERY_ODD, _ODD, _NEUTRAL, _SHORT, _GOOD = 2.0, 1.0, 0.0, -1.0, -3.0
# A run must be worth this much to be taken out; whole lines, which have no good word to lose, a little less.
_LEAST, _LEAST_LINE = 2.0, 1.0
_LONG_WORD = 3
_LETTER_SHARE = 0.6
# A bullet in front of a heading, read as a letter that is no word.
_BULLET = re.compile(r"(?:[bcdefghjklmnpqrvwxyz@©®¢]|Bm|Em)\s+(?=[A-ZÀ-Ý][^\W\d_]+)")
_HEADING_SIGNS = 70


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each run of stray marks at the start or end of a line, and for each line of nothing else."""
    for line in raw_lines(raw):
        tokens = [
            (line.start + match.start(), line.start + match.end())
            for match in _TOKEN.finditer(raw[line.start : line.end])
        ]
        values = [_value(raw[start:end]) for start, end in tokens]
        if not any(value in {_GOOD, _SHORT} for value in values):
            if sum(values) >= _LEAST_LINE and any(value >= _ODD for value in values):
                yield _edit(raw, line.start, line.end)
            continue
        bullet = _BULLET.match(line.shown) if line.gap and len(line.shown) < _HEADING_SIGNS else None
        head = max(_best_run(values), 1 if bullet else 0)
        tail = _best_run(values[::-1])
        if 0 < head < len(tokens):
            yield _edit(raw, line.start, tokens[head][0])
        if tail and head + tail < len(tokens):
            yield _edit(raw, tokens[-tail - 1][1], line.end)


def _edit(raw: str, start: int, end: int) -> Edit:
    return Edit(start, end, raw[start:end], "", ID)


def _best_run(values: Sequence[float]) -> int:
    """Return how many tokens from the start form the run that is worth most; 0 if none is worth taking out."""
    best, length, total = _LEAST, 0, 0.0
    for count, value in enumerate(values, 1):
        total += value
        if total >= best and value >= _NEUTRAL and max(values[:count]) >= _ODD:
            best, length = total, count
    return length


@lru_cache(maxsize=20_000)
def _value(token: str) -> float:
    """Tell how much a token looks like a stray mark: from good (a word, a number) to very odd."""
    if _PLAIN.fullmatch(token):
        return _ODD * 0.75 if token in {".", ",", ":", ";", "'", '"', "”", "’", "]"} else _NEUTRAL
    if _NUMBER.fullmatch(token) or _ADDRESS.fullmatch(token) or _ABBREVIATION.fullmatch(token):
        return _GOOD
    letters = _LETTERS.findall(token)
    if _WORD.fullmatch(token):
        return _word_value("".join(letters), token)
    count = sum(map(len, letters))
    longest = max(letters, key=len, default="")
    if len(longest) >= _LONG_WORD and count >= _LETTER_SHARE * len(token):
        common = max(word_zipf(longest.casefold(), language) for language in _LANGUAGES) >= _COMMON_SHORT_ZIPF
        if common or len(longest) > _LONG_WORD:
            return _GOOD if common or is_known(longest, _LANGUAGES) else _NEUTRAL
    odd = len(_ODD_SIGNS.findall(token))
    return _VERY_ODD if odd and len(token) > 1 and count < len(token) else _ODD


def _word_value(word: str, token: str) -> float:
    """Tell how much a token of word shape looks like a stray mark."""
    odd_signs = len(_ODD_SIGNS.findall(token.strip("‘“„<>")))
    if len(word) > _LONG_WORD:
        return _GOOD
    if len(word) == 1:
        return _NEUTRAL if token[0] in _ALONE and not odd_signs else _ODD
    zipf = max(word_zipf(word.casefold(), language) for language in _LANGUAGES)
    if zipf >= _COMMON_SHORT_ZIPF or (word.isupper() and not odd_signs) or (len(word) == _LONG_WORD and zipf > 2):  # noqa: PLR2004
        return _SHORT if not odd_signs else _NEUTRAL
    return _NEUTRAL if not odd_signs else _ODD
