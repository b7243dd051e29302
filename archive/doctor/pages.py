"""Which scans and pages were not read, and which by an older engine?"""

from collections import Counter
from collections.abc import Iterator

from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, note
from archive.settings import Settings

_KIND = "pages"
_WRONG = ("failed", "timed_out")


def find(settings: Settings) -> Iterator[Finding]:
    """Look at the ledger."""
    if not settings.catalog_path.exists():
        return
    with open_catalog(settings.catalog_path) as catalog:
        states = catalog.scan_states()
        readers: Counter[str] = Counter()
        statuses: Counter[str] = Counter()
        for entry in catalog.pages():
            statuses[entry.page.status] += 1
            readers[" ".join(entry.page.reader.split()[:2])] += entry.page.reader.startswith("tesseract")
    for state in states.values():
        if state.status == "failed":
            yield note(_KIND, state.message, hint=state.hint, path=state.file)
    for status in _WRONG:
        if statuses[status]:
            hint = f"See `archive pages --status {status}`; try again with `archive ingest --retry`."
            yield note(_KIND, f"pages {status.replace('_', ' ')}: {statuses[status]}", hint=hint)
    yield from _old_readers(+readers)
    if not any(statuses[status] for status in _WRONG):
        yield fine(_KIND, f"pages read: {statuses.total()}")


def _old_readers(readers: Counter[str]) -> Iterator[Finding]:
    newest = max(readers, key=_version, default="")
    for reader, number in readers.items():
        if reader != newest:
            hint = f"They can stay; to read them again by {newest}, run `archive ingest --reread`."
            yield note(_KIND, f"pages read by {reader}: {number}", hint=hint)


def _version(reader: str) -> tuple[int, ...]:
    return tuple(int(part) for part in reader.rsplit(maxsplit=1)[-1].split(".") if part.isdecimal())
