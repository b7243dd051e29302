import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.dutch import bases, relinked
from archive.search.spelling import modern
from archive.search.stems import stems


def akin(one, other):
    return bool(set(stems(one, "nl")) & set(stems(other, "nl")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("wonen", "woont"), ("wonen", "woonde"), ("werken", "werkten"), ("zaaien", "zaait"), ("zorgen", "zorgden")),
        *(
            ("betalen", "betaald"),
            ("wonen", "gewoond"),
            ("verhuizen", "verhuisd"),
            ("oogsten", "geoogst"),
            ("branden", "gebrand"),
        ),
        *(("opbellen", "opgebeld"), ("invullen", "ingevuld"), ("rijden", "rijdt")),
        *(("geven", "gaf"), ("treffen", "troffen"), ("verbieden", "verboden"), ("uitwijken", "uitgeweken")),
        *(("herdenken", "herdacht"), ("deelnemen", "deelgenomen"), ("lijden", "geleden")),
        *(("verklaren", "verklaard"), ("bewaren", "bewaarden"), ("horen", "hoorden"), ("verhoren", "verhoord")),
        *(("beslissen", "beslist"), ("verplaatsen", "verplaatste"), ("dansen", "danst"), ("fietsen", "fietsten")),
        *(("storten", "gestort"), ("opstarten", "opgestarte"), ("antwoorden", "geantwoord"), ("planten", "geplante")),
        *(("overleven", "overleefden"), ("omarmen", "omarmd"), ("ondersteunen", "ondersteund")),
        *(("voorspellen", "voorspeld"), ("onderhandelen", "onderhandeld"), ("herkennen", "herkende")),
    ],
)
def test_forms_of_a_verb_belong_together(one, other):
    assert akin(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("groot", "grote"), ("doof", "dove"), ("vies", "vieze"), ("gek", "gekke"), ("sociaal", "sociale")),
        *(("molen", "molens"), ("engel", "engelen"), ("motor", "motoren"), ("bibliotheek", "bibliotheken")),
        *(
            ("dominee", "dominees"),
            ("gemeente", "gemeenten"),
            ("gewoon", "gewone"),
            ("zeeman", "zeelieden"),
            ("paard", "paarden"),
            ("buurman", "buren"),
        ),
        *(("financieel", "financiele"), ("vrijheid", "vrijheden"), ("ronde", "rondes"), ("oktober", "okt")),
        *(("secretaris", "secr"), ("penningmeester", "penningm"), ("inlichtingen", "inl"), ("vergaderingen", "verg")),
        *(("groot", "grootste"), ("belangrijk", "belangrijkste"), ("laag", "laagste"), ("duur", "duurste")),
    ],
)
def test_forms_of_a_noun_or_adjective_belong_together(one, other):
    assert akin(one, other)


@pytest.mark.parametrize(
    ("noun", "form"),
    [
        *(("opening", "geopend"), ("erkenning", "erkend"), ("tekening", "getekend"), ("oefening", "oefent")),
        *(("levering", "geleverd"), ("verbetering", "verbetert"), ("regeling", "geregeld"), ("naleving", "nageleefd")),
        *(("automatisering", "geautomatiseerd"), ("beslissing", "besliste"), ("afbeelding", "afgebeeld")),
    ],
)
def test_a_noun_on_ing_belongs_to_the_forms_of_its_verb(noun, form):
    assert akin(noun, form)


