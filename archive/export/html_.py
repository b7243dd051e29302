"""How do sections leave as one web page that needs nothing else: no script, no picture, no style from elsewhere?

Text comes from scans, so all of it is escaped. The page prints well: an issue begins with a heading, a section is never
parted from its heading.
"""

from collections.abc import Mapping
from html import escape
from typing import IO, Any

from archive.fields import markup_safe
from archive.model.exports import Export, Shape

SHAPE = Shape.TEXT
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="newsletter-archive">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 Georgia, serif; color: #222; background: #fff; }}
main {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }}
h1, h2, h3 {{ line-height: 1.25; break-after: avoid; }}
h2 {{ margin-top: 3rem; border-bottom: 1px solid #767676; }}
.facts {{ font: .85rem/1.4 sans-serif; color: #595959; }}
.note {{ border-left: 3px solid #767676; padding-left: .75rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""
_FOOT = "</main>\n</body>\n</html>\n"


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as they come and return how many."""
    query = export.request.query.strip()
    out.write(_HEAD.format(title=_line(f"Sections that match: {query}" if query else "Sections of newsletters")))
    count = 0
    issue_id = ""
    for section in export.entries():
        if section["issue_id"] != issue_id:
            out.write(_issue(section, first=not count) + _holdings(section.get("holdings", {})))
            issue_id = section["issue_id"]
        out.write(_section(section))
        count += 1
    out.write("</section>\n" if count else "<p>No sections.</p>\n")
    out.write(_FOOT)
    return count


def _issue(section: Mapping[str, Any], *, first: bool) -> str:
    number = f" {section['issue_number']}" if section["issue_number"] else ""
    title = _line(f"{section['newsletter']}{number}, {section['issue_date'] or 'undated'}")
    return ("" if first else "</section>\n") + f'<section id="{_line(section["issue_id"])}">\n<h2>{title}</h2>\n'


def _holdings(held: Mapping[str, str]) -> str:
    told = " · ".join(f"{name}: {value}" for name, value in held.items() if value)
    return f'<p class="facts">{_line(told)}</p>\n' if told else ""


def _section(section: Mapping[str, Any]) -> str:
    language = f' lang="{_line(section["language"])}"' if section["language"] not in {"", "und"} else ""
    heading = _line(section["heading"]) or f"({section['position']})"
    pages = ", ".join(map(str, section["pages"]))
    facts = [section["id"], f"p. {pages}" if pages else "", section["category"], section["source"]["file"]]
    facts += [f"tags: {', '.join(section['tags'])}"] if section["tags"] else []
    facts += [f"double of {section['double_of']}"] if section.get("double_of") else []
    lines = [
        f'<article id="{_line(section["id"])}"{language}>',
        f"<h3>{heading}</h3>",
        f'<p class="facts" lang="en">{_line(" · ".join(filter(None, facts)))}</p>',
    ]
    # A line break inside a paragraph is one that was printed: a list, an address.
    paragraphs = filter(None, map(str.strip, section["text"].split("\n\n")))
    lines += ["<p>" + _safe(paragraph).replace("\n", "<br>\n") + "</p>" for paragraph in paragraphs]
    lines += [f'<p class="note">{_line(note)}</p>' for note in section["notes"]]
    return "\n".join([*lines, "</article>", ""])


def _safe(text: str) -> str:
    return escape(markup_safe(text))


def _line(text: str) -> str:
    return _safe(" ".join(text.split()))
