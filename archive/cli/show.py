"""What does an id hold?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.output import SCHEMA_VERSION, count, say, shorten, show_table, tell, write_json
from archive.cli.run import Run, command, force_option, option

if TYPE_CHECKING:
    from archive.library.cite import Citation
    from archive.library.related import Related
    from archive.library.show import Shown, ShownEdit, ShownIssue, ShownPage, ShownSection

_QUOTE_WIDTH = 40
_SPACES = str.maketrans({"\n": "⏎", "\f": "⇟", "\t": "⇥"})


@command(
    ("archive show kerngroep-oost-2022-06-15-a-s0001", "A section: where it stands, its category and its text."),
    ("archive show kerngroep-oost-2022-06-15-a", "An issue and its sections."),
    ("archive show kerngroep-oost-2022-06-15-a-p0002 --raw", "A page as it was read, before cleaning."),
    ("archive show kerngroep-oost-2022-06-15-a-s0001 --explain", "Each change to the text, with its rule."),
    ("archive show kerngroep-oost-2022-06-15-a-s0001 --cite", "How to cite it, in three styles."),
    ("archive show kerngroep-oost-2022-06-15-a-s0001 --related", "Sections about the same, and the words they share."),
    (
        "archive show kerngroep-oost-2022-06-15-a-p0002 --explain",
        "Where a page's text comes from, and why.",
    ),
    ("archive show kerngroep-oost-2022-06-15-a-p0002 --image page.png", "The page as a picture."),
    (
        "archive show kerngroep-oost-2022-06-15-a-p0002 --image page.png --unread",
        "The same, with frames around print that was not read.",
    ),
)
@click.argument("given", metavar="ID")
@option("--raw", is_flag=True, help="The text as it was read, before cleaning.")
@option("--cite", "citation", is_flag=True, help="How to cite it: APA, Chicago, and the Dutch Leidraad.")
@option("--related", is_flag=True, help="Sections that share the most telling words of a section.")
@option(
    "--explain",
    is_flag=True,
    help="Each change to the text with its rule; of a page, also its sources and their scores.",
)
@option("--boxes", is_flag=True, help="Where a section stands on its pages, in points from the top left corner.")
@option("--unread", is_flag=True, help="With --image: frame the print on the page that was not read.")
@option("--image", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.png", help="Draw the (first) page.")
@force_option
@click.pass_obj
def show(run: Run, /, given: str, image: Path | None, *, force: bool, **options: bool) -> None:
    """Show a section, an issue or a page.

    An id is given once: when the text has moved, the old id leads to where it is now.
    """
    from archive.library.show import ShownNothing
    from archive.library.show import show as look_up

    shown = look_up(run.settings(), given.strip())
    frames = options.pop("unread")
    if image is not None and not isinstance(shown, ShownNothing):
        from archive.pipeline.pictures import draw_page
        from archive.settings.outputs import claimed

        with claimed(run.settings(), image, force=force):
            page = draw_page(run.settings(), shown.id, image, unread=frames)
        tell(f"{image}: {page}.")
    citation, related = _looked_up(run, shown, options)
    if run.json:
        more: dict[str, Any] = {"citation": asdict(citation)} if citation else {}
        more |= {} if related is None else {"related": [asdict(each) for each in related]}
        write_json(_answer(shown, options) | more)
        return
    if shown.notice:
        tell(shown.notice)
    if citation is not None:
        _print_facts([("APA", citation.apa), ("Chicago", citation.chicago), ("Leidraad", citation.leidraad)])
    elif related is not None:
        _print_related(shown.id, related)
    else:
        _print(shown, options)


def _looked_up(
    run: Run, shown: "Shown", options: dict[str, bool]
) -> "tuple[Citation | None, tuple[Related, ...] | None]":
    """Return how it is cited and what is about the same, where that is asked for."""
    from archive.library.show import ShownNothing

    wants_citation, wants_related = options.pop("citation"), options.pop("related")
    citation = related = None
    if wants_citation and not isinstance(shown, ShownNothing):
        from archive.library.cite import cite

        citation = cite(run.settings(), shown)
    if wants_related and not isinstance(shown, ShownNothing):
        from archive.library.related import find_related

        related = find_related(run.settings(), shown.id)
    return citation, related


def _print(shown: "Shown", options: Mapping[str, bool]) -> None:
    from archive.library.show import ShownIssue, ShownNothing, ShownPage, ShownSection

    match shown:
        case ShownNothing():
            return
        case ShownSection():
            _print_section(shown, options)
        case ShownIssue():
            _print_issue(shown, options)
        case ShownPage():
            _print_page(shown, options)
    if options["explain"]:
        _print_edits(shown.edits)


def _print_related(section_id: str, related: Sequence["Related"]) -> None:
    for each in related:
        say("  ".join(part for part in (f"{each.score:4.2f}", each.id, shorten(each.heading, 60)) if part))
        say(f"      {', '.join(each.shared)}")
    if not related:
        tell(f"No section shares enough of the telling words of {section_id}.")


def _print_section(shown: "ShownSection", options: Mapping[str, bool]) -> None:
    fields = shown.fields
    number = f"number {fields['issue_number']}" if fields["issue_number"] else ""
    date = f"{fields['issue_date']} ({fields['issue_date_source']})" if fields["issue_date"] else "undated"
    _print_facts(
        [
            ("section", shown.id),
            ("issue", ", ".join(filter(None, (fields["newsletter"], number, date)))),
            ("pages", f"{_numbers(fields['pages'])} of {fields['source']['file']}"),
            ("category", f"{fields['category']} ({fields['category_source']}: {fields['category_reason']})"),
            ("language", fields["language"]),
            ("confidence", _confidence(fields["ocr_confidence"])),
            *(
                (name, ", ".join(fields[name]))
                for name in ("places", "organisations", "links", "emails", "tags", "notes")
            ),
            ("dates", ", ".join(_date(date) for date in fields["dates"])),
        ]
    )
    if options["boxes"]:
        say()
        sides = ("page", "x0", "y0", "x1", "y1")
        show_table(([box[side] for side in sides] for box in fields["boxes"]), sides)
    say()
    if options["raw"]:
        _print_text(fields["raw_text"])
    else:
        _print_text("\n\n".join(filter(None, (fields["heading"], fields["text"]))))


def _print_issue(shown: "ShownIssue", options: Mapping[str, bool]) -> None:
    issue = shown.issue
    _print_facts(
        [
            ("issue", shown.id),
            ("newsletter", f"{issue.newsletter} ({issue.newsletter_source})"),
            ("number", f"{issue.number} ({issue.number_source})" if issue.number else ""),
            ("volume", issue.volume),
            ("date", f"{issue.date or 'unknown'} ({issue.date_source}: {issue.date_evidence})"),
            ("scan", f"{issue.file}, sha256 {issue.sha256}"),
            ("pages", ", ".join(f"{page.page.number} {page.page.status}" for page in shown.pages)),
        ]
    )
    say()
    if options["raw"]:
        _print_text(shown.raw_text)
        return
    rows = [
        (each["id"], each["category"], _numbers(each["pages"]), shorten(each["heading"], 60)) for each in shown.sections
    ]
    show_table(rows, ("section", "category", "pages", "heading"))


def _print_page(shown: "ShownPage", options: Mapping[str, bool]) -> None:
    page = shown.page.page
    _print_facts(
        [
            ("page", shown.id),
            ("scan", f"page {page.number} of {shown.page.file}"),
            ("label", page.label),
            ("status", f"{page.status}: {page.reason}" if page.reason else page.status),
            ("read from", f"{page.text_source} ({page.reader})" if page.reader else page.text_source),
            ("confidence", _confidence(page.confidence)),
            ("unread", "" if page.unread is None else f"{page.unread:.0%} of the print on it"),
            ("turned", f"{page.turned}°" if page.turned else ""),
            ("sections", ", ".join(shown.sections)),
        ]
    )
    if options["explain"]:
        _print_sources(shown)
    say()
    _print_text(shown.raw_text if options["raw"] else shown.text)


def _print_sources(shown: "ShownPage") -> None:
    """Say which sources the page's text could have come from, the one taken first, and why."""
    say()
    say("Sources, the one taken first; score: letters of known words less half of the others, as a share:")
    rows = [(each.source, f"{each.score:.3f}", each.reason) for each in shown.candidates]
    show_table(rows, ("source", "score", "why"))


