"""Which forms does a word take?

One analysis serves the index, the query and the marks in a snippet. Folding makes spellings alike that a reader takes
for the same word (Oekraïne, OEKRAINE; thema’s, thema's; ĳs, IJS); nothing here ever changes the text that is shown.

    "E-mail zaal@wijk.example vóór 12-05."
        e-mail (whole) e mail · zaal@wijk.example (whole) zaal · wijk.example (whole) wijk example ·
        voor · 12-05 (whole) 12 05

    "f 1.250, tel. 06-022 4410": 1250 (whole) 1.250 (whole) 1 250 · 060224410 (whole) 06-022 (whole) 06 022 · 4410
    "zon- en feestdagen": zon-en-feestdagen (whole) zon · en · feestdagen

Every part has a position of its own, so that phrases can be found; a whole stands on the position of its first part.
"""

import re
from collections.abc import Iterator

from archive.tuples import NamedTuple

# Raise this when a word of the same text would get other forms: an index made before is then outdated.
ANALYSIS_VERSION = 8

# Letters that no decomposition takes apart. A dotted y is what typewriters and scans make of ij.
_LETTERS = str.maketrans({
    "ÿ": "ij", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "‐": "-", "‑": "-",
    "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
})  # fmt: skip
_CHAR = r"[^\W_]"  # a letter or a digit
# Accents and what is invisible, which may follow inside a word. (Of more than two ranges past Latin-1 in one pair of
# brackets a large table is made, which takes longer than the rest of the pattern.)
_MARK = "(?:[\u0300-\u036f\u200b-\u200d]|[\u00ad\u2060]|\ufeff)"
_RUN = rf"{_CHAR}+(?:{_MARK}+{_CHAR}*)*"
_APOSTROPHES = "'’‘‛ʼ´`′"
_JOINTS = r"(?:[@./:,_+&=?%#~'´`\-]|[‐‑‘’]|[‛′]|ʼ)"
# Compiled when they are first needed: most words have no joints, and each takes milliseconds.
# One piece: runs of letters and digits with single joints between them; the address of a site may hold double ones.
_PIECE = rf"{_RUN}(?:{_JOINTS}{_RUN})*"
_PIECE_OR_SITE = rf"(?i:https?://|www\.){_RUN}(?:{_JOINTS}+{_RUN})*|{_PIECE}"
_WORD_JOINTS = rf"{_RUN}(?:[{_APOSTROPHES}\-‐‑&]{_RUN})+"
_INITIALS = r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"
_NUMBER = r"\d+(?:[.,/:-]\d+)+"
# A number written in groups, and one to dial or to pay to, which may hold spaces; behind the first and before the last
# of its groups stands no letter or digit. With letters in it a postal code, or the number of an account as it is now.
_THOUSANDS = r"(?<![\w.,])\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)(?![.,]?\d{3}|\w)"
_DIALLED = r"(?:(?<![\w.,])0\d{0,6}\)?|(?<=\+)[1-9]\d{0,2} \(?\d{1,3}\)?)(?:[ ./-]{1,3}(?:\d{2,}|\d(?= \d\d)))+(?!\w)"
_ACCOUNT = r"(?<![\w.,])\d\d(?:(?: \d\d){2,3}(?: \d)?|(?:\.\d\d){2}(?:\.\d{1,3})?)(?!\w|[.,]\d)"
_IBAN = r"[A-Z]{2}\d\d(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,3})?"
_POSTAL_CODE = r"[1-9]\d{3} [A-Z]{2}"
_LETTERED = rf"(?<![\w-])(?:{_IBAN}|{_POSTAL_CODE})(?![\w-])"
_GROUPED = rf"(?P<thousands>{_THOUSANDS})|(?P<lettered>{_LETTERED})|{_DIALLED}|{_ACCOUNT}"
_GROUPS = r"\d\)?[ .,/-]{1,3}\d\d|\d [A-Z][A-Z\d]"
_LEAST_DIALLED, _MOST_DIALLED = 6, 14  # digits
# Words of which the last one has what a hyphen stands for in those before: maandag-, dinsdag- en woensdagochtend. Or
# the first one: kinderopvang en -hulp.
_AND = r"(?:en/of|én|en|of|and|or|und|oder|och|eller|og|&)"
_AND_IN_FORM = rf"-({_AND})-"
_LEFT_OUT = rf"(?i)[-‐‑],?\s+{_AND}\s|\s{_AND}\s+[-‐‑][^\W\d_]"
_HEAD = r"[^\W\d_]{2,30}[-‐‑]"
_SUSPENDED = (
    rf"(?i)(?<![\w‐‑-])(?P<heads>{_HEAD}(?:,\s{{1,3}}{_HEAD}){{0,3}}),?\s{{1,3}}(?P<joint>{_AND})"
    r"\s{1,3}(?P<tail>[^\W\d_]{3,40}(?:[-‐‑][^\W\d_]{3,40})?)(?![\w‐‑-])"
)
_RESUMED = rf"(?i)(?<![\w‐‑-])([^\W\d_]{{5,40}})\s{{1,3}}({_AND})\s{{1,3}}([-‐‑][^\W\d_]{{3,40}})(?![\w‐‑-])"
_ADDRESS = (
    r"(?i)"
    rf"[^\W_](?:[\w.+-]*[^\W_])?@(?P<host>{_RUN}(?:[.-]{_RUN})*\.{_RUN})"
    rf"|(?:https?://)?(?P<site>www\.{_RUN}(?:[.-]{_RUN})*)(?:[/?#]\S*)?"
    rf"|https?://(?P<other>{_RUN}(?:[.-]{_RUN})*)(?:[:/?#]\S*)?"
)
_SITE = r"(?i)www\.|://"
_EDGES = " \n\t.,;:!?()[]\"'-"  # no letters or digits, nor what makes them
_SHORT_TAIL = 3  # letters: an ending after an apostrophe ('s, 'n, 'tje), no word of its own


