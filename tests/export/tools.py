"""Where are the validators? Tests that need one that is not here say so and are skipped.

Programs are looked for beside this interpreter, in the folder ARCHIVE_TEST_TOOLS and on the PATH, schemas in the folder
ARCHIVE_TEST_SCHEMAS.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def find_tool(name: str) -> str:
    places = [str(Path(sys.executable).parent), os.environ.get("ARCHIVE_TEST_TOOLS", ""), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(filter(None, places)))
    if found is None:
        pytest.skip(f"{name} is not installed, nor in the folder ARCHIVE_TEST_TOOLS")
    return found


def find_file(name: str) -> Path:
    """Find a file beside the tools, as vnu.jar."""
    path = Path(os.environ.get("ARCHIVE_TEST_TOOLS", "")) / name
    if not os.environ.get("ARCHIVE_TEST_TOOLS") or not path.is_file():
        pytest.skip(f"{name} is not in the folder ARCHIVE_TEST_TOOLS")
    return path


def find_schema(name: str) -> Path:
    path = Path(os.environ.get("ARCHIVE_TEST_SCHEMAS", "")) / name
    if not os.environ.get("ARCHIVE_TEST_SCHEMAS") or not path.is_file():
        pytest.skip(f"{name} is not in the folder ARCHIVE_TEST_SCHEMAS")
    return path


def check(*command: str | Path) -> None:
    """Run a validator; what it says is shown where it is not content."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
