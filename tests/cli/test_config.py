"""Which settings are in force, and where does each come from?"""

import json

from archive.errors import ExitCode


def test_config_lists_each_setting_with_its_origin(run, root):
    (root / "archive.toml").write_text("dpi = 200")
    lines = {line.split()[0]: line.split()[1:] for line in run("config").stdout.splitlines()}
    assert lines["dpi"] == ["200", "archive.toml"]
    assert lines["languages"] == ["nl", "en", "default"]
    assert lines["archive"][0] == str(root)


def test_config_of_one_key_gives_its_value_alone(run):
    assert run("config", "languages").stdout == "nl en\n"
    assert run("config", "low_confidence").stdout == "0.75\n"


def test_config_of_an_unknown_key_is_wrong_usage(run):
    assert run("config", "nothing").exit_code == ExitCode.USAGE


def test_config_never_shows_the_password(run, monkeypatch):
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "sesam")
    assert "sesam" not in run("config").stdout + run("config", "--json").stdout
    assert "(set)" in run("config").stdout


def test_config_gives_tables_in_json(run, root):
    (root / "archive.toml").write_text('[[newsletters]]\nslug = "de-brug"\nname = "De Brug"')
    answer = json.loads(run("config", "newsletters", "--json").stdout)
    assert answer["settings"][0]["value"] == [{"slug": "de-brug", "name": "De Brug", "variants": []}]


def test_a_wrong_setting_ends_every_command_that_needs_it(run, root):
    (root / "archive.toml").write_text("dpi = 1")
    typed = run("config")
    assert typed.exit_code == ExitCode.USAGE
    assert "archive.toml: dpi: wants a whole number from 72 to 1200" in typed.stderr
