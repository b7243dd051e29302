"""Which lines are only a rule or an ornament: `* * *`, `- - - -`, `====`, `o-o-o-o`?

They part sections, which archive.parsing.sections sees in the raw text; in the clean text they say nothing.
"""

from collections.abc import Iterator

from archive.model.issues import Edit
from archive.parsing.lines import is_ornament, raw_lines

ID = "ornaments"


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each line that is nothing but an ornament."""
    for line in raw_lines(raw):
        if is_ornament(line.shown):
            yield Edit(line.start, line.end, raw[line.start : line.end], "", ID)
