"""What is on a drawing, whatever it is written as: marks in the order in which they are drawn."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a mark looks."""

    INK = "ink"
    MAIN = "main"
    SECOND = "second"
    SOFT = "soft"
    FAINT = "faint"


class Anchor(StrEnum):
    """Which part of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    tone: Tone = Tone.INK
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled rectangle; `hint` is what a browser shows when one points at it."""

    x0: float
    y0: float
    x1: float
    y1: float
    tone: Tone = Tone.MAIN
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words; `y` is the line that they stand on."""

    x: float
    y: float
    text: str
    size: float = 12.0
    anchor: Anchor = Anchor.START
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with its title; sizes in pixels from the top left."""

    title: str
    width: float
    height: float
    marks: tuple[Stroke | Patch | Label, ...]
