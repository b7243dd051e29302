"""Does a citation, an export or a bundle still match the archive?"""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, write_json
from archive.cli.run import Run, command
from archive.errors import ExitCode

if TYPE_CHECKING:
    from archive.library.verify import Checked, Verdict


@command(
    ("archive verify study.zip", "Every section of a bundle, and whether its files are whole."),
    ("archive verify sections.jsonl", "Every section of an export."),
    ("archive verify chapter-3.txt", "Every citation in a text, known by the ids in them."),
    ("archive verify sections.csv --json", "The same for a program, with what changed."),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.pass_obj
def verify(run: Run, /, file: Path) -> int:
    """Tell whether a citation, export or bundle still matches.

    FILE is an export (jsonl, csv, xlsx), a bundle (a folder or a zip) or any text with citations in it. Each section is
    the same, changed, moved to another id, or gone; a citation, which holds no words of the text, is found at the most.
    The exit code is 0 when all are the same or found, else 1.
    """
    from archive.library.verify import Verdict, damaged
    from archive.library.verify import verify as compare

    broken = damaged(file)
    checked = compare(run.settings(), file)
    if run.json:
        found = list(checked)
        counts = Counter(each.verdict for each in found)
        write_json(
            {
                "schema_version": SCHEMA_VERSION,
                "file": str(file),
                "counts": {verdict.value: counts[verdict] for verdict in Verdict},
                "damaged": list(broken),
                "sections": [asdict(each) for each in found],
            }
        )
    else:
        counts = Counter[Verdict]()
        for each in checked:
            counts[each.verdict] += 1
            if each.verdict is not Verdict.SAME or run.verbose:
                _print(each)
        for name in broken:
            tell(f"{name}: no longer what it was when the bundle was made.")
        if not run.quiet:
            _print_counts(counts)
    is_same = counts[Verdict.SAME] + counts[Verdict.FOUND] == counts.total() and not broken
    return ExitCode.OK if is_same else ExitCode.PARTLY


def _print(checked: "Checked") -> None:
    where = f" to {checked.now}" if checked.now != checked.id and checked.now else ""
    what = f": {', '.join(checked.fields)}" if checked.fields else ""
    notice = f" ({checked.notice.rstrip('.')})" if checked.notice else ""
    say(f"{checked.id}: {checked.verdict}{where}{what}{notice}")
    for line in checked.diff.splitlines()[2:]:
        say(f"    {line}")


def _print_counts(counts: "Counter[Verdict]") -> None:
    parts = [f"{number:,} {verdict}" for verdict, number in counts.items()]
    say(f"{count(counts.total(), 'section')}: {', '.join(parts)}." if parts else "No sections.")
