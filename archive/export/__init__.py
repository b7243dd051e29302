"""How does a section leave? One file per format; each is loaded when it is asked for.

A format is a module with `SHAPE` and `write(export, out)`, as archive.protocols.Exporter says.
"""

from typing import TYPE_CHECKING

from archive.errors import MissingPartError, UsageError

if TYPE_CHECKING:
    from archive.protocols import Exporter

# The name of each format, and its module in this folder.
FORMATS = {
    "jsonl": "jsonl",
    "csv": "csv_",
    "md": "markdown",
    "xlsx": "xlsx",
    "coding": "coding",
    "html": "html_",
    "tei": "tei",
    "alto": "alto",
    "hocr": "hocr",
    "pdf": "pdf",
    "ris": "ris",
    "csl": "csl",
    "bundle": "bundle",
}


def load_format(name: str) -> "Exporter":
    """Return the exporter of a format.

    Raises:
        UsageError: There is no such format.
        MissingPartError: A library that it needs is not installed.
    """
    from importlib import import_module
    from typing import cast

    if name not in FORMATS:
        raise UsageError(None, f"there is no format `{name}`", hint=f"Formats: {', '.join(FORMATS)}.")
    try:
        return cast("Exporter", import_module(f"archive.export.{FORMATS[name]}"))
    except ModuleNotFoundError as error:
        part = error.name or "a library"
        raise MissingPartError(None, f"{name} needs {part}", hint=f"Install it: `pip install {part}`.") from error
