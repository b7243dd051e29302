"""What must each parser that we wrote stand? Any bytes at all: it answers, or refuses in words (an ArchiveError).

One function for each parser; hypothesis (test_parsers.py) and atheris (run_atheris.py) feed them alike.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.corrections import concerning, in_force, read_corrections
from archive.errors import ArchiveError
from archive.ids import parse_id
from archive.library.holdings import read_holdings
from archive.library.opened import read_query
from archive.library.personal import Names, find_pieces
from archive.library.saved import load_saved
from archive.model.search import SearchRequest
from archive.parsing.dates import find_dates
from archive.reading.dumps import read_dump
from archive.reading.earlier.alto import read_alto
from archive.reading.earlier.hocr import read_hocr
from archive.reading.earlier.paperless import read_export
from archive.reading.ocr.tesseract import _words
from archive.register import Register
from archive.search.query import parse_query
from archive.settings import Settings, explain_settings, load_settings

ASKED = SearchRequest('vluchteling OR "paleis van den vrede"')


def dump(data: bytes) -> None:
    _on_file(data, "a.txt", lambda path: [block.text for page in read_dump(path) for block in page])


def engine_output(data: bytes) -> None:
    for word in _words(_text(data), 0.24):
        assert word.text


def alto(data: bytes) -> None:
    _on_file(data, "a.xml", lambda path: _are_words(read_alto(path)))


def hocr(data: bytes) -> None:
    _on_file(data, "a.hocr", lambda path: _are_words(read_hocr(path)))


def paperless(data: bytes) -> None:
    _on_file(data, "manifest.json", lambda path: [original.name for original, _ in read_export(path.parent)])


def query(data: bytes) -> None:
    text = _text(data)
    try:
        assert parse_query(parse_query(text).parsed)
    except ArchiveError as error:
        if not str(error):
            raise


def corrections(data: bytes) -> None:
    _on_file(data, "corrections.csv", lambda path: concerning(in_force(read_corrections(path)), ["a-2019-a"]))


def ids(data: bytes) -> None:
    _on_file(data, "ids.csv", lambda path: Register.load(path).issues_of("a"))
    assert parse_id(_text(data)).kind in {"issue", "section", "page"}


def settings(data: bytes) -> None:
    _on_file(data, "archive.toml", lambda path: explain_settings(load_settings(path.parent)))


def words(data: bytes) -> None:
    def read(path: Path) -> None:
        assert read_query(Settings(path.parent), ASKED).parsed == parse_query(ASKED.query).parsed

    _on_file(data, "words.toml", read)


def saved(data: bytes) -> None:
    _on_file(data, "queries.toml", lambda path: load_saved(Settings(path.parent)))


def holdings(data: bytes) -> None:
    _on_file(data, "issues.csv", lambda path: read_holdings(path).of("a-2019-a", "raw/a.pdf"))


def names(data: bytes) -> None:
    _on_file(data, "names.txt", lambda path: _part(_text(data), Names.read(path)))


def dates(data: bytes) -> None:
    text = _text(data)
    for language in ("nl", "en", "und"):
        for date in find_dates(text, issue_date=None, language=language):
            assert text[date.start : date.end_offset] == date.text


def _part(text: str, listed: Names) -> None:
    end = 0
    for piece in find_pieces(text, listed):
        assert end <= piece.start < piece.end <= len(text)
        end = piece.end


def _are_words(pages: tuple) -> None:
    for page in pages:
        for word in page.words:
            assert word.text
            assert word.confidence is None or 0 <= word.confidence <= 1


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _on_file(data: bytes, name: str, read: Callable[[Path], object]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            read(path)
        except ArchiveError as error:
            if not str(error):
                raise


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        *(dump, engine_output, alto, hocr, paperless, dates),
        *(query, words, saved, names, corrections, holdings, ids, settings),
    )
}
