"""How do sections leave as a table of comma-separated values?

UTF-8 and RFC 4180; with `excel` a byte-order mark, semicolons and decimal commas, as Excel wants them where the comma
is the decimal sign. Lists are joined by ` | `, each category has a column for its score, boxes are left out. A cell
that a spreadsheet would calculate gets an apostrophe before it.
"""

import csv
from itertools import chain
from typing import IO

from archive.fields import more_columns, table_columns, table_row
from archive.model.exports import Export, Shape

SHAPE = Shape.TEXT
_BYTE_ORDER_MARK = "\ufeff"


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as they come and return how many; the scores of the first one name the categories."""
    rest = export.entries()
    first = next(rest, None)
    categories = tuple(first["category_scores"]) if first else ()
    more = more_columns(export.holdings, doubles=export.doubles)
    if export.excel:
        out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=";" if export.excel else ",", lineterminator="\r\n")
    writer.writerow(table_columns(categories, more))
    count = 0
    for section in chain([] if first is None else [first], rest):
        row = table_row(section, categories, more)
        writer.writerow(map(_with_comma, row) if export.excel else row)
        count += 1
    return count


def _with_comma(cell: str | float) -> str | int | float:
    """Write a number as Excel reads it where the comma is the decimal sign; with a point it would be a text."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell
