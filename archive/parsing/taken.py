"""Which stretches of a text are taken, so that of two that overlap only one counts?"""

from collections.abc import Iterable, Sequence


class Taken:
    """Stretches of a text, each asked for without a look at those far from it.

    Args:
        spans: Those that are taken from the start, in any order; they may overlap.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._parts: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            self._add(start, end)

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no stretch that is taken has a character in common with this one."""
        return not any(_overlaps(self._parts.get(part, ()), start, end) for part in _parts_of(start, end))

    def take(self, start: int, end: int) -> bool:
        """Take a stretch, and tell whether it was free; one that was not is left alone."""
        free = self.is_free(start, end)
        if free:
            self._add(start, end)
        return free

    def _add(self, start: int, end: int) -> None:
        for part in _parts_of(start, end):
            self._parts.setdefault(part, []).append((start, end))


_PART = 256  # characters


def _parts_of(start: int, end: int) -> range:
    return range(start // _PART, max(start, end - 1) // _PART + 1)


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)
