"""How well are pages read, and what does each step buy? Measures it, and writes the tables of docs/reading.md.

    python scripts/reading_report.py calibration FIT_SET TEST_SET [--write]
    python scripts/reading_report.py rubbish SET
    python scripts/reading_report.py turns SET [--pages 25]
    python scripts/reading_report.py ablation SET [--pages 6] [--write]

A SET is a folder of scans, each NAME.pdf or NAME/ with its NAME.truth.json. What was read is kept in --cache.
"""

import argparse
import hashlib
import json
import re
import resource
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PIL import Image
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from archive.model.pages import Block, BlockRole, Line, Page, PageImage, Scan, ScanKind, TextSource, Word
from archive.parsing.categories import load_categories
from archive.pipeline.parse import ParseFacts, parse_scan
from archive.reading import cache, scans
from archive.reading import page as reading_page
from archive.reading.calibration import calibrate, fit_curve
from archive.reading.images import ink
from archive.reading.images.picture import Picture, resize, save, turn
from archive.reading.layout import arrange
from archive.reading.ocr import tesseract
from archive.reading.page import looks, reading
from archive.reading.page.places import Place

DOCS = Path(__file__).resolve().parents[1] / "docs"
HOW = reading_page.ReadingSettings(key="report")
_FOLD = str.maketrans("’‘´`“”„–—‐", "''''\"\"\"---")
_NO_KIN = 50  # a word less like every word of the page than this (0 to 100) is no misreading of one
_AS_LONG = 3  # nor is one that has so many times the letters of what stands in its place, or fewer by as much
_BANDS = 10


class Seen(NamedTuple):
    """A page of a set as it was read, and what is printed on it."""

    name: str
    page: Page
    own: tuple[reading.Reading, ...]
    place: Place
    printed: str
    furniture: str
    turned: int


def load_set(folder: Path, cache: Path, conditions: Sequence[str] = ()) -> Iterator[Seen]:
    """Yield the pages of a set; those that were not read before are read now."""
    folders = reading_page.Folders(folder, cache)
    for truth_file in sorted(folder.glob("*.truth.json")):
        name = truth_file.name.removesuffix(".truth.json")
        if conditions and name.rsplit("_", 1)[1] not in conditions:
            continue
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        scan = _open(folder, name)
        for number, printed in enumerate(truth["pages"], 1):
            page = reading_page.read_page(folders, scan, number, HOW)
            own = reading_page.kept_readings(folders, scan, number, HOW)
            more = "\n".join([*printed["furniture"], truth["front"]["text"]])
            place = reading_page.locate_page(folder, scan, number)
            yield Seen(f"{name} p{number}", page, own, place, printed["text"], more, printed.get("turned", 0))


def _open(folder: Path, name: str) -> Scan:
    found, _ = scans.list_scans(folder, folder)
    return reading_page.open_scan(
        folder,
        next(each for each in found if each.file.removesuffix(".pdf") == name and each.kind != ScanKind.DUMP),
        HOW,
    )


