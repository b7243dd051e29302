"""Is every answer in JSON what the docs say?"""

import json
import re
from pathlib import Path

import pytest

from archive.cli import COMMANDS
from tests.factories import make_issue, make_section

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json-answers.md").read_text(encoding="utf-8")
ISSUE = "kerngroep-oost-2022-06-15-a"
LINES = [
    ("init", "new"),
    ("doctor",),
    ("ingest", "--dry-run"),
    ("search", "zaal", "--facets"),
    ("show", f"{ISSUE}-s0001", "--explain"),
    ("show", f"{ISSUE}-s0001", "--cite"),
    ("show", ISSUE),
    ("show", f"{ISSUE}-p0001"),
    ("issues",),
    ("pages",),
    ("stats",),
    ("stats", "--by", "year", "--term", "zaal"),
    ("verify", "cited.txt"),
    ("export",),
    ("export", "--output", "out.jsonl"),
    ("review",),
    ("withdraw", f"{ISSUE}-s0001", "--reason", "op verzoek"),
    ("backup", "out.tar"),
    ("reindex",),
    ("config",),
    ("completion", "bash"),
]


def documented(name: str) -> set[str]:
    """The fields that the docs give for a command."""
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", PAGE, re.MULTILINE)
    return set(re.findall(r"`(\w+)`", PAGE if name == "search" else row)) | {"schema_version"}


def test_each_command_is_in_the_docs():
    # `watch` answers as `ingest` does and never ends; `correct` needs a scan to parse again (test_correct.py).
    assert {line[0] for line in LINES} == set(COMMANDS) - {"watch", "correct"}
    assert all(documented(name) for name in COMMANDS)


@pytest.mark.ocr
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_an_answer_has_the_fields_of_the_docs(archive_of, run, line):
    settings = archive_of(make_issue([make_section("events", "De zaal is open.", heading="Open dag")]))
    (settings.raw_dir / "x.txt").write_text("x")
    Path("cited.txt").write_text(f"{ISSUE}-s0001")
    answer = json.loads(run(*line, "--json").stdout)
    assert next(iter(answer)) == "schema_version"
    assert answer["schema_version"] == 1
    fields = set(answer)
    for value in answer.values():  # and of the first of each list
        if isinstance(value, list) and value and isinstance(value[0], dict) and line[0] != "export":
            fields |= set(value[0]) if line[0] not in {"show", "stats"} else set()
    assert fields <= documented(line[0])
