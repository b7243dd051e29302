"""What of the first page of an issue do other issues of its series print again?

Words weigh by how rare and how large they are and by where they stand: a masthead's name says more than a word of the
text. Addresses, domains and the pattern of the file's name weigh by themselves. Months and figures, which change from
issue to issue, weigh nothing, and words that any paper prints little.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import PurePosixPath
from statistics import median

from archive.languages import listed_zipf, stop_share, words_of
from archive.model.pages import Line, Page, Word
from archive.parsing.dates.calendar import load_calendar
from archive.parsing.head_lines import type_size
from archive.tuples import NamedTuple

GRID_COLUMNS, _ROWS = 12, 20
_NOWHERE = -1
# A word as common as this on the Zipf scale tells nothing; one that no list holds may be a name or a slip.
_TELLS_NOTHING, _UNLISTED = 5.5, 3.0
_LISTED = ("nl", "en", "fr", "de", "es")
_TALLEST = 4.0
_TOP, _FOOT = 0.25, 0.9
_TOP_LINES = 8  # where a source has no places
_TOP_WEIGHS, _FOOT_WEIGHS, _TEXT_WEIGHS = 1.5, 1.2, 0.7
_SMALL_WEIGHS = 0.3  # a word of the text without a capital: what papers write about, not who they are
_ANY_PAPER_WEIGHS = 0.3
_ADDRESS_WEIGHS = 4.0
_OWN_PATTERN_WEIGHS, _ANY_PATTERN_WEIGHS = 8.0, 3.0
_FILE_WORD_WEIGHS = 2.0
_OF_ONE_ROW = 150
_MOST_KEPT = 160
_LEAST_LETTERS = 3
_COVER_WORDS = 60
_MOST_FRONTS = 4  # pages among which cover and masthead stand
_LEAST_SURE = 0.3
_WORD = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")
_FILE_WORD = re.compile(r"[^\W\d_]{3,}|(?<![^\W_])[^\W\d_]{1,2}\d{2,}(?![^\W_])")  # P2000 too
_DOMAIN = re.compile(
    r"(?:www\.|@)?((?:[\w-]+\.)+(?:nl|be|de|fr|eu|uk|org|com|net|info|edu|au|ca|us|ch|at|ie|nz))\b", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b(?:\d{4}\s?[A-Z]{2}|[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2})\b")
# Domains of firms that give anybody an address.
_ANYBODYS = re.compile(
    r"(?:gmail|hotmail|outlook|live|yahoo|home|planet|xs4all|ziggo|kpnmail|telenet|skynet|facebook|twitter|instagram|"
    r"youtube|zoom)\."
)


@lru_cache(maxsize=1)
def paper_words() -> frozenset[str]:
    """Return the words that any newsletter may print: `nieuwsbrief`, `page`, `parish`; in small letters."""
    lines = (resources.files("archive.data") / "paper_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Trait(NamedTuple):
    """Something that a first page prints: a word, an address or the file's pattern.

    `weight` is in tenths, `cell` its place on a grid of the page, -1 where it has none.
    """

    text: str
    weight: int
    cell: int


def read_traits(pages: Sequence[Page], file: str, languages: Sequence[str]) -> tuple[Trait, ...]:
    """Return what the first page with words of an issue has that others of its series may have too, by its text.

    Args:
        pages: The pages of the issue, furniture among them.
        file: The path of its scan.
        languages: ISO 639-1 codes of the archive's newsletters; the words of another are known where it is detected.
    """
    fronts = front_pages(pages)
    text = " ".join(word.text for page in fronts for _, word, _ in _words(page))
    words = words_of(text)
    spoken = max(_LISTED, key=lambda language: stop_share(words, language))  # no list is read to tell
    listed = [language for language in _LISTED if language in {*languages, spoken}]
    found = {trait.text: trait for trait in _of_file(file, listed)}
    printed = (trait for page in fronts for trait in _of_page(page, listed))
    by_weight = sorted((*printed, *_addresses(text)), key=lambda trait: (-trait.weight, trait.text))
    for trait in by_weight:
        if len(found) < _MOST_KEPT:
            found.setdefault(trait.text, trait)
    return tuple(sorted(found.values()))


def file_traits(file: str, languages: Sequence[str]) -> tuple[Trait, ...]:
    """Return what the name of a file alone may share with its series; a row in one folder is one until it is read."""
    listed = [language for language in _LISTED if language in languages]
    row = Trait(f"row:{PurePosixPath(file).parent}/{file_pattern(file)}", _OF_ONE_ROW, _NOWHERE)
    return tuple(sorted({trait.text: trait for trait in (row, *_of_file(file, listed))}.values()))


def front_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the first page with words; behind a cover of hardly any words the next one too."""
    spoken = [page for page in pages[:_MOST_FRONTS] if any(True for _ in _words(page))]
    covered = len(spoken) > 1 and sum(1 for _ in _words(spoken[0])) < _COVER_WORDS
    return tuple(spoken[: 2 if covered else 1])


