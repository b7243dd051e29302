"""How are queries kept and asked again, and what is told of it?"""

import sys
from collections.abc import Collection
from typing import Any

from archive.cli.output import tell
from archive.cli.run import Run
from archive.library.opened import opened
from archive.library.saved import FILE_NAME, Since, find_saved, note_shown, save_query, since_last
from archive.model.search import SearchRequest


def recall(run: Run, name: str) -> SearchRequest:
    """Return the request that is kept under a name, without paging."""
    return find_saved(run.settings(), name).request


def find_new(run: Run, name: str) -> Since:
    """Return what a saved query finds that it has not shown yet."""
    settings = run.settings()
    saved = find_saved(settings, name)
    with opened(settings) as reading:
        return since_last(reading, saved)


def keep(run: Run, name: str, request: SearchRequest) -> None:
    """Keep a query under a name before its answer goes out: whoever reads that may want no more of it at any time."""
    with opened(run.settings()) as reading:
        before = save_query(reading, name, request)
    if run.quiet:
        return
    instead = f", instead of: {before.request.query or 'a query without words'}" if before else ""
    tell(f"Kept as {name} in {FILE_NAME}{instead}.")


def tell_new(since: Since) -> None:
    """Say how many sections are new, and since when."""
    when = f"{since.saved.asked:%Y-%m-%d %H:%M} UTC" if since.saved.asked else "the beginning"
    gone = f", {len(since.gone):,} no longer found" if since.gone else ""
    tell(f"Since {when}: {len(since.new):,} new{gone}.")


def as_answer(since: Since) -> dict[str, Any]:
    """Return what is new under the names of docs/json-answers.md."""
    last = since.saved.asked
    return {
        "name": since.saved.name,
        "asked": f"{last:%Y-%m-%dT%H:%M:%SZ}" if last else None,
        "new": list(since.new),
        "gone": list(since.gone),
    }


def note_seen(run: Run, since: Since, shown: Collection[str]) -> None:
    """Keep that new sections were shown, once they are out: after an answer that broke off they stay new."""
    sys.stdout.flush()
    note_shown(run.settings(), since, shown)
