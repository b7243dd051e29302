"""How do the pages of one scan become issues with sections?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive.model.issues import Issue, ParsedIssue, Section
from archive.model.pages import Page, Scan
from archive.parsing.classify import CategoryRules, classify
from archive.parsing.cleaning import clean, set_aside
from archive.parsing.furniture import mark_furniture
from archive.parsing.masthead import Hints, find_issues
from archive.parsing.mentions import find_mentions
from archive.parsing.rules import RULES
from archive.parsing.sections import find_sections
from archive.parsing.transcript import build_transcript


@dataclass(frozen=True, slots=True)
class ParseFacts:
    """What parsing must know beside the pages: the owner's choices, and when the scan was first seen."""

    languages: tuple[str, ...]
    newsletters: tuple[tuple[str, str, tuple[str, ...]], ...]  # slug, name, variants
    categories: tuple[CategoryRules, ...]
    first_seen: date
    metadata: tuple[tuple[str, str], ...] = ()


def parse_scan(scan: Scan, pages: Sequence[Page], facts: ParseFacts) -> tuple[ParsedIssue, ...]:
    """Split the pages of one scan into issues and these into sections, each with its category and mentions."""
    hints = Hints(scan.file, dict(facts.metadata), facts.first_seen, facts.newsletters)
    issues = find_issues(mark_furniture(pages), scan.sha256, hints, languages=facts.languages)
    return tuple(_parse_issue(issue, facts) for issue in issues)


def _parse_issue(issue: Issue, facts: ParseFacts) -> ParsedIssue:
    transcript = build_transcript(issue.pages)
    cleaned = clean(transcript.raw, RULES, first=set_aside(transcript))
    sections = find_sections(transcript, cleaned, languages=facts.languages)
    return ParsedIssue(issue, transcript, cleaned, tuple(_judge(section, issue, facts) for section in sections))


def _judge(section: Section, issue: Issue, facts: ParseFacts) -> Section:
    verdict = classify(section.heading, section.text, language=section.language, categories=facts.categories)
    mentions = find_mentions(section.full_text, issue_date=issue.date, language=section.language)
    return replace(section, verdict=verdict, mentions=mentions)
