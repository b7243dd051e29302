"""How is an answer put on the screen?

Answers go to standard output, all else to standard error. Text that came out of a scan, a file name or a query passes
through `printable` first, so that no hidden control character ever reaches a terminal.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

SCHEMA_VERSION = 1
# Controls, invisible marks that turn the direction of writing, and halves of characters that no encoding can write.
_HARMFUL = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_HARMFUL_IN_JSON = "[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_BAR = 30  # letters of the longest bar of a histogram
_MARK, _PLAIN = "\x1b[1;31m", "\x1b[0m"


def printable(text: str, *, keep: str = "") -> str:
    """Return the text with every character that could steer a terminal replaced by `�`, but for those in `keep`."""
    if text.isprintable():
        return text  # nearly always, and then the pattern need not even be compiled
    return re.sub(_HARMFUL, lambda found: found[0] if found[0] in keep else "\ufffd", text)


def say(text: str = "") -> None:
    """Write lines of an answer to standard output."""
    sys.stdout.write(printable(text, keep="\n\t") + "\n")


def tell(text: str) -> None:
    """Write a line about the work, not the answer, to standard error."""
    sys.stderr.write(printable(text, keep="\n") + "\n")


def write_json(answer: Mapping[str, Any]) -> None:
    """Write an answer as one JSON object, which opens with its `schema_version`."""
    sys.stdout.write(to_json(answer, indent=2) + "\n")


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON that is safe on a terminal: what `printable` would replace stands in it as an escape."""
    import json  # searches without --json do not pay for it

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.replace("\n", "").isprintable():
        return text  # nearly always, as above
    return re.sub(_HARMFUL_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)


def wants_colour(stream: IO[str]) -> bool:
    """Tell whether to write in colour: only to a terminal that can, and not where NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def highlight(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return one line of text for `sys.stdout`, the spans in colour where that is wanted."""
    colour = wants_colour(sys.stdout)
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans) if colour else ():
        if start >= at:
            parts += [printable(text[at:start]), _MARK, printable(text[start:end]), _PLAIN]
            at = end
    return "".join([*parts, printable(text[at:])])


def show_table(rows: Iterable[Sequence[object]], header: Sequence[str]) -> None:
    """Print rows in columns under a header; numbers stand to the right. Nothing is printed for no rows."""
    cells = [[_cell(value) for value in row] for row in rows]
    if not cells:
        return
    header = [_cell(name) for name in header]  # an owner may name columns, too
    widths = [max(len(row[column]) for row in [header, *cells]) for column in range(len(header))]
    numeric = [all(_is_number(row[column]) for row in cells) for column in range(len(header))]
    for row in [header, *cells]:
        padded = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def write_csv(rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV (RFC 4180), one after the other.

    Texts stand on one line, without anything that could steer a terminal or that a spreadsheet would calculate.
    """
    import csv

    from archive.fields import neutralise

    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    for row in rows:
        cells = (neutralise(printable(" ".join(cell.split()))) if isinstance(cell, str) else cell for cell in row)
        writer.writerow(cells)


def show_counts(counts: Mapping[str, int], header: Sequence[str]) -> None:
    """Print a histogram: a row for each name with its number and a bar."""
    most = max(counts.values(), default=0)
    names = max([len(header[0]), *map(len, counts)])
    numbers = max(len(header[1]), len(f"{most:,}"))
    say(f"{header[0]:<{names}}  {header[1]:>{numbers}}")
    for name, number in counts.items():
        bar = "█" * max(1, round(_BAR * number / most)) if number else ""
        say(f"{name:<{names}}  {number:>{numbers},}  {bar}".rstrip())


def shorten(text: str, width: int) -> str:
    """Return the text on one line of at most `width` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return `1 page`, `2 pages`, `1,234 pages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    return printable(" ".join(str(value).split()))


def _is_number(cell: str) -> bool:
    return not cell or cell.replace(".", "", 1).replace(",", "").lstrip("-").isdecimal()
