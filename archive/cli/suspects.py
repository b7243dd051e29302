"""How are the pages told that may hide the words of a query: on the screen, as a table, as JSON?"""

from collections.abc import Iterator

from archive.cli.filters import told_filters
from archive.cli.output import SCHEMA_VERSION, printable, say, tell, write_csv, write_json
from archive.cli.run import Run
from archive.library.suspects import Suspects, find_suspects
from archive.model.search import SearchRequest

COLUMNS = ("page_id", "probability", "term", "read", "sections")
_MARK = " | "
_TOLD = 0.005  # what is less likely is less than one in a hundred
_ONE_IN_A_HUNDRED = 0.01


def show_suspects(run: Run, request: SearchRequest, *, form: str) -> None:
    """Write the work list of a query, worst page first."""
    found = find_suspects(run.settings(), request)
    if run.json:
        pages = [
            {
                "page_id": page.page_id,
                "probability": round(page.probability, 4),
                "nearest": [{"term": term, "read": read} for term, read in page.nearest],
                "sections": list(page.sections),
            }
            for page in found.pages
        ]
        answer = {"query": found.query, "parsed": found.parsed, "notices": list(found.notices), "pages": pages}
        write_json({"schema_version": SCHEMA_VERSION, **answer})
    elif form == "csv":
        write_csv(_table(found))
    else:
        _print(found)
    if run.json or run.quiet:
        return
    if form == "text":
        _tell(found, request)
    for notice in found.notices:
        tell(notice)


def _table(found: Suspects) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for page in found.pages:
        terms, read = ([pair[place] for pair in page.nearest] for place in (0, 1))
        probability = round(page.probability, 4)
        yield page.page_id, probability, _MARK.join(terms), _MARK.join(read), _MARK.join(page.sections)


def _print(found: Suspects) -> None:
    for page in found.pages:
        nearest = ", ".join(f"{read} ({term}?)" for term, read in page.nearest)
        likely = f"{page.probability:4.0%}" if page.probability >= _ONE_IN_A_HUNDRED else " <1%"
        say(printable("  ".join(part for part in (likely, page.page_id, nearest) if part)))


def _tell(found: Suspects, request: SearchRequest) -> None:
    if found.pictured:
        tell(f"Look at one: archive show {found.pictured} --image page.png")
    elif found.pages:
        tell(f"Read one: archive show {found.pages[0].page_id}")
    elif request.limit:
        filters = told_filters(request)
        which = "No further page" if request.offset else "No page"
        tell(f"{which} is under suspicion{f' with {filters}' if filters else ''}.")
