"""How are sections cut and joined as a person said?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.corrections import issue_of
from archive.model.issues import Cleaned, Correction, Section, Transcript
from archive.model.pages import BlockRole, TextSource
from archive.parsing.sections.assemble import Bounds, make_sections
from archive.pipeline.decisions.places import Places
from archive.pipeline.decisions.record import Decisions
from archive.pipeline.decisions.words import ALIKE, Found, Token, alike, find_phrase, tokens_of

_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Issue:
    """What cutting an issue anew needs to know of it."""

    transcript: Transcript
    cleaned: Cleaned
    languages: tuple[str, ...]
    decisions: Decisions

    def make(self, *pieces: Bounds) -> tuple[Section, ...]:
        """Make a section of each piece of the raw text."""
        return make_sections(self.transcript, self.cleaned, pieces, languages=self.languages)


def recut(
    sections: Sequence[Section], issue: Issue, corrections: Sequence[Correction]
) -> tuple[tuple[Section, ...], tuple[Correction, ...]]:
    """Split and join the sections of an issue, one correction after the other.

    Returns:
        The sections, and the corrections that found their place; one that asks for what is so already did.
    """
    placed: list[Correction] = []
    for correction in corrections:
        change = _split if correction.field == "split" else _join
        done = change(sections, issue, correction)
        if done is not None:
            sections = done
            placed.append(correction)
    numbered = (replace(section, position=place) for place, section in enumerate(sections, start=1))
    return tuple(numbered), tuple(placed)


def set_heading(section: Section, issue: Issue, heading: str) -> Section:
    """Give a section another heading; its first words leave the text, or come back to it, as that says."""
    start, end = section.heading_span
    if heading == section.heading:
        return section
    words = tokens_of(issue.cleaned, start, section.end)
    size = min(len(heading.split()), len(words))
    if heading and alike(heading.split(), [word.text for word in words[:size]]) >= ALIKE:
        end = words[size - 1].end
    elif not heading:
        end = start  # a section without a heading: what was taken for one is text
    if end != section.heading_span[1]:
        made = issue.make(Bounds(section.start, start, end, section.end, section.boundary_confidence))
        kept = (section.id, section.position, section.language)
        section = replace(made[0], id=kept[0], position=kept[1], language=kept[2]) if made else section
    return replace(section, heading=heading)


def _split(sections: Sequence[Section], issue: Issue, correction: Correction) -> tuple[Section, ...] | None:
    tokens = tokens_of(issue.cleaned)
    place = Places(sections, issue.decisions).find(correction.id, issue_of(correction))
    found = find_phrase(tokens, correction.value, correction.context)
    if not found:
        return None
    chosen = max(found, key=lambda each: _weight(each, tokens, sections, place))
    at = tokens[chosen.first].start
    number = next((n for n, each in enumerate(sections) if each.start <= at < each.end), None)
    if number is None:
        return _between(sections, issue, chosen, tokens)
    section = sections[number]
    before = [token for token in tokens if section.start <= token.start < at]
    if not before:
        return _sure(sections, number)
    heading = section.heading_span
    upper = Bounds(
        section.start, heading[0], min(heading[1], before[-1].end), before[-1].end, section.boundary_confidence
    )
    lower = Bounds(at, *_heading_at(issue, at, section, tokens[chosen.first : chosen.last]), section.end, _SURE)
    parts = issue.make(upper, lower)
    if len(parts) < len((upper, lower)):
        return None  # one of them would show nothing
    # The half that keeps most words keeps the id; of two equal ones the first.
    after = sum(at <= token.start < section.end for token in tokens)
    keeper = 1 if after > len(before) else 0
    halves = [replace(part, id=section.id if nth == keeper else "") for nth, part in enumerate(parts)]
    return (*sections[:number], *halves, *sections[number + 1 :])


def _weight(
    found: Found, tokens: Sequence[Token], sections: Sequence[Section], place: int | None
) -> tuple[bool, float, bool]:
    """Prefer what stands in the section that is named, then what is most alike, then what does not open a section."""
    at = tokens[found.first].start
    section = sections[place] if place is not None else None
    inside = section is not None and section.start <= at < section.end
    return inside, found.likeness, all(at != each.start for each in sections)


def _between(sections: Sequence[Section], issue: Issue, found: Found, tokens: Sequence[Token]) -> tuple[Section, ...]:
    """Make a section of words that no section holds, up to where the next one starts."""
    at = tokens[found.first].start
    number = next((n for n, each in enumerate(sections) if each.start > at), len(sections))
    stop = sections[number].start if number < len(sections) else len(issue.cleaned.raw)
    end = max(token.end for token in tokens if at <= token.start < stop)
    return (*sections[:number], *issue.make(Bounds(at, at, at, end, _SURE)), *sections[number:])


def _sure(sections: Sequence[Section], number: int) -> tuple[Section, ...]:
    """A section that starts where a person says it does is sure to."""
    return (*sections[:number], replace(sections[number], boundary_confidence=_SURE), *sections[number + 1 :])


def _heading_at(issue: Issue, at: int, section: Section, words: Sequence[Token]) -> tuple[int, int]:
    """Return the span of the heading that stands at an offset of the raw text, an empty one where there is none.

    A heading is what the machine took for one, what is printed as one, or a line that stands alone and is all that the
    person named.
    """
    if at < section.heading_span[1]:
        return at, section.heading_span[1]
    printed = [word for word in issue.transcript.words if word.start >= at and word.start < section.end]
    if printed and printed[0].role is BlockRole.HEADING:
        run = [word for word in printed if word.block == printed[0].block]
        return at, run[-1].end
    raw = issue.cleaned.raw
    end = words[-1].end
    if raw[end : end + 2] == "\n\n" or raw[end : end + 1] == "\f":
        return at, end
    return at, at


def _join(sections: Sequence[Section], issue: Issue, correction: Correction) -> tuple[Section, ...] | None:
    places = Places(sections, issue.decisions)
    issue_id = issue_of(correction)
    added = places.find(correction.value, issue_id, correction.expected)
    if added is None:
        holder = places.taken_up_by(correction.value, issue_id)
        kept = places.find(correction.id, issue_id, correction.context)
        return tuple(sections) if holder is not None and holder == kept else None
    opening = places.opening_with(correction.context) if correction.context else None
    kept = opening if opening is not None else places.find(correction.id, issue_id)
    if kept is None or kept == added:
        parts = [part for part in places.parts_of(correction.id, issue_id) if part != added]
        kept = min(parts, key=lambda part: abs(part - added), default=None)
    if kept is None:
        return None
    # The id that was named stays with it, even where what was added is longer.
    joined = replace(_joined(sections[kept], sections[added], issue, next_to=abs(kept - added) == 1), id=correction.id)
    return tuple(joined if n == kept else each for n, each in enumerate(sections) if n != added)


def _joined(kept: Section, added: Section, issue: Issue, *, next_to: bool) -> Section:
    """Add one section to another: one stretch of raw text where they are neighbours, else one text after the other."""
    if next_to:
        start, end = min(kept.start, added.start), max(kept.end, added.end)
        heading = kept.heading_span
        if not kept.heading:
            heading = (start, start)
        made = issue.make(Bounds(start, *heading, end, kept.boundary_confidence))
        return replace(made[0], language=kept.language) if made else kept
    source = kept.text_source if kept.text_source is added.text_source else TextSource.MIXED
    return replace(
        kept,
        text="\n\n".join(filter(None, (kept.text, added.heading, added.text))),
        raw_text=f"{kept.raw_text}\n\n{added.raw_text}",
        pages=tuple(sorted({*kept.pages, *added.pages})),
        boxes=(*kept.boxes, *added.boxes),
        text_source=source,
    )
