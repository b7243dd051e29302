"""Is a saved query read as it was written, whatever stands in it; and do two runs keep both theirs?"""

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.library import saved
from archive.library.opened import opened
from archive.library.saved import SavedQuery, load_saved, save_query
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(query=TEXT, tags=st.lists(TEXT, max_size=3), exact=st.booleans(), found=st.lists(TEXT, max_size=3))
def test_what_is_written_is_read_again(query, tags, exact, found):
    kept = SavedQuery("naam", SearchRequest(query, tags=tuple(tags), exact=exact), found=tuple(found))
    table = tomllib.loads("\n".join(saved._lines(kept)))
    assert saved._read_saved(Path("queries.toml"), "naam", table) == kept


def test_two_at_a_time_keep_both(archive_of):
    settings = archive_of(make_issue([make_section(text="De zaal is open.")]))

    def save(number):
        with opened(settings) as reading:
            save_query(reading, f'zaal "{number}"', SearchRequest("zaal"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(12)))
    kept = load_saved(settings)
    assert set(kept) == {f'zaal "{number}"' for number in range(12)}
    assert {len(each.found) for each in kept.values()} == {1}


def test_a_file_that_cannot_be_read_or_written_is_named(archive_of):
    settings = archive_of(make_issue())
    (settings.root / "queries.toml").mkdir()
    with pytest.raises(StorageError, match=r"queries\.toml"):
        load_saved(settings)
