"""What if a standard stream is closed?"""

import sys

import pytest

from archive.errors import ExitCode


@pytest.fixture
def closed(start, root):
    """Run the program with a stream closed by the shell."""

    def run_closed(stream, *args):
        line = ["sh", "-c", f'exec "$@" {stream}', "sh", sys.executable, "-m", "archive", *args]
        code = f"import subprocess, sys; sys.exit(subprocess.call({line!r}))"
        return start("-c", code, module=False, cwd=root)

    return run_closed


def test_an_answer_that_goes_nowhere_is_told_and_no_mistake_of_the_program(closed):
    ended = closed(">&-", "config")
    assert ended.returncode == ExitCode.STORAGE
    assert ended.stderr.startswith("Error: standard output is closed")


def test_nobody_has_to_listen_to_messages(closed, root):
    (root / "raw" / "a.txt").write_text("Open dag op zaterdag in de zaal. " * 20)
    ended = closed("2>&- <&-", "ingest")
    assert ended.returncode == ExitCode.OK
    assert "Took in 1 scan" in ended.stdout
