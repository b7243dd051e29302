"""Which sections match, and how: each test asks a real index."""

import pytest

from archive.search.snippets import Finder
from archive.search.whoosh import terms as terms_module
from tests.search.conftest import section


def test_all_words_must_stand_in_a_section(index_of):
    index = index_of("De brug is dicht.", "De sluis is dicht.", "Brug en sluis zijn open.")
    assert index.find("brug sluis") == [3]
    assert sorted(index.find("brug OR sluis")) == [1, 2, 3]
    assert index.find("dicht -brug") == [2]
    assert index.find("(brug OR sluis) NOT dicht") == [3]


def test_only_negatives_ask_for_everything_but(index_of):
    assert index_of("brug", "sluis", "kade").find("-brug -kade") == [2]


def test_case_accents_ij_and_apostrophes_never_matter(index_of):
    index = index_of("Café Coördinatie in Oekraïne, ’s avonds op het ĲS", "Andere thema’s")
    for query in ("cafe", "COORDINATIE", "oekraine", "Oekraïne", "'s avonds", "ijs", "ĳs"):
        assert index.find(query, exact=True) == [1], query
    assert index.find("thema's", exact=True) == [2]


def test_each_way_of_matching_is_named(index_of):
    index = index_of("De molenaar maalt. Het molenaarshuis. Twee molenaars. Een moienaar.")
    assert index.kinds("molenaar") == {
        "molenaar": "exact",
        "molenaars": "inflection",
        "moienaar": "ocr",
        "molenaarshuis": "compound",
    }
    assert index.kinds("molenaar", exact=True) == {"molenaar": "exact"}


def test_a_whole_word_ranks_above_a_part_however_often_that_stands(index_of):
    filler = " ".join(["Er gebeurt veel in onze wijk deze zomer en wij zijn daar blij mee."] * 10)
    index = index_of("Buurtfeest, buurtfeest, buurtfeest!", f"{filler} Er is feest.", "Wij feesten.")
    assert index.find("feest")[-1] == 1


def test_the_word_itself_ranks_above_its_inflection_and_that_above_a_misreading(index_of):
    index = index_of("Een moienaar komt.", "Twee molenaars komen.", "Een molenaar komt.")
    assert index.find("molenaar") == [3, 2, 1]


def test_a_compound_is_found_by_its_words_and_its_words_by_the_compound(index_of):
    index = index_of("De buurtvergadering.", "De buurt-vergadering.", "De buurt vergadering.", "Een vergadering.")
    assert sorted(index.find("buurtvergadering")) == [1, 2, 3]
    assert sorted(index.find("buurt-vergadering")) == [1, 2, 3]
    assert sorted(index.find("vergadering buurt")) == [1, 2, 3]
    assert sorted(index.find("vergadering")) == [1, 2, 3, 4]


def test_a_query_is_read_in_the_language_of_each_section(index_of):
    index = index_of(
        section(1, "Two campaigns were held.", language="en"),
        section(2, "Er zijn twee campagnes gehouden.", language="nl"),
        section(3, "No words of either.", language="en"),
    )
    assert index.find("campaign") == [1]
    assert index.find("campagne") == [2]
    assert index.find("held", languages=("en",)) == [1]


def test_negations_and_prepositions_hold_a_phrase_together(index_of):
    index = index_of("Wij zijn tegen het plan.", "Het plan is tegen de wil.", "Wij zijn niet tegen.")
    assert index.find('"tegen het plan"') == [1]
    assert index.find('"niet tegen"') == [3]


def test_a_phrase_may_leave_room_between_its_words(index_of):
    index = index_of("de oude stenen brug", "de brug is oude steen", "oude a b c d e f g brug")
    assert index.find('"oude brug"') == []
    assert index.find('"oude brug"~1') == [1]
    assert sorted(index.find('"oude brug"~7')) == [1, 3]


def test_words_with_others_between_them_are_told_as_they_were_read(index_of):
    crowd = ["Daar werd de vergadering van het bestuur gehouden."] * 3
    index = index_of("De vergaderlng van het bestuut.", "Een nieuwe vergadering vanhet bestuur.", *crowd)
    assert index.kinds('"vergadering bestuur"~3') == {
        "vergadering …3 bestuur": "exact",
        "vergaderlng …3 bestuur": "ocr",
        "vergadering …3 bestuut": "ocr",
        "vergaderlng …3 bestuut": "ocr",
    }
    assert index.kinds('"vergadering van het bestuur"~1')["vergadering …1 vanhet …1 bestuur"] == "ocr"


