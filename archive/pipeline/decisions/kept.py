"""Is all that was decided still in corrections.csv, and what if it is not?

Whoever obeys corrections.csv asks here first, and writes down here what it holds: see archive.remembered.
"""

from collections.abc import Sequence

from archive.corrections import append_corrections, is_cut, read_corrections, to_remember
from archive.errors import BrokenArchiveError
from archive.model.issues import Correction
from archive.remembered import load_remembered, remember
from archive.settings import Settings


def keep_decisions(settings: Settings, *, write: bool = True) -> None:
    """Write down what corrections.csv holds, if it holds all that it should; call it while the archive is held.

    Args:
        settings: The archive.
        write: False only asks.

    Raises:
        BrokenArchiveError: Decisions were lost from corrections.csv; they stay in force, and nothing was changed.
        UsageError: corrections.csv cannot be read.
    """
    if lost := lost_decisions(settings):
        raise loss_of(settings, lost)
    if write:
        note_decisions(settings)


def note_decisions(settings: Settings) -> None:
    """Write down what corrections.csv holds."""
    corrections = read_corrections(settings.corrections_path)
    if corrections or settings.decisions_path.exists():
        remember(settings.decisions_path, to_remember(corrections))


def lost_decisions(settings: Settings) -> tuple[Correction, ...]:
    """Return the decisions that corrections.csv lost."""
    path = settings.corrections_path
    return load_remembered(settings.decisions_path).missing(to_remember(read_corrections(path)), cut=is_cut(path))


def loss_of(settings: Settings, lost: Sequence[Correction]) -> BrokenArchiveError:
    """Return the error of decisions that were lost."""
    message = (
        f"decisions that stood in it are gone: {len(lost)}, as {lost[0].field} of {lost[0].id}; they stay in force"
    )
    hint = "Put it back from a backup, or run `archive doctor --repair`, which writes them into it again; "
    hint += "if they were meant to go, run `archive correct --accept-removed`."
    return BrokenArchiveError(settings.corrections_path, message, hint)


def put_back(settings: Settings) -> int:
    """Write lost decisions into corrections.csv again, mend decisions.csv, and return how many were lost."""
    lost = lost_decisions(settings)
    if lost:
        append_corrections(settings.corrections_path, lost)
    note_decisions(settings)
    return len(lost)


def let_go(settings: Settings) -> tuple[Correction, ...]:
    """Forget the decisions that corrections.csv holds no more, and return them: the next ingest parses without them."""
    lost = lost_decisions(settings)
    remember(settings.decisions_path, to_remember(read_corrections(settings.corrections_path)))
    return lost
