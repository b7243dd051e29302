"""How is a PDF opened, and what does it say about itself?

What reads text layers is loaded when the first one is read: counting pages needs none of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pypdfium2

from archive.errors import LockedScanError, UnreadableScanError

DAMAGED_HINT = "Copy it anew from where it came from, or open it in a PDF reader and save it again."
_ENCRYPTED_HINT = (
    "Set the variable ARCHIVE_PDF_PASSWORD to its password, or save a copy without one, then run `archive ingest`."
)
_WRONG_HINT = "Set the variable ARCHIVE_PDF_PASSWORD to its own password, then run `archive ingest --retry`."
_TAIL_BYTES = 65_536
_NOT_ENCRYPTED = -1


def version() -> str:
    """Return name and version of what reads text layers."""
    import pdfplumber

    return f"pdfplumber {pdfplumber.__version__}"


def count_pages(path: Path, *, password: str = "") -> int:
    """Count the pages of a PDF.

    Raises:
        UnreadableScanError: it is encrypted, damaged, cut off or without pages.
    """
    _refuse_cut(path)
    with for_drawing(path, password) as document:
        if count := len(document):
            return count
    raise UnreadableScanError(path, "is a PDF without pages", hint=DAMAGED_HINT)


def is_encrypted(path: Path, password: str) -> bool:
    """Tell whether a PDF that the password opens is encrypted; one that anybody may read can be so too."""
    with for_drawing(path, password) as document:
        return bool(pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != _NOT_ENCRYPTED)


def read_metadata(path: Path, *, password: str = "") -> dict[str, str]:
    """Return what a PDF says about itself (Title, CreationDate, …), without empty values."""
    with for_drawing(path, password) as document:
        return {
            key: value.strip() for key, value in document.get_metadata_dict(skip_empty=True).items() if value.strip()
        }


# The pages of a scan are read one after the other, so each reader keeps the last document open: (path, time of
# change, password) and the document.
_OPEN: dict[str, tuple[tuple[object, ...], Any]] = {}


@contextmanager
def for_text(path: Path, password: str) -> Iterator[Any]:
    """Open a PDF with pdfplumber, or take the one that is open still.

    Raises:
        UnreadableScanError: it is encrypted or damaged, or what is done with it meets damage.
    """
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        yield _kept("pdfplumber", path, password)
    except PdfminerException as error:
        encrypted = "Password" in type(error.args[0]).__name__ if error.args else False
        raise (_locked(path, password) if encrypted else _damaged(path)) from error
    except PSException as error:
        raise _damaged(path) from error


@contextmanager
def for_drawing(path: Path, password: str) -> Iterator[Any]:
    """Open a PDF with pypdfium2, or take the one that is open still.

    Raises:
        UnreadableScanError: it is encrypted or damaged.
    """
    try:
        document = _kept("pdfium", path, password)
    except pypdfium2.PdfiumError as error:
        if b"/Encrypt" not in path.read_bytes() and _is_without_pages(path):
            raise UnreadableScanError(path, "is a PDF without pages", hint=DAMAGED_HINT) from error
        raise (_locked(path, password) if b"/Encrypt" in path.read_bytes() else _damaged(path)) from error
    yield document


def _kept(reader: str, path: Path, password: str) -> Any:  # noqa: ANN401 - two libraries without types
    key = (path, path.stat().st_mtime_ns, password)
    held = _OPEN.get(reader)
    if held and held[0] == key:
        return held[1]
    if held:
        _OPEN.pop(reader)
        with suppress(Exception):  # closing a damaged one may meet its damage again, which is not that of the next
            held[1].close()
    if reader == "pdfplumber":
        import pdfplumber

        document = pdfplumber.open(path, password=password or None)
    else:
        document = pypdfium2.PdfDocument(path, password=password or None)
    _OPEN[reader] = (key, document)
    return document


def _is_without_pages(path: Path) -> bool:
    """Tell whether a PDF is whole but for its pages: pypdfium2 only says that it cannot open such a file."""
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as document:
            return not document.pages
    except (PdfminerException, PSException):
        return False


def _locked(path: Path, password: str) -> LockedScanError:
    if password:
        return LockedScanError(path, "is encrypted, and not with the password that is set", hint=_WRONG_HINT)
    return LockedScanError(path, "is encrypted", hint=_ENCRYPTED_HINT)


def _damaged(path: Path) -> UnreadableScanError:
    return UnreadableScanError(path, "is a damaged PDF", hint=DAMAGED_HINT)


def _refuse_cut(path: Path) -> None:
    """Refuse a PDF whose end is missing: a reader that patches it up would lose pages without a word."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableScanError(path, "is cut off: the end of the PDF is missing", hint=DAMAGED_HINT)
