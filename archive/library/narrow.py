"""Which of the sections that were found leave, as a sample or with doubles, and what is joined to each?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.catalog.store import Catalog
from archive.library.holdings import HoldingsTable
from archive.library.sample import draw_sample
from archive.model.exports import Sample


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked beside query and filters.

    Attributes:
        sample: Draw so many sections; 0 for all.
        by: What parts the strata of the sample.
        seed: Another one draws others.
        doubles: Also the sections of doubles of the issues that are left.
    """

    sample: int = 0
    by: tuple[str, ...] = ()
    seed: int = 0
    doubles: bool = False


EVERYTHING = Narrowing()


def narrow(catalog: Catalog, section_ids: Sequence[str], how: Narrowing) -> tuple[list[str], Sample | None]:
    """Return the ids that are left, in the order given, and the sample if one was drawn; doubles stand at the end.

    Raises:
        UsageError: The sample cannot be drawn.
    """
    left = list(section_ids)
    drawn = None
    if how.sample or how.by:
        drawn = draw_sample(catalog.sections(ids=left), how.sample, by=how.by, seed=how.seed)
        left = list(drawn.ids)
    if how.doubles:
        there = set(left)
        left += [each for each in catalog.sections_of_doubles(left) if each not in there]
    return left, drawn


def joined(
    catalog: Catalog, table: HoldingsTable, sections: Iterable[dict[str, Any]], *, doubles: bool
) -> Iterator[dict[str, Any]]:
    """Yield sections with what issues.csv says of their issues (`holdings`), if there is such a table.

    With `doubles` also the id of the issue that answers in the place of theirs (`double_of`), empty where it does
    itself.
    """
    if not table.columns and not doubles:
        yield from sections
        return
    issues = {issue.id: issue for issue in catalog.issues()}
    last, more = "", dict[str, Any]()
    for fields in sections:
        if fields["issue_id"] != last:
            last = fields["issue_id"]
            issue = issues[last]
            more = {"holdings": table.of(last, issue.file, issue.own_id)} if table.columns else {}
            more |= {"double_of": issue.double_of} if doubles else {}
        yield fields | more
