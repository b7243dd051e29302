"""How is an archive opened for a search, and what does a request then ask for?"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from archive.catalog.store import Catalog, open_catalog
from archive.errors import UsageError
from archive.model.search import EVERY, Found, Query, SearchRequest
from archive.search import load_backend
from archive.search.query import parse_query
from archive.search.ranges import check_filter
from archive.search.whoosh.backend import WhooshBackend
from archive.settings import Settings
from archive.tuples import NamedTuple

_T = TypeVar("_T")
WORDS_FILE = "words.toml"
_MOST_BYTES = 1024 * 1024  # of words.toml


class Opened(NamedTuple):
    """An archive that is open for reading: its settings, its catalogue and its index."""

    settings: Settings
    catalog: Catalog
    backend: WhooshBackend

    def read(self, request: SearchRequest) -> tuple[Query, SearchRequest]:
        """Return what a request asks for, words.toml considered, and the request bounded to the holdings it names.

        Raises:
            QuerySyntaxError: The query cannot be read.
            UsageError: As `checked`; or words.toml or issues.csv cannot be read.
        """
        request = checked(request)
        query = read_query(self.settings, request)
        if request.holdings:
            from archive.library.holdings import bounded

            request = bounded(self.settings, self.catalog, request)
        return query, request

    def at_once(self, questions: Callable[[], _T]) -> _T:
        """Return what some questions give when index and catalogue each answer from one state; see their `at_once`.

        The index's state is chosen first, so that it is never younger than the catalogue.
        """
        return self.backend.at_once(lambda: self.catalog.at_once(questions))

    def find_every(self, query: Query, request: SearchRequest) -> Found:
        """Return what the index answers when all hits are asked for, in order."""
        return self.backend.search(query, request._replace(limit=EVERY, offset=0))

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


def checked(request: SearchRequest) -> SearchRequest:
    """Return a request with its query and filters spelled as index and catalogue can hold them.

    Halves of characters, which a terminal may pass on, stand in no text; they become `\ufffd`.

    Raises:
        UsageError: A date is none or comes after the one that it should come before; or paging is below 0.
    """
    check_filter(request.since, request.until)
    check_filter(request.mentions_since, request.mentions_until)
    if min(request.limit, request.offset) < 0:
        raise UsageError(None, "limit and offset count from 0", hint="Give a number that is not below 0.")
    return request._replace(
        query=_whole(request.query),
        categories=tuple(_whole(each.casefold()) for each in request.categories),
        newsletters=tuple(map(_whole, request.newsletters)),
        languages=tuple(_whole(each.casefold()) for each in request.languages),
        tags=tuple(map(_whole, request.tags)),
    )


def sections_let_through(catalog: Catalog, request: SearchRequest) -> list[str]:
    """Return the ids of the sections that pass the filters of a request, in order, as the index would let them.

    A tag is found by any of its words.
    """
    if request.tags:
        from archive.search.forms import names_in

        asked = {names_in(tag)[0] for tag in request.tags}
        request = request._replace(tags=tuple(tag for tag in catalog.tags() if asked.intersection(names_in(tag))))
        if not request.tags:
            return []
    return catalog.matching(request)


def _whole(text: str) -> str:
    return text if text.isprintable() else re.sub("[\ud800-\udfff]", "\ufffd", text)


def read_query(settings: Settings, request: SearchRequest) -> Query:
    """Read the query of a request, and note what words.toml says of its words.

    Raises:
        QuerySyntaxError: The query cannot be read.
        UsageError: words.toml cannot be understood.
        StorageError: It cannot be read.
    """
    query = parse_query(request.query)
    return query if request.exact else _with_words(settings, query, request.languages or settings.languages)


def _with_words(settings: Settings, query: Query, languages: Sequence[str]) -> Query:
    path = settings.root / WORDS_FILE
    if not path.exists():
        return query
    from archive.bounded import read_own_text
    from archive.search.groups import read_groups, with_groups

    text = read_own_text(path, _MOST_BYTES, hint="Leave out words that nobody asks for.")
    return with_groups(query, read_groups(text, path), languages)