def words_of(text: str) -> list[str]:
    """Fold a text and cut it into words, signs around them dropped."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    return [word for each in folded.split() if (word := re.sub(r"^\W+|\W+$", "", each))]


def judge_words(words: Sequence[Word], printed: str) -> list[tuple[Word, bool]]:
    """Tell of each word whether it is printed on the page; a word broken at a line end is right with its other half."""
    bag = Counter(words_of(printed))
    texts = [words_of(word.text) for word in words]
    judged: list[tuple[Word, bool]] = []
    for at, word in enumerate(words):
        parts = texts[at]
        if not parts:
            continue
        right = all(bag[part] > 0 for part in parts)
        for part in parts if right else ():
            bag[part] -= 1
        if not right and (halves := _halves(words, texts, at)):
            right = bag[halves] > 0
        judged.append((word, right))
    return judged


def _halves(words: Sequence[Word], texts: Sequence[list[str]], at: int) -> str:
    """Return the word that is broken between this one and its neighbour, or nothing."""
    if words[at].text.endswith(("-", "­", "¬")) and at + 1 < len(words) and texts[at] and texts[at + 1]:
        return texts[at][0] + texts[at + 1][0]
    if at and words[at - 1].text.endswith(("-", "­", "¬")) and texts[at - 1] and texts[at]:
        return texts[at - 1][0] + texts[at][0]
    return ""


def _ordered(found: reading.Reading) -> Iterator[tuple[Word, bool]]:
    """Yield words in reading order, and whether each is set aside as part of a picture."""
    for block in arrange(found.words, width=found.width, height=found.height, drawn=found.drawn, photos=found.photos):
        for line in block.lines:
            for word in line.words:
                yield word, block.role is BlockRole.PICTURE


def calibration(options: argparse.Namespace) -> None:
    """Fit the curve on one set and show what it is worth on the other."""
    fitted = [(word.confidence, right) for word, right in _judged(options.fit, options.cache)]
    curve = fit_curve(fitted)
    print("_CURVE =", curve, f"  # {len(fitted)} words")
    judged = _judged(options.test, options.cache)
    # By what is said alone: within a tie the words keep their order on the pages.
    tested = sorted(
        ((calibrate(word.confidence, curve), word.confidence, right) for word, right in judged), key=itemgetter(0)
    )
    rows = []
    for at in range(_BANDS):
        band = tested[at * len(tested) // _BANDS : (at + 1) * len(tested) // _BANDS]
        rows.append(
            (
                len(band),
                mean(own for _, own, _ in band),
                mean(said for said, _, _ in band),
                mean(right for *_, right in band),
            )
        )
    table = ["| band | words | engine's own | said | right | apart |", "|--:|--:|--:|--:|--:|--:|"]
    table += [
        f"| {at} | {n} | {own:.3f} | {said:.3f} | {right:.3f} | {abs(said - right):.3f} |"
        for at, (n, own, said, right) in enumerate(rows, 1)
    ]
    _publish("calibration", table, options.write)
    if options.write:
        (DOCS / "reading-reliability.svg").write_text(_plot(rows), encoding="utf-8")


def _judged(folder: Path, cache: Path) -> Iterator[tuple[Any, bool]]:
    for seen in load_set(folder, cache):
        for each in seen.own:
            if each.source is TextSource.OCR:
                words = [word for word, aside in _ordered(each) if not aside]
                judged = judge_words(words, f"{seen.printed}\n{seen.furniture}")
                yield from ((word, right) for word, right in judged if word.confidence is not None)


def _plot(rows: Sequence[tuple[int, float, float, float]]) -> str:
    """Draw said against right, with the line on which they are the same; both from .5 to 1."""
    marks = [_mark(said, right, 'fill="#0b5394"') for _, _, said, right in rows]
    marks += [_mark(own, right, 'fill="none" stroke="#b45f06"') for _, own, _, right in rows]
    for tick in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        x, y = _spot(tick, tick)
        marks.append(f'<text x="{x:.0f}" y="376" text-anchor="middle">{tick}</text>')
        marks.append(f'<text x="34" y="{y + 4:.0f}" text-anchor="end">{tick}</text>')
    caption = "confidence (filled: as said, open: the engine's own)"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" font-family="sans-serif" font-size="11">\n'
        '<rect width="400" height="400" fill="#fff"/>\n'
        '<path d="M40 40h320v320h-320z M40 360L360 40" fill="none" stroke="#999"/>\n' + "\n".join(marks) + "\n"
        f'<text x="200" y="394" text-anchor="middle">{caption}</text>\n'
        '<text x="40" y="30">share of words that are right, ten bands of equal word count</text>\n</svg>\n'
    )


def _mark(said: float, right: float, how: str) -> str:
    x, y = _spot(said, right)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {how}/>'


def _spot(said: float, right: float) -> tuple[float, float]:
    return 40 + 640 * (max(0.5, said) - 0.5), 360 - 640 * (max(0.5, right) - 0.5)


def rubbish(options: argparse.Namespace) -> None:
    """Count rubbish left in the text of sections, and real words set aside as parts of pictures.

    Rubbish is a word of the text that is not printed in the issue, masthead and running lines included, and is no
    misreading: neither like a printed word that the text lacks, nor in the place of one, beside its neighbour. So a
    word drawn in a photo, or a star read as letters, is rubbish. A word set aside is real if it is printed and missing.
    """
    counts: dict[str, Counter[str]] = {}
    pages: dict[str, list[Seen]] = {}
    for seen in load_set(options.set, options.cache):
        pages.setdefault(seen.name.rsplit(" ", 1)[0], []).append(seen)
    for name, issue in pages.items():
        if not any(each.source is TextSource.OCR for seen in issue for each in seen.own):
            continue  # born digital
        text = [Word(each) for each in _section_text(options.set, name, issue).split()]
        found = _find_rubbish(text, words_of("\n".join(f"{seen.printed}\n{seen.furniture}" for seen in issue)))
        aside = judge_words(list(_pictured(issue)), " ".join(found.missing.elements()))
        real = [word.text for word, right in aside if right]
        if options.each and (found.rubbish or real):
            print(name, "left:", found.rubbish, "real words set aside:", real)
        more = {
            "words": found.words,
            "rubbish": len(found.rubbish),
            "set_aside": len(aside),
            "real_set_aside": len(real),
        }
        counts.setdefault(name.rsplit("_", 1)[1], Counter()).update(more)
    for condition, count in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        rates = {"rubbish_per_2000": round(2000 * count["rubbish"] / count["words"], 2)}
        rates["real_per_1000"] = round(1000 * count["real_set_aside"] / count["words"], 2)
        print(condition, json.dumps(dict(count) | rates))


class Rubbish(NamedTuple):
    """How many words a text has, which of them are rubbish, and which printed words it lacks."""

    words: int
    rubbish: list[str]
    missing: Counter[str]


def _find_rubbish(text: Sequence[Word], printed: Sequence[str]) -> Rubbish:
    judged = judge_words(text, " ".join(printed))
    missing = Counter(printed) - Counter(part for word, right in judged if right for part in words_of(word.text))
    before, after = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for one, other in pairwise(printed):
        after[one].append(other)
        before[other].append(one)
    rubbish = []
    for at, (word, right) in enumerate(judged):
        folded = words_of(word.text)[0]
        if right or process.extractOne(folded, [*missing], scorer=fuzz.ratio, score_cutoff=_NO_KIN):
            continue
        due = [other for each, good in judged[max(0, at - 1) : at] if good for other in after[words_of(each.text)[-1]]]
        due += [other for each, good in judged[at + 1 : at + 2] if good for other in before[words_of(each.text)[0]]]
        if not any(missing[other] and _as_long(folded, other) for other in due):
            rubbish.append(word.text)
    return Rubbish(len(judged), rubbish, missing)


def _as_long(one: str, other: str) -> bool:
    return max(len(one), len(other)) <= _AS_LONG * min(len(one), len(other))


def _pictured(issue: Sequence[Seen]) -> Iterator[Word]:
    for block in (block for seen in issue for block in seen.page.blocks if block.role is BlockRole.PICTURE):
        for line in block.lines:
            yield from line.words


def _section_text(folder: Path, name: str, issue: Sequence[Seen]) -> str:
    facts = ParseFacts(HOW.languages, (), load_categories())
    parsed = parse_scan(_open(folder, name), [seen.page for seen in issue], facts)
    return "\n".join(section.full_text for each in parsed for section in each.sections)


def turns(options: argparse.Namespace) -> None:
    """Turn pages by 0, 90, 180 and 270 degrees and count how many are turned back, at first sight and in the end.

    In the end: those that are wrong at first sight are read whole, with the second look that a bad reading brings.
    """
    right = asked = total = mended = 0
    pages = [seen for seen in load_set(options.set, options.cache) if seen.own and seen.own[0].source is TextSource.OCR]
    for seen in pages[:: max(1, len(pages) // options.pages)][: options.pages]:
        upright = turn(resize(reading.load_picture(seen.place, 300, HOW)), seen.own[0].turned)
        for degrees in (0, 90, 180, 270):
            turned = looks.Looks(tesseract.Tesseract(), HOW.languages, Path(options.cache), turn(upright, degrees))
            guess = ink.guess_turn(turned.picture)
            found, unsure = guess.turned, guess.unsure_side or guess.unsure_way
            asked += unsure
            if unsure:
                found = turned.ask_turn(0 if guess.unsure_side else guess.turned)
            right += (found + degrees) % 360 == 0
            total += 1
            if (found + degrees) % 360:
                found = looks.recognise(turned.picture, HOW).turned
                mended += (found + degrees) % 360 == 0
                print(seen.name, degrees, found, guess)
    facts = {"pages": total, "right_at_first": right, "asked_the_engine": asked, "right_in_the_end": right + mended}
    print(json.dumps(facts))


class KeptEngine(tesseract.Tesseract):
    """Tesseract, which reads the same picture once only; `spent` is the processor time that its answers took."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.spent = folder, 0.0

    def _read(self, image: PageImage, languages: tuple[str, ...], layout: str) -> tuple[Word, ...]:
        local = image.local_thresholds and bool(tesseract._LOCAL)  # noqa: SLF001 - taken away by a step
        asked = f"{self.version()} {layout} {local} {image.dpi:.0f} {languages}".encode()
        place = self.folder / f"{hashlib.sha256(Path(image.path).read_bytes() + asked).hexdigest()}.json"
        if not place.exists():
            before = _children_s()
            words = super()._read(image, languages, layout)
            place.write_text(json.dumps([_children_s() - before, cache.pack_words(words)]), encoding="utf-8")
        spent, packed = json.loads(place.read_text(encoding="utf-8"))
        self.spent += spent
        return cache.unpack_words(packed)


