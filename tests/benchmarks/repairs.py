"""How often is a repair of a misread word right? Run: python -m tests.benchmarks.repairs [FOLDER [TURNS]]

The newsletters of both halves are printed in their first design, worn by seed (worn_text.py) and read by Tesseract;
what it read is cleaned as the program does. No slip is made by hand. Each edit of the rule is looked up in print by
the words beside it: it is right where it gives the word that stands there. One whose place is not found so, since too
few of the words beside it were read well, is counted apart. Words wrong are the printed words that the text does not
hold, in whatever order, without the rule and with it. FOLDER keeps what was read for the next run.

Few repairs come of one printing. In each of the TURNS after it every newsletter is set in another design, in other type
and other columns, worn by other seeds and read at a low resolution, where Tesseract errs as often on letters of half
the size.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from archive.model.issues import Cleaned
from archive.parsing.cleaning import clean
from archive.parsing.rules import RULES, misread_words
from tests.benchmarks.worn_text import load_pages, write_text
from tests.newsletters.rendition import render
from tests.newsletters.styles import load_styles
from tests.newsletters.texts import HALVES, list_issues, load_issue

# How worn the pages are, by resolution: Tesseract errs in one word in 20 at the first, in one in 7 at the second.
STRENGTHS = {200: (0.45, 0.65), 150: (0.35, 0.5)}
_FIRST_DPI, _LATER_DPI = STRENGTHS
_NEXT_DESIGN = 9  # so many further on in the list of designs, which shares no divisor with their number
_WORD = re.compile(r"\w+")
# Which printed word was meant: alike to what was read, among words that are alike too, three of the four on each side.
_A_SLIP = 50
_ALIKE = 80
_BESIDE = 4
_LEAST_ALIKE = 3
_NEAR = 120

Counts = Counter[str]


def main(folder: Path, turns: int = 0) -> None:
    """Print for each half the repairs, how many are right, and the words wrong without and with them."""
    for half in HALVES:
        counts: Counts = Counter()
        for turn in range(turns + 1):
            counts += _count_turn(half, turn, folder / half / f"turn {turn}" if turn else folder / half)
        print(json.dumps({"half": half, **shares(counts)}))


def shares(counts: Mapping[str, int]) -> dict[str, float]:
    """Turn counts into figures; precision is that of the repairs whose place in print was found."""
    words = counts["words"] or 1
    return {
        "repairs": counts["repairs"],
        "unplaced": counts["unplaced"],
        "precision": round(counts["put right"] / ((counts["repairs"] - counts["unplaced"]) or 1), 4),
        "wrong_without": round(counts["wrong without"] / words, 5),
        "wrong_with": round(counts["wrong with"] / words, 5),
    }


def count_repairs(stored: Cleaned, truth: Mapping[str, Any]) -> Counts:
    """Count the repairs of misread words in the text of an issue, and the words wrong without and with them.

    Args:
        stored: The text with all its edits.
        truth: What was printed, as tests/newsletters writes it.
    """
    furniture = [text for page in truth["pages"] for text in page["furniture"]]
    printed = words_of("\n".join([truth["text"], *furniture]))
    made = [edit for edit in stored.edits if edit.rule == misread_words.ID]
    without = Cleaned(stored.raw, tuple(edit for edit in stored.edits if edit.rule != misread_words.ID))
    counts: Counts = Counter(repairs=len(made))
    for edit in made:
        at = edit.start + sum(len(e.after) - len(e.before) for e in without.edits if e.end <= edit.start)
        meant = _meant(without.text, at, at + len(edit.before), printed)
        counts["unplaced"] += not meant
        counts["put right"] += meant == edit.after.casefold()
    wanted = Counter(words_of(truth["text"]))
    counts["words"] = wanted.total()
    counts["wrong without"] = (wanted - Counter(words_of(without.text))).total()
    counts["wrong with"] = (wanted - Counter(words_of(stored.text))).total()
    return counts


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.casefold())


def _meant(text: str, start: int, end: int, printed: Sequence[str]) -> str:
    """Return the printed word that stands among the same words as `text[start:end]` does; empty if none does."""
    before, after = words_of(text[:start][-_NEAR:])[-_BESIDE:], words_of(text[end:][:_NEAR])[:_BESIDE]
    best, most = "", _LEAST_ALIKE
    for at, word in enumerate(printed):
        if fuzz.ratio(word, text[start:end].casefold()) < _A_SLIP:
            continue
        left, right = printed[max(0, at - len(before)) : at], printed[at + 1 : at + 1 + len(after)]
        pairs = [*zip(reversed(before), reversed(left), strict=False), *zip(after, right, strict=False)]
        alike = sum(fuzz.ratio(*pair) >= _ALIKE for pair in pairs)
        if alike >= most:
            best, most = word, alike + 1
    return best


def _count_turn(half: str, turn: int, folder: Path) -> Counts:
    """Count one printing of a half, which is made, worn and read where FOLDER does not hold it."""
    counts: Counts = Counter()
    dpi = _LATER_DPI if turn else _FIRST_DPI
    for strength in STRENGTHS[dpi]:
        place = folder / f"{strength:g}"
        if not (place / "pages.json").exists():
            _print_issues(half, turn, folder)
            write_text(list(load_pages(folder, dpi)), strength, place)
        counts += _count_texts(place, folder)
    return counts


def _print_issues(half: str, turn: int, folder: Path) -> None:
    designs = list(load_styles())
    if not any(folder.glob("*.truth.json")):
        for at, issue in enumerate(list_issues(half)):
            own = load_issue(issue).renditions[0][0]
            render(issue, designs[(at + _NEXT_DESIGN * turn) % len(designs)] if turn else own, "born", folder)


def _count_texts(texts: Path, truths: Path) -> Counts:
    counts: Counts = Counter()
    for path in sorted(texts.glob("*.txt")):
        truth = json.loads((truths / f"{path.stem}.truth.json").read_text(encoding="utf-8"))
        counts += count_repairs(clean(path.read_text(encoding="utf-8"), RULES), truth)
    return counts


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
    else:
        with tempfile.TemporaryDirectory() as passing:
            main(Path(passing))
