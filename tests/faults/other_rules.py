"""The tasks of a worker whose rules of sectioning have changed: OTHER_RULES says how."""

import os
import re

from archive.parsing.sections.assemble import Bounds, make_sections
from archive.pipeline import parse
from archive.pipeline.tasks import open_task, parse_task, read_task

__all__ = ["open_task", "parse_task", "read_task"]

_find_sections = parse.find_sections


def _whole_issue(transcript, cleaned, *, languages):
    """No heading opens a section: an issue is one."""
    found = _find_sections(transcript, cleaned, languages=languages)
    bounds = Bounds(found[0].start, *found[0].heading_span, found[-1].end, 0.5)
    return make_sections(transcript, cleaned, [bounds], languages=languages)


def _paragraphs(transcript, cleaned, *, languages):
    """Every paragraph is a section."""
    found = _find_sections(transcript, cleaned, languages=languages)
    bounds = []
    for each in found:
        for part in re.finditer(r"\S(?:.|\n(?!\n))*", transcript.raw[each.start : each.end]):
            start, end = each.start + part.start(), each.start + part.end()
            bounds.append(Bounds(start, start, start, end, 0.5))
    return make_sections(transcript, cleaned, bounds, languages=languages)


parse.find_sections = {"whole": _whole_issue, "paragraphs": _paragraphs}[os.environ["OTHER_RULES"]]