# What is taken away, one at a time: (step, what stands in its place).
def _steps(engine: KeptEngine) -> list[tuple[str, list[Any]]]:
    nothing = ink.Turn(0, unsure_side=False, unsure_way=False, ink=1.0)
    once = patch.object(looks, "POOR", 0.0)
    return [
        ("nothing", []),
        (
            "light letters on dark grounds",
            [patch.object(looks, "lighten_grounds", lambda picture: (picture, (), ()))],
        ),
        ("evening the light", [patch.object(looks, "even_light", lambda picture: picture)]),
        ("local thresholds on faint pages", [patch.object(tesseract, "_LOCAL", "")]),
        ("smoothing the grain of faint pages", [patch.object(looks, "smooth", lambda picture: picture)]),
        ("enlarging and filtering faxes", [patch.object(looks, "resize", lambda picture: picture)]),
        ("turning, with the second look", [patch.object(ink, "guess_turn", lambda _: nothing), once]),
        ("straightening", [patch.object(ink, "find_skew", lambda _: 0.0)]),
        ("wiping underlines", [patch.object(looks, "wipe_underlines", lambda picture: (picture, ()))]),
        ("weight of strokes", [patch.object(ink, "weigh", lambda _, words: tuple(words))]),
        ("layout: the engine's own order", [patch.object(sys.modules[__name__], "arrange", _as_read)]),
        ("everything: bare Tesseract", [patch.object(looks, "recognise", partial(_bare, engine))]),
    ]


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bare(engine: KeptEngine, picture: Picture, how: reading_page.ReadingSettings) -> looks.Reading:
    with tempfile.TemporaryDirectory() as work:
        image = save(picture, Path(work) / "bare.pgm", 1)
        words = engine.read(image, how.languages)
    return looks.Reading(TextSource.OCR, words, picture.width, picture.height, "bare")