def _print_facts(facts: Iterable[tuple[str, str]]) -> None:
    for name, value in facts:
        if value:
            say(f"{name:<14}{' '.join(value.split())}")


def _print_text(text: str) -> None:
    say(text.replace("\f", "\n\n").strip("\n"))


def _print_edits(edits: Sequence["ShownEdit"]) -> None:
    say()
    say(count(len(edits), "change") + (":" if edits else "."))
    rows = [(edit.page, edit.start, edit.rule, _quoted(edit.before), _quoted(edit.after)) for edit in edits]
    show_table(rows, ("page", "at", "rule", "before", "after"))


def _quoted(text: str) -> str:
    return f"‘{shorten(text.translate(_SPACES), _QUOTE_WIDTH)}’"


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _confidence(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _date(date: Mapping[str, str | None]) -> str:
    span = "/".join(filter(None, (date["date"], date["end"])))
    return f"{date['text']} = {span}" if span else str(date["text"])


def _answer(shown: "Shown", options: Mapping[str, bool]) -> dict[str, Any]:
    """Give the fields of the library's record; edits only where they were asked for, as there may be thousands."""
    kind = type(shown).__name__.removeprefix("Shown").lower()
    fields = asdict(shown)
    if "fields" in fields:
        fields = {"id": fields.pop("id"), "section": fields.pop("fields"), **fields}
    if not options["explain"]:
        fields.pop("edits", None)
    return {"schema_version": SCHEMA_VERSION, "kind": kind, **fields}
