"""How do sections leave the archive?"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from archive.catalog.store import Catalog, open_catalog
from archive.errors import StorageError
from archive.export import load_format
from archive.model.search import SearchRequest
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to export: one of archive.export.FORMATS, and whether a table is for Excel."""

    form: str = "jsonl"
    excel: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """How many sections left, and whether the index that chose them was behind the catalogue."""

    sections: int
    index_behind: bool = False


def export(
    settings: Settings,
    request: SearchRequest,
    target: Path | IO[str],
    *,
    options: ExportOptions = ExportOptions(),
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write every section that matches, a few in memory at a time, by newsletter, date, issue and position.

    Args:
        settings: The archive.
        request: Its query and filters; what it says about paging and order is left aside.
        target: A file, which appears when it is whole, or a stream, which gets the sections as they come.
        options: The format.
        progress: Told after each section how many are done, and of how many.

    Raises:
        UsageError: There is no such format.
        QuerySyntaxError: The query cannot be read.
        StorageError: The file cannot be written.
    """
    exporter = load_format(options.form)
    with open_catalog(settings.catalog_path) as catalog:
        wanted, behind = _choose(settings, catalog, request)
        sections = _stream(catalog, wanted, progress)
        with _opened(target) as out:
            count = exporter.write(sections, out, excel=options.excel)
    return Exported(count, behind)


def _choose(settings: Settings, catalog: Catalog, request: SearchRequest) -> tuple[list[str], bool]:
    """Return the ids to export: from the index where there is a query, else from the catalogue alone."""
    if not request.query.strip():
        return catalog.matching(request), False
    from archive.library.search import find_all

    found, behind = find_all(settings, catalog, replace(request, offset=0, facets=False))
    return catalog.in_order(found), behind


def _stream(
    catalog: Catalog, wanted: list[str], progress: Callable[[int, int], None] | None
) -> Iterator[dict[str, Any]]:
    """Yield the sections, each with a score for every category of the archive, so that all have the same columns."""
    no_scores = dict.fromkeys(catalog.categories(), 0.0)
    for done, fields in enumerate(catalog.sections(ids=wanted), start=1):
        fields["category_scores"] = no_scores | fields["category_scores"]
        yield fields
        if progress is not None:
            progress(done, len(wanted))


@contextmanager
def _opened(target: Path | IO[str]) -> Iterator[IO[str]]:
    """Open the target; a file is written under another name first, so that there is never half a one."""
    if not isinstance(target, Path):
        yield target
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as error:
        hint = "Name another place with --output, or free some space."
        raise StorageError(target, f"cannot be written ({error.strerror})", hint) from error
    finally:
        part.unlink(missing_ok=True)
