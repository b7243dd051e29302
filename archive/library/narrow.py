"""Which of the sections that were found leave: by holdings, as a sample, with doubles?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.catalog.store import Catalog
from archive.library.holdings import HoldingsTable, holding_filter, load_holdings
from archive.library.sample import Sample, draw_sample
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked beside query and filters.

    Attributes:
        holdings: `COLUMN=VALUE` pairs of issues.csv.
        sample: Draw so many sections; 0 for all.
        by: What parts the strata of the sample.
        seed: Another one draws others.
        doubles: Also the sections of doubles of the issues that are left.
    """

    holdings: tuple[str, ...] = ()
    sample: int = 0
    by: tuple[str, ...] = ()
    seed: int = 0
    doubles: bool = False


def narrow(
    settings: Settings, catalog: Catalog, section_ids: Sequence[str], how: Narrowing
) -> tuple[list[str], Sample | None]:
    """Return the ids that are left, in the order given, and the sample if one was drawn; doubles stand at the end.

    Raises:
        UsageError: issues.csv has no such column, or the sample cannot be drawn.
    """
    left = list(section_ids)
    if how.holdings:
        held = holding_filter(load_holdings(settings), how.holdings)
        kept = {each.id for each in catalog.issues() if held.keeps(each.id, each.file, each.own_id)}
        left = [fields["id"] for fields in catalog.sections(ids=left) if fields["issue_id"] in kept]
    drawn = None
    if how.sample or how.by:
        drawn = draw_sample(catalog.sections(ids=left), how.sample, by=how.by, seed=how.seed)
        left = list(drawn.ids)
    if how.doubles:
        there = set(left)
        left += [each for each in catalog.sections_of_doubles(left) if each not in there]
    return left, drawn


def with_holdings(
    catalog: Catalog, table: HoldingsTable, sections: Iterator[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield sections with what issues.csv says of their issues, under `holdings`; as they are where it says nothing."""
    own_ids = {issue.id: issue.own_id for issue in catalog.issues()} if table.columns else {}
    last: tuple[str, Mapping[str, str]] = ("", {})
    for fields in sections:
        issue = fields["issue_id"]
        if table.columns and issue != last[0]:
            last = (issue, table.of(issue, fields["source"]["file"], own_ids.get(issue, issue)))
        yield {**fields, "holdings": dict(last[1])} if table.columns else fields
