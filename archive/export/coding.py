"""How do sections leave as a coding sheet, and how does a filled-in one come back?

A workbook for one coder: the text of each section, an empty cell for its category with the choices to pick from, and
one for a note. What the machine chose is not in sight; it stands on a hidden sheet, so that agreement can be reckoned
from the sheet alone, whatever became of the archive since.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from archive.errors import UsageError
from archive.fields import markup_safe, neutralise
from archive.model.exports import Export, Shape
from archive.model.issues import CODED, Correction

SHAPE = Shape.FILE
_COLUMNS = ("id", "newsletter", "date", "pages", "heading", "text", "category", "note")
_MACHINE_COLUMNS = ("id", "category", "source", "score", "weight")
_CODING, _MACHINE, _ABOUT = "Coding", "Machine", "About"
# A cell of Excel holds 32,767 characters; a longer text goes on in the row below, which names the same section.
_CELL = 30_000
_WIDTHS = {"id": 34, "newsletter": 20, "date": 12, "pages": 8, "heading": 32, "text": 90, "category": 16, "note": 30}
_MOST_UNPACKED_BYTES = 48 * 1024**2  # what reads a workbook takes ten times as much
_LONGEST_LIST = 250  # of the choices of a cell, written out


@dataclass(frozen=True, slots=True)
class Coding:
    """One row of a sheet: the category by hand (empty: not coded), that of the machine, and the coder's note.

    `machine` is empty where a person had chosen the category before the sheet was made; `weight` is how many sections
    of the archive this one stands for.
    """

    id: str
    category: str
    machine: str
    note: str = ""
    weight: float = 1.0


def write(export: Export, out: IO[bytes]) -> int:
    """Write the sheet and return how many sections are on it."""
    book = Workbook()
    sheet, machine, about = book.active, book.create_sheet(_MACHINE), book.create_sheet(_ABOUT)
    sheet.title = _CODING
    sheet.append(list(_COLUMNS))
    machine.append(list(_MACHINE_COLUMNS))
    machine.sheet_state = "veryHidden"
    categories: dict[str, None] = {}
    count = 0
    for section in export.entries():
        categories |= dict.fromkeys(section["category_scores"])
        for row in _rows(section):
            sheet.append(row)
        score = section["category_scores"].get(section["category"], "")
        weight = export.sample.weights[section["id"]] if export.sample else 1
        machine.append([section["id"], section["category"], section["category_source"], score, weight])
        count += 1
    _dress(sheet, list(categories))
    for line in _about(export, list(categories), count):
        about.append(line)
    book.save(out)
    return count


def read_sheet(path: Path) -> tuple[Coding, ...]:
    """Read a filled-in sheet; rows without a category are there too.

    Raises:
        UsageError: It is no coding sheet, or a category on it is none of its choices.
    """
    _refuse_large(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises what zip, XML and its own checks happen to raise
        raise UsageError(path, "cannot be read as a workbook", hint="Save it as .xlsx.") from error
    try:
        if _CODING not in book.sheetnames or _MACHINE not in book.sheetnames:
            hint = "Such a sheet is made by `archive export --format coding`."
            raise UsageError(path, f"has no sheets `{_CODING}` and `{_MACHINE}`", hint=hint)
        machine = {row["id"]: row for row in _read(book[_MACHINE], path)}
        choices = {row["name"] for row in _choices(book)}
        return tuple(_codings(path, _read(book[_CODING], path), machine, choices))
    finally:
        book.close()


def _refuse_large(path: Path) -> None:
    """Refuse a workbook that unpacks to more than anybody codes: a small file may hold gigabytes."""
    try:
        with ZipFile(path) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except (OSError, BadZipFile):
        return  # what reads workbooks says why
    if unpacked > _MOST_UNPACKED_BYTES:
        message = f"is larger than {_MOST_UNPACKED_BYTES // 1024**2} MB when unpacked"
        raise UsageError(path, message, hint="Export fewer sections to a sheet, and import each by itself.")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a filled-in sheet as corrections: every section that was coded, those that the machine had right too."""
    return tuple(
        Correction(coding.id, "category", coding.category, "", "", "", _note(coding.note))
        for coding in read_sheet(path)
        if coding.category
    )


