"""What did people decide by hand? Reads corrections.csv."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from archive.errors import StorageError, UsageError
from archive.model.issues import Correction

COLUMNS = ("id", "field", "value", "expected", "context", "date", "note")
FIELDS = (
    *("category", "heading", "issue_date", "newsletter", "issue_number", "word", "split", "join", "tag", "note"),
    "withdraw",
)
_NEEDED = ("id", "field", "value")
_HINT = "Mend that line, or take it out."


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the corrections in the order of their lines; an absent file holds none.

    Columns may stand in any order and be parted by commas, semicolons or tabs; empty lines, more columns, a byte-order
    mark and Windows line ends do no harm.

    Raises:
        UsageError: A line cannot be read; the message names it.
        StorageError: The file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise UsageError(path, "this is not UTF-8 text", hint="Save it as CSV in UTF-8.") from None
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", "Check the file's permissions.") from error
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    corrections: list[Correction] = []
    header: tuple[str, ...] = ()
    try:
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if header:
                corrections.append(_to_correction(dict(zip(header, cells, strict=False)), path, rows.line_num))
            else:
                header = _to_header(cells, path)
    except csv.Error as error:
        raise UsageError(path, f"line {rows.line_num} cannot be read ({error})", hint=_HINT) from error
    return tuple(corrections)


def _delimiter(text: str) -> str:
    """Return what parts the columns of the first line: spreadsheets write commas, semicolons or tabs."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _to_header(cells: Sequence[str], path: Path) -> tuple[str, ...]:
    header = tuple(cell.strip().casefold() for cell in cells)
    if missing := [name for name in _NEEDED if name not in header]:
        hint = f"Its first line names the columns: {','.join(COLUMNS)}."
        raise UsageError(path, f"the column `{missing[0]}` is missing", hint=hint)
    return header


def _to_correction(cells: dict[str, str], path: Path, line: int) -> Correction:
    values = {name: cells.get(name, "").strip() for name in COLUMNS}
    values["field"] = values["field"].casefold()
    if not values["id"]:
        raise UsageError(path, f"line {line} names no id", hint=_HINT)
    if values["field"] not in FIELDS:
        hint = f"{_HINT} Fields: {', '.join(FIELDS)}."
        raise UsageError(path, f"line {line} corrects `{values['field']}`, which is no field", hint=hint)
    return Correction(**values)