def test_of_very_many_ways_to_read_a_phrase_those_with_two_words_misread_are_told(index_of):
    first = [f"vergader{ending}" for ending in ("lng", "inq", "1ng", "jng", "tng", "ing", "iug", "ihg", "ung")] + [
        "vergadcring"
    ]
    last = [f"bibliothee{ending}" for ending in ("k", "h", "lc", "ic")] + ["bibllotheek", "bibliotheck", "bib1iotheek"]
    index = index_of("vergaderlng in de bibliotheck", *(f"{word} is er" for word in first + last + ["bibliothcek"]))
    assert len(index.kinds('"vergadering bibliotheek"~2')) > 64
    assert index.kinds('"vergadering bibliotheek"~2')["vergaderlng …2 bibliotheck"] == "ocr"


def test_a_phrase_does_not_run_from_the_heading_into_the_text(index_of):
    assert index_of(section(1, "brug open", heading="Oude")).find('"oude brug"') == []


def test_a_phrase_is_found_although_one_word_was_misread(index_of):
    index = index_of("De oude molenaar spreekt.", "De oude moienaar spreekt.")
    assert sorted(index.find('"oude molenaar spreekt"')) == [1, 2]
    assert index.find('"oude molenaar spreekt"', exact=True) == [1]


@pytest.mark.parametrize("query", ['"vereniging zwijgt"', '"bij vereniging zwijgt"'])
def test_a_misread_word_of_a_phrase_is_found_beside_many_that_were_read_well(index_of, query):
    crowd = ["Bij vereniging is het feest."] * 60
    index = index_of("Bij vereniging zwijgt het.", "Bij vereniglng zwijgt het.", "Bij een zwijgt het.", *crowd)
    assert sorted(index.find(query)) == [1, 2]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ver*ing", [1, 2]),
        ("verg*", [1]),
        ("*ing", [1, 2, 3]),
        ("v?rgadering", [1]),
        ("*ander*", [2]),
        ("a*en", []),
        ("VER*", [1, 2]),
    ],
)
def test_patterns_see_words_as_they_stand(index_of, query, expected):
    assert sorted(index_of("vergadering", "verandering", "wandeling").find(query)) == expected[:3]


def test_a_pattern_of_many_stars_comes_back_at_once(index_of):
    index = index_of(" ".join("a" * length + "b" for length in range(1, 100)))
    assert index.find("*a" * 30 + "*c") == []


def test_a_fuzzy_word_allows_one_or_two_wrong_letters(index_of):
    index = index_of("rommelmarkt", "rommelmakt", "romelmakt", "rommelzolder")
    assert sorted(index.find("rommelmarkt~", exact=True)) == [1, 2]
    assert sorted(index.find("rommelmarkt~2")) == [1, 2, 3]


def test_a_word_that_the_archive_lacks_finds_what_is_a_letter_off(index_of):
    index = index_of("De rommelmarkt is zondag.", "De sluis is dicht.")
    assert index.find("rommelmakrt") == [1]
    assert index.kinds("rommelmakrt") == {"rommelmarkt": "fuzzy"}
    assert index.find("rommelmakrt", exact=True) == []


def test_a_word_typed_wrong_finds_what_the_right_one_finds(index_of):
    index = index_of("De vluchteling.", "Alle vluchtelingen.", "Het vluchtelingenkamp.", "De sluis.")
    assert sorted(index.find("vluchtelngen")) == sorted(index.find("vluchtelingen")) == [1, 2, 3]
    assert set(index.kinds("vluchtelngen").values()) == {"fuzzy"}


@pytest.mark.parametrize(
    "query", ["zaal@wijk.example", "wijk.example", "zaal", "12-05-2019", "2019", "e-mail", "mail", "19.30"]
)
def test_addresses_dates_and_hyphenated_words_are_found_whole_and_in_part(index_of, query):
    index = index_of("Stuur een e-mail naar zaal@wijk.example vóór 12-05-2019, 19.30 uur.", "Niets.")
    assert index.find(query) == [1]


def test_a_word_can_be_asked_of_the_heading_alone(index_of):
    index = index_of(section(1, "De sluis is open.", heading="De brug"), section(2, "De brug.", heading="De sluis"))
    assert index.find("heading:brug") == [1]
    assert index.find('heading:"de sluis"') == [2]
    assert index.find("heading:br*") == [1]


def test_a_word_of_the_heading_counts_more(index_of):
    index = index_of(
        section(1, "brug iets anders hier", heading="Sluis"), section(2, "sluis", heading="Brug iets anders hier")
    )
    assert index.find("brug") == [2, 1]


