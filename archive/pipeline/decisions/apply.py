"""How do the decisions about one issue come into what parsing makes of it?

Words first, as edits before all rules; then the sections are found, cut and joined; then facts, headings, categories,
tags and notes are set. `Deciding` keeps book of which corrections found their place.
"""

from collections.abc import Iterable, Sequence

from archive.corrections import ISSUE_FIELDS, issue_of
from archive.ids import parse_id
from archive.model.issues import Cleaned, Correction, Edit, Issue, Section, Transcript
from archive.pipeline.decisions.facts import add_mark, correct_issue, set_category
from archive.pipeline.decisions.places import Places
from archive.pipeline.decisions.record import Decisions
from archive.pipeline.decisions.recut import Issue as Cut
from archive.pipeline.decisions.recut import recut, set_heading
from archive.pipeline.decisions.words import correct_words, tokens_of


class Deciding:
    """The decisions about one issue, while it is parsed.

    Args:
        decisions: What is known of the scan.
        issue: The issue as the machine found it.
        sections: Its sections as the machine found them, by which it is known again in another scan.
    """

    def __init__(self, decisions: Decisions, issue: Issue, sections: Sequence[Section]) -> None:
        self._decisions = decisions
        self._machine = self._cut = tuple(sections)
        places = Places(sections, decisions)
        own = decisions.id_of(issue)
        about = decisions.about(issue)
        held = {each: each == own or places.holds(each) for each in dict.fromkeys(map(issue_of, about))}
        self._corrections = tuple(each for each in about if held[issue_of(each)])
        self.placed: set[Correction] = set()

    def edits(self, cleaned: Cleaned) -> tuple[Edit, ...]:
        """Return the edits that correct words."""
        wanted = self._of("word")
        if not wanted:
            return ()
        spans = [self._span(each) for each in wanted]
        edits, placed = correct_words(tokens_of(cleaned), wanted, spans)
        self.placed.update(placed)
        return edits

    def facts(self, issue: Issue, newsletters: Sequence[tuple[str, str, tuple[str, ...]]]) -> Issue:
        """Set the facts of the issue."""
        issue, placed = correct_issue(issue, self._of(*ISSUE_FIELDS), newsletters)
        self.placed.update(placed)
        return issue

    def cut(
        self, sections: Sequence[Section], transcript: Transcript, cleaned: Cleaned, languages: tuple[str, ...]
    ) -> tuple[Section, ...]:
        """Cut and join the sections, and set their headings."""
        issue = Cut(transcript, cleaned, languages, self._decisions)
        self._cut, placed = recut(sections, issue, self._of("split", "join"))
        self.placed.update(placed)
        done = list(self._cut)
        places = Places(self._cut, self._decisions)
        for correction in self._of("heading"):
            at = self._find(places, correction)
            if at is not None:
                done[at] = set_heading(done[at], issue, correction.value)
                self.placed.add(correction)
        return tuple(done)

    def marks(self, sections: Sequence[Section], categories: Iterable[str]) -> tuple[Section, ...]:
        """Set categories, tags and notes; tags and notes of an issue go to all its sections."""
        done, known = list(sections), set(categories)
        places = Places(self._cut, self._decisions)
        for correction in self._of("category", "tag", "note"):
            whole = parse_id(correction.id).kind == "issue" and correction.field != "category"
            at = self._find(places, correction)
            for place in range(len(done)) if whole else () if at is None else (at,):
                if correction.field != "category":
                    done[place] = add_mark(done[place], correction)
                elif correction.value in known:
                    done[place] = set_category(done[place], correction)
                else:
                    continue
                self.placed.add(correction)
        return tuple(done)

    def _of(self, *fields: str) -> tuple[Correction, ...]:
        return tuple(each for each in self._corrections if each.field in fields)

    def _find(self, places: Places, correction: Correction) -> int | None:
        if parse_id(correction.id).kind != "section":
            return None
        return places.find(correction.id, issue_of(correction), correction.context)

    def _span(self, correction: Correction) -> tuple[int, int] | None:
        """Return where the section that a correction of a word names stands in the raw text."""
        if parse_id(correction.id).kind != "section":
            return None
        at = Places(self._machine, self._decisions).find(correction.id, issue_of(correction))
        return None if at is None else (self._machine[at].start, self._machine[at].end)
