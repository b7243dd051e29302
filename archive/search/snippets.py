"""Where in a section does a hit stand, and which piece of its text shows it best?"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.model.search import Match, MatchKind
from archive.search.forms import MAX_WORD, Token, tokens, words_in_order, written_suspended
from archive.tuples import NamedTuple

# One letter for one letter, so that places stay; a text with other letters is read in full.
_PLAIN = dict(zip("àáâäãåèéêëìíîïòóôöõùúûüçñ’‘“”„–—•…€°´", "aaaaaaeeeeiiiiooooouuuucn''\"\"\"--....'", strict=True))
_MANY_FORMS = 200  # with joints, or of digits; to look for a pattern of more takes longer than to read a text in full
_FEW_WORDS = 8  # so few are looked for one by one in the time in which the words of a text are gathered
_MOST_INITIALS = 6  # of an abbreviation that may be written with dots
_RUNS, _DIGIT = r"[a-z0-9]+", r"\d"
_BLANKS = re.compile(r"\s+")
_ELLIPSIS = "…"
_NEARNESS = list(MatchKind)  # closest first
_BETWEEN_DIGITS = r"[ .,/()-]{0,3}"
_BETWEEN_GROUPS = " ?"
_OF_HEADINGS = "heading:"  # begins what stands for a part of the query that is asked of headings alone


class Context(NamedTuple):
    """A match between what stands before and behind it, each on one line."""

    left: str
    matched: str
    right: str
    match: Match


class Finder:
    """Finds the words of texts that the words of a query stood for.

    Made once for a query, as a pattern may stand for thousands of words.

    Args:
        forms: For each word of the query the folded forms it took and how, as Found.forms; a form of several words is a
            phrase and matches only where they stand next to each other, or with some words between them where it says
            so (archive.search.forms.APART).
    """

    def __init__(self, forms: Mapping[str, Mapping[str, MatchKind]]) -> None:
        self._anywhere = self._in_text = _nearest(forms)
        if any(term.startswith(_OF_HEADINGS) for term in forms):
            self._in_text = _nearest({term: some for term, some in forms.items() if not term.startswith(_OF_HEADINGS)})
        self._phrases = {form: _runs_of(form) for form in self._anywhere if " " in form}
        single = self._anywhere.keys() - self._phrases.keys()
        runs = (form for form in single if form.isascii() and form.isalnum() and len(form) < MAX_WORD)
        self._words = frozenset(run for run in runs if run.isalpha())  # digits may also stand in groups
        short = [word for word in self._words if len(word) <= _MOST_INITIALS]
        self._dotted = tuple(map(_dotted, short)) if len(short) <= _MANY_FORMS else ()
        others = single - self._words
        longest_first = sorted(others, key=lambda form: (-len(form), form))  # 06 12345678 is not marked as 06
        self._pattern = "|".join(map(_written, longest_first)) if len(others) <= _MANY_FORMS else None

    def find(self, full_text: str, *, heading: int = 0) -> tuple[Match, ...]:
        """Return every match in a text, in order.

        Args:
            full_text: Heading, newline and text of a section (Section.full_text).
            heading: How many characters of it are the heading; what is asked of headings alone matches only there.
        """
        wanted = self._anywhere
        found, phrases = self._tokens(full_text)
        spans = [(token.start, token.end, token.text) for token in found if token.text in wanted]
        words = [token for token in found if not token.whole]
        for part in (True, False):  # no phrase reaches from the heading into the text
            spans += _phrases(phrases, [token for token in words if (token.start < heading) is part])
        matches: list[Match] = []
        covered = 0
        for start, end, form in sorted(spans, key=lambda span: (span[0], -span[1])):
            matched = full_text[start:end]
            meant = [(term, matched, how) for term, how in (wanted if start < heading else self._in_text).get(form, ())]
            if meant and start < covered:  # a word inside a longer match is not marked twice
                around = matches.pop()
                matches.append(_match([around[:3], *around.also, *meant], around.span))
            elif meant:
                matches.append(_match(meant, (start, end)))
                covered = end
        return tuple(matches)

    def _tokens(self, text: str) -> tuple[Sequence[Token], Iterable[str]]:
        """Return the tokens of a text among which all single forms are, and the phrases that may stand in it."""
        plain = _plain(text)
        if plain is None or self._pattern is None or any(map(plain.__contains__, self._dotted)):
            return list(tokens(text)), self._phrases
        words = self._words
        phrases: list[str] = []
        if self._phrases or len(words) > _FEW_WORDS:
            runs = frozenset(re.findall(_RUNS, plain))
            words &= runs
            phrases = [phrase for phrase, needed in self._phrases.items() if needed <= runs]
        others = [match.span() for match in re.finditer(self._pattern, plain)] if self._pattern else []
        # Whether numbers side by side are one, the numbers beside them tell.
        if phrases or any(re.search(_DIGIT, plain[start:end]) for start, end in others):
            return list(tokens(text)), phrases
        spans = [span for word in words for span in _spans_of(word, plain)]
        return _tokens_at(text, plain, sorted(others + spans)), ()


def _match(meant: Sequence[tuple[str, str, MatchKind]], span: tuple[int, int]) -> Match:
    """Return a match of the first of some words of a query that stands for the others, too, each named once."""
    (term, matched, how), *others = meant
    also = {other: (other, inner, kind) for other, inner, kind in reversed(others) if other != term}
    return Match(term, matched, how, span, tuple(reversed(also.values())))


def _dotted(word: str) -> str:
    """Return a word with a dot between its letters, as initials are written."""
    return ".".join(word)


def _written(form: str) -> str:
    """Return a pattern of how a form may be written: digits also in groups, 1250 as 1.250, 2800ab as 2800 AB."""
    if form.isalnum() and not form.isalpha():
        return (_BETWEEN_DIGITS if form.isdecimal() else _BETWEEN_GROUPS).join(form)
    return written_suspended(form)


def _nearest(forms: Mapping[str, Mapping[str, MatchKind]]) -> dict[str, Sequence[tuple[str, MatchKind]]]:
    """Return for each form the words of the query that it stands for, and how, the nearest first."""
    wanted: dict[str, Sequence[tuple[str, MatchKind]]] = {}
    for term, kinds in forms.items():
        for form, kind in kinds.items():
            known = wanted.get(form)
            meant = [(term, kind)]
            wanted[form] = meant if known is None else sorted([*known, *meant], key=_nearness)
    return wanted


def _nearness(meant: tuple[str, MatchKind]) -> int:
    return _NEARNESS.index(meant[1])


def make_snippet(text: str, matches: Sequence[Match], width: int = 240) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut the piece of a text that shows most of what was asked, and mark the matches in it.

    Args:
        text: What the matches' spans count in.
        matches: As `Finder.find` gives them.
        width: Most characters of the snippet, the dots at its ends aside.

    Returns:
        The snippet on one line, with dots where text was cut off, and the spans to mark in it.
    """
    start, end = _window(text, matches, width)
    line, marks, at = _ELLIPSIS if start > 0 else "", [], start
    for first, last in [(match.span[0], min(match.span[1], end)) for match in matches if _shows(match, start, end)]:
        line += _on_one_line(text, at, first, start)
        mark = len(line)
        line += _on_one_line(text, first, last, start)
        marks.append((mark, len(line)))
        at = last
    line += _on_one_line(text, at, end, start)
    return line + (_ELLIPSIS if end < len(text) else ""), tuple(marks)


