"""Which category wins, and why?

Two judges: rules, words that the owner can read and extend, and a small model trained on text written for this program.
Their votes are added as log odds. A subject (refugees) wins over the form of a text (meeting, event).
"""

import math
from collections.abc import Mapping, Sequence

from archive.model.issues import Verdict, VerdictSource
from archive.parsing.categories import CategoryRules, load_categories, own_category, with_own
from archive.parsing.category_model import load_model, model_log_odds
from archive.parsing.category_terms import TermHit, find_headings, find_terms, fold

__all__ = ["CategoryRules", "classify", "combine", "load_categories", "own_category", "rule_points", "with_own"]

_HEADING_WEIGHT = 3.0
_LEAD_WORDS = 30
_LEAD_BONUS = 1.4
# A text without any evidence is `other`; this is what evidence must beat.
_OTHER_BASE = 1.3
_RULES_SHARE = 0.6
_MODEL_SHARE = 1.5
# The model learned from as many texts of each category; newsletters hold more of `other`.
_OTHER_PRIOR = 0.4
# A second category with at least this share of the winner's score is named in the reason.
_CLOSE = 0.5
_OTHER = "other"
_EVIDENCE_SHOWN = 5
# The languages of rules and training text; of another one the verdict says that it is unsure.
_TRAINED = ("nl", "en", "und")
_LOG_ODDS = 0.45
_MOST = 7.0
_STRONG = 3.0
_SUBJECT_BONUS = 1.5
_SUBJECT_STEPS = 3


def classify(heading: str, text: str, *, language: str, categories: Sequence[CategoryRules]) -> Verdict:
    """Choose the category of a section.

    Args:
        heading: As printed, cleaned; empty if it has none.
        text: The body.
        language: The section's language; the reason says so where rules and model were not made for it.
        categories: From `load_categories`, with the owner's added by `with_own`.

    Returns:
        The category with a score (0 to 1, adding up to 1) for each, the reason in words, and the spans of the matched
        words in heading, newline, text (Section.full_text). Where there are no categories to choose from, `other`.
    """
    if not categories:
        return Verdict(_OTHER, (), "there are no categories to choose from", source=VerdictSource.RULES)
    full = f"{heading}\n{text}" if heading else text
    folded = fold(full)
    hits = {rules.name: _find(folded, len(heading), rules) for rules in categories}
    by_rules = {rules.name: _points(hits[rules.name], full, rules) for rules in categories}
    by_model = _ask_model(heading, text, categories)
    scores = _softmax(combine(by_rules, by_model))
    winner = max(scores, key=lambda name: scores[name])
    by_rules_alone = max(by_rules, key=lambda name: by_rules[name])
    source = VerdictSource.RULES if by_rules_alone == winner and hits[winner] else VerdictSource.MODEL
    return Verdict(
        category=winner,
        scores=tuple((name, round(score, 4)) for name, score in scores.items()),
        reason=_reason(winner, hits[winner], by_model, source)
        + _close_second(scores, winner)
        + ("" if language in _TRAINED else f" ({language}: unsure)"),
        source=source,
        evidence=tuple(sorted({(hit.start, hit.end) for hit in hits[winner]})),
    )


def rule_points(heading: str, text: str, categories: Sequence[CategoryRules]) -> dict[str, float]:
    """Return what the rules alone say: points of each category, as log odds."""
    full = f"{heading}\n{text}" if heading else text
    folded = fold(full)
    return {rules.name: _points(_find(folded, len(heading), rules), full, rules) for rules in categories}


def combine(by_rules: Mapping[str, float], by_model: Mapping[str, float]) -> dict[str, float]:
    """Add the votes of both judges; of a category that the model does not know the rules alone decide."""
    return {
        name: _RULES_SHARE * points + _MODEL_SHARE * by_model[name] + (_OTHER_PRIOR if name == _OTHER else 0.0)
        if name in by_model
        else points
        for name, points in by_rules.items()
    }


def _find(folded: str, heading_end: int, rules: CategoryRules) -> tuple[TermHit, ...]:
    in_heading = [_weighted(hit) for hit in find_headings(folded[:heading_end], rules)]
    return (*in_heading, *find_terms(folded, rules))


def _weighted(hit: TermHit) -> TermHit:
    return TermHit(hit.category, hit.text, hit.start, hit.end, _HEADING_WEIGHT)


def _points(hits: Sequence[TermHit], full: str, rules: CategoryRules) -> float:
    """Add up the terms: each once in full, repetitions less, those at the beginning more; long texts need more."""
    lead_end = len(" ".join(full.split()[:_LEAD_WORDS]))
    seen: dict[str, int] = {}
    points = 0.0
    for hit in hits:
        times = seen[hit.text] = seen.get(hit.text, 0) + 1
        points += hit.weight * (_LEAD_BONUS if hit.start < lead_end else 1.0) / (times * math.sqrt(times))
    words = max(len(full.split()), 30)
    points *= math.pow(60 / words, 0.4)
    if rules.name == _OTHER:
        points += _OTHER_BASE
    log_odds = min(points * _LOG_ODDS, _MOST)
    if rules.subject:
        # Minutes about refugees are about refugees: the subject wins over the form, if it is more than mentioned.
        strong = {hit.text for hit in hits if hit.weight >= _STRONG}
        log_odds += _SUBJECT_BONUS * min(max(len(strong) - 1, 0), _SUBJECT_STEPS)
    return log_odds


def _ask_model(heading: str, text: str, categories: Sequence[CategoryRules]) -> dict[str, float]:
    model = load_model()
    if model is None:
        return {}
    odds = model_log_odds(model, heading, text)
    return {rules.name: odds[rules.name] for rules in categories if rules.name in odds}


def _softmax(odds: Mapping[str, float]) -> dict[str, float]:
    top = max(odds.values())
    parts = {name: math.exp(value - top) for name, value in odds.items()}
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def _close_second(scores: Mapping[str, float], winner: str) -> str:
    """Say which other category comes close, if one does."""
    others = {name: score for name, score in scores.items() if name != winner}
    second = max(others, key=lambda name: others[name], default=winner)
    close = second != winner and scores[second] >= _CLOSE * scores[winner]
    return f"; {second} comes close ({scores[second]:.2f} against {scores[winner]:.2f})" if close else ""


def _reason(winner: str, hits: Sequence[TermHit], by_model: Mapping[str, float], source: VerdictSource) -> str:
    words = list(dict.fromkeys(hit.text for hit in sorted(hits, key=lambda hit: -hit.weight)))[:_EVIDENCE_SHOWN]
    said = f"terms of {winner}: {', '.join(words)}" if words else f"no terms of any other category than {winner}"
    if not by_model:
        return said
    favourite = max(by_model, key=lambda name: by_model[name])
    agrees = "the model agrees" if favourite == winner else f"the model would say {favourite}"
    if source is VerdictSource.MODEL:
        return f"the model says {favourite}; {said}" if favourite == winner else f"{said}; {agrees}"
    return f"{said}; {agrees}"
