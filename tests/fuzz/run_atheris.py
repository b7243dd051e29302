"""Feeds one parser with what leads it into code that it did not reach before.

Run: python -m tests.fuzz.run_atheris TARGET SECONDS [FOLDER]   (FOLDER keeps what was found)
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["archive"]):
    from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"


def main(target: str, seconds: str, *folders: str) -> None:
    options = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-timeout=10",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, *folders, str(CORPUS / target)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
