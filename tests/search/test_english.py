import pytest

from archive.search.stems import stems


def share_a_stem(first, second):
    return bool(set(stems(first, "en")) & set(stems(second, "en")))


@pytest.mark.parametrize(
    "pair",
    [
        *("sew/sewn", "show/shown", "get/got", "light/lit", "beat/beaten", "wake/woken", "spell/spelt", "lay/laid"),
        *("forgive/forgave", "undertake/undertook", "mislead/misled", "withstand/withstood", "rebuild/rebuilt"),
        *("undo/undone", "foresee/foresaw", "overthrow/overthrown", "upholds/upheld"),
        *("grandchild/grandchildren", "housewife/housewives", "fireman/firemen", "penny/pence", "medium/media"),
        *("memorandum/memoranda", "thesis/theses", "wharf/wharves", "child/children"),
    ],
)
def test_a_word_that_changes_within_belongs_to_its_base(pair):
    assert share_a_stem(*pair.split("/"))


@pytest.mark.parametrize(
    "pair",
    [
        *("harbour/harbor", "neighbours/neighbors", "honourable/honorable", "behaviour/behavioral"),
        *("organise/organized", "apologize/apologised", "organisation/organizations", "analyse/analyzed"),
        *("theatre/theaters", "metre/meters", "kilometres/kilometer", "catalogue/catalogs", "dialogue/dialogs"),
        *("traveller/travelers", "cancelled/canceled", "councillor/councilor", "woollen/woolen"),
        *("paediatric/pediatric", "anaesthetic/anesthetics", "mediaeval/medieval", "encyclopaedia/encyclopedia"),
        *("archaeology/archeology", "foetus/fetus", "leukaemia/leukemia", "gynaecology/gynecology"),
        *("programme/program", "grey/gray", "mould/moldy", "tyres/tires", "plough/plowed", "jewellery/jewelry"),
        *("defence/defense", "licence/licensed", "skilful/skillful", "pyjamas/pajamas", "enrol/enrollment"),
    ],
)
def test_a_word_is_found_in_british_and_american_spelling(pair):
    assert share_a_stem(*pair.split("/"))


@pytest.mark.parametrize(
    "pair",
    [
        *("tired/tyre", "hour/hor", "four/for", "tour/tor", "size/sise", "called/cal", "seller/sel", "detour/detor"),
        *("rose/rise", "ground/grind", "omen/oman", "seed/see", "promise/prom", "parted/par", "recall/call"),
    ],
)
def test_strangers_stay_apart(pair):
    assert not share_a_stem(*pair.split("/"))


def test_what_stems_alike_beside_the_spelling_still_does():
    assert share_a_stem("apology", "apologize")