def _darkened(picture: Picture) -> Picture:
    """Return a page as it looks on dark, stained paper with a coarse grain."""
    tones = np.asarray(picture.pixels, dtype=np.float32) / 255
    chance = np.random.default_rng(tones.shape[1])
    small = Image.fromarray(chance.normal(0, 1, (6, 5)).astype(np.float32))
    stains = np.asarray(small.resize((tones.shape[1], tones.shape[0]), Image.Resampling.BICUBIC))
    dark = 105 + 70 * tones + 14 * stains * tones + chance.normal(0, 16, tones.shape) - 60
    return Picture(Image.fromarray(dark.clip(0, 255).astype(np.uint8)), picture.dpi)


def _as_read(words: Sequence[Word], **page: object) -> tuple[Block, ...]:
    del page
    return (Block((Line(tuple(words)),)),)


def ablation(options: argparse.Namespace) -> None:
    """Read a sample of scanned pages with one step left out at a time; `dark` are the scans made dark and stained."""
    sample = list(_sample(options))
    conditions = list(dict.fromkeys(kind for kind, *_ in sample))
    table = [f"| left out | {' | '.join(conditions)} | seconds a page |", f"|---|{'--:|' * (len(conditions) + 1)}"]
    engine = KeptEngine(options.cache)
    with patch.object(reading, "_engine", lambda: engine):
        for step, patches in _steps(engine):
            engine.spent = 0.0
            started = time.process_time()
            with ExitStack() as held:
                for each in patches:
                    held.enter_context(each)
                errors: dict[str, list[float]] = {kind: [] for kind in conditions}
                for kind, seen, picture in sample:
                    found = looks.recognise(picture, HOW)
                    in_order = [word for word, out in _ordered(found) if not out]
                    kept = found.words if found.reader == "bare" else in_order
                    errors[kind].append(_error(seen, " ".join(word.text for word in kept)))
            spent = (time.process_time() - started + engine.spent) / len(sample)
            cells = " | ".join(f"{mean(errors[kind]):.3f}" for kind in conditions)
            table.append(f"| {step} | {cells} | {spent:.2f} |")
            print(table[-1], flush=True)
    table.append(f"\n{len(sample)} pages: {', '.join(f'{len(errors[kind])} {kind}' for kind in conditions)}.")
    _publish("ablation", table, options.write)


