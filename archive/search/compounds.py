"""Which words is a compound made of?

    vluchtelingenopvang → vluchtelingen + opvang        stadsbestuur → stad + (s) + bestuur

Used while indexing, where the word lists are at hand; a search only looks up what was found then.
"""

import re
from collections.abc import Callable, Iterator

from archive.search.spelling import OTHERWISE, respelled
from archive.search.stems import is_closed

# Languages that write compounds as one word, with the letters that may stand between two parts.
_LINKS = {
    "nl": ("", "s", "e", "en"),
    "de": ("", "s", "es", "n", "en", "er"),
    "sv": ("", "s"),
    "da": ("", "s", "e"),
    "no": ("", "s", "e"),
}
_MIN_WORD = 7
_MIN_PART = 4
_MIN_TAIL = 3
_MIN_FORM = 7
_MIN_RESPELLED = 5  # letters: shorter ones are too often a piece of another word
_MAX_WORD = 60
_NO_OLD_END = ("ersch", "fsch", "tsch")  # of untersch-ied, afsch-uren
_PLURALS = {"ouder": "ouderen"}  # ouderenzorg is not about ouders
_SMALL = ("je", "tje", "pje")  # endings of diminutives
# Short words that begin or end many a Dutch compound; others of three letters are too often a piece of a longer word.
_SHORT_HEADS = frozenset({
    *("bus", "bos", "bed", "dag", "weg", "zee", "las", "kas", "vis", "ijs", "gas", "bar", "jas", "kat", "koe", "vee"),
    *("oog", "oor", "arm", "wol", "zon", "tas", "pen", "pan", "kop", "dak", "wet", "eis", "rug", "bak", "put", "was"),
})  # fmt: skip
_SHORT_TAILS = frozenset({
    *("dag", "weg", "pad", "bad", "put", "dak", "bos", "les", "hal", "bus", "hof", "wet", "lid", "jas", "bed", "tas"),
})  # fmt: skip
_AFTER_SHORT = 5  # letters of the part that follows a short one
# Endings and the like that are words by accident: koninkrijk is about a king, secretaris no secret aris.
_ENDINGS = """
    rijk rijke aris heid heden lijk lijke baar bare ring ringen schap loos loze ende eren eerd eerde isch ische achtig
    ling lingen ieren ster sters atie aties iteit ment menten ten ding zaam zame laren naren deren ellen ingen
"""
_NEVER = frozenset(_ENDINGS.split())
# How common a part must be on the Zipf scale, one of four letters or fewer, and from where its cost is counted.
_LEAST, _LEAST_SHORT = 2.4, 3.4
# A compound is rarer than each of its parts; a long one may be more common by this much than parts as long and common.
_LONG_WORD, _LONG_PART, _SLACK, _LEAST_LONG = 11, 5, 0.9, 3.2
_NOTHING = 10.0
# A part that is too rare or short for that is believed before a last part that is long and common (naai-machine).
_TAIL, _LONG_TAIL = (6, 3.8), (7, 3.2)  # letters, and how common
_RARE_HEAD, _SHORT_HEAD = 2.0, 3.0
_BEFORE_WORDS = """
    aan achter anti auto be bij bio co con contra de der des dis door een eer ex extra ge geo her hyper in infra inter
    intra kom los macro maxi mede mee meta micro mini mis mono multi na neer neo niet non om on onder ont oor op over
    para poly post pre pro pseudo re sub super sur te tegen tele terug toe trans uit ultra vast ver vice vol voor wan
    weg wel
"""
_NO_HEADS = frozenset(_BEFORE_WORDS.split())

# What it costs to cut the rest of a word, and its parts.
_Way = tuple[float, tuple[str, ...]]


def compounding_languages() -> frozenset[str]:
    """Name the languages (ISO 639-1) whose compounds are split."""
    return frozenset(_LINKS)


