"""How is keyword in context told: on the screen, as a table, as JSON?"""

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

_WIDTH = 40  # characters on either side, on the screen
_TABLE_WIDTH = 80  # and in tables
_CLOSING = tuple(".,;:!?)]-'’”")  # stands right behind a word


def show_contexts(run: Run, request: SearchRequest, by: By, *, form: str, limit: int | None) -> None:
    """Write every match with what stands beside it; as CSV all of them, as they are found."""
    with opened(run.settings()) as reading, reading.catalog.one_state():
        width = _WIDTH if form == "text" and not run.json else _TABLE_WIDTH
        found = find_contexts(reading, request, by=by, width=width)
        lines = islice(found.lines, request.offset, None)
        if form == "csv":
            write_csv(_table(lines if limit is None else islice(lines, limit)))
            tell_gaps(reading, request)
            return
        shown = list(islice(lines, request.limit + 1))
        more = len(shown) > request.limit
        del shown[request.limit :]
        if not run.quiet and not run.json:
            tell_gaps(reading, request)
    if run.json:
        rows = [asdict(line) for line in shown]
        answer = {"query": request.query, "parsed": found.parsed, "total": found.sections, "more": more, "lines": rows}
        write_json({"schema_version": SCHEMA_VERSION, **answer})
        return
    _print(shown)
    if not run.quiet:
        _tell(found, request, len(shown), more=more)


def _table(lines: Iterator[Line]) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for line in lines:
        yield tuple("" if (cell := getattr(line, name)) is None else cell for name in COLUMNS)


def _print(lines: Sequence[Line]) -> None:
    """Print the lines, what matched in one column under the other."""
    for line in lines:
        left = printable(line.left)[-_WIDTH:].rjust(_WIDTH)
        gap = "" if line.right[:1] in _CLOSING else " "
        text = f"{left}  {line.match}{gap}{line.right}"
        sys.stdout.write(highlight(text, [(_WIDTH + 2, _WIDTH + 2 + len(line.match))]) + "\n")
        page = "" if line.page is None else f"  p. {line.page}"
        say(f"{'':{_WIDTH}}  {printable(line.id)}{page}  {line.how}")


def _tell(found: Contexts, request: SearchRequest, shown: int, *, more: bool) -> None:
    if not found.sections:
        tell_nothing(found.parsed, request)
    elif not shown:
        behind = f"; there is no line after the first {request.offset:,}" if request.offset else ""
        tell(f"{count(found.sections, 'section')}{behind}.")
    elif more or request.offset:
        last = request.offset + shown
        following = f"; more with --offset {last}, all with --format csv" if more else ""
        tell(f"{count(found.sections, 'section')}; these are lines {request.offset + 1} to {last}{following}.")
    else:
        tell(f"{count(shown, 'line')} in {count(found.sections, 'section')}.")
