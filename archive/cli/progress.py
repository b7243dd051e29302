"""How far is the work? A bar on a terminal, with pages, rate and time left; in a pipe, only the notes."""

import sys
from collections import Counter
from typing import Any

from archive.cli.output import count, printable, tell

_SHAPE = "{percentage:3.0f}% |{bar}| {n_fmt} of {total_fmt} {unit}s,{rate_inv_fmt}, {remaining} left{postfix}"
_WELL = {"ok", "low", "empty"}


class Bar:
    """Shows progress on standard error (a pipeline.progress.Progress).

    Args:
        unit: What is counted: `pages` or `sections`.
        quiet: Show nothing at all.
        notes: Say what happens on the way, too.
    """

    def __init__(self, unit: str, *, quiet: bool = False, notes: bool = False) -> None:
        self._unit = unit
        self._notes = notes
        self._quiet = quiet
        self._bar: Any = None
        self._ended: Counter[str] = Counter()

    def start(self, total: int) -> None:
        """Draw the bar; called again when more turns up."""
        if self._quiet or not sys.stderr.isatty():
            return
        if self._bar is None:
            from tqdm import tqdm  # only where there is a terminal to draw on

            unit = self._unit.removesuffix("s")
            self._bar = tqdm(total=total, unit=unit, bar_format=_SHAPE, file=sys.stderr, leave=False)
        else:
            self._bar.total = total
            self._bar.refresh()

    def advance(self, status: str) -> None:
        """Count one page; pages that went wrong are counted behind the bar too."""
        self._ended[status] += 1
        if self._bar is None:
            return
        if status and status not in _WELL:
            wrong = sum(number for name, number in self._ended.items() if name not in _WELL)
            self._bar.set_postfix_str(f"{wrong} failed", refresh=False)
        self._bar.update()

    def note(self, text: str) -> None:
        """Say a line, above the bar if there is one."""
        if not self._notes:
            return
        if self._bar is None:
            tell(text)
        else:
            self._bar.write(printable(text), file=sys.stderr)

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def duration(seconds: float) -> str:
    """Return `12 seconds`, `3 minutes`, `2 hours 5 minutes`."""
    if seconds < 100:  # noqa: PLR2004 - up to here, seconds are easier to compare
        return count(max(1, round(seconds)), "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{count(hours, 'hour')} {count(minutes, 'minute')}" if hours else count(minutes, "minute")