APART = "…"  # in a form that a query took: other words may stand between those before and behind it,
MOST_BETWEEN = 4  # so many where it does not say how many
MAX_WORD = 120  # letters; the rest of a longer one is not searched


class Token(NamedTuple):
    """A word as it is searched: folded, with its place in the text as printed.

    `position` counts words from 0; `whole` says that it is made of the tokens that follow on its own position.
    """

    text: str
    start: int
    end: int
    position: int
    whole: bool = False


def joint(between: int) -> str:
    """Return what stands in a form between two words that may have at most so many others between them."""
    return f" {APART}{between} " if between else " "


def words_in_order(form: str) -> list[tuple[str, int]]:
    """Return the words of a form, each with how many others may stand before it."""
    found: list[tuple[str, int]] = []
    between = 0
    for part in form.split(" "):
        if part.startswith(APART):
            between = int(part[len(APART) :] or MOST_BETWEEN)
        else:
            found.append((part, between))
            between = 0
    return found


def fold(text: str) -> str:
    """Make spellings alike: small letters, no accents, plain apostrophes and hyphens, ij as two letters."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = text.casefold().translate(_LETTERS)
    if text.isascii():
        return text
    import unicodedata  # few words are left that need it

    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(_LETTERS)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order, compounds of hyphens, numbers, addresses and links both whole and in part.

    Of letters with dots between them the whole has no dots: A.Z.C. is also AZC.
    """
    word = text.strip(_EDGES)
    if word.isalnum():  # as asked for mostly, and then the patterns need not even be compiled
        start = text.index(word)
        yield Token(fold(word)[:MAX_WORD], start, start + len(word), 0)
        return
    position = 0
    may_hold_site = "://" in text or "www." in text.lower()
    grouped = _grouped(text) if re.search(_GROUPS, text) else {}
    if ("-" in text or "‐" in text or "‑" in text) and re.search(_LEFT_OUT, text):
        grouped |= _suspended(text)
    for piece in re.finditer(_PIECE_OR_SITE if may_hold_site else _PIECE, text):
        start, end = piece.span()
        if start in grouped:
            whole, last = grouped[start]
            yield Token(whole[:MAX_WORD], start, last, position, whole=True)
        found = piece.group()
        if found.isalnum() or re.fullmatch(_RUN, found):
            yield Token(fold(found)[:MAX_WORD], start, end, position)
            position += 1
            continue
        for token in _split(found, start, position):
            yield token
            if not token.whole:
                position = token.position + 1


