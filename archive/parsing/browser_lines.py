"""Which lines did a browser add when a newsletter was printed from the screen?

`17-9-2019  De Brug - Nieuwsbrief` stands at the very top, the address with the count of pages at the very foot. The day
is that of the printing: it dates no issue.
"""

import re

from archive.model.pages import Line, Page

_TOP, _FOOT = 0.06, 0.92  # of the page's height
_PRINTED_ON = re.compile(r"\W*\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?(?:\d{4}|\d{2})\b(?:,?\s+\d{1,2}[:.]\d{2}\b)?")
_ADDRESS = re.compile(r"(?:https?:/|file:/|www\.)\S+", re.IGNORECASE)


def is_printing_day(line: Line, page: Page) -> bool:
    """Tell whether a line is a browser's head of a printed page: a day and the title, and an address at the foot."""
    if not page.height or line.box is None or line.box.y1 > _TOP * page.height or not _PRINTED_ON.match(line.text):
        return False
    lines = (other for block in page.blocks for other in block.lines)
    return any(other.box and other.box.y0 > _FOOT * page.height and _ADDRESS.search(other.text) for other in lines)
