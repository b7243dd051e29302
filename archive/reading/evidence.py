"""Can this text layer be trusted?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.languages import is_known, stop_share, words_of
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


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a reading of a page is language: letters in words that the languages know, and in others."""

    known: int
    unknown: int
    well_shaped: float
    stops: float
    odd: float
    words: int

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
    plain: list[str] = []
    for word in words:
        for part in words_of(word.text):
            plain.append(part)
            if is_known(part, languages):
                known += len(part)
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

    The score is the letters in known words less those in unknown ones, as a share of all letters of the fuller
    reading: misread words count against a reading, and so does text that it lacks. Where both are as good as equal the
    text layer wins, which needed no reading.
    """
    fullest = max((each.letters for each in (layer, ocr) if each), default=0)
    found = []
    if layer:
        found.append(Candidate(TextSource.TEXT_LAYER, _score(layer, fullest), _layer_reason(layer, image_cover)))
    if ocr:
        found.append(Candidate(TextSource.OCR, _score(ocr, fullest), _reason(ocr)))
    handicap = {TextSource.TEXT_LAYER: 0.005}
    return tuple(sorted(found, key=lambda each: -each.score - handicap.get(each.source, 0.0)))


def worth(words: Sequence[Word], languages: Sequence[str]) -> int:
    """Return the letters in known words less those in unknown ones: which of two readings by one engine is better."""
    measured = measure(words, languages)
    return measured.known - measured.unknown


def _score(reading: Measure, fullest: int) -> float:
    return round(max(0, reading.known - reading.unknown) / fullest, 4) if fullest else 0.0


def _reason(reading: Measure) -> str:
    return f"{reading.share:.0%} of its {reading.letters} letters stand in known words"


def _layer_reason(reading: Measure, image_cover: float) -> str:
    shape = f"{reading.well_shaped:.0%} of its words are well shaped, images cover {image_cover:.0%} of the page"
    return f"{_reason(reading)}, {shape}"
