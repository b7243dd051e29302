"""Which sections do the benchmarks of the search look through? Made by seed: the same number gives the same text.

Words are drawn as often as a language uses them; some are misread, as in a scanned archive, and some are compounds that
no list knows. Dutch, four newsletters, sixty years.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import date

from wordfreq import top_n_list, zipf_frequency

_WORDS = 60_000
_SLIPS = {"i": "l", "l": "i", "e": "c", "o": "0", "n": "u", "h": "b", "m": "rn", "t": "f", "r": "t"}
_MISREAD = 0.004  # of the letters
_CATEGORIES = ("campaigns", "events", "refugees", "meetings", "other")
_NEWSLETTERS = ("De Kade", "Wijkbrief", "Oost Nieuws", "Thuis")
_FIRST_YEAR, _YEARS = 1960, 60


def make_sections(count: int, *, seed: int = 1, prefix: str = "s") -> Iterator[dict[str, object]]:
    """Yield sections as an index takes them."""
    draw = random.Random(seed)  # noqa: S311 - the same text each time
    words = [word for word in top_n_list("nl", _WORDS) if word.isalpha()]
    weights = list(itertools.accumulate(10 ** zipf_frequency(word, "nl") for word in words))
    long = [word for word in words[2000:20000] if len(word) >= 5]
    for number in range(count):
        text = draw.choices(words, cum_weights=weights, k=draw.randint(40, 160))
        text += ["".join(draw.choices(long, k=2)) for _ in range(2)]
        draw.shuffle(text)
        text = [_misread(word, draw) for word in text]
        issued = date(_FIRST_YEAR + number * _YEARS // count, draw.randint(1, 12), 1)
        newsletter = draw.choice(_NEWSLETTERS)
        yield {
            "id": f"{prefix}{number // 10:06}-s{number % 10:04}",
            "newsletter": newsletter,
            "newsletter_slug": newsletter.lower().replace(" ", "-"),
            "heading": " ".join(draw.choices(words, cum_weights=weights, k=draw.randint(1, 6))),
            "text": " ".join(text),
            "category": draw.choice(_CATEGORIES),
            "issue_date": f"{issued:%Y-%m}",
            "language": "nl",
            "dates": [{"date": f"{issued:%Y-%m}-{draw.randint(1, 28):02}", "end": None}],
            "places": ["Enschede"] if draw.random() < 0.2 else [],
            "tags": [],
            "pages": [draw.randint(1, 8)],
        }


def _misread(word: str, draw: random.Random) -> str:
    if draw.random() > _MISREAD * len(word):
        return word
    at = draw.randrange(len(word))
    return word[:at] + _SLIPS.get(word[at], "") + word[at + 1 :]
