"""Which white space does no work: tabs, spaces in a row, at the ends of lines, before a comma?"""

import re
from collections.abc import Iterator

from archive.model.issues import Edit

ID = "spacing"

_B = "\ue000"
_SPACE = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_EITHER = rf"{_SPACE[:-1]}{_B}]"
# The edges are looked for where a stretch begins and are never given back: a text can be nothing but such stretches.
_ANY = re.compile(
    rf"(?P<edge>^(?={_B}*{_SPACE}){_EITHER}++|(?<!{_EITHER})(?={_B}*{_SPACE}){_EITHER}++$)"
    rf"|(?P<comma>(?<=[^\W\d_]){_SPACE}+(?=[,;](?:\s|$)))"
    rf"|(?P<run>{_SPACE}(?:{_SPACE}|{_B})+{_SPACE}|{_SPACE}{{2,}})"
    rf"|(?P<odd>[^\S \n\f\r\v])",
    flags=re.MULTILINE,
)


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each stretch of white space that is more than one plain space or stands where none belongs."""
    for match in _ANY.finditer(raw):
        after = " " if match["run"] or match["odd"] else ""
        if match[0] != after:
            yield Edit(match.start(), match.end(), match[0], after, ID)
