"""Which places does a text name?

Names of the gazetteer (archive/data/places.txt), with a capital, whole, and not inside a longer name. Names that are
also plain words or surnames count only after a word that leads to a place.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from archive.model.issues import Mention

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


class _Gazetteer(NamedTuple):
    pattern: re.Pattern[str]
    ambiguous: frozenset[str]


def find_places(text: str) -> tuple[Mention, ...]:
    """Find the places that a text names, in order; offsets count characters of the text."""
    gazetteer = _load()
    return tuple(
        Mention(match[0], match.start(), match.end())
        for match in gazetteer.pattern.finditer(text)
        if _is_place(match, text, gazetteer.ambiguous)
    )


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
    spelled = sorted({*names, *(name.upper() for name in names)}, key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace("'", "['’‘]").replace(r"\ ", r"\s+") for name in spelled)
    # The look ahead spares nine words in ten the walk through all names.
    opens = "".join(sorted({name[0] for name in spelled if name[0] != "'"}))
    return _Gazetteer(
        re.compile(rf"(?<![\w'’-])(?=[{opens}'’‘])(?:{alternatives})(?![\w-])(?!['’]\w\w)"), frozenset(ambiguous)
    )
