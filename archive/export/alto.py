"""How do pages leave as ALTO 4: a file for each page of each issue of which a section was chosen?

Text is the cleaned one; a word that a line's end breaks has its whole form beside both halves. Places are in 1/1200
inch from the top left corner of the page as it is read, upright and straight.
"""

from collections.abc import Iterator, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from archive import __version__
from archive.fields import markup_safe
from archive.model.exports import Export, Files, PrintedBlock, PrintedPage, PrintedWord, Shape
from archive.model.pages import BlockRole, Box

SHAPE = Shape.FOLDER
_UNITS_A_POINT = 1200 / 72
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">'
)
_FIRST, _SECOND = "HypPart1", "HypPart2"
_Line = tuple[PrintedWord, ...]


def write(export: Export, files: Files) -> int:
    """Write the pages, issue by issue, and return how many sections chose them."""
    count = 0
    issue_id = ""
    for section in export.entries():
        count += 1
        if section["issue_id"] == issue_id:
            continue
        issue_id = section["issue_id"]
        issue = export.issue(issue_id)
        for page_id in issue.pages:
            if page := export.page(page_id):
                with files.open(f"{page_id}.xml") as out:
                    _write_page(page, issue.holdings, out)
    return count


def _write_page(page: PrintedPage, holdings: Mapping[str, str], out: IO[bytes]) -> None:
    for line in _page(page, holdings):
        out.write((line + "\n").encode("utf-8", "replace"))


def _page(page: PrintedPage, holdings: Mapping[str, str]) -> Iterator[str]:
    roles = sorted({block.role for block in page.blocks})
    yield _HEAD
    yield from _description(page)
    held = [(name, value) for name, value in holdings.items() if value]
    if roles or held:
        yield "<Tags>"
        yield from (f'<LayoutTag ID="role.{role.value}" TYPE="role" LABEL="{role.value}"/>' for role in roles)
        for number, (name, value) in enumerate(held, start=1):
            what = f"LABEL={_attribute(name)} DESCRIPTION={_attribute(value)}"
            yield f'<OtherTag ID="holding.{number}" TYPE="holding" {what}/>'
        yield "</Tags>"
    size = ""
    if page.width is not None and page.height is not None:
        size = f' WIDTH="{_units(page.width)}" HEIGHT="{_units(page.height)}"'
    label = f" PRINTED_IMG_NR={_attribute(page.label)}" if page.label else ""
    sure = "" if page.confidence is None else f' PC="{page.confidence:.4f}"'
    language = f" LANG={_attribute(page.language)}" if page.language not in {"", "und"} else ""
    yield f'<Layout><Page ID="page" PHYSICAL_IMG_NR="{page.number}"{label}{size}{sure}{language}>'
    corner = ' HPOS="0" VPOS="0"' if size else ""
    yield f"<PrintSpace{corner}{size}>"
    broken: PrintedWord | None = None
    for number, block in enumerate(page.blocks, start=1):
        yield from _block(block, number, broken)
        broken = _last_broken(block)
    yield "</PrintSpace></Page></Layout>"
    yield "</alto>"


def _description(page: PrintedPage) -> Iterator[str]:
    yield "<Description><MeasurementUnit>inch1200</MeasurementUnit>"
    yield f"<sourceImageInformation><fileName>{_text(page.file)}</fileName>"
    yield f"<fileIdentifier>sha256:{_text(page.sha256)}</fileIdentifier>"
    yield f"<documentIdentifier>{_text(page.id)}</documentIdentifier></sourceImageInformation>"
    yield '<Processing ID="reading"><processingCategory>contentGeneration</processingCategory>'
    yield f"<processingStepDescription>{_text(page.reader or page.text_source or 'unread')}</processingStepDescription>"
    turned = f"turned {page.turned} degrees, straightened {page.skew:g} degrees"
    yield f"<processingStepSettings>{turned}</processingStepSettings></Processing>"
    yield '<Processing ID="cleaning"><processingCategory>contentModification</processingCategory>'
    yield "<processingSoftware><softwareName>newsletter-archive</softwareName>"
    yield f"<softwareVersion>{__version__}</softwareVersion></processingSoftware></Processing></Description>"


def _block(block: PrintedBlock, number: int, broken: PrintedWord | None) -> Iterator[str]:
    box = _place(_around(word for line in block.lines for word in line))
    yield f'<TextBlock ID="block.{number}" TAGREFS="role.{block.role.value}"{box}>'
    for place, line in enumerate(block.lines):
        following = block.lines[place + 1][0] if place + 1 < len(block.lines) else None
        yield f"<TextLine{_place(_around(line))}>"
        yield "".join(_strings(line, broken, following))
        yield "</TextLine>"
        broken = line[-1] if line[-1].joined else None
    yield "</TextBlock>"


def _strings(line: _Line, broken: PrintedWord | None, following: PrintedWord | None) -> Iterator[str]:
    """Yield the words of a line, the spaces between them, and the hyphen at its end."""
    for place, word in enumerate(line):
        subs = ""
        if not place and broken is not None:
            subs = _substitute(_SECOND, broken.text + word.text)
        elif place == len(line) - 1 and word.joined and following is not None:
            subs = _substitute(_FIRST, word.text + following.text)
        sure = "" if word.confidence is None else f' WC="{word.confidence:.3f}"'
        yield ("<SP/>" if place else "") + f"<String CONTENT={_attribute(word.text)}{sure}{subs}{_place(word.box)}/>"
    if line[-1].joined and not line[-1].text.endswith("-"):
        yield '<HYP CONTENT="-"/>'


def _substitute(part: str, whole: str) -> str:
    return f' SUBS_TYPE="{part}" SUBS_CONTENT={_attribute(whole)}'


def _last_broken(block: PrintedBlock) -> PrintedWord | None:
    last = block.lines[-1][-1]
    return last if last.joined and block.role is not BlockRole.FURNITURE else None


def _around(words: Iterator[PrintedWord] | _Line) -> Box | None:
    boxes = [word.box for word in words if word.box is not None]
    if not boxes:
        return None
    x0, y0 = min(box.x0 for box in boxes), min(box.y0 for box in boxes)
    return Box(x0, y0, max(box.x1 for box in boxes), max(box.y1 for box in boxes))


def _place(box: Box | None) -> str:
    if box is None:
        return ""
    x0, y0, x1, y1 = (_units(side) for side in (box.x0, box.y0, box.x1, box.y1))
    return f' HPOS="{x0}" VPOS="{y0}" WIDTH="{max(0, x1 - x0)}" HEIGHT="{max(0, y1 - y0)}"'


def _units(points: float) -> int:
    return round(points * _UNITS_A_POINT)


def _text(text: str) -> str:
    return escape(markup_safe(text))


def _attribute(text: str) -> str:
    return quoteattr(markup_safe(text))
