"""How is keyword in context told: on the screen, as a table, as JSON?"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice

from archive.cli.hits import tell_gaps, tell_nothing
from archive.cli.output import SCHEMA_VERSION, count, highlight, printable, say, tell, write_csv, write_json
from archive.cli.run import Run
from archive.library.context import COLUMNS, By, Contexts, Line, find_contexts
from archive.library.opened import opened
from archive.model.search import SearchRequest

_WIDTH = 40  # characters on either side, on the screen, or as many as go on the terminal
_LEAST_WIDTH = 10
_MATCH_WIDTH = 20  # what is left for the match and the gaps beside it
_TABLE_WIDTH = 80  # and in tables
_CLOSING = tuple(".,;:!?)]-'’”")  # stands right behind a word


def show_contexts(run: Run, request: SearchRequest, by: By, *, form: str, limit: int | None) -> set[str]:
    """Write every match with what stands beside it; as CSV all of them, as they are found.

    Returns:
        The ids of the sections that were shown with all their lines.
    """
    as_text = form == "text" and not run.json
    columns = shutil.get_terminal_size((0, 0)).columns if as_text else 0
    with opened(run.settings()) as reading, reading.catalog.one_state():
        found = find_contexts(reading, request, by=by, width=_width(columns) if as_text else _TABLE_WIDTH)
        lines = iter(found.lines)
        cut = {line.id for line in islice(lines, request.offset)}
        if form == "csv":
            shown = _write_table(lines if limit is None else islice(lines, limit))
            tell_gaps(reading, request)
            if not (run.quiet or shown or cut or limit == 0) and found.sections:
                tell(_no_word(found))
            return shown - cut - _left(lines, request)
        page = list(islice(lines, request.limit))
        left = next(lines, None)
        cut |= {left.id, *_left(lines, request)} if left else set()
        if as_text and not run.quiet:
            tell_gaps(reading, request)
    if as_text:
        _print(page, columns)
        if not run.quiet:
            _tell(found, request, len(page), more=left is not None)
    else:
        _write_json(found, request, page, more=left is not None)
    return {line.id for line in page} - cut


def _width(columns: int) -> int:
    """Return how many characters of context go on either side of a word in so many columns; 0 columns: any number."""
    return max(_LEAST_WIDTH, min(_WIDTH, (columns - _MATCH_WIDTH) // 2)) if columns else _WIDTH


def _left(lines: Iterator[Line], request: SearchRequest) -> set[str]:
    """Return the ids of the sections that have lines left; only where those that are new are asked for."""
    return set() if request.within is None else {line.id for line in lines}


def _write_json(found: Contexts, request: SearchRequest, page: Sequence[Line], *, more: bool) -> None:
    rows = [asdict(line) for line in page]
    answer = {"query": request.query, "parsed": found.parsed, "total": found.sections, "more": more, "lines": rows}
    write_json({"schema_version": SCHEMA_VERSION, **answer})


def _write_table(lines: Iterator[Line]) -> set[str]:
    """Write lines as CSV, and return the ids of their sections."""
    shown: set[str] = set()

    def rows() -> Iterator[tuple[object, ...]]:
        yield COLUMNS
        for line in lines:
            shown.add(line.id)
            yield tuple("" if (cell := getattr(line, name)) is None else cell for name in COLUMNS)

    write_csv(rows())
    return shown


def _print(lines: Sequence[Line], columns: int) -> None:
    """Print the lines, what matched in one column under the other; what would not fit on the terminal is cut off."""
    width = _width(columns)
    for line in lines:
        left = printable(line.left)[-width:].rjust(width)
        gap = "" if line.right[:1] in _CLOSING else " "
        text = f"{left}  {line.match}{gap}{line.right}"
        text = text if not columns or len(text) <= columns else text[: columns - 1].rstrip() + "…"
        sys.stdout.write(highlight(text, [(width + 2, min(len(text), width + 2 + len(line.match)))]) + "\n")
        page = "" if line.page is None else f"  p. {line.page}"
        where = f"{printable(line.id)}{page}  {line.how}"
        indent = min(width + 2, max(0, columns - len(where))) if columns else width + 2
        say(f"{'':{indent}}{where}")


def _tell(found: Contexts, request: SearchRequest, shown: int, *, more: bool) -> None:
    if not found.sections:
        tell_nothing(found.parsed, request)
    elif not shown and request.limit and not request.offset:
        tell(_no_word(found))
    elif not shown:
        behind = f"; there is no line after the first {request.offset:,}" if request.offset else ""
        tell(f"{count(found.sections, 'section')}{behind}.")
    elif more or request.offset:
        last = request.offset + shown
        following = f"; more with --offset {last}, all with --format csv" if more else ""
        if request.within is not None:  # those that were shown are not new any more, so that no offset leads on
            following = "; sections with lines that are not shown stay new"
        tell(f"{count(found.sections, 'section')}; these are lines {request.offset + 1} to {last}{following}.")
    else:
        tell(f"{count(shown, 'line')} in {count(found.sections, 'section')}.")


def _no_word(found: Contexts) -> str:
    """Say why there are sections but no lines."""
    return f"{count(found.sections, 'section')}, but no line: no word is asked for that could stand in one."
