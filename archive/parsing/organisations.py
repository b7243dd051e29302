"""Which organisations does a text name?

Capitalised names with a word that says what they are (`Stichting`, `Wijkraad`, `University`), names with their
abbreviation in brackets, and those abbreviations again. `de gemeente` alone, in small letters, names none.
"""

import re
from collections.abc import Iterator

from archive.model.issues import Mention
from archive.parsing.taken import Taken

_HEADS = (
    "Stichting|Vereniging|Gemeente|Provincie|Ministerie|Kenniscentrum|Expertisecentrum|Wijkraad|Dorpsraad|"
    "Bewonersraad|Ouderraad|Raad|Universiteit|Hogeschool|Heemkring|Heemkundekring|Kring|Genootschap|Platform|"
    "Netwerk|Bond|Federatie|Koninklijke|Nationaal|Nederlandse|Waterschap|Woningcorporatie|Woningstichting|"
    "Woonstichting|Parochie|Kerk|Kerkgemeente|Museum|Bibliotheek|Harmonie|Fanfare|Koor|Comité|Commissie|Werkgroep|"
    "Coöperatie|Vakbond|Fonds|Rotary|Instituut|Centrum|Bureau|Dienst|Inspectie|Rijksdienst|Belastingdienst|"
    "Politie|Brandweer|Ziekenhuis|Huis|Zorg|Veiligheidshuis|Veiligheidsregio|Regio|Bestuur|Kamer|Tweede Kamer|"
    "Eerste Kamer|Europese|Vlaamse|Scouting|Speeltuinvereniging|Buurtvereniging|Wijkvereniging|Oranjevereniging|"
    "Volkstuinvereniging|Sportvereniging|Ouderenbond|Foundation|Association|Society|University|Council|Committee|"
    "Ministry|Institute|Centre|Center|Network|Union|Trust|Federation|Church|School|College|Basisschool|Club|Group|"
    "Board|Office|Agency|Department|Library"
)
_TAILS = (
    r"(?:[a-zà-ÿ-]+)?(?:vereniging|stichting|bond|raad|genootschap|federatie|coöperatie|corporatie|werk|kring|fonds|museum|"
    r"koor|universiteit|comité|centrum|bank|kruis)"
)
_WORD = r"(?:[A-ZÀ-Þ][\w'’&-]*\w|[A-ZÀ-Þ]{2,})"
_LINK = r"(?:van|de|het|der|den|voor|in|of|the|for|'t|’t|te|op|aan|tot|zonder|tegen|ter|ten|bij)"
# `Zorg en Veiligheid` is one name, `Wijkraad Oost en de Gemeente Lindeland` are two.
_AND = rf"(?:(?:en|and|&)[ ](?!(?:{_HEADS})\b))"
_MORE = rf"(?:[ ](?:{_AND}|(?:{_LINK}[ ]){{0,2}}){_WORD})"
_HEADED = re.compile(rf"(?<![\w])(?:{_HEADS})(?![\w]){_MORE}{{1,6}}")
_TAILED = re.compile(
    rf"(?<![\w])(?:{_WORD}[ ](?:(?:{_LINK}|(?:en|and|&)(?![ ](?:de|het|the)[ ])|{_WORD})[ ]){{0,4}})"
    rf"(?:{_HEADS})(?![\w])"
    rf"(?:[ ](?:of|for|van|voor)(?:[ ]the|[ ]de|[ ]het)?[ ]{_WORD}(?:[ ]{_WORD})?)?"
)
_COMPOUND = re.compile(rf"(?<![\w])[A-ZÀ-Þ]{_TAILS}(?![\w]){_MORE}{{0,5}}")
_BRACKETED = re.compile(
    rf"(?<![\w])(?P<name>{_WORD}{_MORE}{{0,7}})[ ]"
    r"\((?P<short>[A-Z][A-Za-z.&-]*[A-Z][A-Za-z.]*)\)"
)
_ARTICLE = re.compile(
    r"^(?:De|Het|The|Een|In|Op|Bij|Van|Voor|Onze|Ons|Our|Als|Ook|Met|Door|Deze|Dit|Naast|Samen|Na|Volgens|A|An|At|For|"
    r"With|By)[ ]"
)
_MONTHS = re.compile(
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b", re.IGNORECASE
)


def find_organisations(text: str) -> tuple[Mention, ...]:
    """Find the organisations that a text names, in order, none overlapping; offsets count characters of the text."""
    found: list[tuple[int, int]] = []
    shorts: set[str] = set()
    for match in _BRACKETED.finditer(text):
        if _abbreviates(match["short"], match["name"]):
            shorts.add(match["short"])
        found.append(match.span("name"))
    for pattern in (_TAILED, _HEADED, _COMPOUND):
        found += [match.span() for match in pattern.finditer(text)]
    found += [match.span() for short in shorts for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text)]
    return tuple(Mention(text[start:end], start, end) for start, end in _longest(_trimmed(found, text)))


def _abbreviates(short: str, name: str) -> bool:
    """Tell whether the letters of an abbreviation stand in its name in that order."""
    letters = iter(name.casefold())
    return all(letter in letters for letter in short.casefold() if letter.isalpha())


def _trimmed(spans: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        span = text[start:end]
        while match := _ARTICLE.match(span):
            start += match.end()  # noqa: PLW2901 - the span shrinks
            span = text[start:end]
        if " " in span or len(span) > 4:  # noqa: PLR2004 - a bare short word names nothing
            if not _MONTHS.search(span) and "\n" not in span:
                yield start, end
        elif span.isupper():
            yield start, end


def _longest(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    taken = Taken()
    by_length = sorted(spans, key=lambda span: (span[0] - span[1], span[0]))
    return sorted((start, end) for start, end in by_length if taken.take(start, end))
