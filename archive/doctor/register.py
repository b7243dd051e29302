"""Can the register of ids be read?"""

from collections.abc import Iterator
from contextlib import closing

from archive.catalog.connect import ReadingConnection
from archive.doctor.finding import Finding, fine, problem
from archive.errors import ArchiveError, BrokenArchiveError
from archive.register import Register
from archive.settings import Settings

_KIND = "register"
_IDS = "SELECT own_id FROM issues UNION ALL SELECT own_id FROM sections"
_HINT = "Put ids.csv back from a backup, or run `archive doctor --repair`: it takes them from the catalogue."


def find(settings: Settings) -> Iterator[Finding]:
    """Look at ids.csv: every line, and whether it knows the issues and sections of the catalogue."""
    path = settings.ids_path
    try:
        register = Register.load(path)
    except BrokenArchiveError as error:
        yield problem(_KIND, error, remedy="register")
        return
    unknown = [given for given in _in_catalogue(settings) if register.find(given) is None]
    if unknown:
        message = f"ids that the catalogue holds are not in it: {len(unknown)}, as {unknown[0]}"
        yield problem(_KIND, BrokenArchiveError(path, message, _HINT), remedy="register")
    elif path.exists():
        yield fine(_KIND, "every id that was given out can be read", path=path)


def _in_catalogue(settings: Settings) -> list[str]:
    if not settings.catalog_path.exists():
        return []
    try:
        with closing(ReadingConnection(settings.catalog_path)) as connection:
            return [str(row[0]) for row in connection.rows(_IDS)]
    except ArchiveError:
        return []  # catalogue.py tells
