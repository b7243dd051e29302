"""Which rows open sections where there is no layout, only lines and empty lines?

The likely headings of weights.py, and the greeting with which a lead piece opens. In a row of headings without text
between them only the last can be one: the others are signatures, captions or entries of a list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.parsing.headlines import headline_score
from archive.parsing.lines import is_list_item
from archive.parsing.sections.heading import Heading, evidence_of
from archive.parsing.sections.rows import Row, column_signs
from archive.parsing.sections.weights import likely_headings
from archive.parsing.wording import is_salutation, is_sender, is_sign_off

_FIRST_ROWS = 5  # a greeting opens a section only up here
_SURE_GREETING, _SURE_BELOW = 0.9, 0.7
_READS = 0.45
_SHORT = 0.6  # of a full line

# The first row of a likely heading, the one behind its last, and how sure it is.
Group = tuple[int, int, float]


def textual_headings(rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Return the headings among the rows of an issue without layout."""
    likely = [group for group in likely_headings(rows) if not (_greets(rows, group[0]) or _signs(rows, group[0]))]
    taken = {at for first, last, _ in likely for at in range(first, last)}
    free = (at for at in range(len(rows) - 1) if at not in taken)
    likely += [(at, at + 1, _SURE_BELOW) for at in free if _is_below_sender(rows, at)]
    likely += _greeting(rows, likely)
    return tuple(_without_rows([_heading(rows, *group) for group in sorted(likely)]))


def _greeting(rows: Sequence[Row], likely: Sequence[Group]) -> list[Group]:
    """Return the first salutation as a heading, or the line above that reads like one; nothing where that is likely."""
    at = next((at for at in range(len(rows[:_FIRST_ROWS])) if _greets(rows, at)), None)
    if at is None or any(last == at for _, last, _ in likely):
        return []
    heads = 0 < at < len(rows) - 1 and rows[at - 1].opens_block and rows[at].opens_block
    if heads and headline_score(rows[at - 1].text, rows[at + 1].text) >= _READS:
        at -= 1
    return [(at, at + 1, _SURE_GREETING)]


def _greets(rows: Sequence[Row], at: int) -> bool:
    return is_salutation(rows[at].text) and rows[at].page == rows[0].page


def _signs(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is a signature: it names a sender below a leave-taking or above another short line."""
    if not at or not is_sender(rows[at].text):
        return False
    leaves = is_sign_off(rows[at - 1].text) or rows[at - 1].text.endswith(("!", ","))
    return leaves or len(rows[at + 1].text) < _SHORT * column_signs(rows, at)


def _is_below_sender(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row stands right below the sender of a piece and reads like the heading of the next."""
    if not at or rows[at].opens_block or not rows[at + 1].opens_block or not is_sender(rows[at - 1].text):
        return False
    return not is_sender(rows[at].text) and headline_score(rows[at].text, rows[at + 1].text) >= _READS


def _heading(rows: Sequence[Row], first: int, last: int, sure: float) -> Heading:
    text = " ".join(row.text for row in rows[first:last])
    return Heading(first, last, text.rstrip(",") if is_salutation(text) else text, evidence_of(sure))


def _without_rows(found: Sequence[Heading]) -> Iterator[Heading]:
    """Leave out lines that follow each other without text between them; of two, the first goes with the second."""
    run: list[Heading] = []
    for heading in [*found, None]:
        if heading is not None and (not run or run[-1].last == heading.first):
            run.append(heading)
            continue
        if len(run) == 1:
            yield run[0]
        elif len(run) == 2:  # noqa: PLR2004 - a line above a heading
            first, second = run
            yield first if is_list_item(second.text) else replace(second, kicker=first.first)
        run = [] if heading is None else [heading]
