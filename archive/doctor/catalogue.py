"""Is the catalogue there and whole?"""

from collections.abc import Iterator
from contextlib import closing

from archive.catalog.connect import ReadingConnection
from archive.catalog.schema import MIGRATIONS
from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import ArchiveError, BrokenArchiveError
from archive.register import Register
from archive.settings import Settings

_KIND = "catalogue"
_REMEDY = "catalogue"
_HINT = "Run `archive doctor --repair`: it is set aside and made anew from the pages as read, without OCR."
# Each counts what can be found from a table in two ways; a difference means that rows were lost.
_COUNTS = (
    "SELECT count(*) FROM issues LEFT JOIN transcripts USING (issue) WHERE transcripts.issue IS NULL",
    """SELECT count(*) FROM scans WHERE ok + low + empty + failed + timed_out !=
    (SELECT count(*) FROM pages WHERE pages.scan = scans.scan)""",
    # A withdrawn section leaves its place empty, and its id among the old ones.
    """SELECT count(*) FROM (SELECT max(position) - count(*) AS gaps, own FROM (SELECT position, issue,
    issues.own_id AS own FROM sections JOIN issues USING (issue)) GROUP BY issue) WHERE gaps > (SELECT count(*)
    FROM old_ids WHERE moved_to = '' AND reason LIKE 'by hand%' AND substr(id, 1, length(own) + 2) = own || '-s')""",
    "SELECT count(*) = 0 FROM state WHERE name = 'generation'",
    """SELECT count(*) != 1 OR coverage.issues != coalesce(found.issues, 0) OR ok + low + empty + failed + timed_out !=
    coalesce(found.pages, 0) FROM coverage, (SELECT sum(issues) AS issues,
    sum(ok + low + empty + failed + timed_out) AS pages FROM scans WHERE NOT missing) AS found""",
)


def find(settings: Settings) -> Iterator[Finding]:
    """Look at the catalogue: SQLite's own check of every page and index, and what it counts."""
    path = settings.catalog_path
    if not path.exists() and not settings.ids_path.exists():
        yield note(_KIND, "nothing was taken in yet", hint="Put scans into raw/, then run `archive ingest`.", path=path)
        return
    try:
        with open_catalog(path) as catalog:
            damage = _damage(settings)
            coverage = None if damage else catalog.coverage()
    except BrokenArchiveError as error:
        yield problem(_KIND, error, remedy="" if _is_of_other_version(settings) else _REMEDY)
        return
    if coverage is None:
        yield problem(_KIND, BrokenArchiveError(path, damage, _HINT), remedy=_REMEDY)
        return
    yield fine(_KIND, f"the catalogue is whole; issues: {coverage.issues}, pages: {coverage.pages}", path=path)


def _damage(settings: Settings) -> str:
    """Say what is wrong with a catalogue that can be opened; empty when nothing is."""
    with closing(ReadingConnection(settings.catalog_path)) as connection:
        said = [str(row[0]) for row in connection.rows("PRAGMA integrity_check(5)")]
        if said != ["ok"]:
            return f"the catalogue is damaged ({said[0]})"
        if connection.rows("PRAGMA foreign_key_check") or any(connection.rows(sql)[0][0] for sql in _COUNTS):
            return "the catalogue is damaged (rows are missing)"
        given = [str(row[0]) for row in connection.rows("SELECT own_id FROM issues")]
    try:
        register = Register.load(settings.ids_path)
    except ArchiveError:
        return ""  # register.py tells
    if given and _holds_ids(settings) and not any(map(register.find, given)):
        return "the catalogue is of another archive: ids.csv knows none of its issues"
    return ""


def _holds_ids(settings: Settings) -> bool:
    """Tell whether ids.csv holds a row; an absent or empty one is mended from the catalogue."""
    try:
        return len(settings.ids_path.read_bytes().splitlines()) > 1
    except OSError:
        return False


def _is_of_other_version(settings: Settings) -> bool:
    """Tell whether a catalogue that cannot be read is whole, but made by an older or a newer program."""
    try:
        with closing(ReadingConnection(settings.catalog_path)) as connection:
            (version,) = connection.rows("PRAGMA user_version")[0]
            whole = connection.rows("PRAGMA quick_check(1)")[0][0] == "ok"
    except ArchiveError:
        return False
    return bool(whole and version not in {0, len(MIGRATIONS)})
