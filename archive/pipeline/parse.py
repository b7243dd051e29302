"""How do the pages of one scan become issues with sections?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archive.model.issues import Correction, Issue, ParsedIssue, Section
from archive.model.pages import Page, Scan
from archive.parsing.classify import CategoryRules, classify
from archive.parsing.cleaning import clean, set_aside, typed_spans
from archive.parsing.furniture import mark_furniture
from archive.parsing.masthead import Hints, find_issues, sketch_issues
from archive.parsing.mentions import find_mentions
from archive.parsing.rules import RULES
from archive.parsing.sections import find_sections
from archive.parsing.series.sketch import IssueSketch
from archive.parsing.series.told import Told
from archive.parsing.transcript import build_transcript
from archive.pipeline.decisions.apply import Deciding
from archive.pipeline.decisions.record import UNDECIDED, Decisions


@dataclass(frozen=True, slots=True)
class ParseFacts:
    """What parsing must know beside the pages: the owner's choices, and what the scan says of itself."""

    languages: tuple[str, ...]
    newsletters: tuple[tuple[str, str, tuple[str, ...]], ...]  # slug, name, variants
    categories: tuple[CategoryRules, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    told: Mapping[int, Told] | None = None  # by the series of its issues, by first page


@dataclass(frozen=True, slots=True)
class DecidedIssue:
    """An issue as people want it; `found` is what the machine made of it, which its id is taken from.

    `placed` are the corrections that found their place in it.
    """

    parsed: ParsedIssue
    found: Issue
    placed: frozenset[Correction] = frozenset()


def parse_scan(scan: Scan, pages: Sequence[Page], facts: ParseFacts) -> tuple[ParsedIssue, ...]:
    """Split the pages of one scan into issues and these into sections, each with its category and mentions."""
    return tuple(each.parsed for each in parse_decided(scan, pages, facts, UNDECIDED))


def parse_decided(
    scan: Scan, pages: Sequence[Page], facts: ParseFacts, decisions: Decisions
) -> tuple[DecidedIssue, ...]:
    """Parse a scan as people decided about it: their corrections win over what the machine finds."""
    issues = find_issues(mark_furniture(pages), scan.sha256, _hints(scan, facts), languages=facts.languages)
    return tuple(_parse_issue(issue, facts, decisions) for issue in issues)


def sketch_scan(scan: Scan, pages: Sequence[Page], facts: ParseFacts) -> tuple[IssueSketch, ...]:
    """Tell of each issue in the pages of a scan what may tell its series, and its place in it."""
    return sketch_issues(mark_furniture(pages), _hints(scan, facts), languages=facts.languages)


def _hints(scan: Scan, facts: ParseFacts) -> Hints:
    return Hints(scan.file, dict(facts.metadata), facts.newsletters, facts.told)


def _parse_issue(issue: Issue, facts: ParseFacts, decisions: Decisions) -> DecidedIssue:
    transcript = build_transcript(issue.pages)
    aside, typed = set_aside(transcript), typed_spans(transcript)
    cleaned = clean(transcript.raw, RULES, first=aside, typed=typed)
    sections = find_sections(transcript, cleaned, languages=facts.languages)
    if not decisions.about(issue):
        judged = _judge_all(sections, issue, facts)
        return DecidedIssue(ParsedIssue(issue, transcript, cleaned, judged), issue)
    deciding = Deciding(decisions, issue, sections)
    if edits := deciding.edits(cleaned):
        cleaned = clean(transcript.raw, RULES, first=(*edits, *aside), typed=typed)
        sections = find_sections(transcript, cleaned, languages=facts.languages)
    corrected = deciding.facts(issue, facts.newsletters)
    sections = deciding.cut(sections, transcript, cleaned, facts.languages)
    judged = _judge_all(sections, corrected, facts)
    marked = deciding.marks(judged, [rules.name for rules in facts.categories])
    return DecidedIssue(ParsedIssue(corrected, transcript, cleaned, marked), issue, frozenset(deciding.placed))


def _judge_all(sections: Sequence[Section], issue: Issue, facts: ParseFacts) -> tuple[Section, ...]:
    return tuple(_judge(section, issue, facts) for section in sections)


def _judge(section: Section, issue: Issue, facts: ParseFacts) -> Section:
    verdict = classify(section.heading, section.text, language=section.language, categories=facts.categories)
    mentions = find_mentions(section.full_text, issue_date=issue.date, language=section.language)
    return replace(section, verdict=verdict, mentions=mentions)