def test_neighbours_of_the_query_that_are_neighbours_in_the_text_come_first(index_of):
    index = index_of("werk zonder loon en met ervaring", "werk met loon en zonder ervaring")
    assert index.find("zonder ervaring") == [2, 1]


def test_sections_that_match_in_part_are_kept_apart_with_what_they_lack(index_of):
    found = index_of("oude brug", "oude sluis", "nieuwe kade").ask("oude brug")
    assert (found.total, len(found.ids)) == (1, 1)
    assert [(section_id[-1], missing) for section_id, _, missing in found.partial] == [("2", ("brug",))]


@pytest.mark.parametrize("request_", [{"exact": True}, {"offset": 1}, {"limit": 1}])
def test_partial_matches_stay_away_where_they_are_not_asked_for(index_of, request_):
    assert index_of("oude brug", "oude sluis").ask("oude brug", **request_).partial == ()


def test_partial_matches_obey_filters_and_negations(index_of):
    index = index_of("oude brug", section(2, "oude sluis", category="events"), "oude dichte kade")
    found = index.ask("oude brug -dichte category:other")
    assert (found.total, found.partial) == (1, ())


def test_a_query_with_an_unknown_word_is_put_right(index_of):
    index = index_of("De rommelmarkt is zondag.", "De rommelmarkt.", "De rommelmarkten.")
    assert index.ask("zondag rommelmakt").suggestions[0] == "zondag rommelmarkt"
    assert index.ask("zondag rommelmarkt").suggestions == ()


def test_a_compound_that_the_archive_does_not_hold_is_taken_apart(index_of):
    index = index_of(
        "Voor de opvang van gevluchte dieren is plaats",
        "Opvang is er, de dieren zijn er",
        "Een vereniging voor avonden",
    )
    assert index.ask("dierenopvang").suggestions == ("dieren opvang",)
    assert index.ask("verenigingsavonden").suggestions == ("vereniging avonden",)
    assert index.ask("dierenavonden").suggestions == ()  # no section holds both
    assert index.ask("opvangdieren", exact=True).suggestions == ("opvang dieren",)


def test_a_compound_with_a_hyphen_is_taken_apart_too(index_of):
    index = index_of("Voor de opvang van dieren", "Opvang is er, de dieren zijn er")
    assert index.ask("dieren-opvang").suggestions == ("dieren opvang",)
    assert index.ask("dieren-avonden").suggestions == ()


def test_a_word_with_a_hyphen_is_found_in_two_words_and_their_inflection(index_of):
    index = index_of(
        "The asylum seekers wait.", "Een asylum-seeker.", "Twelve seekers of asylum.", "De tv uitzendingen."
    )
    assert set(index.find("asylum-seeker")) == {1, 2}
    assert index.find("asylum-seeker")[0] == 2
    assert index.kinds("asylum-seeker")["asylum seekers"] == "inflection"
    assert index.find("tv-uitzending") == [4]
    assert index.find("tv-uitzending", exact=True) == []


def test_a_compound_with_a_rare_first_part_is_found_by_its_last(index_of):
    index = index_of("Op de stencilmachine.", "Twee naaimachines.", "Een wasmachine.", "De machinist.")
    assert set(index.find("machine")) == {1, 2, 3}
    assert set(index.kinds("machine").values()) == {"compound"}


def test_a_word_that_is_nowhere_by_itself_is_found_in_words_that_begin_or_end_with_it(index_of):
    index = index_of("Een zak winterpeen.", "Geen been.", "Een footbridge.", "Een opeenhoping.")
    assert index.find("peen") == [1]
    assert index.kinds("peen") == {"winterpeen": "compound"}
    assert index.find("bridge") == [3]
    assert index.find("peen", exact=True) == []
    assert index.find(f"peen OR ({' '.join(f'woord{number}' for number in range(20))})") == []  # in long queries


def test_a_word_that_is_nowhere_is_found_in_compounds_at_their_joints_only(index_of):
    index = index_of("De vergadering.", "Onze student.", "Een membership.", "De chocoladetaart.", "Een stadswandeling.")
    assert [index.ask(end).total for end in ("ring", "dering", "gadering", "dent", "ship", "ling")] == [0] * 6
    assert index.find("taart") == [4]
    assert index.find("stad") == [5]


def test_a_word_with_a_letter_wrong_is_not_taken_for_an_article_or_the_like(index_of):
    index = index_of("Er is geen bus.", "Een heel been.", "Er is markt.")
    assert index.find("heem") == []
    assert index.find("beun") == [2]
    assert index.find("heem~1") == [2]


