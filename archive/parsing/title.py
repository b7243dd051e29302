"""Which printed line is the newsletter's name, and how should a misread one read?

A subtitle says what kind of paper this is and whose (`Maandblad van de ouderenbond`): it is not the name. A name that
was misread in its fancy type is spelled as a witness has it: the heads and feet of the pages, the file's name.
"""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

_GENRE = (
    r"(?:[\w-]*(?:blad|krant|brief|orgaan|bulletin|magazine|tijdschrift|periodiek|nieuws|uitgave|mededeling(?:en)?|berichten|"
    r"maandbericht|weekbericht|programma|programmaboekje|contact|jaarboek|post)|(?:news)?letter|journal|quarterly|monthly|news|"
    r"paper|review|magazine)"
)
_SUBTITLE = re.compile(
    rf"(?:(?:het|de|een|the|a|an|officieel|onafhankelijk|gratis|driemaandelijks|maandelijks|tweemaandelijks|digitale?|"
    rf"official|free|quarterly|monthly|kwartaal|\w+lijkse?)\s+)*{_GENRE}\s+"
    r"(?:van|voor|of|for|from|over|uit|door|ten\s+behoeve|aan|bij|met|by|about|and\s+for|en\s+voor|in|op|te)\b",
    re.IGNORECASE,
)
_KIND = re.compile(rf"\b{_GENRE}\b", re.IGNORECASE)
# `Nieuwsbrief Stichting Oud-Waterdam, najaar 2013`, `verschijnt zes maal per jaar  Juni 1968`: what is before the date.
_BEFORE_DATE = re.compile(
    rf"{_GENRE}\b[^.!?]*[,;–—|·•(/-]\s*|(?:verschijn(?:t|ing)|(?:uit)?gegeven|published|issued|appears)\b[^.!?]*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\W*(?:van|aan|onderwerp|verzonden|datum|cc|from|to|subject|sent|date)\s?:\s", re.IGNORECASE)
# Where one sentence ends inside a line and the next begins.
_SENTENCES = re.compile(r"[^\W\d_]{3,}[.!?]\s+[A-ZÀ-Þ]")
_ALIKE, _ALIKE_UNSURE = 74, 60
_KNOWN = 82
_LOOK_ALIKE = str.maketrans("105|", "losl")
_SHORTER = 0.72
_UNSURE = 0.6
_LEAST_SIGNS = 4
_ARTICLES = ("De", "Het", "'t", "’t", "The", "DE", "HET", "THE")
_ARTICLE = re.compile(r"^(?:de|het|the)(?=\w{4})")
_WORD = re.compile(r"['’]?[^\W\d_][\w'’.&-]*")
_MOST_WORDS = 5
_SMALL = frozenset(
    ("van", "de", "het", "der", "den", "en", "in", "of", "the", "for", "and", "voor", "te", "op", "aan", "bij", "uit")
)


def is_subtitle(text: str) -> bool:
    """Tell whether a line of a masthead says what kind of paper this is and whose, instead of its name."""
    plain = text.strip(" -–—|·,:.*~_\"'‘’“”")
    return _SUBTITLE.match(plain) is not None


def names_kind(text: str) -> bool:
    """Tell whether a line of a masthead says what kind of paper this is: `Kerkblad Sint Joris`, `The Quay Bulletin`."""
    return _KIND.search(text) is not None


def leads_to_date(text: str) -> bool:
    """Tell whether what stands before a date says what kind of paper is dated by it, or how often it appears."""
    return _BEFORE_DATE.fullmatch(text.lstrip()) is not None


def is_mail_line(text: str) -> bool:
    """Tell whether a line is one of those above an e-mail that was printed (`Van: …`)."""
    return _MAIL.match(text) is not None


def is_running_text(text: str) -> bool:
    """Tell whether a line comes out of a sentence and goes on with the next: where a masthead could not be read."""
    return text[:1].islower() and _SENTENCES.search(text) is not None


def names_no_paper(text: str) -> bool:
    """Tell whether a line of a masthead is surely not the name."""
    return is_subtitle(text) or is_mail_line(text) or is_running_text(text)


def known_name(text: str, known: Sequence[str]) -> str:
    """Return the known name that a line prints, misread letters allowed; empty if it is none."""
    plain = lettered(text)
    scored = [(fuzz.ratio(plain, lettered(name)), name) for name in known if len(lettered(name)) > 3]  # noqa: PLR2004 - NB
    score, name = max(scored, default=(0.0, ""))
    return name if score >= _KNOWN else ""


