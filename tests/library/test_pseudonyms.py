import io
import json
import os
import re
import stat
import zipfile

import pytest

from archive.errors import BrokenArchiveError, UsageError
from archive.export import FORMATS
from archive.library.export import ExportOptions, export
from archive.library.pseudonyms import KEY_FILE
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

SECRETS = ("info@vereniging.nl", "053-4312345", "NL91ABNA0417164300", "Achternaam", "achternaam", "4312345")
TEXT = (
    "Mail info@vereniging.nl of bel 053-4312345.\n\n"
    "Voornaam Achternaam ontvangt op NL91ABNA0417164300 de contributie, Voornaam Achternaams fiets staat klaar."
)
TOKEN = re.compile(r"(?:EMAIL|PHONE|ACCOUNT|NAME)\\?-[A-Z2-7]{10}")


@pytest.fixture
def settings(archive_of):
    settings = archive_of(make_issue([make_section("meetings", TEXT, heading="Bericht van Voornaam Achternaam")]))
    (settings.root / "names.txt").write_text("Voornaam Achternaam; Achternaam\n")
    return settings


def written(settings, form, place):
    export(settings, SearchRequest("contributie"), place, options=ExportOptions(form, pseudonymise=True))
    return place.read_bytes()


def exported(settings, form="jsonl"):
    out = io.StringIO()
    done = export(settings, SearchRequest(), out, options=ExportOptions(form, pseudonymise=True))
    return out.getvalue(), done


def test_what_leads_to_a_person_is_a_token_and_the_same_one_each_time(settings):
    section = json.loads(exported(settings)[0])
    tokens = TOKEN.findall(section["text"])
    assert [token.split("-")[0] for token in tokens] == ["EMAIL", "PHONE", "NAME", "ACCOUNT", "NAME"]
    assert tokens[2] == tokens[4] == TOKEN.findall(section["heading"])[0]
    assert section["text"].endswith(f"{tokens[4]}s fiets staat klaar.")
    assert TOKEN.findall(section["raw_text"]).count(tokens[2]) == 3
    assert section["emails"] in ([], [tokens[0]])


def test_a_second_export_has_the_same_tokens_and_another_archive_other_ones(settings):
    first = exported(settings)[0]
    assert exported(settings)[0] == first
    (settings.root / KEY_FILE).unlink()
    assert exported(settings)[0] != first


def test_the_key_is_for_its_owner_alone(settings):
    exported(settings)
    assert stat.S_IMODE((settings.root / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("kept", ["", "00ff", "x" * 65, "00" * 31])
def test_a_key_that_was_damaged_is_refused_and_left_as_it_is(settings, kept):
    (settings.root / KEY_FILE).write_text(kept)
    with pytest.raises(BrokenArchiveError, match="is no key"):
        exported(settings)
    assert (settings.root / KEY_FILE).read_text() == kept


def test_a_kill_while_the_key_is_made_leaves_no_half_key(settings, monkeypatch):
    def kill(_handle):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", kill)  # nothing was brought to disk yet
        with pytest.raises(KeyboardInterrupt):
            exported(settings)
    assert not (settings.root / KEY_FILE).exists()
    assert exported(settings)


def test_ids_categories_and_pages_stay(settings):
    plain = io.StringIO()
    export(settings, SearchRequest(), plain, options=ExportOptions())
    before, after = json.loads(plain.getvalue()), json.loads(exported(settings)[0])
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"heading", "text", "raw_text", "emails", "category_reason"}


@pytest.mark.parametrize("form", [each for each in FORMATS if each != "pdf"])
def test_no_format_lets_through_what_was_replaced(settings, tmp_path, form):
    place = tmp_path / (
        "out.xlsx" if form in {"xlsx", "coding"} else "out.zip" if form in {"alto", "hocr", "bundle"} else "out"
    )
    content = written(settings, form, place)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            content = b"\n".join(name.encode() + b"\n" + files.read(name) for name in files.namelist())
    text = content.decode()
    assert [secret for secret in SECRETS if secret in text] == []
    if form not in {"ris", "csl"}:
        assert len(TOKEN.findall(text)) >= 4


def test_a_query_for_a_name_leaves_no_name_in_a_bundle(settings, tmp_path):
    export(settings, SearchRequest("Achternaam"), tmp_path / "b", options=ExportOptions("bundle", pseudonymise=True))
    files = [path for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if b"chternaam" in path.read_bytes()] == []


def test_a_bundle_says_that_it_was_changed_and_what_stays(settings, tmp_path):
    written(settings, "bundle", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as files:
        assert "names.txt does not list" in files.read("README.md").decode()


def test_a_bundle_is_the_same_to_the_byte(settings, tmp_path):
    assert written(settings, "bundle", tmp_path / "a.zip") == written(settings, "bundle", tmp_path / "b.zip")


def test_scans_themselves_do_not_leave_so(settings, tmp_path):
    with pytest.raises(UsageError, match="cannot go with --format pdf"):
        written(settings, "pdf", tmp_path / "scans")


def test_it_says_how_much_was_replaced(settings):
    assert exported(settings)[1].replaced == {"EMAIL": 1, "PHONE": 1, "ACCOUNT": 1, "BSN": 0, "NAME": 1}


@pytest.mark.usefixtures("settings")
def test_the_command_says_what_stays(run):
    ran = run("export", "--pseudonymise")
    assert ran.exit_code == 0
    assert "Achternaam" not in ran.stdout
    assert (
        "Replaced: e-mail addresses 1, phone numbers 1, bank accounts 1, citizen service numbers 0, names 1."
        in ran.stderr
    )
    assert ran.stderr.index("What stays: names that names.txt does not list") < ran.stderr.index("Replaced:")
    assert json.loads(run("export", "--pseudonymise", "--json").stdout)["sections"][0]["text"] != TEXT
