"""What does plain Tesseract read on worn pages of our own newsletters?

    python scripts/wear_newsletters.py OUT

Prints the tune half, each newsletter in its own first design and in two others of one column (OUT/NAME.pdf with
NAME.truth.json), wears the pages by seed and writes what is read to OUT/STRENGTH/NAME.txt; those of one column again in
four turns, with specks elsewhere, to OUT/STRENGTH-TURN/NAME.txt: for train_headings.py. Needs what
tests/newsletters/render.py needs, and Tesseract; takes half an hour.
"""

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.benchmarks.worn_text import load_pages, write_text
from tests.newsletters.rendition import render
from tests.newsletters.texts import list_issues, load_issue

DESIGNS = ("wordperfect", "typewriter", "mailprint", "report", "centred", "notices", "typed", "pocket")
APART = 3  # designs between the two that an issue gets
OWN, OTHERS = (0.45, 0.65), (0.55, 0.4)  # how much pages in an issue's own design and in the others are worn
TURNS, AGAIN = 4, 0.6


def main(out: Path) -> None:
    """Print, wear and read."""
    worn: dict[float, set[str]] = defaultdict(set)
    columns: list[list[str]] = []
    for number, issue in enumerate(list_issues("tune")):
        own = load_issue(issue).renditions[0][0]
        others = sorted(DESIGNS[(number + step) % len(DESIGNS)] for step in (0, APART))
        for style, strength in [*((own, each) for each in OWN), *zip(others, OTHERS, strict=True)]:
            if not (out / f"{issue}_{style}_born.pdf").exists():
                render(issue, style, "born", out)
            worn[strength].add(f"{issue}_{style}_born")
        columns.append([f"{issue}_{style}_born" for style in sorted({own, *others}) if style in DESIGNS])
    for strength, names in sorted(worn.items()):
        pages = [page for page in load_pages(out) if page.name in names]
        print(f"{strength}: {write_text(pages, strength, out / str(strength)):.1%} misread", flush=True)
    for turn in range(TURNS):
        names = {each[turn // 2 % len(each)] for each in columns}
        pages = [page for page in load_pages(out) if page.name in names]
        found = write_text(pages, AGAIN, out / f"{AGAIN}-{turn}", turn=turn)
        print(f"{AGAIN}, turn {turn}: {found:.1%} misread", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