@pytest.mark.parametrize(
    ("word", "small"),
    [
        *(
            ("kaart", "kaartje"),
            ("molen", "molentjes"),
            ("man", "mannetje"),
            ("foto", "fotootjes"),
            ("boom", "boompje"),
        ),
        *(
            ("vereniging", "vereniginkje"),
            ("schip", "scheepje"),
            ("pad", "paadje"),
            ("vluchteling", "vluchtelingetjes"),
        ),
    ],
)
def test_a_diminutive_is_a_form_of_its_word(word, small):
    assert akin(word, small)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        *(("mensen", "menschen"), ("menselijk", "menschelijk"), ("visser", "visscher"), ("vis", "visch")),
        *(("verhogen", "verhoogen"), ("hereniging", "hereeniging"), ("zoals", "zooals"), ("dijk", "dyk")),
        *(
            ("actie", "aktie"),
            ("akkoord", "accoord"),
            ("product", "produkt"),
            ("vakantie", "vacantie"),
            ("telefoon", "telephoon"),
        ),
    ],
)
def test_a_word_is_found_in_the_spelling_of_another_time(now, then):
    assert akin(now, then)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            ("gasten", "gas"),
            ("markt", "merk"),
            ("plant", "plan"),
            ("velden", "vel"),
            ("helden", "hel"),
            ("zonde", "zon"),
        ),
        *(("maanden", "maan"), ("kust", "kus"), ("buurt", "buur"), ("waarde", "waar"), ("bomen", "bommen")),
        *(
            ("paarden", "paar"),
            ("hand", "han"),
            ("moeder", "moed"),
            ("beste", "bes"),
            ("spelden", "spelen"),
            ("racen", "raken"),
            ("zo'n", "zon"),
            ("gelegen", "leeg"),
            ("gezonden", "zon"),
            ("gewone", "woning"),
            ("gemeente", "mening"),
            ("gezondheid", "zon"),
        ),
        *(("plaats", "platen"), ("reeks", "rekenen"), ("kansen", "kannen"), ("laatste", "laten"), ("rots", "rot")),
        *(
            ("openbaar", "openen"),
            ("openbare", "geopend"),
            ("haring", "haar"),
            ("paling", "paal"),
            ("rookt", "oktober"),
        ),
        *(("apartheid", "aparte"), ("waarheid", "ware"), ("eenheid", "enige"), ("overheden", "overeen")),
        *(("vondst", "vond"), ("gift", "gif"), ("markten", "mark"), ("lint", "linnen"), ("hert", "herkennen")),
        *(("ouderen", "ouders"), ("ouderen", "ouder"), ("oudere", "ouder"), ("spanje", "spanning"), ("polen", "pool")),
        *(("moeder", "gemoederen"), ("gezin", "zin"), ("gezellige", "zelden"), ("gevel", "vel"), ("geluk", "lukken")),
        *(("gebied", "bieden"), ("gezicht", "zicht"), ("gelijk", "leek"), ("gebeurd", "beurs"), ("geloven", "love")),
        *(("geest", "essen"), ("gewestelijk", "westelijk"), ("geest", "gest"), ("gezond", "zon"), ("geweer", "weren")),
        *(
            ("wijzen", "wijzigingen"),
            ("vest", "vestiging"),
            ("aardig", "aarde"),
            ("bezig", "beest"),
            ("kruis", "kruisiging"),
        ),
        *(("aanwezig", "aangewezen"), ("vorige", "voort"), ("sommige", "soms"), ("zalig", "zaal"), ("mening", "menig")),
        *(
            ("beleid", "begeleiding"),
            ("vergetelheid", "verteld"),
            ("gewenst", "gewend"),
            ("waarden", "waren"),
            ("vervalste", "vervalt"),
            ("botste", "bot"),
            ("heden", "heid"),
        ),
    ],
)
def test_words_that_only_look_like_forms_of_each_other_stay_apart(one, other):
    assert not akin(one, other)


