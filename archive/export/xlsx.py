"""How do sections leave as an Excel workbook?

The columns are those of CSV. A cell of Excel holds 32,767 characters: what is longer goes on on a second sheet, row by
row, under the section's id and the column's name. Cells that would be calculated are neutralised there too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from archive.errors import UsageError
from archive.fields import bare, markup_safe, more_columns, neutralise, table_columns, table_row
from archive.model.exports import Export, Shape

SHAPE = Shape.FILE
# Excel counts UTF-16 units; one is kept for the apostrophe that neutralises a piece.
_CELL = 32_766
_ROWS = 1_048_576
_BMP = "\uffff"
_SECTIONS, _MORE = "Sections", "More"
_MORE_COLUMNS = ("id", "column", "part", "text")


def write(export: Export, out: IO[bytes]) -> int:
    """Write the sections as they come and return how many; rows wait on disk, not in memory, until all are there."""
    rest = export.entries()
    first = next(rest, None)
    categories = tuple(first["category_scores"]) if first else ()
    more_names = more_columns(export.holdings, doubles=export.doubles)
    columns = table_columns(categories, more_names)
    book = Workbook(write_only=True)
    sections = _Sheet(book, _SECTIONS, columns)
    more = _Sheet(book, _MORE, _MORE_COLUMNS)
    count = 0
    with ExitStack() as undo:
        undo.callback(lambda: [sheet.close() for sheet in book])  # else each would complain when it is thrown away
        for section in chain([] if first is None else [first], rest):
            cells = table_row(section, categories, more_names)
            _write_section(section["id"], zip(columns, cells, strict=True), sections, more)
            count += 1
        undo.pop_all()
    book.save(out)
    return count


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the cells of each section by column, with what went on on the second sheet.

    Raises:
        UsageError: It is no workbook of sections.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises what zip, XML and its own checks happen to raise
        raise UsageError(path, "cannot be read as a workbook", hint="Save it as .xlsx.") from error
    try:
        if _SECTIONS not in book.sheetnames:
            hint = "Such a workbook is made by `archive export --format xlsx`."
            raise UsageError(path, f"has no sheet `{_SECTIONS}`", hint=hint)
        more: defaultdict[tuple[str, str], str] = defaultdict(str)
        for row in _rows(book, _MORE):
            more[row["id"], row["column"]] += bare(row["text"])
        for row in _rows(book, _SECTIONS):
            yield {name: cell + more.get((row["id"], name), "") for name, cell in row.items()}
    finally:
        book.close()


def _rows(book: Workbook, title: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet, and of those that it goes on on."""
    for name in (each for each in book.sheetnames if each == title or each.startswith(f"{title} ")):
        rows = book[name].iter_rows(values_only=True)
        header = [str(cell) for cell in next(rows, ())]
        for cells in rows:
            texts = ("" if cell is None else str(cell) for cell in cells)
            yield dict.fromkeys(header, "") | dict(zip(header, texts, strict=False))


class _Sheet:
    """A sheet that goes on on another one when it is full."""

    def __init__(self, book: Workbook, title: str, columns: tuple[str, ...]) -> None:
        self._book, self._title, self._columns = book, title, columns
        self._sheets = 0
        self._begin()

    def add(self, row: list[Any]) -> None:
        """Add a row; a sheet that is full goes on on another one."""
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


def _write_section(section_id: str, row: Iterable[tuple[str, Any]], sections: _Sheet, more: _Sheet) -> None:
    cells: list[Any] = []
    for column, value in row:
        if not isinstance(value, str):
            cells.append(value)
            continue
        start, *parts = _pieces(markup_safe(value).replace("\r", "\n"))
        cells.append(start)
        for number, part in enumerate(parts, start=2):
            more.add([section_id, column, number, neutralise(part)])
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
