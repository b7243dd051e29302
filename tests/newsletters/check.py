"""Are there slips in our own newsletters? Run: python tests/newsletters/check.py (standard library only)."""

import datetime as dt
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CATEGORIES = ("campaigns", "events", "refugees", "meetings", "other")
_DAYS = ("ma|mon", "di|tue", "wo|wed", "do|thu", "vr|fri", "za|sat", "zo|sun")
_MONTHS = ("jan", "feb", "maa|mrt|mar", "apr", "mei|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_DAY_AND_MONTH = rf"(?i)\b\d{{1,2}} (?:{'|'.join(_MONTHS)})[a-z]*"
_FAR_MONTHS = 10


def find_slips(path: Path) -> Iterator[str]:
    """Slips in one issue, in words."""
    issue = tomllib.loads(path.read_text(encoding="utf-8"))
    sections = issue["section"]
    if issue["id"] != path.stem or [s["n"] for s in sections] != list(range(1, len(sections) + 1)):
        yield f"{path.name}: id or numbers of the sections"
    for s in sections:
        where, text = f"{path.stem}#{s['n']}", f"{s['heading']}\n{s['body']}"
        if not {s["category"], *s.get("also", [])} <= set(_CATEGORIES):
            yield f"{where}: category"
        for printed, iso, source in s.get("dates", []):
            yield from (
                f"{where}: {printed!r}: {slip}" for slip in _date_slips((printed, iso, source), text, issue["date"])
            )
        listed = " ".join(d[0] for d in s.get("dates", []))
        yield from (
            f"{where}: date not listed: {m[0]!r}" for m in re.finditer(_DAY_AND_MONTH, text) if m[0] not in listed
        )


def main() -> int:
    """Print all slips and how the categories are spread."""
    slips = []
    for half in ("tune", "held_out"):
        paths = sorted((_HERE / half).glob("*.toml"))
        slips += [slip for path in paths for slip in find_slips(path)]
        sections = [s for p in paths for s in tomllib.loads(p.read_text(encoding="utf-8"))["section"]]
        count = Counter(s["category"] for s in sections)
        lengths = sorted(len(f"{s['heading']} {s['body']}".split()) for s in sections)
        sys.stdout.write(
            f"{half}: {len(paths)} issues, {len(sections)} sections of {lengths[0]} to {lengths[-1]} words, "
        )
        sys.stdout.write(", ".join(f"{c} {count[c]}" for c in _CATEGORIES) + "\n")
    sys.stdout.write("\n".join(slips or ["no slips found"]) + "\n")
    return bool(slips)


def _date_slips(date: tuple[str, str, str], text: str, issued: str) -> Iterator[str]:
    printed, iso, source = date
    first = iso.split("/")[0]
    if printed not in text:
        yield "not in the section"
    if bool(re.search(rf"\b{first[:4]}\b|'{first[2:4]}\b", printed)) != (source == "explicit"):
        yield f"year source {source}"
    months = int(first[:4]) * 12 + int(first[5:7]) - int(issued[:4]) * 12 - int(issued[5:7])
    if source == "inferred" and abs(months) > _FAR_MONTHS:
        yield f"{months} months from the issue"
    names = re.findall(_DAY_AND_MONTH, printed)
    if names and not re.search(_MONTHS[int(first[5:7]) - 1], names[0], re.IGNORECASE):
        yield f"month of {iso}"
    weekday = re.match(rf"(?i)({'|'.join(_DAYS)})[a-z]*\.? (?:avond )?\d", printed)
    if weekday and len(first) > len("2000-01"):
        day = dt.date.fromisoformat(first)
        if weekday[1].lower() not in _DAYS[day.weekday()].split("|"):
            yield f"is a {day:%A}"


if __name__ == "__main__":
    sys.exit(main())