def keyword_in_context(text: str, matches: Sequence[Match], width: int = 50) -> tuple[Context, ...]:
    """Return each match with up to `width` characters of text on either side, cut between words."""
    lines: list[Context] = []
    for match in matches:
        start, end = match.span
        left, right = " ".join(text[max(0, start - width) : start].split()), " ".join(text[end : end + width].split())
        if start > width and not text[start - width - 1].isspace() and not text[start - width].isspace():
            left = left.partition(" ")[2]
        if end + width < len(text) and not text[end + width].isspace() and not text[end + width - 1].isspace():
            right = right.rpartition(" ")[0]
        lines.append(Context(left, " ".join(text[start:end].split()), right, match))
    return tuple(lines)


def by_left(line: Context) -> tuple[str, ...]:
    """Sort lines by the words to the left, the nearest first."""
    return tuple(token.text for token in reversed([*tokens(line.left)]))


def by_right(line: Context) -> tuple[str, ...]:
    """Sort lines by the words to the right, the nearest first."""
    return tuple(token.text for token in tokens(line.right))


def _plain(text: str) -> str | None:
    """Return a text in small letters without accents, each at its place; None for one with other letters."""
    plain = text.lower()
    if not plain.isascii():
        for letter in _PLAIN.keys() & set(plain):
            plain = plain.replace(letter, _PLAIN[letter])
    return plain if plain.isascii() and len(plain) == len(text) else None


