"""Does any command speak to a network? No Python process of these runs, workers included, can open an IP socket."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archive.cli import COMMANDS
from tests.pipeline.conftest import APRIL, MARCH

GUARD = Path(__file__).parent / "no_network"
SECTION = "de-moestuinder-2019-03-a-s0001"
# A line for each command; those that may use a network, and why.
MAY = {"serve"}
LINES = {
    "init": ("init", "another"),
    "doctor": ("doctor",),
    "ingest": ("ingest",),
    "search": ("search", "compost", "--facets"),
    "show": ("show", SECTION, "--explain"),
    "issues": ("issues",),
    "pages": ("pages",),
    "stats": ("stats",),
    "export": ("export", "--output", "../out.jsonl"),
    "verify": ("verify", "../out.jsonl"),
    "correct": ("correct", SECTION, "tag", "x"),
    "review": ("review", "--help"),
    "withdraw": ("withdraw", "de-moestuinder-2019-04-a", "--erase"),
    "backup": ("backup", "../out.tar"),
    "watch": ("watch", "--help"),
    "reindex": ("reindex",),
    "config": ("config",),
    "completion": ("completion", "bash"),
}
ORDER = ("init", "ingest", *(name for name in LINES if name not in {"init", "ingest"}))


def run(root, log, *line):
    path = os.pathsep.join([str(GUARD), *filter(None, sys.path)])
    environment = os.environ | {"PYTHONPATH": path, "ARCHIVE_TEST_NETWORK_LOG": str(log)}
    return subprocess.run(
        [sys.executable, *line], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.ocr
def test_no_command_opens_a_socket_to_a_network(tmp_path):
    root, log = tmp_path / "archive", tmp_path / "log"
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text("jobs = 1\n")
    (root / "raw" / "a.txt").write_text(MARCH)
    (root / "raw" / "b.txt").write_text(APRIL)
    shutil.copy(Path(__file__).parents[2] / "raw" / "Oud Register 2004" / "blz 1.jpg", root / "raw")
    for name in ORDER:
        ended = run(root, log, "-m", "archive", *LINES[name])
        assert ended.returncode == 0, f"{name}: {ended.stderr}"
    assert not log.exists(), log.read_text()
    processes = log.with_name("log.processes").read_text().split()
    assert len(processes) >= len(ORDER) + 1  # the workers were under guard too


def test_every_command_is_tried():
    assert set(COMMANDS) - set(LINES) - MAY == set()


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_the_guard_catches_whoever_tries(tmp_path, code):
    ended = run(tmp_path, tmp_path / "log", "-c", code)
    assert ended.returncode != 0
    assert (tmp_path / "log").exists()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no such pipes here")
def test_the_guard_lets_workers_talk_to_their_parent(tmp_path):
    assert run(tmp_path, tmp_path / "log", "-c", "import socket; socket.socketpair()").returncode == 0