def split_compound(word: str, language: str, zipf: Callable[[str], float]) -> tuple[str, ...]:
    """Return the parts of a folded compound, linking letters left out; empty if it is none.

    Args:
        word: A folded word.
        language: ISO 639-1 code.
        zipf: How common a word is on the Zipf scale; 0 for what is no word.

    A compound is rarer than each of its parts: that tells mensenhandel from kind-eren. What is written in the spelling
    of another time is as common as it is in today's.
    """
    links = _LINKS.get(language)
    if links is None or not _MIN_WORD <= len(word) <= _MAX_WORD or not word.isalpha():
        return ()
    return _Splitter(word, links, _in_any_spelling(zipf, word, language)).split()


def split_before_tail(word: str, language: str, zipf: Callable[[str], float]) -> tuple[str, ...]:
    """Return the two parts of a folded compound that `split_compound` does not tell; empty if it is none.

    Args:
        word: A folded word.
        language: ISO 639-1 code.
        zipf: How common a word is on the Zipf scale; 0 for what is no word.

    Its last part is long and common, and more common than itself; the first one may be short or rare.
    """
    links = _LINKS.get(language, ())
    if not links or not _MIN_WORD <= len(word) <= _MAX_WORD or not word.isalpha():
        return ()
    zipf = _in_any_spelling(zipf, word, language)
    whole = zipf(word)
    for at in range(_MIN_TAIL, len(word) - _TAIL[0] + 1):
        tail, least = word[at:], _LONG_TAIL[1] if len(word) - at >= _LONG_TAIL[0] else _TAIL[1]
        if zipf(tail) >= max(least, whole) and tail not in _NEVER and not is_closed(tail, language):
            heads = (word[:at].removesuffix(link) for link in links if word[:at].endswith(link))
            head = next((head for head in heads if _may_be_head(head, language, zipf)), None)
            if head:
                return head, tail
    return ()


def _in_any_spelling(zipf: Callable[[str], float], word: str, language: str) -> Callable[[str], float]:
    """Return what tells how common a part of a word is in its own or in today's spelling, whichever is more common."""
    if language != "nl" or not re.search(OTHERWISE, word):
        return zipf

    def common(part: str) -> float:
        known = zipf(part)
        if known >= _LEAST_SHORT or len(part) < _MIN_RESPELLED or part.endswith(_NO_OLD_END):
            return known
        written = respelled(part)
        if written == part or len(written) < _MIN_PART or is_closed(written, language):
            return known
        return max(known, zipf(written))

    return common


def _may_be_head(head: str, language: str, zipf: Callable[[str], float]) -> bool:
    if len(head) < _MIN_TAIL or head in _NO_HEADS or is_closed(head, language):
        return False
    return zipf(head) >= (_SHORT_HEAD if len(head) <= _MIN_PART else _RARE_HEAD)


