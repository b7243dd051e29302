"""Can this text layer be trusted?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.languages import is_known, stop_share, word_zipf, words_of
from archive.model.pages import Candidate, TextSource, Word

# Where images cover more of the page than this, its text layer is what some program read in them.
_IMAGE_COVER = 0.5
_TRUSTED_SHARE = 0.6
_TRUSTED_STOPS = 0.15
_ODD = re.compile(r"[\ufffd\x00-\x08\ue000-\uf8ff]")
# A letter or more, marks before and after, hyphens and apostrophes within; or a number, price, time or date.
_WELL_SHAPED = re.compile(
    r"[\"'“”„‘’(\[«]*(?:[^\W\d_]+(?:[-–'’./&@][^\W\d_]+)*|[€$£]?\d+(?:[.,:/-]\d+)*[%°]?(?:[^\W\d_]{1,3})?)[\"'“”’)\].,;:!?»…-]*|[-–—•*&+=/€>|]"
)
_FEW_WORDS = 20
_UNKNOWN = 0.5  # what a letter in an unknown word counts against a reading
_NEAR, _COMMON_SLACK = 0.05, 0.02  # scores and mean Zipf values this near to each other are equal


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a reading of a page is language: letters in words that the languages know, and in others.

    `common` is the sum of its letters, each times how common its word is (Zipf scale): a slip that makes another known
    word mostly makes a rarer one.
    """

    known: int
    unknown: int
    well_shaped: float
    stops: float
    odd: float
    words: int
    common: float = 0.0

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
    known = unknown = 0
    common = 0.0
    plain: list[str] = []
    for word in words:
        for part in words_of(word.text):
            plain.append(part)
            if is_known(part, languages):
                known += len(part)
                common += len(part) * max(word_zipf(part.casefold(), language) for language in languages)
            else:
                unknown += len(part)
    count = max(1, len(words))
    return Measure(
        known,
        unknown,
        well_shaped=sum(bool(_WELL_SHAPED.fullmatch(word.text)) for word in words) / count,
        stops=max((stop_share(plain, language) for language in languages), default=0.0),
        odd=sum(bool(_ODD.search(word.text)) for word in words) / count,
        words=len(words),
        common=common,
    )


def is_born_digital(layer: Measure, image_cover: float) -> bool:
    """Tell whether a text layer is the page itself and reads as language, so that no engine has to look at it."""
    if image_cover > _IMAGE_COVER or not layer.words or layer.odd > 0.05:  # noqa: PLR2004 - a letter here and there
        return False
    if layer.words < _FEW_WORDS:
        return layer.well_shaped >= _TRUSTED_SHARE and layer.share >= _TRUSTED_SHARE / 2
    return layer.well_shaped >= _TRUSTED_SHARE and (layer.share >= _TRUSTED_SHARE or layer.stops >= _TRUSTED_STOPS)


def compare(layer: Measure | None, ocr: Measure | None, image_cover: float) -> tuple[Candidate, ...]:
    """Score the readings of one page against each other, the better one first.

    The score is the letters in known words less half of those in unknown ones, as a share of all letters of the fuller
    reading: misread words count against a reading, and more so text that it lacks. Of two that score nearly alike, the
    one with the commoner words comes first; where these too are as good as equal, the text layer, which needed no
    reading.
    """
    fullest = max((each.letters for each in (layer, ocr) if each), default=0)
    found = []
    if layer:
        found.append(Candidate(TextSource.TEXT_LAYER, _score(layer, fullest), _layer_reason(layer, image_cover)))
    if ocr:
        found.append(Candidate(TextSource.OCR, _score(ocr, fullest), _reason(ocr)))
    if not layer or not ocr or not fullest:
        return tuple(found)
    if abs(found[0].score - found[1].score) < _NEAR:
        layer_first = layer.common / fullest + _COMMON_SLACK >= ocr.common / fullest
    else:
        layer_first = found[0].score > found[1].score
    return tuple(found if layer_first else reversed(found))


def worth(words: Sequence[Word], languages: Sequence[str]) -> int:
    """Return the letters in known words less those in unknown ones: which of two readings by one engine is better."""
    measured = measure(words, languages)
    return measured.known - measured.unknown


def _score(reading: Measure, fullest: int) -> float:
    return round(max(0.0, reading.known - _UNKNOWN * reading.unknown) / fullest, 4) if fullest else 0.0


def _reason(reading: Measure) -> str:
    return f"{reading.share:.0%} of its {reading.letters} letters stand in known words"


def _layer_reason(reading: Measure, image_cover: float) -> str:
    shape = f"{reading.well_shaped:.0%} of its words are well shaped, images cover {image_cover:.0%} of the page"
    return f"{_reason(reading)}, {shape}"