@pytest.mark.parametrize(
    "forms",
    [
        *(
            "gezin gezinnen gezinnetje",
            "gevel gevels",
            "gezellig gezellige gezelligheid",
            "gebied gebieden",
            "geluk gelukkig",
        ),
        *("gebeuren gebeurt gebeurd gebeurde", "geloven gelooft geloofd geloofde geloof", "getuigen getuigt getuigd"),
        *(
            "genieten geniet genoten",
            "geweld geweldig",
            "gezicht gezichten gezichtje",
            "gelukt lukken",
            "gemeend menen",
        ),
        *("wijzigen gewijzigd wijziging wijzigingen wijzigt", "vestigen gevestigd vestiging", "schuld schuldig"),
        *("kruisigen gekruisigd kruisiging", "bezig bezige", "aanwezig aanwezigen aanwezigheid", "enig enige"),
        *("eenheid eenheden", "waarheid waarheden", "overheid overheden", "wijsheid wijsheden", "vondst vondsten"),
        *("markt markten marktje", "gift giften", "talent talenten", "regen regent", "oudere ouderen"),
        *("vergelijken vergeleken vergelijking vergelijkt", "vergeven vergaf vergeeft", "vergeten vergat vergeet"),
        *("begeleiden begeleid begeleidde begeleiding", "overblijven overgebleven", "begeren begeerd begeerde"),
        *("archeologie archeologisch archeologen archeologische", "genealogie genealogisch genealoog"),
        *("theologie theologisch theologen", "biologie bioloog biologische", "frans franse"),
    ],
)
def test_what_is_kept_from_strangers_keeps_its_own_forms(forms):
    first, *others = forms.split()
    assert [each for each in others if not akin(first, each)] == []


def test_the_elderly_are_found_in_compounds_and_parents_are_not(index_of):
    index = index_of("De ouderenzorg.", "De ouderavond.", "Onze ouderen.", "Een oudere.", "De ouders.", "Een ouder.")
    assert sorted(index.find("ouderen")) == [1, 3, 4]
    assert sorted(index.find("ouder")) == [2, 5, 6]


@given(st.text(alphabet="abcdeghijklmnoprstuvwyz", max_size=40))
def test_any_word_has_a_few_bases_at_most(word):
    assert len(bases(word)) <= 8
    assert modern(modern(word)) == modern(modern(modern(word)))


def test_the_archive_is_found_in_all_its_spellings(index_of):
    index = index_of(
        "De kerkeraad koos een ouderling.",
        "De kerkenraad kwam bijeen in de kerkenraadskamer.",
        "De aktiegroep der visschers.",
        "Wij bakken pannekoeken.",
    )
    assert sorted(index.find("kerkenraad")) == sorted(index.find("kerkeraad")) == [1, 2]
    assert index.kinds("kerkeraad")["kerkenraadskamer"] == "compound"
    assert index.find("actiegroep vissers") == [3]
    assert index.find("pannenkoek") == [4]


def test_a_compound_of_words_with_accents_is_found_by_these(index_of):
    index = index_of("De landbouwcoöperatie vergaderde.", "De cliëntenbelangen.", "De patiëntenvereniging.")
    assert index.find("coöperatie") == [1]
    assert index.find("clienten") == [2]
    assert index.find("patienten") == [3]


def test_a_number_is_found_however_it_was_grouped(index_of):
    index = index_of("Er waren 1.250 lezers.", "Er waren 1250 lezers.", "Bel 06-022 4410.", "In 1914-1918.")
    for query in ("1250", "1.250", "1,250"):
        assert sorted(index.find(query, exact=True)) == [1, 2], query
    assert index.find("060224410", exact=True) == index.find("06-0224410", exact=True) == [3]
    assert index.find("19141918", exact=True) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("kerkeraad", "kerkenraad"), ("pannekoeken", "pannenkoeken"), ("stedebouw", "stedenbouw")),
        *(("drugsbeleid", "drugbeleid"), ("vergaderingzaal", "vergaderingszaal"), ("belastingsgeld", "belastinggeld")),
    ],
)
def test_a_compound_is_written_with_other_linking_letters_too(one, other):
    assert other in relinked(one)


@pytest.mark.parametrize("word", ["huis", "vergadering", "gevel-steen", "1234567890", "x" * 100])
def test_linking_letters_are_changed_in_long_words_only(word):
    assert len(set(relinked(word))) <= 1
