"""How do sections leave with all that is needed to cite and check them?

One folder or zip: the sections as JSON Lines and CSV, the pages they stand on as text and ALTO, the query, the version
and settings of the program, what each field means, the licence, a paragraph on method, and checksums. It is a Data
Package and an RO-Crate. Nothing in it depends on when or where it was made: the same archive and the same query give
the same bytes.
"""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from tempfile import TemporaryFile
from typing import IO, Any

from archive.export import load_format
from archive.export.bundle.descriptors import crate, data_package
from archive.export.bundle.methods import methods
from archive.fields import SECTION_FIELDS, neutralise, section_schema
from archive.model.exports import ArchiveFacts, Export, Files, PrintedPage, Sample, Shape

SHAPE = Shape.FOLDER
PASSES = 4
REPRODUCIBLE = True
_PAGE_COLUMNS = (
    *("id", "issue_id", "file", "sha256", "number", "label", "status", "text_source", "reader", "language"),
    *("confidence", "words"),
)
# What a request says about the answer on the screen.
_NOT_ASKED = {"within", "limit", "offset", "sort", "facets", "boxes"}


def write(export: Export, files: Files) -> int:
    """Write the bundle and return how many sections are in it."""
    facts = export.facts()
    count = _write_text(export, files, "jsonl", "sections.jsonl")
    _write_text(export, files, "csv", "sections.csv")
    _write_pages(export, files)
    load_format("alto").write(export, _Under(files, "alto"))
    _put(files, "query.json", _json(_query(export, facts)))
    _put(files, "settings.json", _json({"program": "newsletter-archive", "version": facts.version, **facts.settings}))
    _put(files, "section.schema.json", _json(section_schema()))
    _put(files, "data-dictionary.csv", _dictionary(export))
    if export.sample:
        _put(files, "sample.csv", _strata(export.sample))
    _put(files, "README.md", methods(export, facts))
    _put(files, "datapackage.json", _json(data_package(export, facts, _tables(files), _PAGE_COLUMNS)))
    _put(files, "ro-crate-metadata.json", _json(crate(export, facts, _listed(files))))
    with files.open("checksums.sha256") as out:
        for name, _, sha256 in files.written():
            out.write(f"{sha256}  {name}\n".encode())
    return count


class _Under:
    """Puts files into a folder of the bundle."""

    def __init__(self, files: Files, folder: str) -> None:
        self._files, self._folder = files, folder
        self.written = files.written

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file of the folder."""
        return self._files.open(f"{self._folder}/{name}")


def _write_text(export: Export, files: Files, form: str, name: str) -> int:
    with files.open(name) as out:
        return load_format(form).write(export, _Encoded(out))


class _Encoded:
    """Takes text where a file takes bytes."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write the text as UTF-8 and return how many signs it has."""
        self._out.write(text.encode("utf-8", "replace"))
        return len(text)


def _write_pages(export: Export, files: Files) -> None:
    """Write the text of each page, and then the list of them, which waits on disk: one file is open at a time."""
    with TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as ledger:
        writer = csv.writer(ledger, lineterminator="\r\n")
        writer.writerow(_PAGE_COLUMNS)
        for page in _pages(export):
            _put(files, f"pages/{page.id}.txt", page.text + "\n")
            words = sum(len(line) for block in page.blocks for line in block.lines)
            row = {name: getattr(page, name, words) for name in _PAGE_COLUMNS}
            writer.writerow([neutralise(value) if isinstance(value, str) else value for value in row.values()])
        ledger.seek(0)
        with files.open("pages.csv") as out:
            while chunk := ledger.read(1 << 16):
                out.write(chunk.encode("utf-8", "replace"))


def _pages(export: Export) -> Iterator[PrintedPage]:
    issue_id = ""
    for section in export.entries():
        if section["issue_id"] != issue_id:
            issue_id = section["issue_id"]
            yield from filter(None, map(export.page, export.issue(issue_id).pages))


def _query(export: Export, facts: ArchiveFacts) -> dict[str, Any]:
    asked = {name: value for name, value in export.request._asdict().items() if name not in _NOT_ASKED}
    drawn = (
        {"sample": len(export.sample.ids), "by": export.sample.by, "seed": export.sample.seed} if export.sample else {}
    )
    asked |= {**drawn, "doubles": export.doubles, "parsed": facts.parsed, "hidden": facts.hidden}
    return {**asked, "sections": facts.sections, "archive_as_of": facts.as_of}


def _strata(sample: Sample) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*sample.by, "sections", "drawn", "weight"))
    for each in sample.strata:
        writer.writerow((*map(neutralise, each.values), each.sections, each.drawn, round(each.weight, 4)))
    return out.getvalue()


def _dictionary(export: Export) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("field", "type", "meaning"))
    for name, field in section_schema()["properties"].items():
        kind = field["type"] if isinstance(field["type"], str) else " or ".join(field["type"])
        if name in SECTION_FIELDS or (export.holdings if name == "holdings" else export.doubles):
            writer.writerow((name, kind, field["description"]))
    return out.getvalue()


def _tables(files: Files) -> dict[str, tuple[int, str]]:
    wanted = {"sections.csv", "sections.jsonl", "pages.csv", "sample.csv"}
    return {name: (size, sha256) for name, size, sha256 in files.written() if name in wanted}


def _listed(files: Files) -> dict[str, int]:
    """Return the sizes of the bundle's own files; those of a page each are described by their folder."""
    listed: dict[str, int] = {}
    for name, size, _ in files.written():
        folder, slash, _ = name.partition("/")
        listed[folder + slash] = 0 if slash else size
    return listed


def _put(files: Files, name: str, text: str) -> None:
    with files.open(name) as out:
        out.write(text.encode("utf-8", "replace"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
