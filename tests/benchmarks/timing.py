"""How are programs timed and weighed? Shared by the benchmarks; Linux only."""

import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ARCHIVE = (sys.executable, "-m", "archive")
_ROOT = Path(__file__).resolve().parents[2]
_LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """How one program ran: wall time, the peak of its own memory (not its children's), and what it printed."""

    seconds: float
    peak_mb: float
    code: int
    stdout: str


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> Run:
    """Run a program to its end."""
    peak = [0.0]
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_ROOT), **(env or {})},
    )
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    stdout, _ = process.communicate()
    return Run(time.perf_counter() - start, peak[0], process.returncode, stdout)


def median_s(command: Sequence[str], times: int) -> float:
    """Median wall time of a program; a first run, not counted, warms the disk cache."""
    return median([run(command).seconds for _ in range(times + 1)][1:])


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}


def _watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return
        peak[0] = max([peak[0], *(int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM:"))])
        time.sleep(_LOOK_EVERY_S)