def test_parts_that_find_the_same_are_named_once(index_of):
    index = index_of("De opvang van dieren en een dier", "Opvang is er, een dier en dieren zijn er")
    assert index.ask("dierenopvang").suggestions == ("dieren opvang",)


@pytest.mark.parametrize(
    ("query", "suggestions"),
    [
        ("brug or sluis", ("brug OR sluis",)),
        ("brug of sluis", ("brug OR sluis",)),
        ("kade not sluis", ("kade NOT sluis",)),
        ("brug en kade", ("brug AND kade",)),
        ('brug "of" sluis', ()),
        ("brug en sluis", ()),  # finds nothing either
        ("of brug", ()),
        ("kade OR brug or sluis", ()),
    ],
)
def test_an_operator_that_was_written_as_a_word_is_put_right_where_nothing_is_found(index_of, query, suggestions):
    index = index_of("De brug aan de kade is dicht.", "De sluis is open.")
    assert index.ask(query).suggestions == suggestions


def test_a_compound_that_the_archive_holds_is_not_taken_apart(index_of):
    index = index_of("De dierenopvang", "Opvang van dieren")
    assert index.ask("dierenopvang").suggestions == ()


def test_a_pattern_finds_the_same_however_large_a_share_of_the_words_fits(index_of, monkeypatch):
    words = [f"{first}{last}" for first in ("kust", "berg", "veld", "woud") for last in ("weg", "huis", "man", "dorp")]
    index = index_of(*words, "en")
    found = {pattern: index.find(pattern, limit=100) for pattern in ("*e*", "*weg", "b*", "*d*", "?ust*")}
    assert len(found["*e*"]) > len(found["*weg"]) == 4
    for times in (0, 1000):
        index.backend._current().forget()
        monkeypatch.setattr(terms_module, "_FEWER", times)
        assert {pattern: index.find(pattern, limit=100) for pattern in found} == found


def test_a_word_that_everybody_knows_is_typed_as_it_is_meant(index_of):
    index = index_of("Er staan vier deuren open.", "Het meest van alles.", "De kxrst komt eraan.")
    assert index.find("bier") == []
    assert index.find("feest") == []
    assert index.kinds("kerst") == {"kxrst": "fuzzy"}  # in no list, so that it may be it


def test_a_word_typed_wrongly_is_put_right_although_one_was_misread_like_it(index_of):
    index = index_of("De contrlbutie is betaald.", "De contributie stijgt.", "Over contributies.")
    assert sorted(index.find("contribuite")) == [1, 2, 3]
    assert index.ask("contribuite").suggestions == ("contributie", "contributies")
    english = section(4, "The bridge is open.", language="en")  # so that contribute may be meant, which is not there
    mixed = index_of("De contrlbutie is betaald.", "De contributie stijgt.", english)
    assert sorted(mixed.find("contribuite")) == [1, 2]


def test_small_words_of_another_language_are_no_forms(index_of):
    meeting, met = section(1, "The meeting is on Monday.", language="en"), section(2, "We met her.", language="en")
    index = index_of(meeting, met, section(3, "Hij komt met de fiets.", language="nl"))
    assert index.find("meeting") == [1]
    assert sorted(index.find("met")) == [1, 2, 3]
    assert set(index.find("meeting", languages=("en",))) == {1, 2}


def test_men_is_no_form_of_mensen(index_of):
    index = index_of("De mensen lopen.", "Men zegt het.", section(3, "Some men walk.", language="en"))
    assert index.find("mensen") == [1]


def test_an_english_preposition_is_taken_for_no_dutch_operator(index_of):
    index = index_of(section(1, "The closing of a line.", language="en"), "Het sluiten van de brug.", "The bridge.")
    assert index.ask("closing of bridge").suggestions == ()
    assert index.ask("sluiten of kade").suggestions == ("sluiten OR kade",)


def test_initials_are_found_with_dots_and_without(index_of):
    index = index_of("Het A.Z.C. is vol.", "Het azc is vol.", "A, z en c.", "Er is markt.")
    assert set(index.find("A.Z.C.")) == set(index.find("azc")) == {1, 2}
    assert index.find("a.z.c", exact=True) == index.find("azc", exact=True)


def test_initials_are_marked_as_they_stand(index_of):
    index, text = index_of("Het A.Z.C. is vol."), "Het A.Z.C. is vol, zegt het azc."
    matches = Finder(index.ask("azc").forms).find(text)
    assert [match.matched for match in matches] == ["A.Z.C", "azc"]


