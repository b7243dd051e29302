"""Do the years differ in how they were kept and read, enough to fake a trend?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Mean confidence of a year's words below that of the best year by more than this: one word in twenty.
_CONFIDENCE_STEP = 0.05
# A year of which more pages than this share could not be read well.
_UNREAD_SHARE = 0.05
# A year with fewer issues than a third of the usual number is a poor sample of itself.
_FEW = 1 / 3
_LEAST_YEARS = 2


@dataclass(frozen=True, slots=True)
class YearReading:
    """How a year was kept and read: `well` of its `pages` were; `confidence` is None where no source tells it."""

    year: str
    sections: int
    confidence: float | None
    issues: int
    newsletters: frozenset[str]
    pages: int
    well: int


def find_warnings(years: Sequence[YearReading]) -> tuple[str, ...]:
    """Say, in sentences, what about the sources could look like a trend; nothing for a single year."""
    if len(years) < _LEAST_YEARS:
        return ()
    return (*_quality(years), *_unread(years), *_few(years), *_newsletters(years))


def _quality(years: Sequence[YearReading]) -> Iterator[str]:
    known = [(year.confidence, year.year) for year in years if year.confidence is not None]
    if known and len(known) < len(years):
        others = ", ".join(year.year for year in years if year.confidence is None)
        yield f"How well the words were read is not known for {others}."
    if not known:
        return
    worst, best = min(known), max(known)
    if best[0] - worst[0] > _CONFIDENCE_STEP:
        rise = best[0] / worst[0] - 1 if worst[0] else 1.0
        poor = ", ".join(sorted(year for sure, year in known if best[0] - sure > _CONFIDENCE_STEP))
        yield (
            f"OCR quality differs: mean confidence {worst[0]:.2f} in {worst[1]}, {best[0]:.2f} in {best[1]}. A "
            f"difference of up to {rise:.0%} between these years may be nothing but reading; the poor years are {poor}."
        )


def _unread(years: Sequence[YearReading]) -> Iterator[str]:
    poor = [f"{year.year} ({1 - year.well / year.pages:.0%})" for year in years if _is_unread(year)]
    if poor and len(poor) < len(years):
        yield f"Pages that were not read, or read badly, are lacking from the counts: {', '.join(poor)}."


def _is_unread(year: YearReading) -> bool:
    return bool(year.pages) and 1 - year.well / year.pages > _UNREAD_SHARE


def _few(years: Sequence[YearReading]) -> Iterator[str]:
    counts = sorted(year.issues for year in years)
    usual = counts[len(counts) // 2]
    few = [f"{year.year} ({year.issues})" for year in years if year.issues < _FEW * usual]
    if few:
        yield f"Few issues beside the usual {usual} a year: {', '.join(few)}."
    spanned = int(years[-1].year) - int(years[0].year) + 1 if years[0].year.isdecimal() else len(years)
    if spanned > len(years):
        yield f"There is no issue at all of {spanned - len(years)} of the {spanned} years."


def _newsletters(years: Sequence[YearReading]) -> Iterator[str]:
    everywhere = frozenset.intersection(*(year.newsletters for year in years))
    some = frozenset.union(*(year.newsletters for year in years)) - everywhere
    if some:
        yield (
            f"Not every newsletter is there in every year: {', '.join(sorted(some))}. Look at one newsletter at a time "
            f"with --newsletter."
        )
