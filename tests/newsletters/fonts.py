"""Which letters are there to print with? The 14 fonts every PDF reader has, and fonts that come from pip."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_CUTS = ("regular", "bold", "italic")
# Each family with its three cuts.
_BUILT_IN = {
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "courier": ("Courier", "Courier-Bold", "Courier-Oblique"),
}
# Each family with its package, the folder in it, and the files of its three cuts.
_FROM_PIP = {
    "vera": ("reportlab", "fonts", ("Vera", "VeraBd", "VeraIt")),
    "lato": ("font_lato", "files", ("Lato-Regular", "Lato-Black", "Lato-Italic")),
    "lato-light": ("font_lato", "files", ("Lato-Light", "Lato-Bold", "Lato-LightItalic")),
    "roboto": ("font_roboto", "files", ("Roboto-Regular", "Roboto-Bold", "Roboto-Italic")),
    "caladea": ("font_caladea", "files", ("Caladea-Regular", "Caladea-Bold", "Caladea-Italic")),
    "source-sans": (
        "font_source_sans_pro",
        "files",
        ("SourceSansPro-Regular", "SourceSansPro-Bold", "SourceSansPro-It"),
    ),
    "source-serif": (
        "font_source_serif_pro",
        "files",
        ("SourceSerifPro-Regular", "SourceSerifPro-Bold", "SourceSerifPro-It"),
    ),
    "fredoka": ("font_fredoka_one", "files", ("FredokaOne-Regular", "FredokaOne-Regular", "FredokaOne-Regular")),
}


@cache
def face(family: str, cut: str = "regular") -> str:
    """The name under which reportlab knows this cut (regular, bold, italic) of a family."""
    if family in _BUILT_IN:
        return _BUILT_IN[family][_CUTS.index(cut)]
    package, folder, files = _FROM_PIP[family]
    name = files[_CUTS.index(cut)]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"fonts of {family} are missing; pip install {package.replace('_', '-')}")
    pdfmetrics.registerFont(TTFont(name, str(Path(spec.origin).parent / folder / f"{name}.ttf")))
    return name


def width(text: str, font: str, size: float, tracking: float = 0) -> float:
    """How wide the text is, in points."""
    return pdfmetrics.stringWidth(text, font, size) + tracking * len(text)
