"""How did the reading of each page end?"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from archive.cli.output import SCHEMA_VERSION, show_table, tell, write_json
from archive.cli.run import Run, command, option

if TYPE_CHECKING:
    from archive.catalog.rows import LedgerPage

_STATUSES = ("ok", "low", "empty", "failed", "timed_out")


@command(
    ("archive pages --status failed --status timed_out", "Pages that were not read, with the reason."),
    ("archive pages --rescan", "What to scan again, worst first."),
    ("archive pages --json", "The whole ledger, for a program."),
)
@option("--status", "statuses", multiple=True, type=click.Choice(_STATUSES), help="Keep these; repeat it for more.")
@option("--rescan", is_flag=True, help="Pages that a better scan would help, worst first.")
@click.pass_obj
def pages(run: Run, /, statuses: tuple[str, ...], rescan: bool) -> None:  # noqa: FBT001 - click hands it over by name
    """List the pages, each with how its reading ended.

    ok: read well. low: read, but the words are uncertain, or much print was not read. empty: nothing on it. failed,
    timed_out: not read, and why. unread: the share of the print on the page that no word covers.
    """
    from archive.library.pages import list_pages, list_rescans

    settings = run.settings()
    if rescan:
        wanted = [each for each in list_rescans(settings) if not statuses or each.page.page.status in statuses]
        rows = [(each.page, each.reason) for each in wanted]
    else:
        rows = [(page, page.page.reason) for page in list_pages(settings, statuses)]
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "pages": [_fields(page, reason) for page, reason in rows]})
        return
    _print(rows)
    if not rows and not run.quiet:
        tell(
            "There are no such pages." if statuses or rescan else "There are no pages; `archive ingest` takes in scans."
        )


def _print(rows: Iterable[tuple["LedgerPage", str]]) -> None:
    header = ("page", "status", "confidence", "unread", "words", "from", "scan", "reason")
    show_table(
        (
            (
                *(each.id, each.page.status, each.page.confidence, each.page.unread, each.page.words),
                *(each.page.text_source, each.file, reason),
            )
            for each, reason in rows
        ),
        header,
    )


def _fields(each: "LedgerPage", reason: str) -> dict[str, Any]:
    fields = asdict(each.page)
    names = ("source", "score", "reason")
    candidates = [dict(zip(names, candidate, strict=True)) for candidate in json.loads(fields.pop("candidates"))]
    fields["unread_boxes"] = json.loads(fields["unread_boxes"])
    source = {"file": each.file, "sha256": each.sha256}
    return {
        "id": each.id,
        "issue_id": each.issue_id,
        "source": source,
        **fields,
        "reason": reason,
        "candidates": candidates,
    }
