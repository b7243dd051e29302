"""Feeds parsers with what leads them into code that they did not reach before.

Run: python -m tests.fuzz.run_atheris --seconds 600 --at-once 2 [--folder FOLDER] [TARGET…]
FOLDER, else a temporary one, gets for each target a log, what reached new code, and what it did not stand (`findings`).
The exit code is 1 if there is any such.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["archive"]):
    from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz the parsers of the archive.")
    parser.add_argument("--seconds", default="60", help="for each target")
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="fuzz-"))
    waiting = list(asked.targets)
    running: dict[int, str] = {}
    failed = 0
    while waiting or running:
        while waiting and len(running) < asked.at_once:
            name = waiting.pop(0)
            running[_start(name, asked.seconds, folder / name)] = name
        pid, status = os.wait()
        name = running.pop(pid)
        lines = (folder / name / "log").read_text(errors="replace").splitlines()
        said = next((line for line in lines if line.startswith("Done ")), "\n".join(lines[-20:]))
        found = status or any((folder / name / "findings").iterdir())
        failed += bool(found)
        sys.stdout.write(f"{name}: {'FOUND, ' if found else ''}{said}\n")
    sys.stdout.write(f"What was found is in {folder}.\n" if failed else "No fuzzer found anything.\n")
    return min(failed, 1)


def _start(name: str, seconds: str, place: Path) -> int:
    """Fuzz one target in a process forked from this one, which has loaded everything; return its pid."""
    for each in ("findings", "corpus"):
        (place / each).mkdir(parents=True, exist_ok=True)
    pid = os.fork()
    if pid:
        return pid
    log = os.open(place / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={place / 'findings'}/",
        "-max_len=4096",
        "-timeout=10",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]
    atheris.Setup([name, *options, str(place / "corpus"), str(CORPUS / name)], TARGETS[name])
    atheris.Fuzz()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
