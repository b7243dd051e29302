"""What must a reader of an export know about the archive that it comes from?"""

from collections import defaultdict
from typing import Any

from archive import __version__
from archive.catalog.store import Catalog
from archive.library.issues import find_gaps
from archive.model.exports import ArchiveFacts, YearOfArchive
from archive.model.search import SearchRequest
from archive.settings import Settings, explain_settings

# What these say does not change a text, or is no business of others.
_PRIVATE = {"index_dir", "jobs", "password"}


def facts_of(settings: Settings, catalog: Catalog, request: SearchRequest, *, sections: int) -> ArchiveFacts:
    """Return what there is to know; `sections` is how many the request chose."""
    by_slug: defaultdict[str, list[Any]] = defaultdict(list)
    for issue in catalog.issues():
        by_slug[issue.slug].append(issue)
    seen = [state.first_seen for state in catalog.scan_states().values() if state.status != "missing"]
    return ArchiveFacts(
        version=__version__,
        as_of=max(seen, default=""),
        settings={key: _plain(value) for key, value, _ in explain_settings(settings) if key not in _PRIVATE},
        parsed=_parsed(request),
        sections=sections,
        newsletters=tuple(issues[-1].newsletter for issues in by_slug.values()),
        categories=catalog.categories(),
        coverage=catalog.coverage(),
        years=tuple(
            YearOfArchive(year, issues, count, words, None if sure is None else round(sure, 3))
            for year, issues, count, words, sure in catalog.figures_by_year()
        ),
        gaps=tuple(
            (issues[-1].newsletter, gap.run, gap.numbers) for issues in by_slug.values() for gap in find_gaps(issues)
        ),
    )


def _parsed(request: SearchRequest) -> str:
    if not request.query.strip():
        return ""
    from archive.search.query import parse_query

    return parse_query(request.query).parsed


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a setting may be
    """Turn a setting into what JSON can hold."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
