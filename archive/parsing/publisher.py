"""Does a line right below number and date say who publishes the newsletter, or does it head the first piece?

`Van de redactie` and `Nieuws van de vereniging` hold the words of a publisher's line, but open a piece.
"""

import re
from collections.abc import Sequence

from archive.model.pages import Page
from archive.parsing.head_lines import HeadLine
from archive.parsing.openers import READS_LIKE_ONE, Openers, is_large_enough, is_set_alike, reads_over_text
from archive.parsing.title import is_subtitle, lettered

_MOST_ECHOED = 6  # words of a publisher's name that is said again
_WORDS = re.compile(
    r"\b(?:uitgave|uitgegeven|nieuwsbrief|mededelingenblad|maandblad|kwartaalblad|contactblad|clubblad|wijkblad|buurtkrant|"
    r"bewonersblad|ledenblad|orgaan|tijdschrift|bulletin|krant|periodiek|infoblad|huis-aan-huis|verschijnt|newsletter|news|published|"
    r"quarterly|monthly|magazine|journal|v\.?z\.?w|stichting|vereniging|society|association|foundation|club|postbus|oplage|"
    r"redactie\w*|issn|www\.\S+|\S+@\S+|\d{4}\s?[A-Z]{2})\b",
    re.IGNORECASE,
)
# Words that no heading is made of.
_SURE = re.compile(
    r"\buitgave\s+van\b|\buitgegeven\s+door\b|\b(?:published|issued)\s+by\b|\bverschijnt\s+\S+\s*(?:maal|keer|x|per)\b|"
    r"\b\w+maal\s+per\b|\bpostbus\s+\d|\bp\.?\s?o\.?\s+box\b|\boplage\W+\d|\bissn\b|\bwww\.\S|\S@\S|\b\d{4}\s?[A-Z]{2}\b|"
    r"\bredactie\w*\s*:",
    re.IGNORECASE,
)
# `Nieuws uit de vereniging`: a subtitle would name the body.
_TIDINGS = re.compile(r"(?i:nieuws|nieuwsbrief|mededelingen|berichten|news|newsletter|post|contact)\s[^A-ZÀ-Þ]*")
# `Stichting Oud-Waterdam`, `Hill Farm Society`: the name of a body by itself.
_BODY = re.compile(
    r"(?:(?i:de|het|the)\s+)?(?i:\w*(?:stichting|vereniging|club|bond)|v\.?z\.?w\.?)\s+(?:(?:van|voor|tot|de|het|der)\s+)*"
    r"['’]?[A-ZÀ-Þ\d]|(?:[A-ZÀ-Þ][\w'’&.-]*\s+(?:(?:of|and|the|&)\s+)?)+(?:Society|Association|Foundation|Club|v\.?z\.?w\.?)\b"
)


def belongs_below(line: HeadLine, inside: Sequence[HeadLine]) -> bool:
    """Tell whether the words of a line below a masthead are those of a publisher, a subtitle or the masthead again."""
    return bool(_WORDS.search(line.text)) or is_subtitle(line.text) or _echoes(line, inside)


def heads_first_piece(line: HeadLine, page: Page, openers: Openers) -> bool:
    """Tell whether a line below a masthead heads the piece below it, though its words are those of a publisher.

    Args:
        line: The line.
        page: Its page.
        openers: The headings over text of the whole scan.
    """
    sure = _SURE.search(line.text) is not None or (is_subtitle(line.text) and not _TIDINGS.fullmatch(line.text))
    opener = openers.get((page.number, *line.place))
    if opener is not None:
        return is_set_alike(opener, openers) if sure else is_large_enough(opener, openers)
    if sure or _BODY.match(line.text) or not _WORDS.search(line.text):
        return False
    return reads_over_text(page, line.block, line.line) >= READS_LIKE_ONE


def _echoes(line: HeadLine, inside: Sequence[HeadLine]) -> bool:
    """Tell whether a short line says again what the masthead says: who publishes it."""
    words, said = lettered(line.text).split(), set(lettered(" ".join(other.text for other in inside)).split())
    return 1 < len(words) <= _MOST_ECHOED and said.issuperset(words)
