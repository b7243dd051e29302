"""By which words do newsletters open, close, point on and list what is in them?

Dutch first, then English, with the commonest French and German forms. Written from how associations write, for shapes
that hold in any newsletter; each function takes one line.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

_SALUTATION = re.compile(
    r"(?:(?:mijn|my|mes|meine)\s+)?(?:beste|lieve|geachte|waarde|hallo|dag|hoi|goedendag|goeiedag|dear|hello|hi|hey|chers?|chères?|liebe|"
    r"sehr geehrte)"
    r"\b[^.?:;]{0,60}?[,!]?",
    flags=re.IGNORECASE,
)
_ADDRESSEES = re.compile(
    r"\b(?:lezers?|lezeressen|leden|lid|allemaal|allen|iedereen|vrienden?|vriendinnen|vrijwilligers?|bewoners?|buurtbewoners|"
    r"buren|buurtgenoten|dorpsgenoten|donateurs?|relaties?|collega'?s|mensen|ouders|heer|mevrouw|sympathisanten|supporters?|"
    r"partners?|abonnees?|medewerkers?|gemeenteleden|parochianen|wijkgenoten|wijkbewoners|stadsgenoten|gasten|geïnteresseerden?|"
    r"belangstellenden?|sportvrienden|readers?|members?|friends?|all|everyone|neighbou?rs?|volunteers?|supporters?|colleagues?|"
    r"lecteurs?|amis|membres|leser(?:innen)?|mitglieder|freunde)\b",
    flags=re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:met\s+)?(?:(?:vriendelijke|hartelijke|warme|lieve|sportieve|zonnige|feestelijke|kameraadschappelijke)\s+)?"
    r"(?:groet(?:en|jes)?|dank(?!\s+aan\b)|liefs|hoogachtend|tot\s+(?:dan|ziens|snel|gauw)|alvast\s+bedankt|namens\b.*|"
    r"(?:(?:kind|best|warm)\s+)?regards|yours\s+\w+|best\s+wishes|sincerely|many\s+thanks|cordialement|mit\s+freundlichen.*)"
    r"\b[^.:;]{0,40}[,.!]?",
    flags=re.IGNORECASE,
)
_SENDER = re.compile(
    r"(?:(?:het|de|uw|jouw|your|the)\s+)?(?:team|bestuur|redactie|werkgroep|commissie|onderdeel\s+van|namens|part\s+of|board|editors?|"
    r"voorzitter|secretaris|penningmeester|coördinator|chair\w*|secretary|treasurer)\b",
    flags=re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:door|tekst|by|text|words)\b:?\s+[^.!?]{2,50}", flags=re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:inhoud(?:sopgave)?|index|overzicht|(?:wat\s+(?:staat|vindt?|lees)\b.{0,30})|"
    r"(?:verder\s+)?(?:in|uit)\s+(?:dit|deze|het)\s+(?:nummer|nieuwsbrief|uitgave|editie|blad|krant|bulletin|aflevering|maandblad)|"
    r"(?:ook|verder|en\s+verder)\s+in\s+(?:dit|deze)\s+\w+|(?:also\s+)?in(?:side)?\s+this\s+(?:issue|edition|newsletter|number)|"
    r"(?:table\s+of\s+)?contents|what'?s\s+inside|inside|sommaire|dans\s+ce\s+numéro|inhalt|in\s+dieser\s+ausgabe)\s*[:!.…]*",
    flags=re.IGNORECASE,
)
_COLOPHON = re.compile(
    r"(?:colofon|colophon|impressum|redactie(?:\s+en\s+\w+)?|contact(?:gegevens)?|over\s+deze\s+nieuwsbrief|about\s+this\s+newsletter|"
    r"(?:aan|af)-?\s*(?:en|of|/)\s*(?:aan|af)?-?(?:melden|melding)\W*|(?:aan|af)melden(?:\s+(?:voor|van)\s+.{0,30})?\W*|"
    r"(?:uit|in)schrijven\W*|abonneren\W*|unsubscribe\W*|subscribe.{0,20}|verantwoording|kopij(?:datum)?|mentions\s+légales)",
    flags=re.IGNORECASE,
)
_PAGE = r"(?:de\s+|the\s+)?(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.?|pp\.?|seite|s\.?)"
_NUMBER = r"(?P<page>[0-9]{1,3}|[IlOo]{1,2}|twee|drie|vier|vijf|zes|two|three|four|five|six)"
_JUMP_TO = re.compile(
    r"[\W_]*(?:(?:lees|leest\s+u|zie|kijk)\s+(?:(?:ook|u|het|snel)\s+)?(?:verder|vervolg|meer)?|(?:wordt\s+)?vervolgd?t?|verder(?:\s+lezen)?|"
    r"ga\s+(?:naar|verder)|continue[sd]?|cont'?d?\.?|turn(?:\s+over)?|see|read\s+(?:more|on)|more|suite|voir(?:\s+suite)?|"
    r"à\s+suivre|fortsetzung|weiter|siehe)"
    rf"\s*(?:(?:op|naar|to|on|at|à\s+la|à|en|auf)\s+)?{_PAGE}\s*{_NUMBER}[\W_]*",
    flags=re.IGNORECASE,
)
_JUMP_FROM = re.compile(
    r"[\W_]*(?:(?:ver)?volg|continued|cont'?d?\.?|suite|fortsetzung)\s+(?:van|from|de(?:\s+la)?|von)\s+"
    rf"(?:{_PAGE}\s*{_NUMBER}|(?:de\s+|the\s+)?(?:voor|front|titel)\s*-?\s*(?:pagina|page|seite)|vorige\s+\w+|previous\s+page)"
    r"(?:\s*[:;.,–—-]\s*(?P<title>.*?))?[\W_]*",
    flags=re.IGNORECASE | re.DOTALL,
)
_JUMP_SAMPLES_TO = ("lees verder op pagina", "vervolg op pagina", "zie verder pagina", "continued on page")
_JUMP_SAMPLES_FROM = ("vervolg van pagina", "continued from page")
_NUMBER_WORDS = {
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_LONGEST_JUMP = 48
_LONGEST_SENDER = 60
_ALIKE = 86


def is_salutation(text: str) -> bool:
    """Tell whether a line greets its readers: `Beste lezer,`."""
    if _SALUTATION.fullmatch(text) is None or len(text) > 70:  # noqa: PLR2004 - a longer one is a sentence
        return False
    return text.endswith(",") or _ADDRESSEES.search(text) is not None


def is_sign_off(text: str) -> bool:
    """Tell whether a line takes leave: `Met vriendelijke groet,`."""
    return _SIGN_OFF.fullmatch(text) is not None


def is_sender(text: str) -> bool:
    """Tell whether a line names who signs: `Het bestuur`, `Team …`."""
    return len(text) <= _LONGEST_SENDER and not text.endswith((".", ",")) and _SENDER.match(text) is not None


def is_byline(text: str) -> bool:
    """Tell whether a line says who wrote a piece: `door de redactie`."""
    return _BYLINE.fullmatch(text) is not None


def is_contents_heading(text: str) -> bool:
    """Tell whether a line stands over a table of contents: `In dit nummer`."""
    return _CONTENTS.fullmatch(text) is not None


def is_colophon_heading(text: str) -> bool:
    """Tell whether a line stands over the colophon or how to leave the list."""
    return _COLOPHON.fullmatch(text) is not None


def jump_to(text: str) -> int | None:
    """Return the page that a line points on to (`Lees verder op pagina 3`): 0 if unreadable, None if it does not."""
    match = _JUMP_TO.fullmatch(text)
    if match is not None:
        return _page_number(match["page"])
    return None if _JUMP_FROM.fullmatch(text) else _misread_jump(text, _JUMP_SAMPLES_TO, _JUMP_SAMPLES_FROM)


def jump_from(text: str) -> tuple[int, str] | None:
    """Return the page that a line says the text comes from, and the heading it names (both may be unknown), or None."""
    match = _JUMP_FROM.fullmatch(text)
    if match is not None:
        return (_page_number(match["page"]) if match["page"] else 0), match["title"] or ""
    head, colon, title = text.partition(":")
    page = _misread_jump(head if colon else text, _JUMP_SAMPLES_FROM, _JUMP_SAMPLES_TO)
    return None if page is None else (page, title.strip())


def _page_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _NUMBER_WORDS.get(text.casefold(), 1 if text in {"I", "l"} else 0)


def _misread_jump(text: str, samples: Sequence[str], others: Sequence[str]) -> int | None:
    """Return the page of a jump line with a misread letter or two, or None."""
    words = text.strip(" .,()[]-–>").split()
    if len(text) > _LONGEST_JUMP or len(words) < 3 or not any(sign.isdigit() for sign in words[-1]):  # noqa: PLR2004
        return None
    body = " ".join(words[:-1]).casefold()
    likeness = max(fuzz.ratio(body, sample) for sample in samples)
    if likeness < max(_ALIKE, *(fuzz.ratio(body, other) for other in others)):
        return None
    digits = re.sub(r"\D", "", words[-1])
    return int(digits) if digits else 0
