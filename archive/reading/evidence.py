"""Can this text layer be trusted?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from archive.languages import is_known, stop_share, word_zipf, words_of
from archive.model.pages import Candidate, TextSource, Word

# Where images cover more of the page than this, its text layer is what some program read in them.
_IMAGE_COVER = 0.5
_TRUSTED_SHARE = 0.6
_TRUSTED_STOPS = 0.15
# What can be spoken has vowels, and no four consonants or three vowels in a row, but for few words of any language;
# of texts whose letters stand for other ones 1 or 2 in 100 are like that.
_FOREIGN_SHAPE, _FOREIGN_SPOKEN = 0.85, 0.8
_VOWEL = re.compile("[aeiouyœæøαεηιουωаеиоуыэюяєі]")
_UNSPOKEN = re.compile(f"{_VOWEL.pattern}{{3}}|[^{_VOWEL.pattern[1:]}{{4}}")
_VOWELS = 0.3, 0.58  # share of all letters
_SCRAP = 2  # letters
_ODD = re.compile(r"[\ufffd\x00-\x08\ue000-\uf8ff]")
# A letter or more, marks before and after, hyphens and apostrophes within; or a number, price, time or date.
_WELL_SHAPED = re.compile(
    r"[\"'“”„‘’(\[«]*(?:[^\W\d_]+(?:[-–'’./&@][^\W\d_]+)*|[€$£]?\d+(?:[.,:/-]\d+)*[%°]?(?:[^\W\d_]{1,3})?)[\"'“”’)\].,;:!?»…-]*|[-–—•*&+=/€>|]"
)
_FEW_WORDS = 20
_UNKNOWN = 0.5  # what a letter in an unknown word counts against a reading
_NEAR = 0.002  # readings whose doubtful letters differ by less than this share are equally good
_KIN = 0.5  # words at least this alike are two readings of one


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a reading of a page is language: letters in words that the languages know, and in others.

    `spoken` is the share of its words that can be spoken in some language, known or not. `bag` holds how often each of
    its words stands in it, `commonness` how common they are (Zipf scale), 0 for unknown.
    """

    known: int
    unknown: int
    well_shaped: float
    stops: float
    odd: float
    words: int
    bag: Mapping[str, int] = field(default_factory=dict)
    commonness: Mapping[str, float] = field(default_factory=dict)
    spoken: float = 0.0

    @property
    def letters(self) -> int:
        """All its letters."""
        return self.known + self.unknown

    @property
    def share(self) -> float:
        """The share of its letters that stand in known words."""
        return self.known / self.letters if self.letters else 0.0


def measure(words: Sequence[Word], languages: Sequence[str]) -> Measure:
    """Measure how much of these words is language."""
    plain = [part for word in words for part in words_of(word.text)]
    bag = Counter(plain)
    commonness = {
        part: max(word_zipf(part, language) for language in languages) if is_known(part, languages) else 0.0
        for part in bag
    }
    scraps = {part for part in bag if len(part) <= _SCRAP}
    known = sum(len(part) * count for part, count in bag.items() if commonness[part] and part not in scraps)
    known_scraps = sum(len(part) * bag[part] for part in scraps if commonness[part])
    if known_scraps > known:  # a list knows nearly all of so few letters, and rubbish is full of them
        commonness |= dict.fromkeys(scraps, 0.0)
        known_scraps = 0
    known += known_scraps
    count = max(1, len(words))
    return Measure(
        known,
        sum(map(len, plain)) - known,
        well_shaped=sum(bool(_WELL_SHAPED.fullmatch(word.text)) for word in words) / count,
        stops=max((stop_share(plain, language) for language in languages), default=0.0),
        odd=sum(bool(_ODD.search(word.text)) for word in words) / count,
        spoken=_spoken_share(bag),
        words=len(words),
        bag=bag,
        commonness=commonness,
    )


def _spoken_share(bag: Mapping[str, int]) -> float:
    """Return the share of the words of three letters and more that can be spoken; 0 with too few vowels or too many."""
    counts, letters = [0, 0], [0, 0]
    for word, count in bag.items():
        if len(word) > _SCRAP and word.isalpha():
            plain = "".join(unicodedata.normalize("NFD", sign)[0] for sign in word.casefold())
            vowels = len(_VOWEL.findall(plain))
            letters[0] += vowels * count
            letters[1] += len(plain) * count
            counts[0 < vowels < len(plain) and not _UNSPOKEN.search(plain)] += count
    fit = _VOWELS[0] * letters[1] <= letters[0] <= _VOWELS[1] * letters[1]
    return counts[1] / max(1, sum(counts)) if fit else 0.0


def is_born_digital(layer: Measure, image_cover: float) -> bool:
    """Tell whether a text layer is the page itself and reads as language, so that no engine has to look at it."""
    if image_cover > _IMAGE_COVER or not layer.words or layer.odd > 0.05:  # noqa: PLR2004 - a letter here and there
        return False
    if layer.words < _FEW_WORDS:
        return layer.well_shaped >= _TRUSTED_SHARE and layer.share >= _TRUSTED_SHARE / 2
    if layer.well_shaped >= _FOREIGN_SHAPE and layer.spoken >= _FOREIGN_SPOKEN:
        return True  # in a language that no list is of
    return layer.well_shaped >= _TRUSTED_SHARE and (layer.share >= _TRUSTED_SHARE or layer.stops >= _TRUSTED_STOPS)


