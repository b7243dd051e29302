"""How is a drawing written as a picture of pixels? Apart, because the library that can is one that reads scans."""

from pathlib import Path

from archive.model.drawings import Drawing


def write_png(drawing: Drawing, path: Path) -> None:
    """Write a drawing as PNG.

    Raises:
        StorageError: The file cannot be written.
    """
    from archive.reading.images.chart import save_chart

    save_chart(drawing, path)
