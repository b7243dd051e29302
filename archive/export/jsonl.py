"""How do sections leave as JSON Lines: one object a line, every field of CONTRACT.md, in its order?"""

import json
from typing import IO

from archive.model.exports import Export, Shape

SHAPE = Shape.TEXT


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as they come and return how many.

    Characters that some programs take for the end of a line are written as escapes, so that a line is one object.
    """
    encoder = json.JSONEncoder(ensure_ascii=False)
    count = 0
    for section in export.entries():
        line = encoder.encode(section)
        if not line.isascii():
            line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
        out.write(line + "\n")
        count += 1
    return count