@pytest.mark.parametrize("query", ["14-11-2020", "14/11/2020", "14.11.2020", "2020-11-14"])
def test_a_date_in_numbers_finds_the_sections_that_name_the_day(index_of, query):
    index = index_of(
        section(1, "Op 14 november is er markt.", dates=[{"date": "2020-11-14"}]),
        section(2, "Van 12 tot 16 november.", dates=[{"date": "2020-11-12", "end": "2020-11-16"}]),
        section(3, "In november 2020.", dates=[{"date": "2020-11"}]),
        section(4, "Op 14 november was er markt.", dates=[{"date": "2019-11-14"}]),
        section(5, f"Begin: {query}."),
    )
    assert set(index.find(query)) == {1, 2, 5}
    assert index.find(query)[0] == 5
    assert index.find(query, exact=True) == [5]
    assert index.kinds(query).get("14 november") == "inflection"
    assert index.find(f"heading:{query}") == []


@pytest.mark.parametrize(
    ("query", "first"),
    [("25 maart 1993", [4]), ("maart 25, 1993", [4]), ("25e mrt. 1993", [4]), ("markt 25 maart 1993", [4])],
)
def test_a_date_in_words_finds_the_sections_that_name_the_day_and_those_with_its_words_after_them(
    index_of, query, first
):
    index = index_of(
        section(1, "Op do. 25 maart is er markt.", dates=[{"date": "1993-03-25"}]),
        section(2, "De markt van 25-3-'93 was druk.", dates=[{"date": "1993-03-25"}]),
        "De 25 leden zagen in maart 1993 geen markt.",
        section(4, "Op 25 maart 1993 was er markt.", dates=[{"date": "1993-03-25"}]),
        section(5, "Op 25 maart 1994 was er markt.", dates=[{"date": "1994-03-25"}]),
    )
    found = index.find(query)
    assert found[:1] == first
    assert set(found[:3]) == {1, 2, 4}
    assert 5 not in found
    assert set(index.find(query, exact=True)) <= {3, 4}
    marked = Finder(index.ask(query).forms).find("De markt van 25-3-'93 was druk.")
    assert "25-3-'93" in [match.matched for match in marked]


def test_nobody_is_thought_to_have_meant_a_misread_word(index_of):
    index = index_of("De viuchtelingenopvang is vol.", "De rommelmarkt is op zondag.", *["Het Zwanbeekhuis."] * 3)
    assert index.find("vluchtelignenopvang") == [1]
    assert index.ask("vluchtelignenopvang").suggestions == ()
    assert index.ask("Zwakbeekpuis").suggestions == ("zwanbeekhuis",)  # in no list, but often enough to be a name


def test_a_day_of_no_month_is_looked_for_by_its_words(index_of):
    index = index_of(section(1, "Op 25 maart.", dates=[{"date": "1993-03-25"}]), "Op 31 februari 1993.")
    assert index.find("31 februari 1993") == [2]
    assert index.find("25 maart 1992") == []


@pytest.mark.parametrize("query", ["zaal/keuken", "zaal,keuken", "zaal=keuken", "zaal\0keuken", "ZAAL_Keuken"])
def test_a_word_with_other_joints_is_found_by_all_of_its_parts_side_by_side(index_of, query):
    index = index_of("De zaal is vol.", "Wie helpt in zaal/keuken?", "De keuken is dicht.", "In de keuken, zaal 3.")
    assert index.find(query) == index.find(query, exact=True) == [2]
    assert index.find(f"-{query}") == [1, 3, 4]
    assert index.find(query.replace("eu", "oo")) == []


def test_parts_that_stand_apart_only_are_partial_matches(index_of):
    index = index_of("De zaal heeft een keuken.", "De zaal is vol.")
    found = index.ask("zaal/keuken")
    assert found.total == 0
    assert [(partial[0][-1], partial[2]) for partial in found.partial] == [("1", ("zaal/keuken",)), ("2", ("keuken",))]


def test_what_is_no_date_is_looked_for_as_it_stands(index_of):
    index = index_of(section(1, "Op 14 november.", dates=[{"date": "2020-11-14"}]), "Regel 31-02-2020.")
    assert index.find("31-02-2020") == [2]
    assert index.find("14-11/2020") == []


@pytest.mark.parametrize(("query", "text"), [("okt", "In oktober."), ("september", "Op 3 sept."), ("Dec", "december")])
def test_months_are_found_shortened_and_in_full(index_of, query, text):
    assert index_of(text, "Er is markt.").find(query) == [1]


def test_a_rare_word_is_found_near_a_common_one_in_either_order(index_of):
    index = index_of(*["De een en de ander en de rest."] * 5, "De oude rode fiets.", "Een fiets van de buren.")
    assert index.find('"de fiets"~2') == [6]
    assert index.find('"fiets de"~2') == [7]
