"""Does an export, a bundle or a citation still match this archive?"""

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from archive.catalog.store import Catalog, open_catalog
from archive.errors import UsageError
from archive.fields import bare, markup_safe, table_columns, table_row
from archive.library.cite import Citation, Cited, apa_date, cited, dutch_date, english_date, write_citation
from archive.library.claims import Claim, damaged_files, is_bundle, read_claims
from archive.library.show import ShownIssue, ShownNothing, ShownPage, ShownSection, show
from archive.settings import Settings

# What says nothing about the section itself.
_NOT_COMPARED = {"schema_version", "boxes"}
_UNPROVED = "its facts are the same; a citation does not hold the words of the text, so these cannot be compared"
_ID_ALONE = "an id alone: it leads somewhere, more cannot be told"
_OTHER_SCAN = "another scan of the same issue answers for it now"


class Verdict(StrEnum):
    """What became of a section that a file tells of."""

    SAME = "same"
    FOUND = "found"  # of a citation: its facts are those of the archive; it holds no words to compare
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Checked:
    """A section of a file, compared with the archive.

    `now` is the id under which it stands now (empty: nowhere), `fields` are the names of those that differ, `diff` is
    what changed in heading and text, as a unified diff, `notice` says what else there is to know.
    """

    id: str
    verdict: Verdict
    now: str = ""
    fields: tuple[str, ...] = ()
    diff: str = ""
    notice: str = ""


def verify(settings: Settings, path: Path) -> Iterator[Checked]:
    """Compare what a file says of each section with the archive, one after the other.

    Args:
        settings: The archive.
        path: An export as JSON Lines, CSV or XLSX, a bundle (folder or zip), or a text with citations.

    Raises:
        UsageError: The file is nothing of that kind.
        StorageError: It cannot be read.
    """
    with open_catalog(settings.catalog_path) as catalog:
        texts = _Texts(catalog)
        for claim in read_claims(path):
            yield _check_citation(settings, claim) if claim.cited else _check_section(settings, catalog, texts, claim)


def damaged(path: Path) -> tuple[str, ...]:
    """Return the files of a bundle that were changed or lost since it was made."""
    return tuple(damaged_files(path)) if is_bundle(path) else ()


