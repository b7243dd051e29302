from itertools import islice

import pytest
from wordfreq import get_frequency_dict, zipf_frequency

from archive.languages import is_known, listed_zipf, unaccented_zipf, word_zipf, zipf_in

ODD = (
    "'s",
    "foto's",
    "auto-ongeluk",
    "STRASSE",
    "Straße",
    "ﬁets",
    "e\u0301e\u0301n",
    "İstanbul",
    "oekraïne",
    "1998",
    "c3",
    "",
    "µ",
    "a b",
)


@pytest.mark.parametrize("language", ["nl", "en", "tr"])
def test_a_word_is_as_common_as_wordfreq_says(language):
    listed = islice(get_frequency_dict(language), 0, None, 997)
    words = [form for word in listed for form in (word, word.upper(), word.capitalize(), f"{word}q")]
    for word in (*words, *ODD):
        assert word_zipf(word, language) == zipf_frequency(word, language), word


def test_a_language_without_a_word_list_knows_no_word():
    assert word_zipf("hus", "xx") == 0.0
    assert not is_known("hus", ["xx"])
    assert is_known("vergadering", ["xx", "nl"])


def test_a_language_whose_words_a_missing_library_parts_knows_no_word():
    assert [word_zipf("会議", language) for language in ("zh", "ja", "ko")] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("language", ["nl", "en", "fr", "sv", "xx"])
def test_many_words_are_as_common_as_each_by_itself(language):
    words = ["de", "cooperatie", "één", "een", "thema's", "l'eau", "hus", "sjoege", "", "12", "zo-even"]
    assert list(map(zipf_in(language), words)) == [unaccented_zipf(word, language) for word in words]


def test_many_words_are_as_common_together_as_one_by_one():
    listed = [word for language in ("nl", "en") for word in islice(get_frequency_dict(language), 0, None, 997)]
    words = {form for word in listed if word.isalpha() for form in (word, f"{word}q")}
    alone = {word: max(word_zipf(word, language) for language in ("nl", "en")) for word in words}
    assert listed_zipf(words, ("nl", "en")) == {word: zipf for word, zipf in alone.items() if zipf}
