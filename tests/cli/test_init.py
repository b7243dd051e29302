"""How does an archive begin?"""

import json
import tomllib

from archive.cli.init import settings_text
from archive.errors import ExitCode
from archive.settings import Settings, load_settings
from archive.settings.keys import KEYS


def test_init_makes_settings_that_change_nothing_and_a_place_for_scans(run, tmp_path):
    typed = run("init", tmp_path / "new" / "archive")
    assert typed.exit_code == ExitCode.OK
    assert "archive ingest" in typed.stderr
    made = tmp_path / "new" / "archive"
    assert sorted(each.name for each in made.iterdir()) == ["archive.toml", "raw"]
    assert load_settings(made) == Settings(made)


def test_init_keeps_scans_that_are_there(run, tmp_path):
    (tmp_path / "new" / "raw").mkdir(parents=True)
    (tmp_path / "new" / "raw" / "a.txt").write_text("x")
    assert run("init", tmp_path / "new").exit_code == ExitCode.OK
    assert (tmp_path / "new" / "raw" / "a.txt").read_text() == "x"


def test_init_overwrites_nothing(run, root):
    (root / "archive.toml").write_text("dpi = 200")
    typed = run("init")
    assert typed.exit_code == ExitCode.USAGE
    assert (root / "archive.toml").read_text() == "dpi = 200"


def test_init_answers_in_json(run, tmp_path):
    answer = json.loads(run("--json", "init", tmp_path / "new").stdout)
    assert answer["schema_version"] == 1
    assert answer["created"] == [str(tmp_path / "new" / "archive.toml"), str(tmp_path / "new" / "raw")]


def test_init_where_nothing_can_be_made_is_a_storage_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    assert run("init", tmp_path / "file" / "archive").exit_code == ExitCode.STORAGE


def test_the_settings_file_explains_each_key_and_its_examples_can_be_put_in_force(tmp_path):
    text = settings_text()
    live = "\n".join(line.removeprefix("#   ") for line in text.splitlines())
    given = tomllib.loads(live)
    assert set(given) == {key.name for key in KEYS}
    assert all(key.meaning in text for key in KEYS)
    (tmp_path / "archive.toml").write_text(live, encoding="utf-8")
    settings = load_settings(tmp_path)
    defaults = Settings(tmp_path)
    plain = [key.name for key in KEYS if key.name not in {"newsletters", "categories"}]
    assert all(getattr(settings, name) == getattr(defaults, name) for name in plain)
