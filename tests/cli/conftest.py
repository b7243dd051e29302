"""Where the person stands who types the commands of these tests."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch) -> Path:
    """An archive in which nothing was taken in yet; the person stands in it."""
    monkeypatch.delenv("ARCHIVE_DIR", raising=False)
    monkeypatch.delenv("ARCHIVE_PDF_PASSWORD", raising=False)
    place = tmp_path / "archive"
    (place / "raw").mkdir(parents=True)
    (place / "archive.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def launch() -> Callable[..., subprocess.Popen[str]]:
    """Return a function that starts the program and lets it run."""

    def launch_program(*args: str) -> subprocess.Popen[str]:
        found = os.environ | {"PYTHONPATH": str(_PROJECT)}
        command = [sys.executable, "-m", "archive", *args]
        return subprocess.Popen(command, env=found, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return launch_program


@pytest.fixture
def start() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that starts the program as a process of its own; it takes what subprocess.run takes.

    With `module=False` the arguments are those of Python itself.
    """

    def start_program(*args: str, env: dict[str, str] | None = None, module: bool = True, **how: object):
        found = os.environ | {"PYTHONPATH": str(_PROJECT)} | (env or {})
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | how
        command = [sys.executable, *(("-m", "archive") if module else ()), *args]
        return subprocess.run(command, check=False, env=found, **given)

    return start_program