def lettered(text: str) -> str:
    """Return a text in small letters, figures that look like letters written as these, all else a space."""
    return re.sub(r"[^\w]+", " ", text.casefold().translate(_LOOK_ALIKE)).strip()


def mend_name(printed: str, confidence: float | None, *, witnesses: Sequence[str], text: str) -> str:
    """Return a printed name as witnesses spell it, or as it is where none is like it.

    Args:
        printed: The name as read off the masthead.
        confidence: How sure its words are, from 0 to 1; None if unknown.
        witnesses: Other names of the newsletter, the most trusted first: of running heads, of the file.
        text: All text of the issue.
    """
    unsure = confidence is not None and confidence < _UNSURE
    bare = _bare(printed)
    if len(bare) < _LEAST_SIGNS or _is_printed(printed, text):
        return printed
    alike = _ALIKE_UNSURE if unsure else _ALIKE
    return next((mended for witness in witnesses if (mended := _as_witness(printed, witness, alike))), printed)


def mend_running_name(printed: str, witness: str, *, text: str) -> str:
    """Return the name in a running head as a witness spells it, or as it is where the text prints it again."""
    return printed if _is_printed(printed, text) else _as_witness(printed, witness, _ALIKE) or printed


def spelled(name: str, text: str) -> str:
    """Return the name that a file has as the text prints it; the name itself if the text does not."""
    bare = _bare(name)
    words = [match[0] for match in _WORD.finditer(text)]
    plain = [_bare(word) for word in words]
    found: Counter[str] = Counter()
    for at, opening in enumerate(plain):
        if not opening or not bare.startswith(opening) or not words[at][:1].isupper():
            continue
        for count in range(1, _MOST_WORDS):
            if "".join(plain[at : at + count]) == bare:
                run = words[at : at + count]
                article = words[at - 1] if at else ""
                found[" ".join([article, *run] if article in _ARTICLES else run).rstrip(".'’")] += 1
                break
    spoken = Counter({found_name: times for found_name, times in found.items() if not found_name.isupper()}) or found
    return spoken.most_common(1)[0][0] if spoken else name


def reading_case(title: str, text: str = "") -> str:
    """Return a name in capitals as the text spells it, else with capitals on all but small words."""
    at = text.casefold().find(title.casefold())
    while at >= 0:
        spelled = text[at : at + len(title)]
        if not spelled.isupper() and spelled[:1].isupper():
            return " ".join(spelled.split())
        at = text.casefold().find(title.casefold(), at + 1)
    words = title.lower().split()
    return " ".join(word if number and word in _SMALL else _capital(word) for number, word in enumerate(words))


def _capital(word: str) -> str:
    return ("IJ" + word[2:]) if word.startswith("ij") else word[:1].upper() + word[1:]


def _as_witness(printed: str, witness: str, alike: float) -> str:
    """Return a printed name as a witness spells it; empty where the two are not so much alike."""
    if _bare(witness) == _bare(printed):
        return printed
    return _with_article(witness, printed) if _likeness(_bare(printed), _bare(witness)) >= alike else ""


def _is_printed(name: str, text: str) -> bool:
    """Tell whether the text prints a name more often than its masthead does."""
    printed = r"\s+".join(map(re.escape, name.split()))
    return len(re.findall(rf"(?<!\w){printed}(?!\w)", text, flags=re.IGNORECASE)) > 1


def _with_article(witness: str, printed: str) -> str:
    """Give a witness without article (a file's name) the one that the masthead prints."""
    first = printed.split(" ", 1)[0]
    article = first.capitalize() if first.islower() else first
    bare = witness.split(" ", 1)[0].capitalize() not in _ARTICLES
    return f"{article} {witness}" if article in _ARTICLES and bare else witness


def _likeness(bare: str, other: str) -> float:
    """Tell from 0 to 100 how alike two bare names are; names of unlike length are not."""
    shorter, longer = sorted((len(bare), len(other)))
    if shorter < _LEAST_SIGNS or shorter < _SHORTER * longer:
        return 0.0
    return max(fuzz.ratio(bare, other), fuzz.ratio(_ARTICLE.sub("", bare), _ARTICLE.sub("", other)))


def _bare(name: str) -> str:
    """Return the letters and digits of a name in small letters."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())
