"""Which quotes and apostrophes are one sign in many shapes?

The clean text has straight ones, ' and ", which is what people type into a search and what older newsletters print.
Two apostrophes in a row inside a word (`foto'’s`), a common slip of OCR, become one; two single low quotes (‚‚) or two
single straight ones around words become a double one.
"""

import re
from collections.abc import Iterator

from archive.model.issues import Edit

ID = "quotes"

_SINGLE = "'’‘‚‛′´`ʼ"
_DOUBLE = "“”„‟″"
_QUOTE = re.compile(
    rf"(?P<doubled>(?<=\w)[{_SINGLE}]{{2,3}}(?=\w))"  # foto'’s
    rf"|(?P<pair>[{_SINGLE}]{{2}})"
    rf"|(?P<double>[{_DOUBLE}])"
    rf"|(?P<single>[{_SINGLE[1:]}])"
)


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each quote or apostrophe that is not straight or stands twice."""
    for match in _QUOTE.finditer(raw):
        after = "'" if match["doubled"] or match["single"] else '"'
        yield Edit(match.start(), match.end(), match[0], after, ID)
