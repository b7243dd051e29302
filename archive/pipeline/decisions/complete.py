"""What does a correction need so that it is found again, and is it one that can be made?

What a person left out is filled in from the text as it is now: the word that is meant, the words around it, the first
words of a section. Whatever is not clear is an error that says what to add, so that nothing is written that means
nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from archive.catalog.rows import SectionSpans
from archive.catalog.store import Catalog
from archive.corrections import ISSUE_FIELDS
from archive.errors import UsageError
from archive.ids import parse_id
from archive.model.issues import Cleaned, Correction
from archive.pipeline.decisions.facts import to_date
from archive.pipeline.decisions.words import Found, Token, bare, find_phrase, find_word, tokens_of

_AROUND = 3  # words on each side
_OPENING = 8  # words that tell a section
# How alike a word must be to the right one to be taken for its misreading, and how much more so than any other.
_MISREAD, _CLEARLY = 0.6, 0.1
_NAMED = 5  # places that an error names


class Completer:
    """Completes corrections by what the catalogue holds now.

    Args:
        catalog: The catalogue.
        categories: The names of all categories.
    """

    def __init__(self, catalog: Catalog, categories: Iterable[str]) -> None:
        self._catalog = catalog
        self._categories = tuple(categories)

    def complete(self, given: Correction) -> Correction:
        """Return the correction with all that it needs.

        Raises:
            UsageError: It cannot be made, or could mean more than one thing; the message says what to add.
        """
        if given.field == "undo":
            raise UsageError(None, "an undoing is not taken over", "Use `archive correct --undo NUMBER`.")
        given = self._check_id(given)
        match given.field:
            case "word":
                return self._word(given)
            case "split":
                return self._split(given)
            case "join":
                return self._join(given)
            case "tag" | "note" if parse_id(given.id).kind == "issue":
                return _filled(given, "value")
            case field if field in ISSUE_FIELDS:
                return self._fact(given)
        return self._section(given)

    def _check_id(self, given: Correction) -> Correction:
        """Refuse an id that holds nothing; a fact of an issue may be corrected by any of its sections."""
        parsed = parse_id(given.id)
        if given.field in ISSUE_FIELDS and parsed.kind != "issue":
            return self._check_id(replace(given, id=parsed.issue_id))
        if parsed.kind == "issue" and self._catalog.issue(given.id):
            if given.field in {"word", "tag", "note", *ISSUE_FIELDS}:
                return given
            hint = f"`archive show {given.id}` names its sections."
            raise UsageError(None, f"`{given.field}` is corrected in a section, and {given.id} is an issue", hint)
        if parsed.kind == "section" and self._catalog.section(given.id):
            return given
        old = self._catalog.old_id(given.id)
        if old and old.moved_to:
            raise UsageError(None, f"{given.id} moved to {old.moved_to}", f"Correct {old.moved_to}.")
        raise UsageError(None, f"there is no section or issue `{given.id}`", "`archive issues` lists the issues.")

    def _word(self, given: Correction) -> Correction:
        given = _filled(given, "value")
        tokens, inside = self._tokens(given.id)
        tokens = tokens[inside.start : inside.stop]
        found = find_word(tokens, given.expected, given.context) if given.expected else _misread(tokens, given.value)
        if not found:
            what = f"`{given.expected}`" if given.expected else f"a word like `{given.value}`"
            where = " among these words" if given.context else ""
            raise UsageError(
                None, f"{what} is not found in {given.id}{where}", "Give the word as it reads there: --expected WORD."
            )
        place = _only(found, [_around(tokens, each) for each in found], given)
        expected = " ".join(token.text for token in tokens[place.first : place.last])
        return replace(given, expected=given.expected or bare(expected), context=_around(tokens, place))

    def _split(self, given: Correction) -> Correction:
        given = _filled(given, "value")
        tokens, inside = self._tokens(given.id)
        found = [each for each in find_phrase(tokens, given.value, given.context) if each.first in inside]
        if not found:
            raise UsageError(
                None, f"`{given.value}` is not found in {given.id}", "Give the first words as they read there."
            )
        place = _only(found, [_before(tokens, each) for each in found], given)
        return replace(given, context=_before(tokens, place))

    def _join(self, given: Correction) -> Correction:
        issue_id = parse_id(given.id).issue_id
        if (
            parse_id(given.value).issue_id != issue_id
            or given.value == given.id
            or not self._catalog.section(given.value)
        ):
            hint = f"`archive show {issue_id}` names the sections of that issue."
            raise UsageError(None, f"`{given.value}` is no other section of the same issue", hint)
        return replace(given, expected=self._opening(given.value), context=self._opening(given.id))

    def _fact(self, given: Correction) -> Correction:
        issue = self._catalog.issue(given.id)
        if given.field == "issue_date" and to_date(given.value) is None:
            raise UsageError(
                None, f"`{given.value}` is no date", "Write it as 2019-03-12, or cut to what is known: 2019-03, 2019."
            )
        if given.field == "newsletter":
            given = _filled(given, "value")
            # The slug of a newsletter that is there stands for its name: it is no new name.
            names_of = {each.slug: each.newsletter for each in self._catalog.issues()}
            given = replace(given, value=names_of.get(given.value.casefold(), given.value))
        names = {"issue_date": "date", "issue_number": "number", "newsletter": "newsletter"}
        return replace(given, expected=str(getattr(issue, names[given.field], "")))

    def _section(self, given: Correction) -> Correction:
        if given.field == "category" and given.value not in self._categories:
            raise UsageError(
                None, f"there is no category `{given.value}`", f"Categories: {', '.join(self._categories)}."
            )
        if given.field in {"tag", "note"}:
            given = _filled(given, "value")
        fields = self._catalog.section(given.id) or {}
        expected = fields[given.field] if given.field in {"category", "heading"} else ""
        return replace(given, expected=expected, context=self._opening(given.id))

    def _tokens(self, given: str) -> tuple[list[Token], range]:
        """Return the words of an issue, and which of them are those of the section that was named."""
        cleaned = self._cleaned(parse_id(given).issue_id)
        tokens = tokens_of(cleaned)
        spans = self._catalog.section_spans(given)
        if spans is None:
            return tokens, range(len(tokens))
        inside = [place for place, token in enumerate(tokens) if spans.start <= token.start < spans.end]
        return tokens, range(inside[0], inside[-1] + 1) if inside else range(0)

    def _cleaned(self, issue_id: str) -> Cleaned:
        stored = self._catalog.transcript(issue_id)
        return Cleaned(stored.raw, stored.edits) if stored else Cleaned("", ())

    def _opening(self, section_id: str) -> str:
        """Return the first words of a section as they are printed: its heading, then its text."""
        spans = self._catalog.section_spans(section_id)
        return " ".join(_printed(self._cleaned(spans.issue_id), spans).split()[:_OPENING]) if spans else ""


def _printed(cleaned: Cleaned, spans: SectionSpans) -> str:
    first, last = spans.heading
    pieces = ((first, last), (spans.start, first), (last, spans.end))
    return " ".join(cleaned.between(*piece) for piece in pieces)


def _filled(given: Correction, name: str) -> Correction:
    if not getattr(given, name).strip():
        raise UsageError(None, f"`{given.field}` wants a {name}", "An empty one says nothing.")
    return given


def _misread(tokens: Sequence[Token], value: str) -> list[Found]:
    """Return where something stands that may be a misreading of some words, if one reading is clearly nearest."""
    size = len(value.split())
    wanted = "".join(value.split()).casefold()
    found: list[Found] = []
    for length in sorted({max(1, size - 1), size, size + 1}):
        for first in range(len(tokens) - length + 1):
            text = [bare(token.text) for token in tokens[first : first + length]]
            likeness = fuzz.ratio("".join(text).casefold(), wanted) / 100
            if likeness >= _MISREAD and " ".join(text) != value:
                found.append(Found(first, first + length, likeness))
    best = max((each.likeness for each in found), default=0.0)
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: -each.likeness):
        if each.likeness > best - _CLEARLY and not any(each.first < k.last and k.first < each.last for k in kept):
            kept.append(each)
    return kept


def _only(found: Sequence[Found], around: Sequence[str], given: Correction) -> Found:
    """Return the one place that is meant, or say what tells the places apart."""
    best = max(each.likeness for each in found)
    meant = [each for each in found if each.likeness == best] if given.context else list(found)
    if len(meant) == 1:
        return meant[0]
    places = "; ".join(f"‘{text}’" for text in around[:_NAMED]) + ("; …" if len(around) > _NAMED else "")
    asked = "--context WORDS" if given.expected or given.field == "split" else "--expected WORD, or --context WORDS,"
    raise UsageError(
        None, f"{len(meant)} places in {given.id} could be meant: {places}", f"Add {asked} of one of these."
    )


def _around(tokens: Sequence[Token], found: Found) -> str:
    return " ".join(token.text for token in tokens[max(0, found.first - _AROUND) : found.last + _AROUND])


def _before(tokens: Sequence[Token], found: Found) -> str:
    return " ".join(token.text for token in tokens[max(0, found.first - _AROUND) : found.first])
