"""Who is told how far the work is?"""

from typing import Protocol


class Progress(Protocol):
    """Shows a person how far long work is; a terminal's bar, a web page, or nobody."""

    def start(self, total: int) -> None:
        """Begin with `total` pages (or sections) to do; called again when more turn up."""

    def advance(self, status: str) -> None:
        """One page is done; `status` is how it ended (`ok`, `failed`, …)."""

    def note(self, text: str) -> None:
        """Say one line about something that happened."""

    def stop(self) -> None:
        """The work has ended, well or not."""


class Silent:
    """Tells nobody."""

    def start(self, total: int) -> None:
        """Ignore the total."""

    def advance(self, status: str) -> None:
        """Ignore the page."""

    def note(self, text: str) -> None:
        """Ignore the line."""

    def stop(self) -> None:
        """Nothing to end."""
