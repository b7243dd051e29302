"""Which sections are listed where none holds a phrase or compound, and which phrases were only read without a space?"""

import pytest

from tests.search.conftest import section


def _partial(index, query, **request):
    return [(int(found[-4:]), lacking) for found, _, lacking in index.ask(query, **request).partial]


def test_a_phrase_that_no_section_holds_is_looked_for_in_words(index_of):
    index = index_of(
        "Wij gaan met de boot naar huis.",
        "Wij gaan met de xxqx naar huis.",
        "Het huis staat te koop.",
        "Er is markt.",
        "Er is feest.",
    )
    found = _partial(index, '"met de fiets naar huis"')
    assert sorted(found[:2]) == [(1, ("fiets",)), (2, ("fiets",))]
    assert [number for number, _ in found[2:]] == [3]
    assert not index.find('"met de fiets naar huis"')


def test_words_side_by_side_as_in_the_phrase_come_first(index_of):
    apart, together = "Huis van de trein vandaag zei ons meisje naar.", "Vandaag de trein naar huis zei ons meisje van."
    index = index_of(apart, together, "Er is markt.", "Er is feest.")
    assert [number for number, _ in _partial(index, '"trein naar huis vertrekt"')][:2] == [2, 1]


def test_what_holds_all_words_of_a_phrase_lacks_the_phrase(index_of):
    index = index_of("De brug over de oude haven.", "De oude toren.", "Er is markt.", "Er is feest.")
    assert _partial(index, '"oude brug"')[0] == (1, ('"oude brug"',))
    assert _partial(index, 'haven "oude brug"')[0] == (1, ('"oude brug"',))
    assert _partial(index, '"oude brug"~1')[0] == (1, ('"oude brug"~1',))


def test_a_phrase_that_is_found_and_an_exact_one_stay_whole(index_of):
    index = index_of("De oude brug is open.", "De brug is oud.", "Een oude toren.", "Er is markt.")
    assert index.find('"oude brug"') == [1]
    assert not index.ask('"oude brug"').partial
    assert not index.ask('"brug oude"', exact=True).partial
    assert not index.ask('"brug oude"', offset=10).partial


def test_a_phrase_that_others_hold_stays_whole_beside_a_word(index_of):
    index = index_of("De oude brug is open.", "De oude molen.", "Er is markt.", "Er is feest.")
    assert _partial(index, 'feest "oude brug"') == [(1, ("feest",)), (4, ('"oude brug"',))]


def test_a_phrase_that_only_sections_hold_which_do_not_pass_is_looked_for_in_words(index_of):
    index = index_of(
        section(1, "De oude brug is open.", category="meetings"),
        section(2, "De brug is heel oude steen.", category="events"),
        section(3, "Er is markt.", category="events"),
    )
    assert _partial(index, '"oude brug"', categories=("events",)) == [(2, ('"oude brug"',))]


def test_words_of_a_phrase_are_marked_in_what_holds_them(index_of):
    index = index_of("De brug over de oude haven.", "Er is markt.")
    assert {"oude", "brug"} <= index.kinds('"oude brug"').keys()


def test_a_phrase_in_headings_is_looked_for_in_headings(index_of):
    index = index_of(
        section(1, "Er is markt.", heading="De brug, oude"), section(2, "De brug is oude steen."), "Er is feest."
    )
    assert [number for number, _ in _partial(index, 'heading:"oude brug"')] == [1]


@pytest.mark.parametrize("query", ['"oude zwarte brug"', '"de oude zwarte brug"'])
def test_two_words_of_a_phrase_may_have_lost_the_space_between_them(index_of, query):
    index = index_of("Bij de oude zwarte brug.", "Bij de oudezwarte brug.", "Bij de oude zwartebrug.", "De oude brug.")
    assert sorted(index.find(query)) == [1, 2, 3]
    assert index.find(query)[0] == 1
    assert index.find(query, exact=True) == [1]
    kinds = index.kinds(query)
    assert {kind for form, kind in kinds.items() if "zwarte brug" not in form} == {"ocr"}


def test_of_two_words_without_others_beside_them_the_space_is_asked_for(index_of):
    index = index_of("Bij de oude brug.", "Bij de oudebrug.")
    assert index.find('"oude brug"') == [1]


def test_a_compound_that_no_section_holds_counts_by_its_parts(index_of):
    index = index_of(
        "Het dak lekt; herstellen kost geld.",
        "Een collecte voor het orgel.",
        "Het dak is rood.",
        "Er is markt.",
        "Er is feest.",
    )
    assert _partial(index, "dakherstel") == [(1, ("dakherstel",)), (3, ("herstel",))]
    assert _partial(index, "orgelcollecte") == [(2, ("orgelcollecte",))]
    assert index.ask("dakherstel").total == 0
    assert index.kinds("orgelcollecte") == {"orgel": "exact", "collecte": "exact"}
    assert not index.ask("orgelcollecte", exact=True).partial


