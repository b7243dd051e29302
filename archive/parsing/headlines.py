"""Does a line read like a heading, whatever it looks like?

Wording and shape only, for dumps without layout and as one witness among others where there is layout.
"""

import re

from archive.parsing.lines import (
    ends_full,
    is_capitals,
    is_link_row,
    is_list_item,
    is_row,
    list_mark,
    opens_with_time,
    starts_small,
)
from archive.parsing.wording import is_colophon_heading, is_salutation, is_sender, is_sign_off

_MOST_SIGNS, _MOST_WORDS = 90, 13
_USUAL_SIGNS, _USUAL_WORDS = 60, 9
_BODY_SIGNS = 45
_MOST_NUMBERS = 3  # more make a row of a table
_NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z]|[IVX]{1,4})[.)]\s+(?=\S)")
_CONTACT = re.compile(
    r"\S\S@\S|https?:|www\.|\btel(?:efoon)?[.:]?\s?\(?\d|\b\d{4}\s?[A-Z]{2}\b|\biban\W*[a-z]{2}\d|\b\d{2,4}[-\s]\d{6,8}\b",
    flags=re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"(?:^|\s)(?:de|het|een|van|voor|met|en|of|op|in|bij|naar|aan|uit|over|onze|the|a|an|of|for|with|and|or|on|at|to|our)$",
    flags=re.IGNORECASE,
)
# A scratch or a fold beside a line, read as one small letter: `i Notulen`.
_STRAY = re.compile(r"\W*[a-z]\W*\s+(?=[A-ZÀ-Ý][a-zà-ÿ])")
_NEW_SENTENCE = re.compile(r"[a-zà-ÿ]{3,}\.\s+[A-ZÀ-Ý][a-zà-ÿ]*")  # ends one sentence and opens another
_VERB_START = re.compile(
    r"(?:lees|klik|kijk|ga|bekijk|download|read|click|see)\b.*\b(?:meer|verder|hier|more|here)\W*$", flags=re.IGNORECASE
)


def headline_score(text: str, below: str, *, above: str = "", full: float = _BODY_SIGNS, small: bool = False) -> float:
    """Tell from 0 to 1 how much a line reads like a heading over the line below it.

    Args:
        text: The line, or the lines of a heading joined by spaces.
        below: The next line of text; empty at the end.
        above: The line before; empty at the start.
        full: From how many signs a line is one of running text.
        small: Whether a small first letter may open a heading here: its type or the habit of the issue says so.
    """
    if not _can_be_heading(text, small=small):
        return 0.0
    body = re.sub(r"^\W+", "", text)
    score = 0.45
    if len(text) <= _USUAL_SIGNS and len(text.split()) <= _USUAL_WORDS:
        score += 0.1
    if is_capitals(text):
        score += 0.15
    if is_colophon_heading(text):
        score += 0.2
    if below and (len(below) >= full or ends_full(below)):
        score += 0.15
    if not below or (len(below) < full and not ends_full(below)):
        score -= 0.15
    if above and not ends_full(above):
        score -= 0.1
    score -= _like_a_sentence(text)
    if text.endswith(":") or is_sender(text):
        score -= 0.25
    if opens_with_time(body) or (is_row(body) and ":" in body and len(body.split(":")[0].split()) < 2):  # noqa: PLR2004
        score -= 0.2
    return max(0.0, min(1.0, score))


def _like_a_sentence(text: str) -> float:
    """Return what speaks against a heading in how a line is built as a sentence."""
    against = 0.0
    if re.match(r"\W*\d+(?:[.,]\d+)?\s+[a-z]", text):
        against += 0.2  # `15 april`, `3 procent`: a sentence more often than a heading
    if _NEW_SENTENCE.search(text):
        against += 0.3
    if ends_full(text) and text[-1] == "." and not text.endswith(".."):
        against += 0.3
    return against


def is_left_open(text: str) -> bool:
    """Tell whether a text ends with a word that no heading ends with: an article, a preposition or a conjunction."""
    return _LEFT_OPEN.search(text) is not None


def opens_in_mid_sentence(text: str) -> bool:
    """Tell whether a line starts small and not with a scratch that was read as a letter."""
    return starts_small(text) and not _STRAY.match(text)


def _can_be_heading(text: str, *, small: bool) -> bool:
    """Tell whether nothing in a line speaks against its being a heading."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < 2 or len(text) > _MOST_SIGNS or len(text.split()) > _MOST_WORDS:  # noqa: PLR2004 - a word has two
        return False
    small = small or _STRAY.match(text) is not None
    if (
        letters[0].islower()
        and not small
        and not re.match(r"\W*(?:['’]\s?[a-z]\s|i[A-Z]|e-|d'|l'|\d+(?:[.,]\d+)?\s)|#", text)
    ):
        return False
    if re.search(r"[,;]\W*$|\S-$", text) or is_link_row(text) or _CONTACT.search(text) or _VERB_START.match(text):
        return False
    if len(re.findall(r"\d+", text)) > _MOST_NUMBERS:
        return False
    if is_sign_off(text) or is_salutation(text):
        return False
    return not is_list_item(text) or bool(_NUMBERED.match(text) and len(list_mark(text)) < len(text))
