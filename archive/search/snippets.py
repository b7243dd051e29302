"""Where in a section does a hit stand, and which piece of its text shows it best?"""

import re
from collections.abc import Iterable, Mapping, Sequence

from archive.model.search import Match, MatchKind
from archive.search.forms import Token, tokens
from archive.tuples import NamedTuple

# One letter for one letter, so that places stay; a text with other letters is read in full.
_PLAIN = str.maketrans("àáâäãåèéêëìíîïòóôöõùúûüçñ’‘“”„–—•…€°´", "aaaaaaeeeeiiiiooooouuuucn''\"\"\"--....'")
_MANY_FORMS = 200
_BLANK, _RAGGED = re.compile(r"\s"), re.compile(r"\s\s")
_ELLIPSIS = "…"
_NEARNESS = list(MatchKind)  # closest first
_BETWEEN_DIGITS = r"[ .,/()-]{0,3}"
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
            phrase and matches only where they stand next to each other.
    """

    def __init__(self, forms: Mapping[str, Mapping[str, MatchKind]]) -> None:
        self._anywhere = self._in_text = _nearest(forms)
        if any(term.startswith(_OF_HEADINGS) for term in forms):
            self._in_text = _nearest({term: some for term, some in forms.items() if not term.startswith(_OF_HEADINGS)})
        self._phrases = [form for form in self._anywhere if " " in form]
        few = len(self._anywhere) <= _MANY_FORMS
        self._any = "|".join(map(_written, self._anywhere)) if few and not self._phrases else ""

    def find(self, full_text: str, *, heading: int = 0) -> tuple[Match, ...]:
        """Return every match in a text, in order.

        Args:
            full_text: Heading, newline and text of a section (Section.full_text).
            heading: How many characters of it are the heading; what is asked of headings alone matches only there.
        """
        wanted, phrases = self._anywhere, self._phrases
        found = list(tokens(full_text)) if phrases else _tokens_like(full_text, self._any)
        spans = [(token.start, token.end, token.text) for token in found if token.text in wanted]
        spans += _phrases(phrases, [token for token in found if not token.whole])
        matches: list[Match] = []
        covered = 0
        for start, end, form in sorted(spans, key=lambda span: (span[0], -span[1])):
            meant = (wanted if start < heading else self._in_text).get(form)
            if meant and start >= covered:  # a word inside a longer match is not marked twice
                matches.append(Match(meant[0], full_text[start:end], meant[1], (start, end)))
                covered = end
        return tuple(matches)


def _written(form: str) -> str:
    """Return a pattern of how a form may be written: digits also in groups, 1250 as 1.250."""
    return _BETWEEN_DIGITS.join(form) if form.isdecimal() else re.escape(form)


def _nearest(forms: Mapping[str, Mapping[str, MatchKind]]) -> dict[str, tuple[str, MatchKind]]:
    """Return for each form the word of the query that it stands nearest to, and how."""
    wanted: dict[str, tuple[str, MatchKind]] = {}
    for term, kinds in forms.items():
        for form, kind in kinds.items():
            known = wanted.get(form)
            if known is None or _NEARNESS.index(kind) < _NEARNESS.index(known[1]):
                wanted[form] = (term, kind)
    return wanted


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
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text) else ""
    shown, places = _flattened(text, start, end)
    marks = [
        (places[match.span[0] - start] + len(before), places[match.span[1] - 1 - start] + 1 + len(before))
        for match in matches
        if start <= match.span[0] and match.span[1] <= end
    ]
    return f"{before}{shown}{after}", tuple(marks)


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


def _tokens_like(text: str, pattern: str) -> Iterable[Token]:
    """Return the tokens of those stretches of a text that fit a pattern of folded words: most of a text is skipped."""
    plain = text.lower()
    if not plain.isascii():
        plain = plain.translate(_PLAIN)
    if not plain.isascii() or len(plain) != len(text) or not pattern:
        return tokens(text)
    found: list[Token] = []
    done = 0
    for match in re.finditer(pattern, plain):
        if match.start() < done:
            continue
        start = max(plain.rfind(" ", 0, match.start()), plain.rfind("\n", 0, match.start())) + 1
        ends = [end for end in (plain.find(" ", match.end()), plain.find("\n", match.end())) if end >= 0]
        done = min(ends, default=len(text))
        found += [t._replace(start=t.start + start, end=t.end + start) for t in tokens(text[start:done])]
    return found


def _phrases(phrases: Sequence[str], words: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Return the spans where the words of a phrase stand next to each other."""
    spans: list[tuple[int, int, str]] = []
    at_word: dict[str, list[int]] = {}
    for number, token in enumerate(words if phrases else ()):
        at_word.setdefault(token.text, []).append(number)
    for phrase in phrases:
        parts = phrase.split(" ")
        for first in at_word.get(parts[0], ()):
            run = words[first : first + len(parts)]
            if [token.text for token in run] == parts:
                spans.append((run[0].start, run[-1].end, phrase))
    return spans


def _window(text: str, matches: Sequence[Match], width: int) -> tuple[int, int]:
    """Choose the stretch of a text that holds the most different terms, and of those the most and nearest matches."""
    if len(text) <= width:
        return 0, len(text)
    best, chosen = (0, 0.0, 0), (0, min(width, len(text)))
    for number, match in enumerate(matches):
        inside = [other for other in matches[number : number + 40] if other.span[1] <= match.span[0] + width]
        nearness = sum(1.0 / (1 + _NEARNESS.index(other.how)) for other in inside)
        value = (len({other.term for other in inside}), nearness, -number)
        if value > best:
            middle = (match.span[0] + max([match.span[1], *(other.span[1] for other in inside)])) // 2
            best, chosen = value, _around(text, middle, width, match.span)
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


def _flattened(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return a stretch of text on one line, and where each of its characters went."""
    piece = text[start:end]
    if not _RAGGED.search(piece):
        return _BLANK.sub(" ", piece), list(range(len(piece)))
    shown: list[str] = []
    places: list[int] = []
    for char in piece:
        blank = char.isspace()
        places.append(len(shown) if not blank or not shown or shown[-1] != " " else len(shown) - 1)
        if not blank:
            shown.append(char)
        elif shown and shown[-1] != " ":
            shown.append(" ")
    return "".join(shown), places
