from functools import partial

import pytest

from archive.languages import word_zipf
from archive.search.compounds import Splitter, inner_compounds, joints

dutch = Splitter("nl", partial(word_zipf, language="nl"))
split = dutch.split


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("fietsenmaker", ("fiets", "maker")),
        ("buurtvergadering", ("buurt", "vergadering")),
        ("stadsbestuur", ("stad", "bestuur")),
        ("zwembadbezoekers", ("zwembad", "bezoekers")),
        ("geluidsoverlast", ("geluid", "overlast")),
        ("dagopvang", ("dag", "opvang")),
        ("lasdiploma", ("las", "diploma")),
        ("monumentendag", ("monument", "dag")),
        ("taalles", ("taal", "les")),
        ("zonnepanelen", ("zonne", "panelen")),
        ("lantaarnopstekers", ("lantaarn", "opstekers")),
        ("telefooncirkeltje", ("telefoon", "cirkeltje")),
        ("wasmachine", ("was", "machine")),
        ("sportkommissie", ("sport", "kommissie")),
        ("jeugdsekretariaat", ("jeugd", "sekretariaat")),
        ("konsertzaal", ("konsert", "zaal")),
        ("buurtaksie", ("buurt", "aksie")),
        ("visscherskerk", ("visscher", "kerk")),
    ],
)
def test_a_compound_is_cut_into_its_words(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        *("koninkrijk", "secretaris", "waarheid", "belangrijk", "vergadering", "kinderen", "markt", "oorlogen"),
        *("kopieren", "fundamenten", "christenen", "bestellen", "oefeningen"),
        *("kommissie", "kommissies", "overschrijden", "schendingen"),
    ],
)
def test_a_word_that_only_looks_like_one_stays_whole(word):
    assert split(word) == ()
    assert dutch.before_tail(word) == ()


def test_a_word_of_the_archive_itself_can_be_a_part():
    known = {"zwaluwkade": 2.6, "feest": 5.0}
    assert Splitter("nl", lambda part: known.get(part, 0.0)).split("zwaluwkadefeest") == ("zwaluwkade", "feest")


def test_a_compound_inside_a_compound_is_one_too():
    assert inner_compounds("sluiswachterswoning", ("sluis", "wachter", "woning")) == ("sluiswachter", "wachterswoning")
    assert inner_compounds("buurtfeest", ("buurt", "feest")) == ()


def telling(word):
    return dutch.telling(word, split(word))


@pytest.mark.parametrize(
    ("word", "part"),
    [("handtekeningenactie", "tekening"), ("reiskostenvergoeding", "reis"), ("crisisnoodopvang", "nood")],
)
def test_a_compound_is_found_by_the_parts_of_its_parts(word, part):
    assert part in telling(word)


@pytest.mark.parametrize(("word", "part"), [("voorjaarsvakantie", "voor"), ("onderdak", "dak"), ("onderweg", "weg")])
def test_what_stands_with_a_preposition_is_not_found_by_either(word, part):
    assert part not in telling(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("naaimachines", ("naai", "machines")),
        ("stencilmachine", ("stencil", "machine")),
        ("vakspecialist", ("vak", "specialist")),
        ("turfwinning", ("turf", "winning")),
        ("bezoldigingsbesluit", ("bezoldiging", "besluit")),
    ],
)
def test_a_long_common_last_part_tells_a_compound_whose_first_part_is_short_or_rare(word, parts):
    assert split(word) == ()
    assert dutch.before_tail(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "toevertrouwde",  # a prefix before a form of a verb
        "onaantastbaar",
        "dcvergadering",  # misread: de vergadering
        "vergadering",
        "nietvergaderen",  # glued together
    ],
)
def test_what_stands_before_a_long_last_part_must_be_a_word(word):
    assert dutch.before_tail(word) == ()
    assert Splitter("en", dutch.zipf).before_tail("naaimachine") == ()


def test_a_word_is_cut_in_two_at_each_place_where_parts_can_meet():
    assert set(joints("stadsfeest", "nl")) >= {("stads", "feest"), ("stad", "feest")}
    assert ("dak", "herstel") in set(joints("dakherstel", "nl"))
    assert ("fiets", "pad") in set(joints("fietspad", "nl"))
    assert not {("ger", "eedschap"), ("gereeds", "cha")} & set(joints("gereedschap", "nl"))


def test_a_word_that_is_more_common_than_its_last_part_is_no_compound_of_it():
    known = {"kaaimachine": 4.5, "machine": 4.2, "kaai": 3.5}
    assert Splitter("nl", lambda part: known.get(part, 0.0)).before_tail("kaaimachine") == ()
    known["kaaimachine"] = 2.0
    assert Splitter("nl", lambda part: known.get(part, 0.0)).before_tail("kaaimachine") == ("kaai", "machine")


def test_a_compound_of_old_spelling_is_found_by_its_parts_in_todays(index_of):
    index = index_of(
        "De sportkommissie.", "Het buurtkomitee.", "Het jeugdsekretariaat.", "Het werklozenkomitee.", "De missie."
    )
    for query, number in (("commissie", 1), ("comité", 2), ("secretariaat", 3), ("werkloze", 4)):
        assert number in index.find(query), query
    assert index.find("missie") == [5]
