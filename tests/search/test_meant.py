from functools import partial

import pytest

from archive.languages import unaccented_zipf
from archive.search.compounds import Splitter
from archive.search.meant import meant

in_dutch = partial(meant, splitter=Splitter("nl", partial(unaccented_zipf, language="nl")))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("tornaat", "tomaat"),
        ("pruirnen", "pruimen"),
        ("1andbouw", "landbouw"),
        ("sch0o1bord", "schoolbord"),
        ("opvoiging", "opvolging"),
    ],
)
def test_a_misread_word_is_read_as_the_word_of_a_list(read, printed):
    assert in_dutch(read) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("rnelkfabriek", "melkfabriek"),
        ("trapnaairnachine", "trapnaaimachine"),
        ("rnelkrnachine", "melkmachine"),
        ("rnuziekkorpsen", "muziekkorpsen"),
        ("vrijwiiligerslijst", "vrijwilligerslijst"),
        ("buurttonecl", "buurttoneel"),
    ],
)
def test_a_misread_compound_is_read_as_the_one_whose_parts_are_words(read, printed):
    assert in_dutch(read) == printed


@pytest.mark.parametrize("word", ["lesschip", "lockkeeper", "insproken", "bronvormeliing"])
def test_what_only_looks_a_little_like_a_word_is_left_alone(word):
    assert in_dutch(word) == ""