def _note(said: str) -> str:
    return f"{CODED}: {said}" if said else CODED


def _rows(section: Mapping[str, Any]) -> Iterator[list[str]]:
    text = markup_safe(section["text"]).replace("\r", "\n")
    pieces = [text[at : at + _CELL] for at in range(0, len(text), _CELL)] or [""]
    labels = [label or str(page) for page, label in zip(section["pages"], section["page_labels"], strict=True)]
    facts = [section["id"], section["newsletter"], section["issue_date"], ", ".join(labels), section["heading"]]
    yield [*(neutralise(markup_safe(fact)) for fact in facts), neutralise(pieces[0]), "", ""]
    for piece in pieces[1:]:
        yield [section["id"], "", "", "", "", neutralise(piece), "", ""]


def _dress(sheet: Any, categories: list[str]) -> None:  # noqa: ANN401 - a sheet of openpyxl
    sheet.freeze_panes = "B2"
    for at, name in enumerate(_COLUMNS, start=1):
        column = sheet.cell(1, at).column_letter
        sheet.column_dimensions[column].width = _WIDTHS[name]
        sheet.cell(1, at).font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # `#N/A` and its kin would be taken for errors
    listed = ",".join(categories)
    if listed and len(listed) <= _LONGEST_LIST and sheet.max_row > 1:
        allowed = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        allowed.error, allowed.errorTitle = f"One of: {listed}", "Category"
        sheet.add_data_validation(allowed)
        allowed.add(f"G2:G{sheet.max_row}")


def _about(export: Export, categories: list[str], count: int) -> Iterator[Sequence[str | int]]:
    facts, request = export.facts(), export.request
    yield ["name", "value"]
    yield from (["category", name] for name in categories)
    yield ["sections", count]
    yield ["query", neutralise(request.query)]
    if export.sample:
        yield ["seed", export.sample.seed]
        for each in export.sample.strata:
            name = ", ".join(value or "-" for value in each.values) or "all"
            yield [neutralise(f"stratum {name}"), f"{each.drawn} of {each.sections}"]
    yield ["program", f"newsletter-archive {facts.version}"]
    yield ["archive as of", facts.as_of]


def _choices(book: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 - a workbook of openpyxl
    for row in book[_ABOUT].iter_rows(values_only=True) if _ABOUT in book.sheetnames else ():
        if row and row[0] == "category":
            yield {"name": str(row[1])}


def _read(sheet: Any, path: Path) -> Iterator[dict[str, str]]:  # noqa: ANN401 - a sheet of openpyxl
    rows = sheet.iter_rows(values_only=True)
    header = [str(cell or "").strip().casefold() for cell in next(rows, ())]
    for name in ("id", "category"):
        if name not in header:
            raise UsageError(
                path, f"the sheet `{sheet.title}` has no column `{name}`", hint="Leave the columns as made."
            )
    for cells in rows:
        row = dict(zip(header, ("" if cell is None else str(cell).strip() for cell in cells), strict=False))
        if row.get("id"):
            yield row


def _codings(
    path: Path, rows: Iterator[dict[str, str]], machine: Mapping[str, Mapping[str, str]], choices: set[str]
) -> Iterator[Coding]:
    found: dict[str, Coding] = {}
    for row in rows:
        category = row["category"].casefold()
        if category and choices and category not in choices:
            hint = f"Categories: {', '.join(sorted(choices))}."
            raise UsageError(path, f"{row['id']}: `{row['category']}` is no category", hint=hint)
        before = found.get(row["id"])
        if before is None or not before.category:
            note = row.get("note", "") or (before.note if before else "")
            said = machine.get(row["id"], {})
            by_machine = said.get("category", "") if said.get("source") != "correction" else ""
            found[row["id"]] = Coding(row["id"], category, by_machine, note, float(said.get("weight") or 1))
    yield from found.values()