@lru_cache(maxsize=1)
def month_pattern() -> re.Pattern[str]:
    """Return a pattern for the name of a month as a whole word, in every language known."""
    return re.compile(rf"(?<![^\W\d_])(?:{load_calendar().months})(?![^\W\d_])", re.IGNORECASE)


def file_pattern(file: str) -> str:
    """Return the name of a file without what changes: `newsletter # - @ #` for a number, month and year."""
    stem = re.sub(r"[_\s]+", " ", PurePosixPath(file).stem)
    return re.sub(r"\d+", "#", month_pattern().sub("@", stem)).casefold()


def _of_file(file: str, listed: Sequence[str]) -> Iterator[Trait]:
    pattern, stem = file_pattern(file), PurePosixPath(file).stem.replace("_", " ")
    words = _WORD.findall(pattern)
    own = any(word not in paper_words() and len(word) > _LEAST_LETTERS for word in words)
    folder = str(PurePosixPath(file).parent)
    if (own and "#" in pattern) or "@" in pattern:
        yield Trait(f"file:{pattern}", round(_OWN_PATTERN_WEIGHS * 10), _NOWHERE)
    else:
        yield Trait(f"file:{folder}/{pattern}", round(_ANY_PATTERN_WEIGHS * 10), _NOWHERE)
    named = {
        word for word in _FILE_WORD.findall(month_pattern().sub(" ", stem).casefold()) if word not in paper_words()
    }
    zipf = listed_zipf(named, listed)
    for word in sorted(named):
        rarity = _TELLS_NOTHING - zipf[word] if word in zipf else _UNLISTED
        if rarity > 0 and not re.fullmatch(r"[\da-f]+", word):
            yield Trait(f"file:{word}", round(_FILE_WORD_WEIGHS * 10 * rarity), _NOWHERE)


def _of_page(page: Page, listed: Sequence[str]) -> Iterator[Trait]:
    """Yield each word of a page once, where it weighs most."""
    heights = [height for line, _, _ in _words(page) if (height := type_size(line)) is not None]
    usual = median(heights) if heights else None
    best: dict[str, Trait] = {}
    words = list(_words(page))
    small = {word.casefold() for _, each, _ in words for word in _WORD.findall(each.text)}
    zipf = listed_zipf(small, listed)
    for line, each, nth in words:
        tall = _tallness(each, line, usual)
        for word in _WORD.findall(month_pattern().sub(" ", each.text)):
            plain = word.casefold()
            rarity = _TELLS_NOTHING - zipf[plain] if plain in zipf else _UNLISTED
            if rarity <= 0:
                continue
            common = _ANY_PAPER_WEIGHS if plain in paper_words() else 1.0
            weight = round(10 * rarity * tall * _place_weighs(each, nth, page, word) * common)
            if weight > 0 and (plain not in best or weight > best[plain].weight):
                best[plain] = Trait(plain, weight, _cell(each, page))
    yield from best.values()


def _addresses(text: str) -> Iterator[Trait]:
    domains = {match[1].casefold().removeprefix("www.") for match in _DOMAIN.finditer(text)}
    for domain in sorted(domain for domain in domains if not _ANYBODYS.match(domain)):
        yield Trait(f"at:{domain}", round(_ADDRESS_WEIGHS * 10), _NOWHERE)
    for code in sorted({"".join(match[0].split()) for match in _POSTCODE.finditer(text)}):
        yield Trait(f"at:{code}", round(_ADDRESS_WEIGHS * 10), _NOWHERE)


def _words(page: Page) -> Iterator[tuple[Line, Word, int]]:
    """Yield the words of a page that are not all too unsure, each with its line and the place of that from 0."""
    for nth, line in enumerate(line for block in page.blocks for line in block.lines):
        for word in line.words:
            if word.confidence is None or word.confidence >= _LEAST_SURE:
                yield line, word, nth


def _tallness(word: Word, line: Line, usual: float | None) -> float:
    height = word.size or type_size(line)
    return min(_TALLEST, height / usual) if height and usual else 1.0


def _place_weighs(word: Word, line: int, page: Page, text: str) -> float:
    down = word.box.y0 / page.height if word.box and page.height else 0.0 if line < _TOP_LINES else (_TOP + _FOOT) / 2
    if _TOP <= down <= _FOOT:
        return _TEXT_WEIGHS if text[0].isupper() else _SMALL_WEIGHS
    return _TOP_WEIGHS if down < _TOP else _FOOT_WEIGHS


def _cell(word: Word, page: Page) -> int:
    if word.box is None or not page.height or not page.width:
        return _NOWHERE
    column = min(GRID_COLUMNS - 1, max(0, int((word.box.x0 + word.box.x1) / 2 / page.width * GRID_COLUMNS)))
    row = min(_ROWS - 1, max(0, int((word.box.y0 + word.box.y1) / 2 / page.height * _ROWS)))
    return row * GRID_COLUMNS + column
