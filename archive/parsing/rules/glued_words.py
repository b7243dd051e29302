"""Which words lost the space between them: `Oud papier.Zaterdag`, `zo5 november`?

After a full stop only where a small-lettered word of three letters ends the sentence, a capitalised one opens the next,
and word lists hold both: names of programs and addresses stay. A day's short name only before a day and a month.
"""

import re
from collections.abc import Iterator

from archive.languages import is_known
from archive.model.issues import Edit
from archive.parsing.lines import MONTHS

ID = "glued-words"

_LANGUAGES = ("nl", "en")
_STOP = re.compile(r"(?<![\w@./])(?P<one>[^\W\d_]{3,})(?P<stop>[.!?])(?P<two>[A-ZÀ-Ý][a-zà-ÿ]+)(?![\w@./]|-\w)")
_DAY = re.compile(
    rf"(?<!\w)(?P<day>ma|di|wo|do|vr|za|zo)(?=\d{{1,2}}\s(?:{MONTHS})\b)|(?<!\w)(?P<number>\d{{1,2}})(?=(?:{MONTHS})\b)",
    re.IGNORECASE,
)


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit that puts the space back for each pair of words that lost it."""
    for match in _STOP.finditer(raw):
        words = (match["one"].casefold(), match["two"].casefold())
        if match["one"][1:].islower() and all(is_known(word, _LANGUAGES) for word in words):
            at = match.start("stop")
            yield Edit(at, at + 1, raw[at], f"{raw[at]} ", ID)
    for match in _DAY.finditer(raw):
        yield Edit(match.start(), match.end(), match[0], f"{match[0]} ", ID)
