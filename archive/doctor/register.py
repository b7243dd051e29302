"""Can the register of ids be read?"""

from collections.abc import Iterator

from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, problem
from archive.errors import BrokenArchiveError
from archive.register import Register
from archive.settings import Settings

_KIND = "register"


def find(settings: Settings) -> Iterator[Finding]:
    """Look at ids.csv: every line, and whether it knows the issues of the catalogue."""
    path = settings.ids_path
    register = Register.load(path)
    unknown: list[str] = []
    if settings.catalog_path.exists():
        with open_catalog(settings.catalog_path) as catalog:
            unknown = [issue.id for issue in catalog.issues() if register.find(issue.id) is None]
    if unknown:
        message = f"ids that the catalogue holds are not in it: {len(unknown)}, as {unknown[0]}"
        hint = "Put ids.csv back from a backup; without it the same ids cannot be promised."
        yield problem(_KIND, BrokenArchiveError(path, message, hint))
    elif path.exists():
        yield fine(_KIND, "every id that was given out can be read", path=path)
