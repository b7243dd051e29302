"""What does one of our own newsletters say? The text truth of tune/ and held_out/, as records."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HALVES = ("tune", "held_out")
FRONT = ("title", "subtitle", "numbering", "date_text", "publisher")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a section: p, list, table, links, quote, sub, caption, kicker or break (here it jumps)."""

    kind: str
    text: str
    picture: str = ""  # of a caption: what the picture shows

    @property
    def plain(self) -> str:
        """The block as it is read: cells of a table one after the other, no marks of bold print."""
        text = self.text.replace(" | ", " ") if self.kind == "table" else self.text
        return text.replace("**", "")


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of an issue; `dates` are (text, ISO date, explicit or inferred)."""

    n: int
    heading: str
    category: str
    blocks: tuple[Block, ...]
    also: tuple[str, ...] = ()
    dates: tuple[tuple[str, str, str], ...] = ()
    lang: str = "nl"
    translates: int = 0
    side: bool = False  # stands in a box
    run_in: bool = False  # the heading is the bold start of the first line
    continue_after: int = 0  # goes on after the section of that number

    def keyed(self) -> dict[str, Block]:
        """The blocks that are printed, each with the key it has in the truth."""
        return {f"s{self.n}b{i}": b for i, b in enumerate(self.blocks) if b.kind != "break"}


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue: its masthead, its sections in reading order, and how it is printed by default."""

    id: str
    half: str
    front: dict[str, str]  # FRONT, and series and date
    language: str
    sections: tuple[Section, ...]
    renditions: tuple[tuple[str, str], ...]  # (style, condition)


def list_issues(half: str = "") -> list[str]:
    """Ids of the issues of one half, or of both."""
    return sorted(p.stem for h in HALVES if half in ("", h) for p in (HERE / h).glob("*.toml"))


def load_issue(issue_id: str) -> Issue:
    """Read one issue of either half."""
    path = next(p for h in HALVES if (p := HERE / h / f"{issue_id}.toml").exists())
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Issue(
        id=raw["id"],
        half=path.parent.name,
        front={k: raw[k] for k in (*FRONT, "series", "date")},
        language=raw["language"],
        sections=tuple(_section(s, raw["language"]) for s in raw["section"]),
        renditions=tuple((style, condition) for style, condition in raw["renditions"]),
    )


def _section(raw: dict, language: str) -> Section:
    kicker = (Block("kicker", raw["kicker"]),) if raw.get("kicker") else ()
    return Section(
        n=raw["n"],
        heading=raw["heading"],
        category=raw["category"],
        blocks=kicker + tuple(_block(part.strip()) for part in re.split(r"\n\s*\n", raw["body"].strip())),
        also=tuple(raw.get("also", ())),
        dates=tuple((text, iso, source) for text, iso, source in raw.get("dates", ())),
        lang=raw.get("lang", language),
        translates=raw.get("translates", 0),
        side=raw.get("side", False),
        run_in=raw.get("run_in", False),
        continue_after=raw.get("continue_after", 0),
    )


def _block(part: str) -> Block:
    if part == "~~":
        return Block("break", "")
    if part.startswith("!"):
        picture, caption = part[1:].split(" | ", 1)
        return Block("caption", caption, picture)
    for mark, kind in ((">> ", "quote"), ("## ", "sub"), ("> ", "links")):
        if part.startswith(mark):
            return Block(kind, part.removeprefix(mark) if kind != "links" else part)
    if part.startswith("- "):
        return Block("list", re.sub(r"(?m)^- ", "", part))
    return Block("table" if " | " in part else "p", part)
