"""How is the full-text index made anew?"""

import json
import shutil

from archive.errors import ExitCode
from tests.factories import make_issue, make_section


def test_reindex_makes_the_index_from_the_catalogue_alone(archive_of, run):
    settings = archive_of(make_issue([make_section(), make_section("events", "Open dag.")]), index=False)
    shutil.rmtree(settings.raw_dir)
    typed = run("reindex")
    assert typed.exit_code == ExitCode.OK
    assert typed.stdout.startswith("The index holds 2 sections; made in ")
    assert settings.whoosh_dir.is_dir()


def test_reindex_answers_in_json(archive_of, run):
    archive_of(make_issue(), index=False)
    answer = json.loads(run("reindex", "--json").stdout)
    assert (answer["schema_version"], answer["sections"]) == (1, 1)


def test_there_is_nothing_to_reindex_before_an_ingest(run):
    typed = run("reindex")
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    assert "archive ingest" in typed.stderr