def test_in_a_long_query_words_that_are_nowhere_are_neither_taken_apart_nor_compared_with_all_others(
    index_of, monkeypatch
):
    index = index_of("Een collecte voor het orgel.", "Er is markt.", "Er is feest.")
    short, long = "markt orgelcollecte", "markt orgelcollecte feesd " + "abcdef " * 20
    assert _partial(index, short)[0] == (1, ("markt",))
    monkeypatch.setattr("archive.search.whoosh.expand.near_words", lambda *_, **__: pytest.fail("compared"))
    monkeypatch.setattr("archive.search.whoosh.compound.joints", lambda *_, **__: pytest.fail("taken apart"))
    assert [number for number, _ in _partial(index, long)] == [2]
    assert index.ask(long).suggestions == ()


def test_parts_of_a_compound_count_beside_other_words_of_the_query(index_of):
    index = index_of("Een collecte voor het orgel op zondag.", "Zondag is er markt.", "Er is feest.", "Het orgel.")
    assert _partial(index, "orgelcollecte zondag")[0] == (1, ("orgelcollecte",))


def test_parts_that_stand_in_no_section_together_are_found_one_by_one(index_of):
    index = index_of("Een collecte.", "Het orgel.", "Er is markt.")
    assert sorted(_partial(index, "orgelcollecte")) == [(1, ("orgel",)), (2, ("collecte",))]
    assert index.ask("orgelcollecte").suggestions == ()


def test_of_a_part_that_the_archive_lacks_the_compound_is_said_to_be_missing(index_of):
    index = index_of("De hoorns schalden.", "Het koor zong.", "Er is markt.")
    assert _partial(index, "hoornblazer") == [(1, ("hoornblazer",))]
    assert _partial(index, "koordirigent") == [(2, ("koordirigent",))]
    assert _partial(index, "patiëntenkoor") == [(2, ("patiëntenkoor",))]  # as it is typed
    assert _partial(index, "hoornblazer koor") == [
        (2, ("hoorn", "hoornblazer")),
        (1, ("hoornblazer", "koor")),
    ]


def test_letters_that_are_no_part_of_a_compound_are_not_looked_for(index_of):
    index = index_of("Uw gift is welkom, giften ook.", "Er is markt.", "Er is feest.", "Het pad.")
    assert not index.ask("olifantenpad").partial  # three letters say too little by themselves
    assert not index.ask("belastingaangifte").partial
    assert not index.ask("xqmarkt").partial


def test_a_part_may_stand_in_other_compounds_only(index_of):
    index = index_of("De belastinghulp doet uw aangifte.", "De hulp in huis.", "Er is markt.")
    assert _partial(index, "belastingaangifte") == [(1, ("belastingaangifte",))]
    assert index.kinds("belastingaangifte") == {"belastinghulp": "compound", "aangifte": "exact"}


def test_a_compound_that_a_section_holds_stays_whole(index_of):
    index = index_of("De orgelcollecte.", "Een collecte voor het orgel.", "Er is markt.")
    assert index.find("orgelcollecte") == [1]
    assert not index.ask("orgelcollecte").partial


def test_a_compound_that_only_sections_hold_which_do_not_pass_counts_by_its_parts(index_of):
    index = index_of(
        section(1, "De orgelcollecte.", category="meetings"),
        section(2, "Een collecte voor het orgel.", category="events"),
        section(3, "Er is markt.", category="events"),
    )
    assert _partial(index, "orgelcollecte", categories=("events",)) == [(2, ("orgelcollecte",))]


def test_parts_of_a_compound_are_looked_for_in_what_passes(index_of):
    index = index_of(
        section(1, "De orgelcollecte, een collecte voor het orgel.", category="meetings"),
        section(2, "Een collecte.", category="events"),
        section(3, "Het orgel.", category="events"),
    )
    assert sorted(_partial(index, "orgelcollecte", categories=("events",))) == [(2, ("orgel",)), (3, ("collecte",))]
    assert not index.ask("orgelcollecte", categories=("other",)).partial


def test_with_exact_the_parts_of_a_compound_must_stand_as_they_are(index_of):
    index = index_of("Het dak wordt hersteld.", "Er is markt.")
    assert index.ask("dakherstel").suggestions == ("dak herstel",)
    assert index.ask("dakherstel", exact=True).suggestions == ()


def test_a_word_with_a_preposition_is_not_taken_apart(index_of):
    index = index_of("Onder het huis was geen dak.", "Tegen de avond een lichtje.", "Er is markt.")
    assert not index.ask("onderdak").partial
    assert not index.ask("tegenlichtje").partial


@pytest.mark.parametrize("query", ["20-5-1985", "naam@voorbeeld.nl", "w.a.o."])
def test_dates_addresses_and_initials_that_are_nowhere_are_not_taken_apart(index_of, query):
    index = index_of("Om 20 uur op 5 maart 1985 mag een naam, een voorbeeld of w, a en o op nl.", "Er is markt.")
    assert index.find(query) == []
    assert not index.ask(query).partial
    assert index.ask(query).suggestions == ()
