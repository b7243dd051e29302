"""Which of our own newsletters shall be printed and scanned?

    python tests/newsletters/render.py --out DIR [--half tune|held_out]        every rendition that the issues name
    python tests/newsletters/render.py --out DIR ISSUE --style S --condition C  one
    python tests/newsletters/render.py --list

Needs reportlab, pyphen, pypdfium2, numpy, pillow and, for the fonts, font-caladea font-fredoka-one font-lato
font-roboto font-source-sans-pro font-source-serif-pro (all from pip; no fonts of the system).
The same input always gives the same pages: every draw is seeded by the name of the rendition.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def main() -> None:
    """Print what was asked for."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tests.newsletters.rendition import CONDITIONS, render
    from tests.newsletters.styles import load_styles
    from tests.newsletters.texts import HALVES, list_issues, load_issue

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("issue", nargs="?", help="id of an issue; default: all")
    ask.add_argument("--half", choices=HALVES, default="", help="only this half")
    ask.add_argument("--style", choices=sorted(load_styles()))
    ask.add_argument("--condition", choices=CONDITIONS)
    ask.add_argument("--out", type=Path, help="folder to write to")
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--list", action="store_true")
    given = ask.parse_args()
    chosen = [given.issue] if given.issue else list_issues(given.half)
    if given.list or not given.out:
        lines = [f"{i}: {', '.join('/'.join(r) for r in load_issue(i).renditions)}" for i in chosen]
        sys.stdout.write(
            "\n".join([*lines, f"styles: {' '.join(sorted(load_styles()))}", f"conditions: {' '.join(CONDITIONS)}\n"])
        )
        return
    jobs = [(i, given.style or s, given.condition or c, given.out) for i in chosen for s, c in load_issue(i).renditions]
    jobs = list(dict.fromkeys(jobs))
    with ProcessPoolExecutor(given.jobs) as pool:
        for (issue, style, condition, _), pages in zip(jobs, pool.map(render, *zip(*jobs, strict=True)), strict=True):
            sys.stdout.write(f"{pages} pages  {issue}_{style}_{condition}\n")


if __name__ == "__main__":
    main()
