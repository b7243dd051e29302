"""What must a reader of an export know about the archive that it comes from?"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from archive import __version__
from archive.catalog.store import Catalog
from archive.corrections import in_force, read_corrections
from archive.library.agreement import agree_by_hand
from archive.library.issues import find_gaps_among
from archive.model.exports import ArchiveFacts, YearOfArchive
from archive.model.search import SearchRequest
from archive.settings import Settings, explain_settings

# What these say does not change a text, or is no business of others.
_PRIVATE = {"index_dir", "jobs", "password"}


def facts_of(settings: Settings, catalog: Catalog, request: SearchRequest, *, sections: int) -> ArchiveFacts:
    """Return what there is to know; `sections` is how many leave of those that the request chose."""
    passing, parsed, hidden, reason = _asked(settings, request)
    chosen = catalog.issues(passing)
    by_slug: defaultdict[str, list[Any]] = defaultdict(list)
    for issue in catalog.issues():
        by_slug[issue.slug].append(issue)
    names = {issue.slug: by_slug[issue.slug][-1].newsletter for issue in chosen}
    whole, passed = catalog.coverage(), catalog.coverage_of(passing)
    seen = [state.first_seen for state in catalog.scan_states().values() if state.status != "missing"]
    return ArchiveFacts(
        version=__version__,
        as_of=max(seen, default=""),
        settings={key: _plain(value) for key, value, _ in explain_settings(settings) if key not in _PRIVATE},
        parsed=parsed,
        sections=sections,
        newsletters=tuple(names.values()),
        categories=catalog.categories(),
        coverage=passed,
        whole=None if passed == whole else whole,
        years=tuple(
            YearOfArchive(year, issues, count, words, None if sure is None else round(sure, 3))
            for year, issues, count, words, sure in catalog.figures_by_year(passing)
        ),
        gaps=tuple(
            (name, gap.run, gap.numbers)
            for slug, name in names.items()
            for gap in find_gaps_among(by_slug[slug], {issue.id for issue in chosen})
        ),
        hidden=hidden,
        hidden_reason=reason,
        agreement=agree_by_hand(catalog, in_force(read_corrections(settings.corrections_path))),
    )


def _asked(settings: Settings, request: SearchRequest) -> tuple[SearchRequest, str, Mapping[str, float] | None, str]:
    """Return the request with what its query asks of issues, how the query was understood, and how many it may miss.

    That is how many sections misreading may hide from it, or why nobody can tell.
    """
    if not request.query.strip():
        return request, "", None, ""
    from archive.library.hidden import Hidden, estimate_hidden
    from archive.library.opened import opened
    from archive.library.search import narrowed

    with opened(settings) as reading:
        query, request = reading.read(request._replace(limit=0, offset=0, facets=False))
        found = reading.backend.search(query, request)
        hidden = estimate_hidden(query.root, found, exact=request.exact, hazards=reading.backend.hazards())
    passing = narrowed(request, query.root)
    if isinstance(hidden, Hidden):
        return passing, query.parsed, hidden.as_fields(), ""
    return passing, query.parsed, None, hidden


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a setting may be
    """Turn a setting into what JSON can hold."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
