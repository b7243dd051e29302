"""Dates, places, organisations, links and addresses in a section."""

import pytest

from archive.model.issues import PartialDate
from archive.parsing.mentions import find_mentions
from archive.parsing.organisations import find_organisations
from archive.parsing.places import find_places


def named(mentions):
    return [mention.text for mention in mentions]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("De bus rijdt via Hengelo naar Enschede.", ["Hengelo", "Enschede"]),
        ("Zij kwam uit Ede en woont in Best.", ["Ede", "Best"]),
        ("Dat is het Best bewaarde geheim van de club.", []),
        ("Goes is ver", []),
        ("station Goes", ["Goes"]),
        ("De markt in ‘s-Hertogenbosch en Den Haag", ["‘s-Hertogenbosch", "Den Haag"]),
        ("FEEST IN DEN BOSCH", ["DEN BOSCH"]),
        ("Utrechtsestraat, Amsterdamse school, Zwollenaren", []),
        ("Bergen op Zoom en Bergen aan de andere kant", ["Bergen op Zoom"]),
        ("Alphen aan den Rijn ligt bij Leiden", ["Alphen aan den Rijn", "Leiden"]),
        ("dhr. Zwolle en familie van Breda", []),
        ("Mail naar info@zwolle.example", []),
        ("8012 AB Zwolle", ["Zwolle"]),
        ("gezinnen uit Syrië en Oekraïne", ["Syrië", "Oekraïne"]),
        ("Wij varen in een Boom", []),
        ("ZET UW ZOLDER OP ZIJN KOP. Zetten wij door? Meeuwen boven zee", []),
        ("het circuit in Zolder", ["Zolder"]),
        ("in Mol en te Geel", ["Mol", "Geel"]),
        ("zwolle", []),
    ],
)
def test_places_are_found_with_care(text, places):
    assert named(find_places(text)) == places


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("De Stichting Open Deur helpt.", ["Stichting Open Deur"]),
        ("Het gesprek met de gemeente en de stichting liep goed.", []),
        ("Wijkraad Oost en de Gemeente Lindeland", ["Wijkraad Oost", "Gemeente Lindeland"]),
        (
            "de Bond van Tuinders en Kwekers (BTK). De BTK vroeg het.",
            ["Bond van Tuinders en Kwekers", "BTK", "BTK"],
        ),
        ("The University of Lindeland asked the Harbour Council.", ["University of Lindeland", "Harbour Council"]),
        ("Huurdersvereniging De Brug vergadert", ["Huurdersvereniging De Brug"]),
    ],
)
def test_organisations_are_found_by_what_they_call_themselves(text, organisations):
    assert named(find_organisations(text)) == organisations


@pytest.mark.parametrize(
    ("text", "links", "emails"),
    [
        ("Kijk op www.veldpost.example/agenda.", ["www.veldpost.example/agenda"], []),
        ("(https://veldpost.example/a?b=1)", ["https://veldpost.example/a?b=1"], []),
        ("Mail info@veldpost.example, of bel.", [], ["info@veldpost.example"]),
        ("Mail info @ veldpost.example", [], ["info @ veldpost.example"]),
        ("Wij zien u graag @ het feest", [], []),
        ("veldpost.nl en e.d. en o.a. en t.n.v.", ["veldpost.nl"], []),
        ("Om 19.30 uur in zaal 2.nl", [], []),
    ],
)
def test_links_and_addresses_are_found(text, links, emails):
    found = find_mentions(text, issue_date=None, language="nl")
    assert (named(found.links), named(found.emails)) == (links, emails)


def test_every_mention_is_the_slice_that_it_says():
    text = "Feest in Hengelo\nOp zaterdag 4 juni in Hengelo: zie www.feest.example of mail feest@feest.example."
    found = find_mentions(text, issue_date=PartialDate(2022, 5), language="nl")
    for mention in (*found.places, *found.organisations, *found.links, *found.emails):
        assert text[mention.start : mention.end] == mention.text
    assert [text[date.start : date.end_offset] for date in found.dates] == ["zaterdag 4 juni"]
    assert len(found.places) == 2
