"""Which command is meant, and how does it end?"""

import errno
import json
import os
from importlib import import_module

import click
import pytest

from archive.cli import COMMANDS, config
from archive.cli.group import explain_error, make_group
from archive.errors import ArchiveBusyError, ExitCode, QuerySyntaxError, UnreadableScanError

GLOBAL_OPTIONS = ("-C", "-v", "-q", "--json")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_the_short_help_of_the_list_and_examples(name, run):
    command = getattr(import_module(f"archive.cli.{name}"), name)
    assert command.get_short_help_str(limit=200) == COMMANDS[name]
    assert command.examples
    for line, meaning in command.examples:
        assert f"archive {name}" in line
        assert meaning.endswith(".")
    shown = run(name, "--help")
    assert shown.exit_code == ExitCode.OK
    assert f"  {command.examples[0][0]}\n" in shown.stdout
    assert all(option in shown.stdout for option in GLOBAL_OPTIONS)


def test_the_help_of_the_program_lists_every_command(run):
    shown = run("--help").stdout
    assert [name for name in COMMANDS if f"  {name} " in shown] == list(COMMANDS)


@pytest.mark.parametrize(
    "line", [("-C", "{}", "config", "dpi"), ("config", "-C", "{}", "dpi"), ("config", "dpi", "-C", "{}")]
)
def test_the_archive_may_be_named_before_and_after_the_command(line, run, root, tmp_path, monkeypatch):
    (root / "archive.toml").write_text("dpi = 200")
    monkeypatch.chdir(tmp_path)
    assert run(*(str(root) if part == "{}" else part for part in line)).stdout == "200\n"


def test_the_environment_names_the_archive_unless_an_option_does(run, root, tmp_path, monkeypatch):
    (root / "archive.toml").write_text("dpi = 200")
    other = tmp_path / "other"
    other.mkdir()
    (other / "archive.toml").write_text("dpi = 400")
    monkeypatch.setenv("ARCHIVE_DIR", str(other))
    assert run("config", "dpi").stdout == "400\n"
    assert run("config", "dpi", "-C", root).stdout == "200\n"
    assert run("-C", root, "config", "dpi").stdout == "200\n"


@pytest.mark.parametrize(
    "line", [("--json", "config", "dpi"), ("config", "--json", "dpi"), ("config", "dpi", "--json")]
)
def test_json_may_be_asked_before_and_after_the_command(line, run):
    answer = json.loads(run(*line).stdout)
    assert answer == {"schema_version": 1, "settings": [{"key": "dpi", "value": 300, "origin": "default"}]}


@pytest.mark.parametrize(
    "line", [(), ("serach", "x"), ("search", "x", "--bogus"), ("search", "x", "--limit", "-1"), ("config", "a", "b")]
)
def test_a_slip_of_the_pen_is_wrong_usage_in_one_line(line, run):
    typed = run(*line)
    assert typed.exit_code == ExitCode.USAGE
    assert typed.stdout == ""
    assert typed.stderr.startswith("Error: ")
    assert typed.stderr.count("\n") == 1


def test_a_misspelt_command_names_the_nearest(run):
    assert "Did you mean `search`?" in run("serach", "x").stderr


def test_an_error_in_json_has_the_four_parts(run, root):
    (root / "archive.toml").unlink()
    typed = run("config", "--json")
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    error = json.loads(typed.stderr)["error"]
    assert set(error) == {"code", "message", "path", "hint"}
    assert (error["code"], error["path"]) == ("broken_archive", ".")
    assert "archive init" in error["hint"]


def test_wrong_usage_is_json_too_where_json_is_asked(run):
    assert json.loads(run("config", "--bogus", "--json").stderr)["error"]["code"] == "usage"
    with pytest.raises(json.JSONDecodeError):
        json.loads(run("config", "--bogus", "--", "--json").stderr)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (click.Abort(), ExitCode.INTERRUPTED),
        (click.UsageError("no"), ExitCode.USAGE),
        (QuerySyntaxError("a (", "a bracket is not closed", position=2), ExitCode.USAGE),
        (OSError(errno.ENOSPC, "No space left on device", "index"), ExitCode.STORAGE),
        (PermissionError(errno.EACCES, "Permission denied", "raw"), ExitCode.STORAGE),
        (UnreadableScanError("raw/a.pdf", "is empty"), ExitCode.BAD_INPUT),
        (ArchiveBusyError(None, "another run holds the archive"), ExitCode.BUSY),
        (ZeroDivisionError("oops"), ExitCode.PARTLY),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error, code):
    assert explain_error(error).exit_code == code


@pytest.fixture
def failing(monkeypatch):
    """Make `archive config` end with an error."""

    def fail_with(error: BaseException) -> None:
        def fail(**_: object) -> None:
            raise error

        monkeypatch.setattr(config.config, "callback", fail)

    return fail_with


def test_ctrl_c_says_that_what_was_finished_stays(run, failing):
    failing(KeyboardInterrupt())
    typed = run("config")
    assert (typed.exit_code, typed.stderr) == (130, "Error: stopped; what was finished stays.\n")


def test_a_full_disk_says_so(run, failing):
    failing(OSError(errno.ENOSPC, "No space left on device", "index/catalog.db"))
    typed = run("config")
    assert typed.exit_code == ExitCode.STORAGE
    assert typed.stderr.startswith("Error: index/catalog.db: the disk is full. Free some space")


def test_a_traceback_is_shown_only_when_asked(run, failing):
    failing(ZeroDivisionError("oops"))
    assert "Traceback" not in run("config").stderr
    assert "Traceback" not in run("config", "-v").stderr
    assert "Traceback" in run("config", "-vv").stderr
    assert "Traceback" in run("-vv", "config").stderr


def test_an_unreadable_query_points_at_the_place(run, failing):
    failing(QuerySyntaxError("opvang (", "a bracket is not closed", position=7))
    assert "at character 8 of: opvang (." in run("config").stderr
    assert "at character 8" in json.loads(run("config", "--json").stderr)["error"]["message"]


def test_an_error_brings_no_control_characters_to_the_terminal(run, failing):
    failing(UnreadableScanError("raw/\x1b[2Jboo.pdf", "is empty\x07"))
    assert "\x1b" not in run("config").stderr
    assert "\x07" not in run("config").stderr


def test_a_reader_that_wants_no_more_is_no_error(start):
    reading, writing = os.pipe()
    os.close(reading)
    ended = start("--help", stdout=writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_version_is_told(run):
    assert run("--version").stdout.startswith("newsletter-archive ")


def test_the_group_loads_a_command_only_when_it_is_called():
    group = make_group()
    assert group.list_commands(click.Context(group)) == list(COMMANDS)
    assert group.get_command(click.Context(group), "nothing") is None
