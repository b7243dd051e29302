"""Which words is a compound made of?

    vluchtelingenopvang → vluchtelingen + opvang        stadsbestuur → stad + (s) + bestuur

Used while indexing, where the word lists are at hand; a search only looks up what was found then.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

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
_ENDS_OF_FORMS = ("s", "je")  # of plurals and diminutives
_HELD = f"(?=({OTHERWISE}))"  # wherever it begins
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
# And in English: comfortable is not about what is able, membership no ship.
_ENGLISH = (
    "able ible ably ance ancy ation ence ency hood ially ised ism ist ized less like ling ment ness ring ship sion some"
)
_NEVER_ASKED = _NEVER | frozenset(f"{_ENGLISH} ster tion ward wise".split())
_COMMON_TAIL = 4.5  # of three letters behind a known word (vakbondsman)
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


def splitters(languages: Iterable[str]) -> list["Splitter"]:
    """Return for each language what tells its compounds by its word list, which is loaded for it."""
    from archive.languages import zipf_in

    return [Splitter(language, zipf_in(language)) for language in languages]


class Splitter:
    """Tells which words the compounds of one language are made of.

    Args:
        language: ISO 639-1 code; one that writes no compounds as one word has none.
        zipf: How common a folded word is on the Zipf scale; 0 for what is no word.

    What is written in the spelling of another time is as common as it is in today's.
    """

    def __init__(self, language: str, zipf: Callable[[str], float]) -> None:
        self.language = language
        self.zipf = zipf
        self._links = _LINKS.get(language, ())

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a folded compound as `split` or `before_tail` tells them; empty if it is none."""
        return self.split(word) or self.before_tail(word)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a folded compound, linking letters left out; empty if it is none.

        A compound is rarer than each of its parts: that tells mensenhandel from kind-eren.
        """
        return _Cutter(word, self._links, self.zipf, self._zipf_for(word)).cut() if self._may_be(word) else ()

    def before_tail(self, word: str) -> tuple[str, ...]:
        """Return the two parts of a folded compound that `split` does not tell; empty if it is none.

        Its last part is long and common, and more common than itself; the first one may be short or rare.
        """
        if not self._may_be(word):
            return ()
        zipf = self._zipf_for(word)
        whole = zipf(word)
        for at in range(_MIN_TAIL, len(word) - _TAIL[0] + 1):
            tail, least = word[at:], _LONG_TAIL[1] if len(word) - at >= _LONG_TAIL[0] else _TAIL[1]
            if zipf(tail) >= max(least, whole) and tail not in _NEVER and not is_closed(tail, self.language):
                heads = (word[:at].removesuffix(link) for link in self._links if word[:at].endswith(link))
                head = next((head for head in heads if self._may_be_head(head, zipf)), None)
                if head:
                    return head, tail
        return ()

    def is_part(self, word: str, whole: str) -> bool:
        """Tell whether a folded word begins or ends a longer one at a joint, whether the lists know the word or not.

        They must know what is left, linking letters aside, and as no rarer than the whole: winterpeen is winter and
        peen, vergadering no vergade and ring. English has some such words, too (footbridge).
        """
        if {word, word.removesuffix("s")} & _NEVER_ASKED or is_closed(word, self.language):
            return False
        zipf, links = self._zipf_for(whole), self._links or ("",)
        tails = [whole[len(word) + len(link) :] for link in links if whole.startswith(word + link)]
        heads = [whole.removesuffix(word).removesuffix(link) for link in links if whole.endswith(link + word)]
        known = [head for head in heads if self._may_be_head(head, zipf)]
        least = _COMMON_TAIL if zipf(word) >= max(_LEAST, zipf(whole)) else _NOTHING
        known += [tail for tail in tails if tail in _SHORT_TAILS or self._may_be_tail(tail, zipf, least)]
        return any(zipf(whole) <= zipf(part) for part in known)

    def telling(self, word: str, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a folded compound is found by: its parts, the parts of these, and the compounds inside it.

        Args:
            word: A folded word.
            parts: What it is made of.

        Articles, prepositions and the like tell nothing, nor does a short word behind them: voorjaar is not about
        "voor", onderdak about no "dak".
        """
        telling = [part for part in parts if not is_closed(part, self.language)]
        if len(telling) == 1 and len(telling[0]) < _MIN_PART:
            return ()
        within = [inner for part in telling for inner in self.split(part)]
        telling += [part for part in within if not is_closed(part, self.language)]
        return tuple(dict.fromkeys((*telling, *inner_compounds(word, parts))))

    def _may_be(self, word: str) -> bool:
        return bool(self._links) and _MIN_WORD <= len(word) <= _MAX_WORD and word.isalpha()

    def _zipf_for(self, word: str) -> Callable[[str], float]:
        """Return what tells how common the pieces of a word are."""
        spelled_otherwise = self.language == "nl" and re.search(OTHERWISE, word)
        return partial(_in_any_spelling, zipf=self.zipf) if spelled_otherwise else self.zipf

    def _may_be_head(self, head: str, zipf: Callable[[str], float]) -> bool:
        if len(head) < _MIN_TAIL or head in _NO_HEADS or is_closed(head, self.language):
            return False
        return zipf(head) >= (_SHORT_HEAD if len(head) <= _MIN_PART else _RARE_HEAD)

    def _may_be_tail(self, tail: str, zipf: Callable[[str], float], least: float) -> bool:
        if len(tail) < _MIN_TAIL or tail in _NEVER_ASKED or is_closed(tail, self.language):
            return False
        return zipf(tail) >= (_LEAST_SHORT if len(tail) == _MIN_PART else _LEAST if len(tail) > _MIN_PART else least)


