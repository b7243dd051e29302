"""What does its series tell of an issue: newsletter, number and date?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from archive.ids import slugify
from archive.model.issues import Issue
from archive.parsing.series.clusters import find_clusters
from archive.parsing.series.facts import IssueFacts, settle_facts
from archive.parsing.series.names import is_any_paper, series_name
from archive.parsing.series.sketch import IssueSketch

_NO_DATE = "no date found in masthead, text or file name"


@dataclass(frozen=True, slots=True)
class Told:
    """What is settled of one issue."""

    newsletter: str
    slug: str
    facts: IssueFacts

    def of(self, issue: Issue) -> Issue:
        """Return an issue with these facts in place of those that its own pages tell."""
        facts = self.facts
        return replace(
            issue,
            newsletter=self.newsletter,
            slug=self.slug,
            number=facts.number,
            number_source=facts.number_source,
            date=facts.date,
            date_source=facts.date_source,
            date_evidence=facts.date_evidence,
        )


def tell_series(sketches: Sequence[IssueSketch]) -> dict[tuple[str, int], Told]:
    """Settle the newsletter, number and date of all issues together.

    Args:
        sketches: Every issue of the archive, in any order.

    Returns:
        What is told of each, by its file and first page; the same in whatever order the issues came in.
    """
    issues = sorted(sketches, key=lambda issue: (issue.file, issue.first_page))
    known = {at: issue.known for at, issue in enumerate(issues) if issue.known}
    clusters = [
        [issues[at] for at in places] for places in find_clusters([each.traits for each in issues], apart=known)
    ]
    named = _names(clusters)
    series: dict[str, list[IssueSketch]] = defaultdict(list)
    for name, cluster in zip(named, clusters, strict=True):
        for issue in cluster:
            series[slugify(name)].append(issue)
    told: dict[tuple[str, int], Told] = {}
    spelled = {slugify(name): name for name in sorted(named)}
    for slug, members in series.items():
        for issue, own in zip(members, settle_facts(members), strict=True):
            facts = replace(own, date_evidence=(own.date_evidence or _NO_DATE) + issue.doubt)
            called = (issue.name, issue.known) if issue.known else (spelled[slug], slug)
            told[issue.file, issue.first_page] = Told(*called, facts)
    return told


def _names(clusters: Sequence[Sequence[IssueSketch]]) -> list[str]:
    """Name each cluster; two whose name any paper may have are told apart by their folders."""
    names = [_name(cluster) for cluster in clusters]
    shared: dict[str, set[int]] = defaultdict(set)
    for at, name in enumerate(names):
        shared[slugify(name)].add(at)
    for same in shared.values():
        folders = {at: _folder(clusters[at]) for at in same}
        if len(set(folders.values())) > 1 and is_any_paper(names[min(same)]):
            for at, folder in folders.items():
                names[at] = f"{names[at]} {folder}".strip()
    return names


def _name(cluster: Sequence[IssueSketch]) -> str:
    owned = sorted(issue.name for issue in cluster if issue.known)
    return owned[0] if owned else series_name(cluster) if len(cluster) > 1 else cluster[0].name


def _folder(cluster: Sequence[IssueSketch]) -> str:
    folders = sorted({PurePosixPath(issue.file).parent.name for issue in cluster})
    return folders[0] if len(folders) == 1 and folders[0] != "raw" else ""
