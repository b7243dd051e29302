"""Which places does a text name?

Names of the gazetteer (archive/data/places.txt), with a capital, whole, and not inside a longer name. Names that are
also plain words or surnames count only after a word that leads to a place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from archive.model.issues import Mention
from archive.tuples import NamedTuple

_LEADS = re.compile(
    r"\b(?:[Ii]n|[Tt]e|[Uu]it|[Nn]aar|[Nn]abij|[Gg]emeente|[Ss]tad|[Dd]orp|[Ss]tation|[Ff]rom|[Nn]ear|[Ii]nwoners van|"
    r"\d{4}\s?[A-Z]{2})\s+$"
)
# What stands before a surname: an initial or a form of address, perhaps with `van` or `de` between.
_SURNAME_BEFORE = re.compile(
    r"(?:\b[A-Z]\.|\b(?:dhr|mevr|mw|mr|Mr|Mrs|Ms|dr|ir|de heer|[Mm]evrouw|[Ff]amilie)\.?)"
    r"\s+(?:[Vv]an\s|[Dd]e\s)*$"
)
_NAME_AFTER = re.compile(r"^\s(?:[A-Z]\.)")
_STREET = re.compile(
    r"^(?:se?|er)?(?:straat|weg|laan|plein|kade|dijk|singel|poort|markt)\b|^s?e?\s(?:Straat|Weg|Laan|Plein)\b",
    re.IGNORECASE,
)


# How a name may begin; the rest is looked for only where a name of the gazetteer begins with this word.
_FIRST_WORD = re.compile(r"(?<![\w'’-])(?:['’‘][stST]\b|[^\W\d_a-z]\w*)")


class _Gazetteer(NamedTuple):
    by_first_word: Mapping[str, Sequence[str]]
    ambiguous: frozenset[str]


def find_places(text: str) -> tuple[Mention, ...]:
    """Find the places that a text names, in order; offsets count characters of the text."""
    ambiguous = _load().ambiguous
    return tuple(
        Mention(match[0], match.start(), match.end()) for match in _names_in(text) if _is_place(match, text, ambiguous)
    )


def _names_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the names of the gazetteer in a text, in order, of those that begin alike the longest."""
    end = 0
    for first in _FIRST_WORD.finditer(text):
        pattern = _pattern(_plain_quotes(first[0])) if first.start() >= end else None
        if pattern and (match := pattern.match(text, first.start())):
            end = match.end()
            yield match


def _is_place(match: re.Match[str], text: str, ambiguous: Iterable[str]) -> bool:
    name = match[0]
    if not name.lstrip("'’‘ts-")[:1].isupper():
        return False
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 12]
    in_address = after[:1] == "@" or before[-1:] in ("@", "/", ".")
    if in_address or _STREET.match(after) or _NAME_AFTER.match(after) or _SURNAME_BEFORE.search(before):
        return False
    doubtful = name in ambiguous or name.title() in ambiguous
    return not doubtful or (bool(_LEADS.search(before)) and not after.startswith(" van "))


@lru_cache(maxsize=1)
def _load() -> _Gazetteer:
    names: set[str] = set()
    ambiguous: set[str] = set()
    for line in (resources.files("archive.data") / "places.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        given = {name.strip() for name in line.removeprefix("?").split(",") if name.strip()}
        names |= given
        if line.startswith("?"):
            ambiguous |= given
    by_first_word: dict[str, list[str]] = {}
    for name in {*names, *(name.upper() for name in names)}:
        if opens := _FIRST_WORD.match(name):
            by_first_word.setdefault(opens[0], []).append(name)
    return _Gazetteer(by_first_word, frozenset(ambiguous))


@lru_cache(maxsize=1000)
def _pattern(first_word: str) -> re.Pattern[str] | None:
    """Return what finds the names that begin with a word, the longest first; None if none does."""
    names = sorted(_load().by_first_word.get(first_word, ()), key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace("'", "['’‘]").replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?:{alternatives})(?![\w-])(?!['’]\w\w)") if names else None


def _plain_quotes(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")
