"""How do sections leave as TEI P5: a corpus with a text for each issue and a division for each section?

Ids of ours need not be XML names (one may begin with a digit), so `xml:id` has a letter before them and `n` is the id.
"""

from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from archive import __version__
from archive.fields import markup_safe
from archive.model.exports import Export, IssueFacts, Shape

SHAPE = Shape.TEXT
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<publicationStmt><p>{licence}</p></publicationStmt>
<sourceDesc><p>Scanned newsletters; the scan of each issue is named in its header.</p></sourceDesc>
</fileDesc>
<encodingDesc>
<appInfo><application ident="newsletter-archive" version="{version}">
<label>newsletter-archive</label>
</application></appInfo>
<editorialDecl><p>The text was read from scans by machine and cleaned: hard line ends and hyphens at line ends
are removed. Categories and languages were found by machine.</p></editorialDecl>
<classDecl><taxonomy xml:id="categories">
{categories}
</taxonomy></classDecl>
</encodingDesc>
</teiHeader>
"""
_NO_LICENCE = "Not published. The rights to the texts stay with those who hold them."


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as they come and return how many."""
    facts = export.facts()
    count = 0
    issue_id = ""
    for section in export.entries():
        if not count:
            out.write(_corpus_head(export, sorted({*facts.categories, *section["category_scores"]})))
        if section["issue_id"] != issue_id:
            issue_id = section["issue_id"]
            out.write(("" if not count else "</body></text></TEI>\n") + _issue_head(export.issue(issue_id)))
        out.write("\n".join(_section(section)) + "\n")
        count += 1
    if not count:  # a corpus must hold a text
        out.write(_corpus_head(export, facts.categories) + _empty_issue())
    out.write("</body></text></TEI>\n</teiCorpus>\n")
    return count


def _corpus_head(export: Export, categories: Any) -> str:  # noqa: ANN401 - any names
    query = export.request.query.strip()
    listed = "\n".join(
        f"<category xml:id={_attribute(f'category.{name}')}><catDesc>{_text(name)}</catDesc></category>"
        for name in categories or ("other",)
    )
    title = f"Sections that match: {query}" if query else "Sections of newsletters"
    licence = f"Licence: {export.licence}" if export.licence else _NO_LICENCE
    return _HEAD.format(title=_text(title), licence=_text(licence), version=__version__, categories=listed)


def _issue_head(issue: IssueFacts) -> str:
    title = f"{issue.newsletter} {issue.number}".strip()
    date = f"<date when={_attribute(issue.date)}>{_text(issue.date)}</date>" if issue.date else "<date>undated</date>"
    scopes = "".join(
        f"<biblScope unit={_attribute(unit)}>{_text(value)}</biblScope>"
        for unit, value in (("volume", issue.volume), ("issue", issue.number))
        if value
    )
    return "\n".join(
        [
            f"<TEI xml:id={_attribute(f'i.{issue.id}')} n={_attribute(issue.id)}{_language(issue.language)}>",
            "<teiHeader><fileDesc>",
            f"<titleStmt><title>{_text(title)}</title></titleStmt>",
            "<publicationStmt><p>Part of this corpus.</p></publicationStmt>",
            f"<sourceDesc><bibl><title>{_text(issue.newsletter)}</title>{scopes}{date}",
            f'<idno type="file">{_text(issue.file)}</idno><idno type="sha256">{_text(issue.sha256)}</idno>',
            f"{_holdings(issue.holdings)}</bibl></sourceDesc>",
            "</fileDesc></teiHeader>",
            "<text><body>",
            "",
        ]
    )


def _holdings(holdings: Mapping[str, str]) -> str:
    return "".join(
        f'<note type="holding" n={_attribute(name)}>{_text(value)}</note>' for name, value in holdings.items() if value
    )


def _empty_issue() -> str:
    nothing = IssueFacts("none", "Nothing found", "", "", "", "", "", "und", "none", "none", ())
    return _issue_head(nothing) + "<p>No sections.</p>\n"


def _section(section: Mapping[str, Any]) -> Iterator[str]:
    name = section["id"]
    ana = _attribute(f"#category.{section['category']}")
    language = _language(section["language"])
    yield f'<div type="section" xml:id={_attribute(f"s.{name}")} n={_attribute(name)}{language} ana={ana}>'
    if section["heading"]:
        yield f"<head>{_text(section['heading'])}</head>"
    breaks = "".join(f"<pb n={_attribute(str(number))}/>" for number in section["pages"][:1])
    paragraphs = [part.strip() for part in section["text"].split("\n\n") if part.strip()]
    for number, paragraph in enumerate(paragraphs or [""]):
        # A line break inside a paragraph is one that was printed: a list, an address.
        yield f"<p>{'' if number else breaks}{_text(paragraph, lines='<lb/>')}</p>"
    if section["tags"]:
        yield f'<index indexName="tags">{"".join(f"<term>{_text(tag)}</term>" for tag in section["tags"])}</index>'
    yield from (f'<note type="editorial">{_text(note)}</note>' for note in section["notes"])
    yield "</div>"


def _language(code: str) -> str:
    return f" xml:lang={_attribute(code)}" if code else ""


def _text(text: str, *, lines: str = " ") -> str:
    return lines.join(" ".join(escape(markup_safe(line)).split()) for line in text.split("\n"))


def _attribute(text: str) -> str:
    return quoteattr(" ".join(markup_safe(text).split()))
