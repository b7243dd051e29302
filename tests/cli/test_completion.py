"""How does a shell learn to complete our commands?"""

import json

import pytest

from archive.errors import ExitCode


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_each_shell(shell, run):
    assert "_ARCHIVE_COMPLETE" in run("completion", shell).stdout
    answer = json.loads(run("completion", shell, "--json").stdout)
    assert (answer["schema_version"], answer["shell"]) == (1, shell)
    assert "_ARCHIVE_COMPLETE" in answer["script"]


def test_an_unknown_shell_is_wrong_usage(run):
    assert run("completion", "tcsh").exit_code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("typed", "offered"), [("archive se", "search"), ("archive search --mentions-f", "--mentions-from")]
)
def test_the_script_gets_completions_from_the_program(typed, offered, start):
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1), "_ARCHIVE_COMPLETE": "bash_complete"}
    assert f"plain,{offered}" in start(env=words).stdout.splitlines()