def _runs_of(phrase: str) -> frozenset[str]:
    """Return the runs of letters and digits that stand in a text with a phrase, as far as all of them is searched."""
    runs = (run for word, _ in words_in_order(phrase) for run in re.findall(_RUNS, word))
    return frozenset(run for run in runs if len(run) < MAX_WORD)


def _spans_of(word: str, plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text, and not where it is the beginning or end of one."""
    start = plain.find(word)
    while start >= 0:
        end = start + len(word)
        if not plain[start - 1 : start].isalnum() and not plain[end : end + 1].isalnum():
            yield start, end
        start = plain.find(word, end)


def _tokens_at(text: str, plain: str, places: Iterable[tuple[int, int]]) -> Sequence[Token]:
    """Return the tokens of those stretches of a text that hold some places, in order: most of a text is skipped."""
    found: list[Token] = []
    done = 0
    for first, last in places:
        if last <= done:
            continue
        start = max(plain.rfind(" ", 0, first), plain.rfind("\n", 0, first)) + 1
        ends = [end for end in (plain.find(" ", last), plain.find("\n", last)) if end >= 0]
        done = min(ends, default=len(text))
        found += [t._replace(start=t.start + start, end=t.end + start) for t in tokens(text[start:done])]
    return found


def _phrases(phrases: Iterable[str], words: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Return the spans where the words of a phrase stand next to each other, or some words apart where it says so."""
    spans: list[tuple[int, int, str]] = []
    at_word: dict[str, list[int]] = {}
    for number, token in enumerate(words if phrases else ()):
        at_word.setdefault(token.text, []).append(number)
    for phrase in phrases:
        parts = words_in_order(phrase)
        ends = {place: place for place in at_word.get(parts[-1][0], ())}  # by where a phrase begins, where it ends
        for (word, _), (_, between) in zip(parts[-2::-1], parts[:0:-1], strict=True):
            following = list(ends)
            near = ((place, bisect_right(following, place)) for place in at_word.get(word, ()))
            found = [(place, following[at]) for place, at in near if at < len(following)]
            ends = {place: ends[after] for place, after in found if after - place <= between + 1}
        nearest = {last: first for first, last in ends.items()}
        spans += [(words[first].start, words[last].end, phrase) for last, first in nearest.items()]
    return spans


def _shows(match: Match, start: int, end: int) -> bool:
    """Tell whether a stretch of a text holds a match, or the beginning of one that is longer than itself."""
    first, last = match.span
    return start <= first < end and (last <= end or last - first > end - start)


def _window(text: str, matches: Sequence[Match], width: int) -> tuple[int, int]:
    """Choose the stretch of a text that holds the most different terms, and of those the most and nearest matches."""
    if len(text) <= width:
        return 0, len(text)
    best, chosen = (0, 0.0, 0), (0, min(width, len(text)))
    for number, match in enumerate(matches):
        last = match.span[0] + width  # some words that stand near each other reach further
        inside = [match, *(other for other in matches[number + 1 : number + 40] if other.span[1] <= last)]
        nearness = sum(1.0 / (1 + _NEARNESS.index(other.how)) for other in inside)
        value = (len({other.term for other in inside}), nearness, -number)
        if value > best:
            middle = (match.span[0] + min(last, max(other.span[1] for other in inside))) // 2
            best, chosen = value, _around(text, middle, width, (match.span[0], min(last, match.span[1])))
    return _to_words(text, *chosen)


def _around(text: str, middle: int, width: int, first: tuple[int, int]) -> tuple[int, int]:
    start = max(0, min(middle - width // 2, len(text) - width, first[0]))
    return start, max(min(len(text), start + width), min(first[1], len(text)))


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a stretch inward to where words end, unless that would leave little."""
    if start > 0 and not text[start - 1].isspace():
        space = next((at for at in range(start, min(end, start + 30)) if text[at].isspace()), None)
        start = start if space is None else space + 1
    if end < len(text) and not text[end].isspace():
        space = next((at for at in range(end - 1, max(start, end - 30), -1) if text[at].isspace()), None)
        end = end if space is None else space
    return start, end


def _on_one_line(text: str, start: int, end: int, line_start: int) -> str:
    """Return a stretch of text with single spaces, and none at the start of the line."""
    flat = _BLANKS.sub(" ", text[start:end])
    return flat.lstrip(" ") if start == line_start else flat
