import sys

import pytest

from archive.errors import MissingPartError, UsageError
from archive.export import FORMATS, load_format


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_loaded(name):
    assert callable(load_format(name).write)


def test_a_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.delitem(sys.modules, "archive.export.xlsx", raising=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingPartError, match="xlsx needs openpyxl"):
        load_format("xlsx")


def test_an_unknown_format_names_those_there_are():
    with pytest.raises(UsageError, match="jsonl, csv, md"):
        load_format("doc")


def test_no_format_is_loaded_before_it_is_asked_for():
    import subprocess

    code = "import sys, archive.export; print([name for name in sys.modules if name.startswith('archive.export.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
