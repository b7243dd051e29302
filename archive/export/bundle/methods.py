"""What may a researcher write about how the sections were found? A paragraph in English and one in Dutch.

Only what the archive knows is said: what was read, what is missing, how sure the reading is in each year, the exact
query, the version. What was not measured is said not to be.
"""

from collections.abc import Sequence

from archive.model.exports import ArchiveFacts, Export

_PAGE = """# Sections of newsletters

Made by newsletter-archive {version}. Licence: {licence}.

## Method

{english}

## Methode

{dutch}

## Reading quality by year / Leeskwaliteit per jaar

| year | issues | sections | words | mean confidence |
|---|---|---|---|---|
{figures}

## Missing numbers / Ontbrekende nummers

{gaps}

## Check / Controle

`sha256sum -c checksums.sha256` checks every file. `data-dictionary.csv` says what each field means.
"""
_FILTERS = (
    ("categories", "category", "categorie"),
    ("newsletters", "newsletter", "nieuwsbrief"),
    ("since", "issues from", "nummers vanaf"),
    ("until", "issues up to", "nummers tot en met"),
    ("mentions_since", "dates named from", "genoemde datums vanaf"),
    ("mentions_until", "dates named up to", "genoemde datums tot en met"),
    ("languages", "language", "taal"),
    ("tags", "tag", "label"),
)


def methods(export: Export, facts: ArchiveFacts) -> str:
    """Return README.md: both paragraphs, the figures by year, the gaps, and how to check the bundle."""
    figures = [
        f"| {each.year or 'undated'} | {each.issues} | {each.sections} | {each.words} | {_share(each.confidence)} |"
        for each in facts.years
    ]
    return _PAGE.format(
        version=facts.version,
        licence=export.licence or "none stated",
        english=_english(export, facts),
        dutch=_dutch(export, facts),
        figures="\n".join(figures),
        gaps="\n".join(_gaps(facts)) or "None known. / Geen bekend.",
    )


def _english(export: Export, facts: ArchiveFacts) -> str:
    seen, missing = facts.coverage, _missing(facts)
    parts = [
        f"The newsletters ({', '.join(facts.newsletters) or 'none'}) were read by newsletter-archive {facts.version},",
        "which reads scanned pages, cleans their text, parts it into sections and gives each a category.",
        f"The archive, in its state of {facts.as_of or 'no date'}, holds {_number(seen.issues, 'issue')} of",
        f"{_number(seen.pages, 'page')}: {seen.ok} were read well, {seen.low} with doubt, {seen.empty} were empty and",
        f"{seen.failed + seen.timed_out} could not be read.",
        f"{missing or 'No'} numbers are known to be missing.",
        f"The mean confidence of the reading by year is {_range(facts)}."
        if _known(facts)
        else "How sure the reading is, is not known.",
        _asked(export, facts, english=True),
        f"{_number(facts.sections, 'section')} matched.",
        "How many sections misreading may hide was not estimated, and agreement between the categories and human",
        "coders was not measured for this export.",
    ]
    return " ".join(parts)


def _dutch(export: Export, facts: ArchiveFacts) -> str:
    seen, missing = facts.coverage, _missing(facts)
    parts = [
        f"De nieuwsbrieven ({', '.join(facts.newsletters) or 'geen'}) zijn gelezen met newsletter-archive",
        f"{facts.version}, dat gescande pagina's leest, de tekst opschoont, in stukken verdeelt en elk stuk een",
        f"categorie geeft. Het archief, in de stand van {facts.as_of or 'geen datum'}, telt {seen.issues} nummers met",
        f"{seen.pages} pagina's: {seen.ok} zijn goed gelezen, {seen.low} met twijfel, {seen.empty} waren leeg en",
        f"{seen.failed + seen.timed_out} konden niet worden gelezen.",
        f"Van {missing or 'geen'} nummers is bekend dat ze ontbreken.",
        f"De gemiddelde zekerheid van de lezing per jaar is {_range(facts)}."
        if _known(facts)
        else "Hoe zeker de lezing is, is niet bekend.",
        _asked(export, facts, english=False),
        f"Dat leverde {facts.sections} stukken op.",
        "Hoeveel stukken door leesfouten verborgen kunnen blijven is niet geschat, en de overeenstemming van de",
        "categorieën met menselijke codeurs is voor deze export niet gemeten.",
    ]
    return " ".join(parts)


def _asked(export: Export, facts: ArchiveFacts, *, english: bool) -> str:
    query = export.request.query.strip()
    filters = []
    for name, in_english, in_dutch in _FILTERS:
        value = getattr(export.request, name)
        if value:
            told = value if isinstance(value, str) else ", ".join(value)
            filters.append(f"{in_english if english else in_dutch} {told}")
    exact = " (exact)" if export.request.exact else ""
    if english:
        text = f"The query was `{query}`{exact}, read as `{facts.parsed}`" if query else "No query was given"
        return text + (f"; filters: {'; '.join(filters)}." if filters else "; no filters.")
    text = f"De zoekvraag was `{query}`{exact}, gelezen als `{facts.parsed}`" if query else "Er was geen zoekvraag"
    return text + (f"; filters: {'; '.join(filters)}." if filters else "; geen filters.")


def _known(facts: ArchiveFacts) -> list[float]:
    return [each.confidence for each in facts.years if each.confidence is not None]


def _range(facts: ArchiveFacts) -> str:
    known = _known(facts)
    low, high = _share(min(known)), _share(max(known))
    return low if low == high else f"{low} – {high}"


def _share(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.2f}"


def _missing(facts: ArchiveFacts) -> int:
    return sum(len(numbers) for _, _, numbers in facts.gaps)


def _gaps(facts: ArchiveFacts) -> list[str]:
    return [f"- {newsletter}{f' ({run})' if run else ''}: {_runs(numbers)}" for newsletter, run, numbers in facts.gaps]


def _runs(numbers: Sequence[int]) -> str:
    """Write 3, 4, 5, 9 as `3-5, 9`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"