def _grouped(text: str) -> dict[int, tuple[str, int]]:
    """Return the digits and letters of numbers that are written in groups, and where each ends, by where it starts."""
    found: dict[int, tuple[str, int]] = {}
    for number in re.finditer(_GROUPED, text):
        digits = re.sub(r"\W", "", number.group())
        if number["thousands"] or number["lettered"] or _LEAST_DIALLED <= len(digits) <= _MOST_DIALLED:
            found[number.start()] = fold(digits), number.end()
    return found


def _suspended(text: str) -> dict[int, tuple[str, int]]:
    """Return words with the one that has what they lack, and where both end, by where they start."""
    resumed = re.finditer(_RESUMED, text)
    found = {row.start(): (fold("-".join(row.groups())), row.end()) for row in resumed}
    for row in re.finditer(_SUSPENDED, text):
        for head in re.finditer(_HEAD, row["heads"]):
            word = fold(f"{head.group()}{row['joint']}-{row['tail']}")
            found[row.start() + head.start()] = word, row.end()
    return found


def parts_of_suspended(form: str) -> tuple[str, str] | None:
    """Return the first and the last word of a form with "-en-" or the like between; None of other forms."""
    joint = re.search(_AND_IN_FORM, form)
    return (form[: joint.start()], form[joint.end() :]) if joint else None


def written_suspended(form: str) -> str:
    """Return a pattern of how a form with joints may be written; with "-en-" or the like also as a row of words."""
    joint = re.search(_AND_IN_FORM, form)
    if joint is None:
        return re.escape(form)
    head, tail = re.escape(form[: joint.start()]), re.escape(form[joint.end() :])
    return rf"{head}-?(?:(?:,\s{{1,3}}{_HEAD}){{0,3}},?\s{{1,3}})?{re.escape(joint[1])}(?:-|\s{{1,3}}){tail}"


def _split(found: str, start: int, position: int) -> Iterator[Token]:
    """Yield the tokens of a piece that holds joints, in order of start, wholes before their parts."""
    wholes = _wholes(found)
    covered = 0  # up to here the piece went out as a word that has no parts
    for part in re.finditer(_RUN, found):
        if part.start() < covered:
            continue
        for end in (end for begin, end in wholes if begin == part.start()):
            text = fold(found[part.start() : end])[:MAX_WORD]
            if re.fullmatch(_INITIALS, text):
                text = text.replace(".", "")
            single = _has_ending(text)
            yield Token(text, start + part.start(), start + end, position, whole=not single)
            covered = end if single else covered
        if part.start() >= covered:
            yield Token(fold(part.group())[:MAX_WORD], start + part.start(), start + part.end(), position)
        position += 1


def _wholes(found: str) -> list[tuple[int, int]]:
    """Return the spans in a piece that are searched as one, too: addresses, hosts, numbers, initials, jointed words."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(_ADDRESS, found) if "@" in found or re.search(_SITE, found) else ():
        hosts = [match.span(name) for name in ("host", "site", "other") if match[name]]
        spans += [match.span(), *(span for span in hosts if span != match.span())]
    if spans:
        return spans
    spans = [match.span() for pattern in (_NUMBER, _INITIALS) for match in re.finditer(pattern, found)]
    return spans + [match.span() for match in re.finditer(_WORD_JOINTS, found) if match.span() not in spans]


def _has_ending(folded: str) -> bool:
    """Tell whether this is one word with a short ending after an apostrophe: thema's, zo'n, A4'tje."""
    head, _, tail = folded.partition("'")
    return len(head) > 1 and tail.isalpha() and len(tail) <= _SHORT_TAIL and head.isalnum()


def names_in(name: str) -> list[str]:
    """Return by what a place or tag is found: its words as one name and, where there are more, each of them."""
    words = [token.text for token in tokens(name) if not token.whole]
    return list(dict.fromkeys((" ".join(words), *words)))
