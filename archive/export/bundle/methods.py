"""What may a researcher write about how the sections were found? A paragraph in English and one in Dutch.

Only what the archive knows is said: what was read, what is missing, how sure the reading is in each year, the exact
query, how many sections misreading may hide from it, how far people who coded by hand agree, the version. What was not
measured is said not to be.
"""

import shlex
from collections.abc import Sequence

from archive.model.exports import Agreement, ArchiveFacts, Export, Sample

_PAGE = """# Sections of newsletters

Made by newsletter-archive {version}. Licence: {licence}.{note}

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

{strata}## Again / Opnieuw

    {command}

## Check / Controle

`sha256sum -c checksums.sha256` checks every file. `data-dictionary.csv` says what each field means.
"""
# The filters of a request: the field, its option, and how it is called in English and in Dutch.
_FILTERS = (
    ("categories", "category", "category", "categorie"),
    ("newsletters", "newsletter", "newsletter", "nieuwsbrief"),
    ("since", "from", "issues from", "nummers vanaf"),
    ("until", "to", "issues up to", "nummers tot en met"),
    ("mentions_since", "mentions-from", "dates named from", "genoemde datums vanaf"),
    ("mentions_until", "mentions-to", "dates named up to", "genoemde datums tot en met"),
    ("languages", "language", "language", "taal"),
    ("tags", "tag", "tag", "label"),
    ("holdings", "holding", "holdings", "bezitsgegevens"),
)
# Why nobody can tell how much is hidden (archive.library.hidden), in Dutch; else the pages are read too badly.
_REASONS = {
    "the query asks for no word": "de zoekvraag vraagt naar geen enkel woord",
    "there is too little text to tell how well it was read": "er is te weinig tekst om te zien hoe goed die is gelezen",
}
_READ_BADLY = "daarvoor zijn deze pagina's te slecht gelezen"


def methods(export: Export, facts: ArchiveFacts) -> str:
    """Return README.md: both paragraphs, the figures by year, the gaps, and how to check the bundle."""
    figures = [
        f"| {each.year or 'undated'} | {each.issues} | {each.sections} | {each.words} | {_share(each.confidence)} |"
        for each in facts.years
    ]
    return _PAGE.format(
        version=facts.version,
        licence=export.licence or "none stated",
        note=f"\n\n{export.note}" if export.note else "",
        english=_english(export, facts),
        dutch=_dutch(export, facts),
        figures="\n".join(figures),
        gaps="\n".join(_gaps(facts)) or "None known. / Geen bekend.",
        strata=_strata(export.sample) if export.sample else "",
        command=_command(export),
    )


def _english(export: Export, facts: ArchiveFacts) -> str:
    seen, missing = facts.coverage, _missing(facts)
    parts = [
        f"The newsletters ({', '.join(facts.newsletters) or 'none'}) were read by newsletter-archive {facts.version},",
        "which reads scanned pages, cleans their text, parts it into sections and gives each a category.",
        _held(facts),
        f"{_number(seen.pages, 'page')}: {seen.ok} were read well, {seen.low} with doubt, {seen.empty} were empty and",
        f"{seen.failed + seen.timed_out} could not be read.",
        f"{missing or 'No'} numbers are known to be missing.",
        f"The mean confidence of the reading by year is {_range(facts)}."
        if _known(facts)
        else "How sure the reading is, is not known.",
        _asked(export, facts, english=True),
        _counted(export, facts),
        _hidden(facts),
        _agreement(facts.agreement),
    ]
    return " ".join(parts)


def _dutch(export: Export, facts: ArchiveFacts) -> str:
    seen, missing = facts.coverage, _missing(facts)
    parts = [
        f"De nieuwsbrieven ({', '.join(facts.newsletters) or 'geen'}) zijn gelezen met newsletter-archive",
        f"{facts.version}, dat gescande pagina's leest, de tekst opschoont, in stukken verdeelt en elk stuk een",
        f"categorie geeft. {_geheel(facts)}",
        f"{seen.pages} pagina's: {seen.ok} zijn goed gelezen, {seen.low} met twijfel, {seen.empty} waren leeg en",
        f"{seen.failed + seen.timed_out} konden niet worden gelezen.",
        f"Van {missing or 'geen'} nummers is bekend dat ze ontbreken.",
        f"De gemiddelde zekerheid van de lezing per jaar is {_range(facts)}."
        if _known(facts)
        else "Hoe zeker de lezing is, is niet bekend.",
        _asked(export, facts, english=False),
        _geteld(export, facts),
        _verborgen(facts),
        _overeenstemming(facts.agreement),
    ]
    return " ".join(parts)


def _held(facts: ArchiveFacts) -> str:
    """Say how many issues there are, and of those how many pass the filters, up to the number of their pages."""
    state, passing = (
        f"The archive, in its state of {facts.as_of or 'no date'},",
        _number(facts.coverage.issues, "issue"),
    )
    if not facts.whole:
        return f"{state} holds {passing} of"
    held = f"{_number(facts.whole.issues, 'issue')} of {_number(facts.whole.pages, 'page')}"
    return f"{state} holds {held}. The filters let through {passing} (pages of no known issue count as well) of"


def _geheel(facts: ArchiveFacts) -> str:
    state, passing = f"Het archief, in de stand van {facts.as_of or 'geen datum'},", f"{facts.coverage.issues} nummers"
    if not facts.whole:
        return f"{state} telt {passing} met"
    held = f"{facts.whole.issues} nummers met {facts.whole.pages} pagina's"
    return f"{state} telt {held}. De filters laten {passing} door (pagina's zonder bekend nummer tellen mee) met"


