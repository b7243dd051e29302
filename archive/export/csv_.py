"""How do sections leave as a table of comma-separated values?

UTF-8 and RFC 4180; with `excel` a byte-order mark and semicolons, as Excel wants them where the comma is the decimal
sign. Lists are joined by ` | `, each category has a column for its score, boxes are left out. A cell that a spreadsheet
would calculate gets an apostrophe before it.
"""

import csv
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import IO, Any

from archive.fields import table_columns, table_row

_BYTE_ORDER_MARK = "\ufeff"


def write(sections: Iterable[Mapping[str, Any]], out: IO[str], *, excel: bool = False) -> int:
    """Write the sections as they come and return how many; the scores of the first one name the categories."""
    rest = iter(sections)
    first = next(rest, None)
    categories = tuple(first["category_scores"]) if first else ()
    if excel:
        out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(table_columns(categories))
    count = 0
    for section in chain([] if first is None else [first], rest):
        writer.writerow(table_row(section, categories))
        count += 1
    return count
