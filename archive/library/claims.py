"""What does a file say about sections: an export, a bundle, or a text with citations?"""

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from archive.errors import StorageError, UnreadableScanError, UsageError

_ID = re.compile(
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*-\d{4}(?:-\d\d){0,2}-[a-z]+|undated-[0-9a-f]{8}(?:-[a-z]+)?)(?:-[sp]\d{4,})?\b"
    r"(?!\.[a-z0-9])"  # that is the name of a file
)
_SECTIONS = ("sections.jsonl", "sections.csv")
_CHECKSUMS = "checksums.sha256"
_CHUNK = 1 << 20
# Exports that are made to be read: they tell more than a citation, and less than what would have to be compared.
_TO_READ = {
    "Markdown": re.compile(r"^`[a-z0-9-]+-s\d{4,}` · p\. ", re.MULTILINE),
    "HTML": re.compile(r'<meta name="generator" content="newsletter-archive">'),
    "TEI": re.compile(r"<teiCorpus "),
}
# A cell of a table may hold the text of a whole section.
_LONGEST_CELL = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file says of one section: its fields as JSON has them, its cells as a table has them, or a citation."""

    id: str
    fields: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    cited: str = ""


def read_claims(path: Path) -> Iterator[Claim]:
    """Yield what a file says of each section, a few in memory at a time.

    Args:
        path: An export as JSON Lines, CSV or XLSX, a bundle (a folder or a zip), or any other text in which ids stand.

    Raises:
        UsageError: It is nothing of that kind.
        StorageError: It cannot be read.
    """
    try:
        if is_bundle(path):
            yield from _of_bundle(path)
        elif path.suffix.casefold() in {".jsonl", ".ndjson"}:
            with path.open("rb") as file:
                yield from _of_lines(path, file)
        elif path.suffix.casefold() in {".csv", ".tsv"}:
            with path.open("rb") as file:
                yield from _of_table(path, file)
        elif path.suffix.casefold() == ".xlsx":
            from archive.export.xlsx import read_rows

            yield from (Claim(cells.get("id", ""), cells=cells) for cells in read_rows(path))
        else:
            yield from _of_text(path, path.read_bytes())
    except FileNotFoundError as error:
        raise StorageError(path, "is not there") from error
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", "Check its permissions.") from error
    except zipfile.BadZipFile as error:
        raise UnreadableScanError(path, "is a damaged zip", hint="Copy it anew from where it came from.") from error


def damaged_files(path: Path) -> Iterator[str]:
    """Yield the files of a bundle that are no longer what its list of checksums says, or are gone."""
    with _files_of(path) as (names, begin):
        if _CHECKSUMS not in names:
            return
        with begin(_CHECKSUMS) as file:
            listed = [line.split("  ", 1) for line in file.read().decode("utf-8", "replace").splitlines()]
        for sha256, name in (each for each in listed if len(each) == 2):  # noqa: PLR2004 - a sum and a name
            if name not in names or _hash(begin, name) != sha256:
                yield name


def is_bundle(path: Path) -> bool:
    """Tell whether this is a folder or a zip."""
    return path.is_dir() or path.suffix.casefold() == ".zip"


def _of_bundle(path: Path) -> Iterator[Claim]:
    with _files_of(path) as (names, begin):
        found = next((name for name in _SECTIONS if name in names), None)
        if found is None:
            hint = "A bundle is made by `archive export --format bundle`."
            raise UsageError(path, f"holds no {_SECTIONS[0]}, so it is no bundle", hint=hint)
        with begin(found) as file:
            yield from (_of_lines if found.endswith(".jsonl") else _of_table)(path, file)


@contextmanager
def _files_of(path: Path) -> Iterator[tuple[frozenset[str], Any]]:
    """Give the names in a bundle, without the folder that all may stand in, and a function that opens one."""
    if path.is_dir():
        names = frozenset(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())
        yield names, lambda name: (path / name).open("rb")
        return
    with zipfile.ZipFile(path) as packed:
        listed = [name for name in packed.namelist() if not name.endswith("/")]
        inner = next((name.rpartition("/")[0] + "/" for name in listed if name.endswith(f"/{_CHECKSUMS}")), "")
        yield (
            frozenset(name.removeprefix(inner) for name in listed if name.startswith(inner)),
            lambda name: packed.open(inner + name),
        )


def _hash(begin: Any, name: str) -> str:  # noqa: ANN401 - the function of _files_of
    found = hashlib.sha256()
    with begin(name) as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _of_lines(path: Path, file: IO[bytes]) -> Iterator[Claim]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise UsageError(path, f"line {number} is no JSON", hint="An export has one object a line.") from error
        if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
            raise UsageError(path, f"line {number} names no section", hint="Each line needs the field `id`.")
        yield Claim(fields["id"], fields=fields)


def _of_table(path: Path, file: IO[bytes]) -> Iterator[Claim]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield from _of_rows(path, text)
    finally:
        text.detach()  # whoever opened the file closes it


def _of_rows(path: Path, text: IO[str]) -> Iterator[Claim]:
    first = text.readline()
    csv.field_size_limit(min(_LONGEST_CELL, sys.maxsize))
    delimiter = max(",;\t", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    if "id" not in header:
        raise UsageError(path, "has no column `id`", hint="A table that `archive export` wrote has one.")
    rows = csv.DictReader(cast("Iterable[str]", text), header, delimiter=delimiter, strict=True)
    try:
        for row in rows:
            yield Claim(row["id"] or "", cells={name: cell or "" for name, cell in row.items() if name})
    except csv.Error as error:
        raise UsageError(path, f"line {rows.line_num + 1} cannot be read ({error})") from error


def _of_text(path: Path, content: bytes) -> Iterator[Claim]:
    """Find citations in any text: an id, and the paragraph that it stands in."""
    if b"\0" in content[:_CHUNK]:
        raise UsageError(
            path, "is no text", hint="Give a .jsonl, .csv or .xlsx export, a bundle, or a text with citations."
        )
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if form := next((name for name, sign in _TO_READ.items() if sign.search(text)), ""):
        hint = "Compared are exports as .jsonl, .csv and .xlsx, and bundles: make one of them too when you export."
        raise UsageError(path, f"is an export as {form}, which is not compared", hint=hint)
    found = False
    for paragraph in re.split(r"\n\s*\n", text):
        ids = _ID.findall(paragraph)
        found = found or bool(ids)
        # One id, or a record of RIS, is one citation, broken over lines perhaps; else each line of a paragraph is one.
        whole = len(ids) == 1 or paragraph.lstrip().startswith("TY  - ")
        for line in [paragraph] if whole else paragraph.splitlines():
            for id_ in dict.fromkeys(_ID.findall(line)):
                yield Claim(id_, cited=line)
    if not found:
        hint = "A citation holds one, as kerngroep-oost-2022-06-15-a-s0001; `archive show ID --cite` writes it."
        raise UsageError(path, "holds no id of a section, issue or page", hint=hint)
