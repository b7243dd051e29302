"""Do exports go through in a few sections at a time, whatever the format?"""

import tracemalloc
from dataclasses import replace

import pytest

from archive.export import load_format
from archive.library.export import ExportOptions, export
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

LONG = replace(make_section("meetings", "lang" * 5000))  # one word, so that it is quickly made


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An archive of 16 MB of text."""
    from archive.settings import load_settings
    from tests.conftest import put_issues

    root = tmp_path_factory.mktemp("large")
    (root / "raw").mkdir()
    (root / "archive.toml").touch()
    settings = load_settings(root)
    put_issues(settings, tuple(make_issue([LONG] * 10, date=f"20{year}-01-01") for year in range(10, 50)))
    return settings


@pytest.mark.parametrize("form", ["csv", "xlsx", "html", "tei", "ris", "csl", "alto", "hocr", "bundle"])
def test_memory_does_not_grow_with_the_number_of_sections(large, tmp_path, form):
    load_format(form)  # what a library takes for itself does not count
    tracemalloc.start()
    done = export(large, SearchRequest(), tmp_path / "out.zip", options=ExportOptions(form))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.sections == 400
    assert peak < 8_000_000


@pytest.mark.parametrize("form", ["xlsx", "bundle", "alto"])
def test_progress_goes_from_the_first_section_to_the_last(large, tmp_path, form):
    seen = []
    export(
        large,
        SearchRequest(),
        tmp_path / "out",
        options=ExportOptions(form),
        progress=lambda done, total: seen.append((done, total)),
    )
    total = seen[-1][1]
    assert seen == [(done, total) for done in range(1, total + 1)]


@pytest.mark.parametrize("form", ["xlsx", "bundle", "hocr", "tei"])
def test_an_export_that_is_broken_off_leaves_nothing(large, tmp_path, form):
    def stop(done: int, _: int) -> None:
        if done == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(large, SearchRequest(), tmp_path / "out", options=ExportOptions(form), progress=stop)
    assert list(tmp_path.iterdir()) == []
