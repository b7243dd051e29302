"""What can the catalogue be asked?"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from archive.catalog.connect import ReadingConnection
from archive.catalog.doubts import DoubtQuestions
from archive.catalog.figures import FigureQuestions
from archive.catalog.issues import IssueQuestions
from archive.catalog.ledger import LedgerQuestions
from archive.catalog.schema import MIGRATIONS
from archive.catalog.sections import SectionQuestions
from archive.catalog.withdrawals import WithdrawalQuestions
from archive.errors import BrokenArchiveError

_T = TypeVar("_T")


class Catalog(SectionQuestions, IssueQuestions, LedgerQuestions, FigureQuestions, WithdrawalQuestions, DoubtQuestions):
    """The catalogue of one archive, for reading; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(ReadingConnection(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def one_state(self) -> AbstractContextManager[None]:
        """Have all questions of the block answered from one state of the catalogue.

        Raises:
            ChangedError: It was changed meanwhile, and nothing kept the state: ask all of them again.
        """
        return self._connection.one_state()

    def at_once(self, questions: Callable[[], _T]) -> _T:
        """Return what some questions give when all are answered from one state; they may be asked more than once.

        Raises:
            ArchiveBusyError: It is changed each time.
        """
        return self._connection.at_once(questions)

    def version(self) -> int:
        """Return the number of the last migration that was run."""
        return int(self._ask("PRAGMA user_version")[0][0])


def check_version(path: Path, version: int) -> None:
    """Refuse a catalogue that this version of the program cannot read."""
    if version > len(MIGRATIONS):
        hint = "Update the program: `pip install --upgrade newsletter-archive`."
        raise BrokenArchiveError(path, "the catalogue was made by a newer version of this program", hint=hint)
    if version < len(MIGRATIONS):
        problem = "is from an older version of this program" if version else "is empty"
        raise BrokenArchiveError(
            path, f"the catalogue {problem}", hint="Run `archive ingest`, which brings it up to date."
        )
