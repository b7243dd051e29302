"""How does a drawing become an SVG file?

Nothing in it is loaded from elsewhere, and the same drawing gives the same bytes.
"""

from html import escape
from pathlib import Path

from archive.errors import StorageError, UsageError
from archive.fields import markup_safe
from archive.model.drawings import Drawing, Label, Patch, Stroke, Tone

# Blue and orange are told apart by nearly everyone; the tones differ in lightness too, for print in grey.
_COLOURS = {
    Tone.INK: "#222222",
    Tone.MAIN: "#1f5f99",
    Tone.SECOND: "#d9822b",
    Tone.SOFT: "#9aa5b1",
    Tone.FAINT: "#e6e9ed",
}
_FONT = "DejaVu Sans, Verdana, sans-serif"


def write_svg(drawing: Drawing, path: Path) -> None:
    """Write a drawing to a file, which appears when it is whole.

    Raises:
        UsageError: The file's name does not end in `.svg`.
        StorageError: It cannot be written.
    """
    from archive.library.targets import text_file

    if path.suffix.casefold() != ".svg":
        raise UsageError(path, "drawings are written as SVG", hint="Give the file a name that ends in .svg.")
    if not path.parent.is_dir():
        raise StorageError(path, "cannot be written: its folder is not there", hint="Make the folder first.")
    with text_file(path) as out:
        out.write(to_svg(drawing))


def to_svg(drawing: Drawing) -> str:
    """Return the drawing as SVG."""
    width, height = _number(drawing.width), _number(drawing.height)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}" role="img">',
        f"<title>{_text(drawing.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *map(_mark, drawing.marks),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _mark(mark: Stroke | Patch | Label) -> str:
    match mark:
        case Stroke():
            ends = f'x1="{_number(mark.x0)}" y1="{_number(mark.y0)}" x2="{_number(mark.x1)}" y2="{_number(mark.y1)}"'
            return f'<line {ends} stroke="{_COLOURS[mark.tone]}" stroke-width="{_number(mark.width)}"/>'
        case Patch():
            size = f'width="{_number(mark.x1 - mark.x0)}" height="{_number(mark.y1 - mark.y0)}"'
            start = f'<rect x="{_number(mark.x0)}" y="{_number(mark.y0)}" {size} fill="{_COLOURS[mark.tone]}"'
            return f"{start}><title>{_text(mark.hint)}</title></rect>" if mark.hint else f"{start}/>"
        case Label():
            place = f'x="{_number(mark.x)}" y="{_number(mark.y)}" font-size="{_number(mark.size)}"'
            look = f'text-anchor="{mark.anchor}" fill="{_COLOURS[Tone.INK]}"' + (
                ' font-weight="bold"' if mark.bold else ""
            )
            return f"<text {place} {look}>{_text(mark.text)}</text>"


def _text(text: str) -> str:
    return escape(markup_safe(text))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
