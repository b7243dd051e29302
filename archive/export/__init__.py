"""How does a section leave? One file per format; each is loaded when it is asked for.

A format is a module with `write(sections, out, *, excel)`, as archive.protocols.Exporter says.
"""

from typing import TYPE_CHECKING

from archive.errors import UsageError

if TYPE_CHECKING:
    from archive.protocols import Exporter

# The name of each format, and its module in this folder.
FORMATS = {"jsonl": "jsonl", "csv": "csv_", "md": "markdown"}


def load_format(name: str) -> "Exporter":
    """Return the exporter of a format.

    Raises:
        UsageError: There is no such format.
    """
    from importlib import import_module
    from typing import cast

    if name not in FORMATS:
        raise UsageError(None, f"there is no format `{name}`", hint=f"Formats: {', '.join(FORMATS)}.")
    return cast("Exporter", import_module(f"archive.export.{FORMATS[name]}"))
