"""How do sections leave as readable Markdown: a chapter for each issue, a paragraph of facts under each heading?

Text comes from scans, so whatever Markdown or HTML would take for a mark in it is escaped.
"""

import re
from collections.abc import Mapping
from typing import IO, Any

from archive.model.exports import Export, Shape

SHAPE = Shape.TEXT

# Everywhere; then what counts only at the start of a line: headings, quotes, lists, rules, underlines, numbers.
_INLINE = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)|!(?=\[)")
_AT_START = re.compile(r"^([ \t]*)([#+\-=>:]|\d+(?=[.)]))", re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as they come and return how many."""
    count = 0
    issue_id = ""
    for section in export.entries():
        if section["issue_id"] != issue_id:
            issue_id = section["issue_id"]
            out.write(("\n" if count else "") + f"# {_issue_title(section)}\n" + _holdings(section.get("holdings", {})))
        out.write("\n" + _section(section))
        count += 1
    return count


def escape(text: str) -> str:
    """Return the text so that Markdown shows it as it is."""
    plain = _CONTROLS.sub("\ufffd", text)
    plain = _INLINE.sub(lambda found: f"\\{found[0]}", plain)
    return _AT_START.sub(_escape_start, plain)


def _escape_start(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark}\\" if mark.isdigit() else f"{found[1]}\\{mark}"


def _issue_title(section: Mapping[str, Any]) -> str:
    number = f" {section['issue_number']}" if section["issue_number"] else ""
    return _line(f"{section['newsletter']}{number}, {section['issue_date'] or 'undated'}")


def _holdings(held: Mapping[str, str]) -> str:
    told = " · ".join(f"{_line(name)}: {_line(value)}" for name, value in held.items() if value)
    return f"\n{told}\n" if told else ""


def _section(section: Mapping[str, Any]) -> str:
    heading = _line(section["heading"]) or f"({section['position']})"
    pages = ", ".join(map(str, section["pages"]))
    facts = [f"`{section['id']}`", f"p. {pages}", _line(section["category"]), _line(section["language"])]
    if section["tags"]:
        facts.append("tags: " + _line(", ".join(section["tags"])))
    if section.get("double_of"):
        facts.append(f"double of `{section['double_of']}`")
    lines = [f"## {heading}", "", " · ".join(facts), ""]
    for paragraph in filter(None, section["text"].split("\n\n")):
        # A line break inside a paragraph is one that was printed: a list, an address.
        lines += [escape(paragraph.strip()).replace("\n", "\\\n"), ""]
    for note in section["notes"]:
        lines += [f"> {_line(note)}", ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    return escape(" ".join(text.split()))
