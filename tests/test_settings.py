"""The owner's choices: defaults, strict checking, and keys that name what a choice changes."""

from pathlib import Path

import pytest

from archive.errors import BrokenArchiveError, StorageError, UsageError
from archive.settings import Settings, explain_settings, load_settings
from archive.settings.keys import KEYS


@pytest.fixture
def archive(tmp_path):
    def write(text: str) -> Path:
        (tmp_path / "archive.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_an_empty_file_gives_the_defaults(archive):
    root = archive("")
    assert load_settings(root) == Settings(root)
    assert load_settings(root).index_dir == root / "index"


def test_what_the_file_says_is_in_force(archive):
    settings = load_settings(archive('languages = ["nl", "fr"]\njobs = 3\npage_timeout_s = 30\n'))
    assert (settings.languages, settings.jobs, settings.page_timeout_s) == (("nl", "fr"), 3, 30)


def test_a_byte_order_mark_is_no_mistake(archive):
    assert load_settings(archive("\ufeffjobs = 2")).jobs == 2


def test_newsletters_and_categories_are_tables(archive):
    settings = load_settings(
        archive(
            '[[newsletters]]\nslug = "de-brug"\nname = "De Brug"\nvariants = ["DE BRUG"]\n'
            '[[categories]]\nname = "volunteers"\nterms = ["vrijwilliger"]\nweight = 2\n'
        )
    )
    assert [(each.slug, each.name, each.variants) for each in settings.newsletters] == [
        ("de-brug", "De Brug", ("DE BRUG",))
    ]
    assert [(each.name, each.headings, each.terms, each.weight) for each in settings.categories] == [
        ("volunteers", (), ("vrijwilliger",), 2.0)
    ]


def test_the_index_may_lie_elsewhere(archive, tmp_path):
    assert load_settings(archive(f'index_dir = "{tmp_path}/fast/index"')).index_dir == tmp_path / "fast" / "index"
    assert load_settings(archive('index_dir = "work/index"')).index_dir == tmp_path / "work" / "index"


def test_the_index_lies_in_the_archive_however_the_archive_is_named(archive, monkeypatch):
    root = archive('index_dir = "work/index"')
    monkeypatch.chdir(root.parent)
    assert load_settings(Path(root.name)).index_dir == Path(root.name) / "work" / "index"


@pytest.mark.parametrize("place", ["raw", "raw/index", ".", "work/.."])
def test_the_index_needs_a_folder_of_its_own(archive, place):
    with pytest.raises(UsageError, match="index_dir"):
        load_settings(archive(f'index_dir = "{place}"'))


def test_an_unknown_key_is_named_with_its_nearest(archive):
    with pytest.raises(UsageError, match=r"archive\.toml: unknown key `jbos`\. Did you mean `jobs`\?"):
        load_settings(archive("jbos = 2"))


def test_an_unknown_key_in_a_table_is_named_with_its_nearest(archive):
    with pytest.raises(UsageError, match=r"newsletters: table 1 has the unknown key `naam` \(Did you mean `name`\?\)"):
        load_settings(archive('[[newsletters]]\nslug = "a"\nnaam = "A"'))


@pytest.mark.parametrize(
    "line",
    [
        "languages = []",
        'languages = ["nld"]',
        'languages = "nl"',
        "jobs = -1",
        "jobs = true",
        "jobs = 1.5",
        "page_timeout_s = 0",
        "page_timeout_s = nan",
        'dpi = "300"',
        "dpi = 10000",
        "low_confidence = 60",
        "max_page_megapixels = inf",
        'index_dir = ""',
        "newsletters = 3",
        '[[newsletters]]\nname = "A"',
        '[[newsletters]]\nslug = "De Brug"\nname = "De Brug"',
        "[[categories]]\nterms = [1]\nname = 'x'",
    ],
)
def test_a_wrong_value_names_file_and_key(archive, line):
    key = line.split("=", 1)[0].strip() if not line.startswith("[[") else line[2:].split("]]")[0]
    with pytest.raises(UsageError, match=rf"archive\.toml: {key}: ") as caught:
        load_settings(archive(line))
    assert caught.value.hint


def test_text_that_is_no_toml_names_the_line(archive):
    with pytest.raises(UsageError, match="line 2"):
        load_settings(archive("jobs = 2\njobs 3\n"))


def test_a_folder_without_settings_is_no_archive(tmp_path):
    with pytest.raises(BrokenArchiveError, match="archive init"):
        load_settings(tmp_path)


def test_settings_that_cannot_be_read_are_a_storage_error(tmp_path):
    (tmp_path / "archive.toml").mkdir()
    with pytest.raises(StorageError, match=r"archive\.toml"):
        load_settings(tmp_path)


def test_a_password_comes_from_the_environment_only(archive, monkeypatch):
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "sesam")
    settings = load_settings(archive(""))
    assert settings.password == "sesam"  # noqa: S105 - no password of anything
    assert "sesam" not in repr(settings)
    assert "sesam" not in repr(explain_settings(settings))
    assert ("password", "(set)", "environment") in explain_settings(settings)
    with pytest.raises(UsageError, match="ARCHIVE_PDF_PASSWORD"):
        load_settings(archive('password = "sesam"'))


def test_each_setting_tells_where_it_comes_from(archive):
    origins = {key: origin for key, _, origin in explain_settings(load_settings(archive("dpi = 200")))}
    assert origins["dpi"] == "archive.toml"
    assert origins["jobs"] == "default"
    assert set(origins) == {key.name for key in KEYS} | {"password"}


def test_only_what_changes_the_reading_changes_the_reading_key():
    plain = Settings(Path("a"))
    assert plain._replace(dpi=200).reading_key() != plain.reading_key()
    assert plain._replace(languages=("nl",)).reading_key() != plain.reading_key()
    for change in ({"root": Path("b")}, {"jobs": 4}, {"low_confidence": 0.5}, {"password": "x"}, {"page_timeout_s": 9}):
        assert plain._replace(**change).reading_key() == plain.reading_key()


def test_only_what_changes_the_parsing_changes_the_parsing_key(archive):
    plain = Settings(Path("a"))
    named = load_settings(archive('[[newsletters]]\nslug = "a"\nname = "A"'))
    assert named.parsing_key() != plain.parsing_key()
    assert plain._replace(low_confidence=0.5).parsing_key() != plain.parsing_key()
    for change in ({"root": Path("b")}, {"jobs": 4}, {"dpi": 200}, {"password": "x"}):
        assert plain._replace(**change).parsing_key() == plain.parsing_key()


def test_a_name_of_a_hundred_thousand_parts_is_refused_at_once(tmp_path):
    (tmp_path / "archive.toml").write_text(f"[{'.'.join('a' * 50_000)}]\n")
    with pytest.raises(UsageError, match="too large"):
        load_settings(tmp_path)


def test_the_index_may_not_lie_among_the_scans_of_another_archive(tmp_path):
    other = tmp_path / "other"
    (other / "raw").mkdir(parents=True)
    (other / "archive.toml").touch()
    (tmp_path / "archive.toml").write_text(f'index_dir = "{other}/raw/index"\n')
    with pytest.raises(UsageError, match="holds the scans of an archive"):
        load_settings(tmp_path)
