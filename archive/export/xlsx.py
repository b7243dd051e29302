"""How do sections leave as an Excel workbook?

The columns are those of CSV. A cell of Excel holds 32,767 characters: what is longer goes on on a second sheet, row by
row, under the section's id and the column's name. Cells that would be calculated are neutralised there too.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from archive.fields import markup_safe, neutralise, table_columns, table_row
from archive.model.exports import Export, Shape

SHAPE = Shape.FILE
# Excel counts UTF-16 units; one is kept for the apostrophe that neutralises a piece.
_CELL = 32_766
_ROWS = 1_048_576
_BMP = "\uffff"
_MORE_COLUMNS = ("id", "column", "part", "text")


def write(export: Export, out: IO[bytes]) -> int:
    """Write the sections as they come and return how many; rows wait on disk, not in memory, until all are there."""
    rest = export.entries()
    first = next(rest, None)
    categories = tuple(first["category_scores"]) if first else ()
    book = Workbook(write_only=True)
    sections = _Sheet(book, "Sections", table_columns(categories))
    more = _Sheet(book, "More", _MORE_COLUMNS)
    count = 0
    try:
        for section in chain([] if first is None else [first], rest):
            _write_section(section, categories, sections, more)
            count += 1
    except BaseException:
        for sheet in book:  # else each would complain when it is thrown away
            sheet.close()
        raise
    book.save(out)
    return count


class _Sheet:
    """A sheet that goes on on another one when it is full."""

    def __init__(self, book: Workbook, title: str, columns: tuple[str, ...]) -> None:
        self._book, self._title, self._columns = book, title, columns
        self._sheets = 0
        self._begin()

    def add(self, row: list[Any]) -> None:
        if self._rows == _ROWS:
            self._begin()
        self._sheet.append([self._cell(value) for value in row])
        self._rows += 1

    def _begin(self) -> None:
        self._sheets += 1
        title = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._sheet.append(list(self._columns))
        self._rows = 1

    def _cell(self, value: Any) -> Any:  # noqa: ANN401 - text or a number
        """Say that a text is a text: `#N/A` and its kin would be taken for errors."""
        if not isinstance(value, str) or not value.startswith("#"):
            return value
        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = "s"
        return cell


def _write_section(section: Mapping[str, Any], categories: tuple[str, ...], sections: _Sheet, more: _Sheet) -> None:
    cells: list[Any] = []
    for column, value in zip(table_columns(categories), table_row(section, categories), strict=True):
        if not isinstance(value, str):
            cells.append(value)
            continue
        start, *parts = _pieces(markup_safe(value).replace("\r", "\n"))
        cells.append(start)
        for number, part in enumerate(parts, start=2):
            more.add([section["id"], column, number, neutralise(part)])
    sections.add(cells)


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into what cells can hold; an empty text is one empty piece."""
    if len(text) <= _CELL and (text.isascii() or max(text, default="") <= _BMP or 2 * len(text) <= _CELL):
        yield text
        return
    start = units = 0
    for place, char in enumerate(text):
        wide = 2 if char > _BMP else 1
        if units + wide > _CELL:
            yield text[start:place]
            start, units = place, 0
        units += wide
    yield text[start:]