def _counted(export: Export, facts: ArchiveFacts) -> str:
    if not export.sample:
        return f"{_number(facts.sections, 'section')} matched."
    matched = sum(each.sections for each in export.sample.strata)
    by = f", stratified by {' and '.join(export.sample.by)}" if export.sample.by else ""
    drawn = len(export.sample.ids)
    return f"{_number(matched, 'section')} matched, of which {drawn} were drawn by lot (seed {export.sample.seed}){by}."


def _geteld(export: Export, facts: ArchiveFacts) -> str:
    if not export.sample:
        return f"Dat leverde {facts.sections} stukken op."
    matched = sum(each.sections for each in export.sample.strata)
    by = f", gestratificeerd naar {' en '.join(map(_in_dutch, export.sample.by))}" if export.sample.by else ""
    drawn, seed = len(export.sample.ids), export.sample.seed
    return f"Dat leverde {matched} stukken op, waarvan er {drawn} zijn geloot (startgetal {seed}){by}."


def _hidden(facts: ArchiveFacts) -> str:
    if facts.hidden:
        low, high, level = facts.hidden["low"], facts.hidden["high"], facts.hidden["level"]
        if not high:
            return "By estimate, misreading hides no section from the query."
        number = f"{facts.hidden['expected']:g} more sections ({level:.0%} interval {low:g} to {high:g})"
        return f"By estimate, {number} hold the words of the query but were misread and not found."
    if not facts.parsed:
        return "As no words were looked for, misreading hides no section."
    return f"How many sections misreading hides from the query cannot be told: {facts.hidden_reason}."


def _verborgen(facts: ArchiveFacts) -> str:
    if facts.hidden:
        low, high, level = facts.hidden["low"], facts.hidden["high"], facts.hidden["level"]
        if not high:
            return "Naar schatting blijft door leesfouten geen stuk voor de zoekvraag verborgen."
        number = f"nog {facts.hidden['expected']:g} stukken ({level:.0%}-interval {low:g} tot {high:g})"
        return f"Naar schatting bevatten {number} de woorden van de zoekvraag, maar verlezen en dus niet gevonden."
    if not facts.parsed:
        return "Omdat niet naar woorden is gezocht, blijft geen stuk door leesfouten verborgen."
    reason = _REASONS.get(facts.hidden_reason, _READ_BADLY)
    return f"Hoeveel stukken door leesfouten voor de zoekvraag verborgen blijven is niet te zeggen: {reason}."


def _agreement(found: Agreement | None) -> str:
    if found is None or not found.coded:
        return "Agreement between the categories and human coders was not measured."
    kappa = _kappa(found, "Cohen's kappa {:.2f}, 95% interval {:.2f} to {:.2f}", "kappa has no meaning here")
    return (
        f"Of {_number(found.coded, 'section')} of the archive coded by hand without sight of its choice, the machine"
        f" puts {found.agreed:.0%} into the same category ({kappa})."
    )


def _overeenstemming(found: Agreement | None) -> str:
    if found is None or not found.coded:
        return "De overeenstemming van de categorieën met menselijke codeurs is niet gemeten."
    kappa = _kappa(found, "Cohens kappa {:.2f}, 95%-interval {:.2f} tot {:.2f}", "kappa heeft hier geen betekenis")
    return (
        f"Van {found.coded} stukken uit het archief die met de hand zijn gecodeerd zonder de keuze van de machine te"
        f" zien, plaatst die {found.agreed:.0%} in dezelfde categorie ({kappa})."
    )


def _kappa(found: Agreement, form: str, none: str) -> str:
    return none if found.kappa is None else form.format(found.kappa, found.low, found.high)


def _strata(sample: Sample) -> str:
    head = " | ".join((*sample.by, "sections", "drawn"))
    rows = [
        " | ".join((*(value or "-" for value in each.values), f"{each.sections} | {each.drawn}"))
        for each in sample.strata
    ]
    rule = "---|" * (len(sample.by) + 2)
    table = "\n".join([f"| {head} |", f"|{rule}", *(f"| {row} |" for row in rows)])
    return f"## Sample / Steekproef\n\n{table}\n\n"


def _command(export: Export) -> str:
    """Return the command that makes this export again."""
    request, words = export.request, ["archive", "export"]
    for name, option, *_ in _FILTERS:
        value = getattr(request, name)
        for each in filter(None, [value] if isinstance(value, str) else value):
            words += [f"--{option}", each]
    words += ["--exact"] if request.exact else []
    words += ["--doubles"] if export.doubles else []
    if sample := export.sample:
        words += ["--sample", str(len(sample.ids)), "--seed", str(sample.seed)]
        words += ["--by", ",".join(sample.by)] if sample.by else []
    words += ["--licence", export.licence] if export.licence else []
    query = request.query.strip()
    return shlex.join([*words, "--format", "bundle", "--output", "bundle.zip", *(["--", query] if query else [])])


def _in_dutch(field: str) -> str:
    names = {"category": "categorie", "year": "jaar", "newsletter": "nieuwsbrief", "language": "taal"}
    return names.get(field, "bron van de tekst")


def _asked(export: Export, facts: ArchiveFacts, *, english: bool) -> str:
    query = export.request.query.strip()
    filters = []
    for name, _, in_english, in_dutch in _FILTERS:
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