def joints(word: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a folded word in two, each with and without linking letters, which are left out.

    Whether the parts are words is for the caller to say.
    """
    if _MIN_WORD <= len(word) <= _MAX_WORD and word.isalpha():
        for at in range(_MIN_TAIL, len(word) - _MIN_TAIL + 1):
            last = word[at:]
            for link in _LINKS.get(language, ()) if len(last) >= _MIN_PART or last in _SHORT_TAILS else ():
                first = word[:at].removesuffix(link) if word[:at].endswith(link) else ""
                if len(first) >= _MIN_PART or (first in _SHORT_HEADS and len(last) >= _AFTER_SHORT):
                    yield first, last


def telling_parts(word: str, parts: tuple[str, ...], language: str, zipf: Callable[[str], float]) -> tuple[str, ...]:
    """Return what a folded compound is found by: its parts, the parts of these, and the compounds inside it.

    Args:
        word: A folded word.
        parts: What `split_compound` made of it.
        language: ISO 639-1 code.
        zipf: How common a word is on the Zipf scale; 0 for what is no word.

    Articles, prepositions and the like tell nothing, nor does a short word behind them: voorjaar is not about "voor",
    onderdak about no "dak".
    """
    telling = [part for part in parts if not is_closed(part, language)]
    if len(telling) == 1 and len(telling[0]) < _MIN_PART:
        return ()
    within = [inner for part in telling for inner in split_compound(part, language, zipf)]
    telling += [part for part in within if not is_closed(part, language)]
    return tuple(dict.fromkeys((*telling, *inner_compounds(word, parts))))


def inner_compounds(word: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the compounds inside a compound of three parts or more: sluiswachter in sluiswachterswoning."""
    places: list[tuple[int, int]] = []
    for part in parts:
        start = word.index(part, places[-1][1] if places else 0)
        places.append((start, start + len(part)))
    runs = [(first, last) for first in range(len(parts)) for last in range(first + 1, len(parts))]
    return tuple(word[places[first][0] : places[last][1]] for first, last in runs if last - first < len(parts) - 1)


class _Splitter:
    """Finds the cheapest way to cut one word into known parts; few common parts are cheap."""

    def __init__(self, word: str, links: tuple[str, ...], zipf: Callable[[str], float]) -> None:
        self._word = word
        self._links = links
        self._zipf = zipf
        self._whole = zipf(word)
        self._ways: dict[int, _Way | None] = {len(word): (0.0, ())}

    def split(self) -> tuple[str, ...]:
        """Return the parts of the word; none if it is no compound."""
        found = self._from(0)
        parts = found[1] if found else ()
        return tuple(plural if (plural := _PLURALS.get(part, part)) in self._word else part for part in parts)

    def _from(self, start: int) -> _Way | None:
        if start not in self._ways:
            self._ways[start] = self._cut(start)
        return self._ways[start]

    def _cut(self, start: int) -> _Way | None:
        """Return the cost and the parts of the word from `start` on."""
        word, size = self._word, len(self._word)
        best: _Way | None = None
        shortest = _MIN_PART - (not start and word[: _MIN_PART - 1] in _SHORT_HEADS)
        ends = [*range(start + shortest, size - _MIN_TAIL + 1)]
        if start and (size - start >= _MIN_PART or word[start:] in _SHORT_TAILS):
            ends.append(size)
        for end in ends:
            part = word[start:end]
            common = self._common(part)
            if common < self._least(part) or part in _NEVER:
                continue
            rest = self._rest(end)
            if rest is None or (end - start < _MIN_PART and rest[1] and len(rest[1][0]) < _AFTER_SHORT):
                continue
            cost = _NOTHING - common + rest[0]
            if best is None or cost < best[0]:
                best = (cost, (part, *rest[1]))
        return best

    def _common(self, part: str) -> float:
        """Return how common a part is; a plural on s or a diminutive is as common as its word."""
        known = self._zipf(part)
        if len(part) >= _MIN_FORM:
            one = part.removesuffix("s")
            forms = [one] if one != part else []
            if one.endswith("je"):
                forms += [one.removesuffix(ending) for ending in _SMALL if one.endswith(ending)]
            for form in forms:
                if len(form) > _MIN_PART:
                    known = max(known, self._zipf(form))
        return known

    def _least(self, part: str) -> float:
        """Return how common a part must be."""
        if len(self._word) >= _LONG_WORD and len(part) >= _LONG_PART and self._whole > _LEAST_LONG:
            return max(self._whole - _SLACK, _LEAST_LONG)
        return max(self._whole, _LEAST_SHORT if len(part) <= _MIN_PART else _LEAST)

    def _rest(self, end: int) -> _Way | None:
        """Return the best way to go on after a part, with or without linking letters."""
        if end == len(self._word):
            return self._ways[end]
        ways = [self._from(end + len(link)) for link in self._links if self._word.startswith(link, end)]
        return min((way for way in ways if way is not None and way[1]), default=None)
