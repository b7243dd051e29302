"""Which piece of print stands where on which page? Columns that run on, or pieces side by side in bands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tests.newsletters.blocks import Desk
from tests.newsletters.composing import compose, rule
from tests.newsletters.lines import Piece, Run
from tests.newsletters.mastheads import MM, contents, masthead, running_lines
from tests.newsletters.styles import Style
from tests.newsletters.texts import Issue, Section


@dataclass(slots=True)
class Sheet:
    """A page that is being filled; sizes and places in points from the top left."""

    width: float
    height: float
    placed: list[tuple[float, float, Piece]] = field(default_factory=list)
    aside: list[tuple[float, float, Piece]] = field(default_factory=list)  # read after the columns
    running: list[tuple[str, Run]] = field(default_factory=list)
    bands: list[tuple[int, float, bool]] = field(default_factory=list)  # section, where it starts, over the whole width


@dataclass(frozen=True, slots=True)
class Frame:
    """Room for a column."""

    sheet: Sheet
    x: float
    top: float
    bottom: float


def lay_out(issue: Issue, style: Style) -> list[Sheet]:
    """Set the issue; twice, since contents and jump lines name pages."""
    desk = Desk(style, issue.language, {}, issue.id, jumps=not style.bands)
    sheets = _Setter(issue, desk).set_issue()
    for _ in range(2):
        sheets = _Setter(issue, replace(desk, page_of=_pages_of(sheets))).set_issue()
    return sheets


def fill(pieces: Sequence[Piece], frames: Iterator[Frame], *, aside: bool = False) -> tuple[Frame, float]:
    """Place the pieces one below the other, frame after frame; give back the last frame and where it is filled to."""
    frame = next(frames)
    y, i, fresh = frame.top, 0, True
    while i < len(pieces):
        j = i
        while pieces[j].keep and j + 1 < len(pieces):
            j += 1
        need = (
            sum(p.before + p.height + p.after for p in pieces[i : j + 1])
            - pieces[j].after
            - (pieces[i].before if fresh else 0)
        )
        if y + need > frame.bottom + 0.5:
            if not fresh:
                frame = next(frames)
                y, fresh = frame.top, True
                continue
            j = i  # taller than any frame: it has to be cut
        for p in pieces[i : j + 1]:
            y += 0 if fresh else p.before
            (frame.sheet.aside if aside else frame.sheet.placed).append((frame.x, y, p))
            y += p.height + p.after
            fresh = False
        i = j + 1
    return frame, y


def _pages_of(sheets: Sequence[Sheet]) -> dict[str, int]:
    out: dict[str, int] = {}
    for number, sheet in enumerate(sheets, 1):
        for _, _, piece in [*sheet.placed, *sheet.aside]:
            for key, _ in piece.marks:
                out.setdefault(key, number)
                if key.endswith("b0"):
                    out.setdefault(f"{key[:-2]}h", number)
    return out


class _Setter:
    def __init__(self, issue: Issue, desk: Desk) -> None:
        self.issue, self.desk, self.style = issue, desk, desk.style
        self.sheets: list[Sheet] = []
        top, right, bottom, left = (m * MM for m in self.style.margins)
        self.size = (self.style.page[0] * MM, self.style.page[1] * MM)
        self.left, self.right, self.top, self.bottom = left, self.size[0] - right, top, self.size[1] - bottom
        self.start = top  # where the columns of the first page start

    @property
    def main_width(self) -> float:
        """Room for the columns, beside the sidebar."""
        side = self.style.sidebar * MM
        return self.right - self.left - (side + self.style.gutter * MM if side else 0)

    @property
    def column(self) -> float:
        """Width of a column."""
        gutters = self.style.gutter * MM * (self.style.columns - 1)
        return (self.main_width - gutters) / self.style.columns

    def set_issue(self) -> list[Sheet]:
        """Masthead first, then all sections."""
        self._new_sheet()
        across = self.column if self.style.spread else self.right - self.left
        head = masthead(self.issue, across, self.desk)
        _, y = fill(head, iter([Frame(self.sheets[0], self.left, self.start, self.bottom)]))
        self.start = y + 10
        if self.style.cover:
            rows = contents(self.issue, self.main_width, self.desk)
            fill(rows, iter([Frame(self.sheets[0], self.left, self.start, self.bottom)]))
            self._new_sheet()
            self.start = self.top
        if self.style.bands:
            self._bands()
        else:
            self._flow()
        for n, sheet in enumerate(self.sheets, 1):
            per = self.style.columns if self.style.spread else 1
            sheet.running = running_lines(self.issue, self.desk, self.size, [per * (n - 1) + k + 1 for k in range(per)])
        return self.sheets

    def _new_sheet(self) -> Sheet:
        self.sheets.append(Sheet(*self.size))
        return self.sheets[-1]

    def _flow(self) -> None:
        sections = list(self.issue.sections)
        side = [s for s in sections if s.side] if self.style.sidebar else []
        main: list[Piece] = []
        if self.style.contents:
            main += contents(self.issue, self.column, self.desk)
        if self.style.lead_span:
            lead = sections.pop(0)
            own, later = compose(lead, self.main_width, self.desk)
            frame = Frame(self.sheets[-1], self.left, self.start, self.bottom)
            _, y = fill([*own, *rule(self.main_width, "rule", self.desk)], iter([frame]))
            self.start = y + 6
        later_of: dict[int, list[Piece]] = {}
        if self.style.lead_span and lead.continue_after:
            later_of[lead.continue_after] = compose(lead, self.column, self.desk)[1]
        for s in sections:
            own, later = compose(s, self.column, self.desk)
            if s.continue_after:
                later_of[s.continue_after] = later
            if s not in side:
                main += [*(rule(self.column, self.style.section_end, self.desk) if main else []), *own]
            main += later_of.pop(s.n, [])
        fill(main, self._columns())
        if side:
            self._sidebar(side)

    def _columns(self) -> Iterator[Frame]:
        sheet, top = self.sheets[-1], self.start
        while True:
            for n in range(self.style.columns):
                x = self.left + n * (self.column + self.style.gutter * MM)
                yield Frame(sheet, x, self.top if self.style.spread and n else top, self.bottom)
            sheet, top = self._new_sheet(), self.top

    def _sidebar(self, side: Sequence[Section]) -> None:
        wide = self.style.sidebar * MM
        whole = [compose(s, wide, self.desk)[0] for s in side]  # a box is not cut
        pieces = [replace(p, keep=n < len(box) - 1) for box in whole for n, p in enumerate(box)]

        def frames() -> Iterator[Frame]:
            for n, sheet in enumerate(self.sheets):
                yield Frame(sheet, self.right - wide, self.start if n == 0 else self.top, self.bottom)
            while True:
                yield Frame(self._new_sheet(), self.right - wide, self.top, self.bottom)

        fill(pieces, frames(), aside=True)

    def _bands(self) -> None:
        left_over, y, n = list(self.issue.sections), self.start, 0
        while left_over:
            shape = self.style.bands[n % len(self.style.bands)][: len(left_over)]
            n += 1
            taken, left_over = left_over[: len(shape)], left_over[len(shape) :]
            if sum(shape) < self.style.columns and not left_over:
                shape = (*shape[:-1], self.style.columns - sum(shape[:-1]))
            y = self._band(taken, shape, y)

    def _band(self, taken: Sequence[Section], shape: Sequence[int], y: float) -> float:
        """Pieces side by side; each as low as its columns allow, the band as tall as the tallest."""
        blocks = [self._block(s, k) for s, k in zip(taken, shape, strict=True)]
        tall = max(h for h, _ in blocks)
        if y + tall > self.bottom and y > self.top + 1:
            self._new_sheet()
            y = self.top
        x = self.left
        for section, (_, placed), k in zip(taken, blocks, shape, strict=True):
            self.sheets[-1].placed += [(x + dx, y + dy, p) for dx, dy, p in placed]
            self.sheets[-1].bands.append((section.n, x, k == self.style.columns))
            x += k * (self.column + self.style.gutter * MM)
        y += tall + 10
        for p in rule(self.main_width, self.style.section_end, self.desk):
            if y + p.height < self.bottom:
                self.sheets[-1].placed.append((self.left, y, p))
                y += p.height + 4
        return y

    def _block(self, section: Section, k: int) -> tuple[float, list[tuple[float, float, Piece]]]:
        """A section over k columns, its heading over all of them: its height and its places."""
        step = self.column + self.style.gutter * MM
        span = k * step - self.style.gutter * MM
        if k == 1:
            top, body = [], compose(section, self.column, self.desk)[0]
        else:
            keys = {f"s{section.n}h"} | {
                f"s{section.n}b{i}" for i, b in enumerate(section.blocks) if b.kind == "kicker"
            }
            plain = replace(self.desk, style=replace(self.style, boxes="none"))
            top, body = [
                [p for p in compose(section, w, plain)[0] if _is_head(p, keys) == is_top]
                for w, is_top in ((span, True), (self.column, False))
            ]
        scratch = Sheet(0, 0)
        _, y = fill(top, iter([Frame(scratch, 0, 0, 1e6)])) if top else (None, 0.0)
        tall = sum(p.before + p.height + p.after for p in body) / k
        while True:
            trial = Sheet(0, 0)
            frames = [Frame(trial, n * step, y, y + tall) for n in range(k)]
            try:
                fill(body, iter(frames))
            except StopIteration:
                tall += 4
                continue
            if all(at + p.height <= y + tall + 1 for _, at, p in trial.placed):
                return y + tall, scratch.placed + trial.placed
            tall += 4


def _is_head(piece: Piece, keys: set[str]) -> bool:
    return (bool(piece.marks) and piece.marks[0][0] in keys and len(piece.marks) == 1) or (
        not piece.marks and not piece.runs and piece.height == 4
    )
