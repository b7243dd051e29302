"""Does an answer ever go over what the archive lives by, or over what somebody else wrote?"""

import os
import stat
import threading

import pytest

from archive.errors import ExitCode
from tests.factories import make_issue, make_section

OWN = [
    *("archive.toml", "corrections.csv", "ids.csv", "issues.csv", "names.txt", "pseudonyms.key", "queries.toml"),
    *("words.toml", "index/catalog.db", "index/whoosh", "index/new.csv", "raw/scan.pdf", "raw/new.csv", "raw", "index"),
]
# Each command that writes where a person says, and how the name of its file ends.
COMMANDS = {
    ".jsonl": ["export", "--output"],
    ".csv": ["export", "--format", "csv", "--output"],
    ".xlsx": ["export", "--output"],
    ".zip": ["export", "--format", "bundle", "--output"],
    ".svg": ["issues", "--svg"],
    ".svg ": ["stats", "--by", "year", "--plot"],
    ".png": ["stats", "--by", "year", "--plot"],
    ".tar": ["backup"],
}


@pytest.fixture
def kept(archive_of):
    settings = archive_of(make_issue([make_section("events", "Open dag in de zaal.")]), index=False)
    for name in OWN[:8]:
        (settings.root / name).touch()
    (settings.root / "raw" / "scan.pdf").write_bytes(b"%PDF-1.4 as it came")
    return settings


def everything(root):
    return {
        path.relative_to(root): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith("catalog.db-")
    }


def written(run, ending, target, *more):
    return run(*COMMANDS[ending], target, *more)


@pytest.mark.parametrize("own", OWN)
def test_an_export_never_goes_over_what_the_archive_lives_by(run, kept, own):
    before = everything(kept.root)
    for more in ([], ["--force"]):
        ended = run("export", "--format", "csv", "--output", own, *more)
        assert ended.exit_code == ExitCode.USAGE
        assert "the archive lives by" in ended.stderr
    assert everything(kept.root) == before


def test_nor_by_another_name_a_link_or_a_folder(run, kept, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (kept.root / "words.toml").unlink()
    (elsewhere / "words.toml").touch()
    (kept.root / "words.toml").symlink_to(elsewhere / "words.toml")
    (elsewhere / "link").symlink_to(kept.root / "ids.csv")
    os.link(kept.root / "ids.csv", elsewhere / "hard")
    os.link(kept.root / "raw" / "scan.pdf", elsewhere / "scan")
    (elsewhere / "scans").symlink_to(kept.root / "raw")
    before = everything(kept.root)
    names = ["link", "hard", "scan", "scans/new.csv", "words.toml", "scans"]
    for name in [*(str(elsewhere / name) for name in names), "raw/../ids.csv", "raw/deeper/new.csv", "Issues.csv"]:
        assert run("export", "--format", "csv", "--output", name, "--force").exit_code == ExitCode.USAGE, name
    assert everything(kept.root) == before


def test_nor_over_another_archive(run, kept, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    assert run("init", other).exit_code == ExitCode.OK
    for name in ("archive.toml", "ids.csv", "raw/a.csv", "index/a.csv"):
        ended = run("-C", kept.root, "export", "--format", "csv", "--output", other / name, "--force")
        assert ended.exit_code == ExitCode.USAGE, name


@pytest.mark.parametrize("ending", COMMANDS)
def test_every_command_that_writes_where_a_person_says_asks(run, kept, tmp_path_factory, ending):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    link = elsewhere / f"link{ending.strip()}"
    link.symlink_to(kept.root / "ids.csv")
    assert "lives by" in written(run, ending, link, "--force").stderr
    target = elsewhere / f"out{ending.strip()}"
    target.write_text("of somebody else")
    assert "add --force" in written(run, ending, target).stderr
    assert target.read_text() == "of somebody else"
    assert written(run, ending, target, "--force").exit_code == ExitCode.OK
    assert written(run, ending, target).exit_code == ExitCode.OK  # we wrote it
    with target.open("ab") as out:
        out.write(b"a remark")
    assert "add --force" in written(run, ending, target).stderr  # but not that


def test_a_link_stays_one_and_who_may_read_a_file_stays(run, kept, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    real, link = elsewhere / "real.csv", kept.root / "link.csv"
    real.touch(mode=0o600)
    link.symlink_to(real)
    assert run("export", "--output", "link.csv").exit_code == ExitCode.OK
    assert link.is_symlink()
    assert real.read_text().startswith("schema_version")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


@pytest.mark.parametrize("ending", [".csv", ".zip", ".tar"])
def test_a_pipe_gets_the_bytes_and_stays_one(run, kept, ending):
    pipe, got = kept.root / f"pipe{ending}", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert written(run, ending, pipe).exit_code == ExitCode.OK
    reader.join(10)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert written(run, ending, kept.root / f"file{ending}").exit_code == ExitCode.OK
    assert got == [(kept.root / f"file{ending}").read_bytes()]


def test_standard_output_is_written_to_under_its_name(start, kept):
    into = kept.root / "all.txt"
    with into.open("w") as out:
        out.write("before\n")
        out.flush()
        line = ["-C", str(kept.root), "export", "--format", "csv", "--output", "/dev/stdout"]
        ended = start(*line, stdout=out, stderr=None)
    assert ended.returncode == ExitCode.OK
    assert into.read_text().startswith("before\nschema_version")
