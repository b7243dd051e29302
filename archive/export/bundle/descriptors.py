"""How does a bundle describe itself, as a Data Package and as an RO-Crate?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.fields import more_columns, section_schema, table_columns
from archive.model.exports import ArchiveFacts, Export, Sample

_PROGRAM = "newsletter-archive"
_NO_LICENCE = (
    "No licence was stated: the rights to the texts stay with those who hold them. Ask them before you publish."
)
_CRATE = "https://w3id.org/ro/crate/1.1"
# What the files of a bundle are: media type and meaning.
_FILES = {
    "sections.jsonl": ("application/jsonl", "The sections with all their fields, one JSON object a line."),
    "sections.csv": ("text/csv", "The sections as a table; lists are joined by ` | `."),
    "pages.csv": ("text/csv", "The pages of the issues that the sections stand in."),
    "sample.csv": ("text/csv", "The strata that the sections were drawn from, and how many each one drawn stands for."),
    "query.json": ("application/json", "The query and filters that chose the sections."),
    "settings.json": ("application/json", "Version and settings of the program that read them."),
    "section.schema.json": ("application/schema+json", "JSON Schema of a line of sections.jsonl."),
    "data-dictionary.csv": ("text/csv", "What each field of a section means."),
    "README.md": ("text/markdown", "A paragraph on method, in English and in Dutch."),
    "datapackage.json": ("application/json", "This bundle as a Data Package."),
    "checksums.sha256": ("text/plain", "SHA-256 of each file, to be checked with `sha256sum -c`."),
}
_FOLDERS = {"pages/": "The text of each page as cleaned.", "alto/": "Each page as ALTO 4, with the place of each word."}
_PAGE_MEANINGS = {
    "id": "Id of the page.",
    "issue_id": "Id of the issue.",
    "file": "The scan's file in the archive.",
    "sha256": "SHA-256 of the scan.",
    "number": "Page of the scan, from 1.",
    "label": "Page number as printed.",
    "status": "How the reading of the page ended: ok, low, empty, failed or timed_out.",
    "text_source": "Where the words come from.",
    "reader": "What read the page: program, version, languages, resolution.",
    "language": "Language, ISO 639-1, or und.",
    "confidence": "How sure the reading is, 0 to 1; empty if unknown.",
    "words": "Number of words.",
}
_PAGE_TYPES = {"number": "integer", "confidence": "number", "words": "integer"}
# Types of the table's columns where they are not those of the JSON fields; lists are joined to text.
_TYPES = {"integer": "integer", "number": "number"}


def data_package(
    export: Export, facts: ArchiveFacts, tables: Mapping[str, tuple[int, str]], page_columns: Sequence[str]
) -> dict[str, Any]:
    """Return datapackage.json: the tables, their columns with types and meanings, sizes and checksums."""
    pages = [
        {"name": name, "type": _PAGE_TYPES.get(name, "string"), "description": _PAGE_MEANINGS[name]}
        for name in page_columns
    ]
    package: dict[str, Any] = {
        "name": "newsletter-sections",
        "title": title(export, facts),
        "description": description(facts),
        "version": facts.version,
        "profile": "data-package",
        "resources": [
            _table("sections", "sections.csv", tables, _section_columns(export, facts.categories), key="id"),
            _table("pages", "pages.csv", tables, pages, key="id"),
            _resource("sections-json", "sections.jsonl", tables) | {"type": "file"},
        ],
    }
    if export.sample:
        package["resources"].append(_table("sample", "sample.csv", tables, _stratum_columns(export.sample), key=None))
    if export.licence:
        package["licenses"] = [_licence(export.licence)]
    return package


def crate(export: Export, facts: ArchiveFacts, listed: Mapping[str, int]) -> dict[str, Any]:
    """Return ro-crate-metadata.json; `listed` holds the size of each file, and of folders their names."""
    folders = [name for name in listed if name in _FOLDERS]
    names = [*(name for name in listed if name not in _FOLDERS), "checksums.sha256"]
    licence = _licence(export.licence) if export.licence else {}
    licence_id = licence.get("path", "#licence")
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": title(export, facts),
        "description": description(facts),
        "datePublished": facts.as_of or "1970-01-01",
        "license": {"@id": licence_id},
        "hasPart": [{"@id": name} for name in (*names, *folders)],
        "mentions": {"@id": "#export"},
    }
    described = {
        "@id": licence_id,
        "@type": "CreativeWork",
        "name": licence.get("name", "No licence stated"),
        "description": export.licence or _NO_LICENCE,
    }
    return {
        "@context": f"{_CRATE}/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": _CRATE},
            },
            root,
            described,
            *_data_entities(names, listed, folders),
            *_provenance(facts, names),
        ],
    }


def title(export: Export, facts: ArchiveFacts) -> str:
    """Name the bundle by its query and newsletters."""
    query = export.request.query.strip()
    chosen = f"that match “{query}” " if query else ""
    return f"Sections {chosen}from {', '.join(facts.newsletters) or 'newsletters'}"


def description(facts: ArchiveFacts) -> str:
    """Say in a sentence what is in the bundle."""
    return (
        f"{facts.sections} sections of scanned newsletters, read and cleaned by {_PROGRAM} {facts.version}; "
        f"state of the archive: {facts.as_of or 'empty'}."
    )


def _data_entities(names: Iterable[str], listed: Mapping[str, int], folders: Iterable[str]) -> Iterable[dict[str, Any]]:
    for name in names:
        media, meaning = _FILES[name]
        entity = {"@id": name, "@type": "File", "name": name, "description": meaning, "encodingFormat": media}
        if name in listed:
            entity["contentSize"] = str(listed[name])
        yield entity
    for name in folders:
        yield {"@id": name, "@type": "Dataset", "name": name, "description": _FOLDERS[name]}


def _provenance(facts: ArchiveFacts, names: Iterable[str]) -> Iterable[dict[str, Any]]:
    yield {
        "@id": "#export",
        "@type": "CreateAction",
        "name": "Export from the archive",
        "description": f"Query: {facts.parsed or '(all sections)'}",
        "instrument": {"@id": "#program"},
        "result": [{"@id": name} for name in names],
    }
    yield {
        "@id": "#program",
        "@type": "SoftwareApplication",
        "name": _PROGRAM,
        "version": facts.version,
        "url": f"pkg:pypi/{_PROGRAM}@{facts.version}",
    }


def _table(
    name: str, path: str, tables: Mapping[str, tuple[int, str]], columns: list[dict[str, Any]], *, key: str | None
) -> dict[str, Any]:
    schema = {"fields": columns, "missingValues": [""]} | ({"primaryKey": key} if key else {})
    return _resource(name, path, tables) | {"profile": "tabular-data-resource", "schema": schema}


def _resource(name: str, path: str, tables: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    size, sha256 = tables[path]
    media, meaning = _FILES[path]
    return {
        "name": name,
        "path": path,
        "description": meaning,
        "format": path.rpartition(".")[2],
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }


def _stratum_columns(sample: Sample) -> list[dict[str, Any]]:
    counted = (("sections", "integer", "How many sections there are."), ("drawn", "integer", "How many were drawn."))
    weight = ("weight", "number", "How many sections each one drawn stands for.")
    fields = [*((name, "string", f"Stratum: {name}.") for name in sample.by), *counted, weight]
    return [{"name": name, "type": kind, "description": meaning} for name, kind, meaning in fields]


def _section_columns(export: Export, categories: Sequence[str]) -> list[dict[str, Any]]:
    """Describe the columns of sections.csv: the fields, with what became of those that no cell can hold."""
    fields = section_schema()["properties"]
    columns = []
    held = more_columns(export.holdings, doubles=False)
    for name in table_columns(categories, more_columns(export.holdings, doubles=export.doubles)):
        if name.startswith("score_"):
            columns.append({"name": name, "type": "number", "description": f"How well `{name[6:]}` fits, 0 to 1."})
        elif name in held:
            meaning = "What issues.csv, the owner's table of holdings, says of the issue."
            columns.append({"name": name, "type": "string", "description": meaning})
        elif name.startswith("source_"):
            columns.append({"name": name, "type": "string", "description": f"The scan: its {name[7:]}."})
        else:
            kind = fields[name]["type"]
            kind = kind if isinstance(kind, str) else kind[0]
            meaning = fields[name]["description"]
            columns.append({"name": name, "type": _TYPES.get(kind, "string"), "description": meaning})
    return columns


def _licence(given: str) -> dict[str, str]:
    """Turn an SPDX name or a web address into both."""
    if given.startswith(("http://", "https://")):
        return {"name": given.rstrip("/").rpartition("/")[2], "path": given}
    return {"name": given, "path": f"https://spdx.org/licenses/{given}"}