def _sample(options: argparse.Namespace) -> Iterator[tuple[str, Seen, Picture]]:
    """Yield pages of each condition, their pictures, and the scans once more as dark pages."""
    for condition in ("scan", "images", "poor", "fax", "rotated"):
        found = [
            seen
            for seen in load_set(options.set, options.cache, (condition,))
            if seen.page.text_source is TextSource.OCR and "bilingual" not in seen.name  # read in more than one order
        ]
        count = max(1, options.pages // 6)
        for seen in found[:: max(1, len(found) // count)][:count]:
            picture = reading.load_picture(seen.place, 300, HOW)
            yield condition, seen, picture
            if condition == "scan":
                yield "dark", seen, _darkened(picture)


def _error(seen: Seen, text: str) -> float:
    """Return the share of characters that are wrong, running heads and the masthead left out on both sides."""
    printed, read = " ".join(words_of(seen.printed)), " ".join(words_of(text))
    for line in seen.furniture.splitlines():
        folded = " ".join(words_of(line))
        found = fuzz.partial_ratio_alignment(folded, read, score_cutoff=80) if len(folded) > 8 else None  # noqa: PLR2004
        if found and folded not in printed:
            read = read[: found.dest_start] + read[found.dest_end :]
    return Levenshtein.distance(printed, read) / max(1, len(printed))


def _publish(name: str, table: Sequence[str], write: bool) -> None:  # noqa: FBT001 - as the option says
    """Print a table, or put it between its marks in docs/reading.md."""
    print("\n".join(table))
    if write:
        page = DOCS / "reading.md"
        marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, rest = page.read_text(encoding="utf-8").split(marks[0])
        page.write_text("\n".join([before + marks[0], *table, marks[1] + rest.split(marks[1])[1]]), encoding="utf-8")


def main() -> None:
    """Run one of the reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path("/tmp/reading-report"))  # noqa: S108 - of a developer
    reports = parser.add_subparsers(required=True)
    reports_of: tuple[tuple[Callable[[argparse.Namespace], None], tuple[str, ...], int], ...] = (
        (calibration, ("fit", "test"), 0),
        (rubbish, ("set",), 0),
        (turns, ("set",), 25),
        (ablation, ("set",), 5),
    )
    for run, folders, pages in reports_of:
        report = reports.add_parser(run.__name__, help=run.__doc__)
        for folder in folders:
            report.add_argument(folder, type=Path)
        report.add_argument("--pages", type=int, default=pages)
        report.add_argument("--write", action="store_true")
        report.add_argument("--each", action="store_true")
        report.set_defaults(run=run)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    options.run(options)


if __name__ == "__main__":
    main()
