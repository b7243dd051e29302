"""What does a search cost from a cold start? Run: python -m tests.benchmarks.cold_search [SECTIONS]

Compared with a bare script that imports click and whoosh.index and opens the same index; whole processes, in turn.
"""

import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.pages import make_dump
from tests.benchmarks.timing import ARCHIVE, machine, run

_SECTIONS_AN_ISSUE = 6
_TIMES = 15
_BARE = "import sys, click, whoosh.index; whoosh.index.open_dir(sys.argv[1])"


def main(sections: int) -> None:
    """Print both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "raw").mkdir()
        (root / "archive.toml").write_text("", encoding="utf-8")
        for n in range(-(-sections // _SECTIONS_AN_ISSUE)):
            (root / "raw" / f"proefdruk-{n:05}.txt").write_text(make_dump(n), encoding="utf-8")
        run([*ARCHIVE, "-C", folder, "ingest"])
        live = str(next((root / "index" / "whoosh").rglob("*.toc")).parent)
        search = [*ARCHIVE, "-C", folder, "--json", "search", "speelplein", "vluchtelingen"]
        pairs = [(run(search), run([sys.executable, "-c", _BARE, live])) for _ in range(_TIMES + 1)][1:]
        stored = json.loads(run([*ARCHIVE, "-C", folder, "--json", "stats"]).stdout)["sections"]
    ours, bare = (median(r.seconds for r in side) for side in zip(*pairs, strict=True))
    codes = sorted({r.code for pair in pairs for r in pair})
    times = {"search_s": round(ours, 3), "bare_s": round(bare, 3), "ratio": round(ours / bare, 3)}
    print(json.dumps({"sections": stored, **times, "exit_codes": codes, **machine()}))


if __name__ == "__main__":
    main(*[int(x) for x in sys.argv[1:]] or [1000])
