"""What is each category about?

One .toml file in this folder per category; the owner adds terms, or categories of their own, in archive.toml. A file:

    name = "volunteers"
    headings = ["vrijwilligers gezocht"]        # weigh most, in a heading
    misleading = ["vrijwillige brandweer"]      # looks like a term of this category and is none
    strong = ["vrijwilliger*"]                  # hardly ever said about anything else
    usual = ["meehelpen"]                       # often said about this
    weak = ["helpen"]                           # a hint

A term is a word or a few, in small letters and without accents; `*` at its start or end stands for any letters, so
that `*vergadering` finds `ledenvergadering`.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

_WEIGHTS = {"strong": 3.0, "usual": 1.2, "weak": 0.5}


@dataclass(frozen=True, slots=True)
class CategoryRules:
    """What speaks for a category.

    `terms` pairs each term with its weight (3 is near proof, 1 a fair sign); `headings` count in a heading only;
    `misleading` terms are skipped before the others are looked for. `subject` is true for a category that wins over
    the form of a text: minutes about refugees are about refugees.
    """

    name: str
    headings: tuple[str, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    misleading: tuple[str, ...] = ()
    subject: bool = False


@lru_cache(maxsize=1)
def load_categories() -> tuple[CategoryRules, ...]:
    """Read the categories that come with the program, in order of name, `other` last."""
    files = [file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml")]
    rules = [_read(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(rules, key=lambda rule: (rule.name == "other", rule.name)))


def own_category(
    name: str, *, headings: Sequence[str] = (), terms: Sequence[str] = (), weight: float = 1
) -> CategoryRules:
    """Make a category's rules from the owner's words; all terms get the one weight, times that of a strong term."""
    return CategoryRules(
        name, tuple(headings), tuple((term, weight * _WEIGHTS["strong"]) for term in terms), subject=True
    )


def with_own(categories: Sequence[CategoryRules], own: Iterable[CategoryRules]) -> tuple[CategoryRules, ...]:
    """Add the owner's rules: to the category of the same name, or as a new one before `other`."""
    rules = {rule.name: rule for rule in categories}
    for given in own:
        known = rules.get(given.name)
        rules[given.name] = given if known is None else _joined(known, given)
    return tuple(sorted(rules.values(), key=lambda rule: rule.name == "other"))


def _joined(known: CategoryRules, given: CategoryRules) -> CategoryRules:
    return replace(
        known,
        headings=known.headings + given.headings,
        terms=known.terms + given.terms,
        misleading=known.misleading + given.misleading,
    )


def _read(table: dict[str, object]) -> CategoryRules:
    def words(key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        return tuple(str(word) for word in value) if isinstance(value, list) else ()

    return CategoryRules(
        name=str(table["name"]),
        headings=words("headings"),
        terms=tuple((term, weight) for key, weight in _WEIGHTS.items() for term in words(key)),
        misleading=words("misleading"),
        subject=table.get("subject") is True,
    )
