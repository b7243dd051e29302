"""What is the newsletter called, where no masthead says so?

A running text names its sender: `Team X`, `betrokken bij X`, `een uitgave van X`. A capitalised name after such words
that comes back in the text is taken.
"""

import re
from collections import Counter

_NAME_WORD = r"(?:[A-ZÀ-Þ][\w'’&.-]*|\d+)"
_LINK_WORD = r"(?:van|de|het|der|den|en|voor|in|of|the|and|for|&|'t|’t|te|op|aan)"
_NAME = rf"{_NAME_WORD}(?:\s+(?:{_LINK_WORD}\s+){{0,2}}{_NAME_WORD}){{0,6}}"
_ARTICLES = r"(?:\s+(?:de|het|the|onze|our|van))*"
_LEADS = (
    (3, r"(?:nieuwsbrief|update|bulletin|krant|blad|nieuws|mailing|newsletter|news)\s+(?:van|of|from)"),
    (3, r"(?:uitgave|uitgegeven|verzorgd|published|issued|verzonden|verstuurd)\s+(?:van|door|by)"),
    (3, r"(?:betrokken bij|verbonden aan|lid(?: bent)? van|(?:ingeschreven|aangemeld) (?:bij|voor)|subscribed to)"),
    (3, r"(?:member of|involved with)"),
    (2, r"(?:[Tt]eam|[Bb]estuur|[Rr]edactie|[Nn]amens|[Ss]ecretariaat|on behalf of|[Cc]olofon|[Tt]he team at)"),
    (1, r"(?:informatie over|meer over|more about|welkom bij|welcome to|contact met)"),
)
_PATTERNS = tuple((points, re.compile(rf"(?<!\w)(?:{lead}){_ARTICLES}\s+(?P<name>{_NAME})")) for points, lead in _LEADS)
_GENERIC = frozenset(
    ("nieuwsbrief", "newsletter", "update", "nieuws", "bestuur", "redactie", "team", "facebook", "instagram")
)
_MIN_TIMES = 2


def name_from_text(text: str) -> str:
    """Return the sender's name that the text repeats; empty if none stands out."""
    plain = re.sub(r"[ \t]*\n[ \t]*", " ", re.sub(r"\n\s*\n", " ¶ ", text))
    points: Counter[str] = Counter()
    for worth, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            for name in _shorter(match["name"]):
                points[name] += worth
    times = {name: len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", plain)) for name in points}
    fit = {name: points[name] for name in points if times[name] >= _MIN_TIMES and name.casefold() not in _GENERIC}
    if not fit:
        return ""
    top = max(fit.values())
    # Of names that come equally often in such places the longest says most.
    return max(
        (name for name in fit if fit[name] >= 0.6 * top), key=lambda name: (times[name] * len(name.split()), len(name))
    )


def _shorter(name: str) -> list[str]:
    """The name and its beginnings that end in a name's word: a sentence may run on into the next capital."""
    words = name.rstrip(".,").split()
    ends = [n for n in range(1, len(words) + 1) if words[n - 1][0].isupper() or words[n - 1].isdigit()]
    names = [" ".join(words[:n]).rstrip(".,") for n in ends]
    return [short for short in names if len(short) > 3]  # noqa: PLR2004 - De, Het
