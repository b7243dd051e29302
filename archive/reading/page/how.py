"""What did the owner choose about reading, and how should a page be drawn?"""

from dataclasses import dataclass, field

from archive.model.pages import Box


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What the owner chose about reading; `key` names the choices that change a page's text."""

    languages: tuple[str, ...] = ("nl", "en")
    dpi: int = 300
    low_confidence: float = 0.6
    max_page_megapixels: float = 80.0
    password: str = field(default="", repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """How to draw a page: `turned` and `skew` as in Page turn it upright, 0 leaves it as it was scanned.

    `frames` are boxes to draw on it, in points of the upright page, which is `width` points wide.
    """

    number: int
    dpi: float = 150.0
    turned: int = 0
    skew: float = 0.0
    frames: tuple[Box, ...] = ()
    width: float | None = None