def _in_any_spelling(part: str, zipf: Callable[[str], float]) -> float:
    """Return how common a part of a word is in its own or in today's spelling, whichever is more common."""
    known = zipf(part)
    if known >= _LEAST_SHORT or len(part) < _MIN_RESPELLED or part.endswith(_NO_OLD_END):
        return known
    written = respelled(part)
    if written == part or len(written) < _MIN_PART or is_closed(written, "nl"):
        return known
    return max(known, zipf(written))


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


def inner_compounds(word: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the compounds inside a compound of three parts or more: sluiswachter in sluiswachterswoning."""
    places: list[tuple[int, int]] = []
    for part in parts:
        start = word.index(part, places[-1][1] if places else 0)
        places.append((start, start + len(part)))
    runs = [(first, last) for first in range(len(parts)) for last in range(first + 1, len(parts))]
    return tuple(word[places[first][0] : places[last][1]] for first, last in runs if last - first < len(parts) - 1)


class _Cutter:
    """Finds the cheapest way to cut one word into known parts; few common parts are cheap.

    Args:
        word: A folded word.
        links: The letters that may stand between two parts.
        zipf: How common a word is.
        spelled: How common a word is in any spelling.
    """

    def __init__(
        self, word: str, links: tuple[str, ...], zipf: Callable[[str], float], spelled: Callable[[str], float]
    ) -> None:
        self._word = word
        self._links = links
        self._zipf = zipf
        self._spelled = spelled
        self._whole = spelled(word)
        # Where what may be written otherwise today begins and ends: most pieces of a word hold none.
        self._otherwise = [found.span(1) for found in re.finditer(_HELD, word)] if spelled is not zipf else []
        self._ways: dict[int, _Way | None] = {len(word): (0.0, ())}

    def cut(self) -> tuple[str, ...]:
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
        word, zipf, size = self._word, self._zipf, len(self._word)
        otherwise = min((last for first, last in self._otherwise if first >= start), default=size + 1)
        best: _Way | None = None
        for end in self._ends(start):
            part = word[start:end]
            common = (self._spelled if end >= otherwise else zipf)(part)
            if end - start >= _MIN_FORM and part.endswith(_ENDS_OF_FORMS):
                common = max(common, self._of_forms(part))
            if common < _LEAST or common < self._least(part) or part in _NEVER:
                continue
            rest = self._rest(end)
            if rest is None or (end - start < _MIN_PART and rest[1] and len(rest[1][0]) < _AFTER_SHORT):
                continue
            cost = _NOTHING - common + rest[0]
            if best is None or cost < best[0]:
                best = (cost, (part, *rest[1]))
        return best

    def _ends(self, start: int) -> list[int]:
        """Return where a part may end that begins at `start`."""
        word, size = self._word, len(self._word)
        shortest = _MIN_PART - (not start and word[: _MIN_PART - 1] in _SHORT_HEADS)
        ends = [*range(start + shortest, size - _MIN_TAIL + 1)]
        if start and (size - start >= _MIN_PART or word[start:] in _SHORT_TAILS):
            ends.append(size)
        return ends

    def _of_forms(self, part: str) -> float:
        """Return how common the word is of which a part may be a plural on s or a diminutive."""
        one = part.removesuffix("s")
        forms = [one] if one != part else []
        if one.endswith("je"):
            forms += [one.removesuffix(ending) for ending in _SMALL if one.endswith(ending)]
        return max((self._spelled(form) for form in forms if len(form) > _MIN_PART), default=0.0)

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
