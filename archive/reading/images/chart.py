"""How does a drawing become a PNG?

Drawn twice as large as it says, so that it is sharp on a screen and in print; the font is the one that comes with
Pillow.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from archive.model.drawings import Anchor, Drawing, Label, Patch, Stroke, Tone
from archive.placing import placed

_TIMES = 2
_COLOURS = {
    Tone.INK: "#222222",
    Tone.MAIN: "#1f5f99",
    Tone.SECOND: "#d9822b",
    Tone.SOFT: "#9aa5b1",
    Tone.FAINT: "#e6e9ed",
}
_ANCHORS = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}


def save_chart(drawing: Drawing, path: Path) -> None:
    """Write a drawing as PNG; its title stands in the file too.

    Raises:
        StorageError: The file cannot be written.
    """
    image = Image.new("RGB", (round(drawing.width * _TIMES), round(drawing.height * _TIMES)), "white")
    pen = ImageDraw.Draw(image)
    for mark in drawing.marks:
        _draw(pen, mark)
    facts = PngInfo()
    facts.add_itxt("Title", drawing.title)
    with placed(path) as part:
        image.save(part, "PNG", pnginfo=facts, optimize=True)


def _draw(pen: ImageDraw.ImageDraw, mark: Stroke | Patch | Label) -> None:
    match mark:
        case Stroke():
            ends = [_TIMES * each for each in (mark.x0, mark.y0, mark.x1, mark.y1)]
            pen.line(ends, fill=_COLOURS[mark.tone], width=max(1, round(_TIMES * mark.width)))
        case Patch():
            sides = [mark.x0, min(mark.y0, mark.y1), mark.x1, max(mark.y0, mark.y1)]
            pen.rectangle([_TIMES * each for each in sides], fill=_COLOURS[mark.tone])
        case Label():
            font = ImageFont.load_default(_TIMES * mark.size)
            place = (_TIMES * mark.x, _TIMES * mark.y)
            bold = _TIMES // 2 if mark.bold else 0
            pen.text(
                place,
                mark.text,
                fill=_COLOURS[Tone.INK],
                font=font,
                anchor=_ANCHORS[mark.anchor],
                stroke_width=bold / 2,
            )