def compare(layer: Measure | None, ocr: Measure | None, image_cover: float) -> tuple[Candidate, ...]:
    """Score the readings of one page, the better one first.

    The score is the letters in known words less half of those in unknown ones, as a share of all letters of the fuller
    reading. The better one is that with fewer letters in doubt where the two differ (`_doubts`); of two that are
    equally good the text layer comes first, which needed no reading.
    """
    fullest = max((each.letters for each in (layer, ocr) if each), default=0)
    found = []
    if layer:
        found.append(Candidate(TextSource.TEXT_LAYER, _score(layer, fullest), _layer_reason(layer, image_cover)))
    if ocr:
        found.append(Candidate(TextSource.OCR, _score(ocr, fullest), reason_of(ocr)))
    if not layer or not ocr or not fullest:
        return tuple(found)
    doubted = _doubts(layer, ocr)
    told = [
        replace(each, reason=f"{letters} letters in doubt where the readings differ, {each.reason}")
        for letters, each in zip(doubted, found, strict=True)
    ]
    return tuple(told if doubted[0] <= doubted[1] + _NEAR * fullest else reversed(told))


def compare_joined(layer: Measure, joined: Measure, image_cover: float) -> tuple[Candidate, ...]:
    """Score a text layer against itself with what was read in the page's pictures, which comes first."""
    added = joined.words - layer.words
    return (
        Candidate(TextSource.MIXED, _score(joined, joined.letters), f"{added} words more were read in its pictures"),
        Candidate(TextSource.TEXT_LAYER, _score(layer, joined.letters), _layer_reason(layer, image_cover)),
    )


def is_better(other: Measure, own: Measure) -> bool:
    """Tell whether somebody else's reading of a page is better than our own, as `compare` does; of equals ours is."""
    theirs, ours = _doubts(other, own)
    return theirs + _NEAR * max(other.letters, own.letters) < ours


def rescore(candidates: Sequence[Candidate], measures: Sequence[Measure]) -> tuple[Candidate, ...]:
    """Give each candidate its score beside the fullest of all; `measures` are theirs, in the same order."""
    fullest = max((each.letters for each in measures), default=0)
    return tuple(
        replace(each, score=_score(measure, fullest)) for each, measure in zip(candidates, measures, strict=True)
    )


def worth(words: Sequence[Word], languages: Sequence[str]) -> int:
    """Return the letters in known words less those in unknown ones: which of two readings by one engine is better."""
    measured = measure(words, languages)
    return measured.known - measured.unknown


def _doubts(one: Measure, other: Measure) -> tuple[int, int]:
    """Count the letters that each of two readings of a page seems to have wrong where they differ.

    Of two words that are alike the unknown or rarer one is in doubt, by the letters in which they differ. A known word
    without its like is missing from the other reading, an unknown one is rubbish.
    """
    commonness = {**one.commonness, **other.commonness}
    mine, others = Counter(one.bag) - Counter(other.bag), Counter(other.bag) - Counter(one.bag)
    doubts = [_take_glued(mine, others, commonness), _take_glued(others, mine, commonness)]
    left = list(others.elements())
    for word in sorted(mine.elements(), key=len, reverse=True):
        kin = process.extractOne(word, left, scorer=Levenshtein.normalized_similarity, score_cutoff=_KIN)
        if kin:
            like = left.pop(kin[2])
            doubts[commonness[word] > commonness[like]] += Levenshtein.distance(word, like)
        else:
            doubts[commonness[word] > 0] += len(word)
    for word in left:
        doubts[commonness[word] == 0] += len(word)
    return doubts[0], doubts[1]


def _take_glued(words: Counter[str], others: Counter[str], commonness: Mapping[str, float]) -> int:
    """Take out unknown words that are words of the other side without their spaces; return how many they lack."""
    spaces = 0
    for word in [each for each in words if not commonness[each]]:
        while words[word] > 0 and len(parts := _parts(word, others)) > 1:
            words[word] -= 1
            others.subtract(parts)
            spaces += len(parts) - 1
    return spaces


def _parts(word: str, others: Counter[str]) -> list[str]:
    """Return the words of which a word is made, or none."""
    if others[word] > 0:
        return [word]
    for at in range(len(word) - 1, 0, -1):
        if others[word[:at]] > 0 and (rest := _parts(word[at:], others)):
            return [word[:at], *rest]
    return []


def _score(reading: Measure, fullest: int) -> float:
    return round(max(0.0, reading.known - _UNKNOWN * reading.unknown) / fullest, 4) if fullest else 0.0


def reason_of(reading: Measure) -> str:
    """Say in words how much of a reading is language."""
    return f"{reading.share:.0%} of its {reading.letters} letters stand in known words"


def _layer_reason(reading: Measure, image_cover: float) -> str:
    shape = f"{reading.well_shaped:.0%} of its words are well shaped, images cover {image_cover:.0%} of the page"
    return f"{reason_of(reading)}, {shape}"
