"""How is an archive opened for a search, and what does a request then ask for?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from archive.catalog.store import Catalog, open_catalog
from archive.errors import StorageError
from archive.model.search import Found, Query, SearchRequest
from archive.search import load_backend
from archive.search.query import parse_query
from archive.search.whoosh.backend import WhooshBackend
from archive.settings import Settings

WORDS_FILE = "words.toml"


class Opened(NamedTuple):
    """An archive that is open for reading: its settings, its catalogue and its index."""

    settings: Settings
    catalog: Catalog
    backend: WhooshBackend

    def read(self, request: SearchRequest) -> tuple[Query, SearchRequest]:
        """Return what a request asks for, words.toml considered, and the request bounded to the holdings it names.

        Raises:
            QuerySyntaxError: The query cannot be read.
            UsageError: words.toml or issues.csv cannot be read.
        """
        query = read_query(self.settings, request)
        if request.holdings:
            from archive.library.holdings import bounded

            request = bounded(self.settings, self.catalog, request)
        return query, request

    def find_every(self, query: Query, request: SearchRequest) -> Found:
        """Return what the index answers when all hits are asked for, in order."""
        # Counted first: asked for more than there is, a backend would go on and look for partial matches.
        total = self.backend.search(query, request._replace(limit=0, offset=0, facets=False)).total
        return self.backend.search(query, request._replace(limit=total, offset=0))

    def close(self) -> None:
        """Let go of the files."""
        self.catalog.close()
        self.backend.close()


def open_reading(settings: Settings) -> Opened:
    """Open an archive for reading; close it when done.

    Raises:
        BrokenArchiveError: There is no archive, or its catalogue is missing or damaged.
    """
    return Opened(settings, open_catalog(settings.catalog_path), load_backend().open(settings.whoosh_dir))


@contextmanager
def opened(settings: Settings) -> Iterator[Opened]:
    """Open an archive for one question."""
    reading = open_reading(settings)
    try:
        yield reading
    finally:
        reading.close()


def read_query(settings: Settings, request: SearchRequest) -> Query:
    """Read the query of a request, and note what words.toml says of its words.

    Raises:
        QuerySyntaxError: The query cannot be read.
        UsageError: words.toml cannot be understood.
    """
    query = parse_query(request.query)
    return query if request.exact else _with_words(settings, query, request.languages or settings.languages)


def _with_words(settings: Settings, query: Query, languages: Sequence[str]) -> Query:
    path = settings.root / WORDS_FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return query
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(path, f"cannot be read ({error})", hint="Check the file and its permissions.") from error
    from archive.search.groups import read_groups, with_groups

    return with_groups(query, read_groups(text, path), languages)