class _Texts:
    """Finds a section by its very words, for where its id tells nothing; the archive is read once, when first asked."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._by_hash: dict[bytes, str] | None = None

    def find(self, heading: str, text: str) -> str:
        """Return the id of the section that says the same; empty if there is none."""
        if self._by_hash is None:
            self._by_hash = {}
            for fields in self._catalog.sections():
                self._by_hash.setdefault(_hash(fields["heading"], fields["text"]), fields["id"])
        return self._by_hash.get(_hash(heading, text), "") if text else ""


def _check_section(settings: Settings, catalog: Catalog, texts: _Texts, claim: Claim) -> Checked:
    fields = catalog.section(claim.id)
    if fields is not None and not catalog.is_missing(fields["issue_id"]):
        if not (differ := _differences(claim, fields)):
            return Checked(claim.id, Verdict.SAME, claim.id)
        if "text" in differ and (elsewhere := texts.find(*_told(claim))):
            return Checked(claim.id, Verdict.MOVED, elsewhere, notice="the same words stand there")
        scan = _scan_of(claim)
        notice = _OTHER_SCAN if scan and scan != fields["source"]["sha256"] else ""
        return Checked(claim.id, Verdict.CHANGED, claim.id, differ, _diff(claim, fields), notice)
    return _trace(settings, catalog, texts, claim)


def _trace(settings: Settings, catalog: Catalog, texts: _Texts, claim: Claim) -> Checked:
    """Say where a section went that does not stand under its id any more."""
    try:
        shown = show(settings, claim.id)
    except UsageError:
        shown = ShownNothing(claim.id, "this archive never gave out this id")
    if isinstance(shown, ShownSection) and shown.id != claim.id:
        fields = catalog.section(shown.id) or {}
        differ = tuple(name for name in _differences(claim, fields) if name not in {"id", "position"})
        return Checked(claim.id, Verdict.MOVED, shown.id, differ, _diff(claim, fields), shown.notice)
    if elsewhere := texts.find(*_told(claim)):
        return Checked(claim.id, Verdict.MOVED, elsewhere, notice="the same words stand there")
    return Checked(claim.id, Verdict.GONE, notice=shown.notice)


def _differences(claim: Claim, fields: Mapping[str, Any]) -> tuple[str, ...]:
    if claim.fields:
        told = {name: value for name, value in claim.fields.items() if name not in _NOT_COMPARED and name in fields}
        return tuple(name for name, value in told.items() if _plain(name, value) != _plain(name, fields[name]))
    categories = [name.removeprefix("score_") for name in claim.cells if name.startswith("score_")]
    scores = dict.fromkeys(categories, 0.0) | fields["category_scores"]
    row = table_row(dict(fields) | {"category_scores": scores, "boxes": []}, categories)
    now = {name: str(cell) for name, cell in zip(table_columns(categories), row, strict=True)}
    told = {name: cell for name, cell in claim.cells.items() if name not in _NOT_COMPARED and name in now}
    return tuple(name for name, cell in told.items() if not _same_cell(cell, now[name]))


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    """Leave out scores of nothing: an export has one for each category of the archive."""
    if name == "category_scores" and isinstance(value, dict):
        return {category: score for category, score in value.items() if score}
    return value


def _same_cell(told: str, now: str) -> bool:
    if told.replace("\r\n", "\n") in {now.replace("\r\n", "\n"), markup_safe(now).replace("\r", "\n")}:
        return True
    try:
        # 0, 0.0 and 0,0: a spreadsheet writes numbers as it likes, and `--excel` with a comma
        return float(told.replace(",", ".")) == float(now)
    except ValueError:
        return False


def _told(claim: Claim) -> tuple[str, str]:
    """Return heading and text as the file has them, without what a table puts before a formula."""
    if claim.fields:
        return str(claim.fields.get("heading", "")), str(claim.fields.get("text", ""))
    heading, text = claim.cells.get("heading", ""), claim.cells.get("text", "")
    return bare(heading), bare(text)


def _scan_of(claim: Claim) -> str:
    source = claim.fields.get("source")
    return str(source.get("sha256", "")) if isinstance(source, dict) else claim.cells.get("source_sha256", "")


def _diff(claim: Claim, fields: Mapping[str, Any]) -> str:
    before, after = _lines(*_told(claim)), _lines(str(fields.get("heading", "")), str(fields.get("text", "")))
    return "\n".join(difflib.unified_diff(before, after, "in the file", "in the archive", lineterm="", n=1))


def _lines(heading: str, text: str) -> list[str]:
    """Cut a text into sentences, so that a diff shows the one that changed and not the whole paragraph."""
    return [heading, *text.replace(". ", ".\n").replace("? ", "?\n").replace("! ", "!\n").splitlines()]


def _check_citation(settings: Settings, claim: Claim) -> Checked:
    try:
        shown = show(settings, claim.id)
    except UsageError:
        return Checked(claim.id, Verdict.GONE, notice="this archive never gave out this id")
    if isinstance(shown, ShownNothing):
        return Checked(claim.id, Verdict.GONE, notice=shown.notice)
    if gone := _gone_scan(settings, shown):
        return Checked(claim.id, Verdict.GONE, notice=gone)
    if shown.id != claim.id:
        return Checked(claim.id, Verdict.MOVED, shown.id, notice=shown.notice)
    return _check_facts(claim, cited(settings, shown))


def _check_facts(claim: Claim, facts: Cited) -> Checked:
    """Compare the facts that a citation has with those of the archive: more cannot be proved."""
    now = write_citation(facts)
    told = " ".join(claim.cited.split())
    if any(form in told for form in (now.apa, now.chicago.removesuffix("."), now.leidraad.removesuffix("."))):
        return Checked(claim.id, Verdict.FOUND, claim.id, notice=_UNPROVED)
    own = told.replace(claim.id, "")
    missing = _missing_facts(own, facts)
    if not missing:
        return Checked(claim.id, Verdict.FOUND, claim.id, notice=f"cited in another form; {_UNPROVED}")
    if {"newsletter", "issue_date"} <= set(missing) and not any(map(str.isdigit, own)):
        return Checked(claim.id, Verdict.FOUND, claim.id, notice=_ID_ALONE)
    nearest = _nearest(told, now)
    diff = "\n".join(difflib.unified_diff([told], [nearest], "in the file", "in the archive", lineterm=""))
    return Checked(claim.id, Verdict.CHANGED, claim.id, missing, diff)


def _gone_scan(settings: Settings, shown: ShownSection | ShownIssue | ShownPage) -> str:
    """Say that the scan of what is shown is no longer there; empty where it is."""
    if isinstance(shown, ShownSection):
        issue_id, file = shown.fields["issue_id"], shown.fields["source"]["file"]
    elif isinstance(shown, ShownIssue):
        issue_id, file = shown.issue.id, shown.issue.file
    else:
        issue_id, file = shown.page.issue_id, shown.page.file
    with open_catalog(settings.catalog_path) as catalog:
        return f"its scan {file} is no longer in the archive" if catalog.is_missing(issue_id) else ""


def _missing_facts(told: str, facts: Cited) -> tuple[str, ...]:
    """Return which facts a citation of a form of its own lacks, or has otherwise."""
    year, *rest = facts.date.split("-")
    numbers = [str(int(part)) for part in (year, *rest)] if facts.date else []
    dates = {facts.date, facts.date.replace("-", "/"), ", ".join(numbers)}
    dates |= {apa_date(facts.date), english_date(facts.date), dutch_date(facts.date)}
    folded = told.casefold()
    checks = {
        "heading": not facts.has_heading or facts.title.casefold() in folded,
        "newsletter": facts.newsletter.casefold() in folded,
        "issue_date": any(date.casefold() in folded for date in dates),
    }
    return tuple(name for name, holds in checks.items() if not holds)


def _nearest(told: str, now: Citation) -> str:
    forms = (now.apa, now.chicago, now.leidraad)
    return max(forms, key=lambda form: difflib.SequenceMatcher(None, told, form, autojunk=False).ratio())


def _hash(heading: str, text: str) -> bytes:
    return hashlib.blake2b(f"{heading}\0{text}".encode(errors="replace"), digest_size=16).digest()
