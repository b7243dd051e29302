"""What was asked and what was found: the records of a search."""

import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from archive.tuples import NamedTuple

EVERY = sys.maxsize  # as limit of a request: all that matches as a whole, and nothing beside it

# From this share of a page's print on, what was not read is too much to be chance: the page is `low`. It stands here,
# for the coverage of an answer asks it, and a search loads no pages.
MUCH_UNREAD = 0.15


class MatchKind(StrEnum):
    """How a word of the text matches a word of the query, closest first."""

    EXACT = "exact"
    INFLECTION = "inflection"
    COMPOUND = "compound"
    OCR = "ocr"
    FUZZY = "fuzzy"
    GROUP = "group"


class Sort(StrEnum):
    """How hits are ordered."""

    SCORE = "score"
    DATE = "date"


class SearchRequest(NamedTuple):
    """What was typed: the query, the filters and which part of the answer is wanted.

    Dates are ISO, cut to what is known, inclusive: `until="2019-03"` keeps all of March 2019. `languages` both filters
    the sections and fixes how the query is analysed. `holdings` are `COLUMN=VALUE` pairs of issues.csv; `within` are
    the sections that they keep, which library.holdings looks up (None: all). `exact` leaves only `exact` matches.
    Without `boxes` the hits do not say where on the page their words stand, which is a little quicker.
    """

    query: str = ""
    categories: tuple[str, ...] = ()
    newsletters: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    mentions_since: str = ""
    mentions_until: str = ""
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    holdings: tuple[str, ...] = ()
    within: frozenset[str] | None = None
    limit: int = 10
    offset: int = 0
    sort: Sort = Sort.SCORE
    exact: bool = False
    facets: bool = False
    boxes: bool = True


# The nodes of a query that has been read: named tuples, as a search that starts cold should not wait for classes to be
# compiled. `field` is empty for running text, else one of the field names of the query language: heading category
# newsletter date mentions language place tag page. `start` and `end` are where the node stands in the query as typed.
# Tuples that hold the same are the same: `sign` tells one that joins others from another kind that joins the same.


class Alike(NamedTuple):
    """What words.toml says stands for a word of the query: folded words, and whether their inflections do too."""

    words: tuple[str, ...]
    inflected: bool = False


class Term(NamedTuple):
    """One word, as typed; `alike` is what the owner wants found with it."""

    text: str
    field: str = ""
    start: int = 0
    end: int = 0
    alike: tuple[Alike, ...] = ()


class Phrase(NamedTuple):
    """Words next to each other, in order; up to `slop` other words may stand between them."""

    words: tuple[str, ...]
    slop: int = 0
    field: str = ""
    start: int = 0
    end: int = 0
    alike: tuple[Alike, ...] = ()


class Pattern(NamedTuple):
    """A word with `*` (any letters) or `?` (one letter) in it."""

    text: str
    field: str = ""
    start: int = 0
    end: int = 0


class Fuzzy(NamedTuple):
    """A word with up to `edits` letters wrong, missing or too many (1 or 2)."""

    text: str
    edits: int = 1
    field: str = ""
    start: int = 0
    end: int = 0


class Range(NamedTuple):
    """`field:[low TO high]`, both inclusive; an empty end is open."""

    field: str
    low: str
    high: str
    start: int = 0
    end: int = 0


class And(NamedTuple):
    """All of the parts."""

    parts: "tuple[Node, ...]"
    sign: Literal["AND"] = "AND"


class Or(NamedTuple):
    """At least one of the parts."""

    parts: "tuple[Node, ...]"
    sign: Literal["OR"] = "OR"


class Not(NamedTuple):
    """Sections without this part."""

    part: "Node"
    sign: Literal["NOT"] = "NOT"


class Everything(NamedTuple):
    """Every section: what an empty query with filters asks for."""

    sign: Literal["*"] = "*"


Node = Term | Phrase | Pattern | Fuzzy | Range | And | Or | Not | Everything


class Query(NamedTuple):
    """A query as read; `parsed` is how the program understood it, as a line a person can check."""

    root: Node
    parsed: str


class Match(NamedTuple):
    """A word of the text that made a section a hit.

    Attributes:
        term: The word of the query, the one that it stands nearest to.
        matched: The word as printed.
        how: How it matched.
        span: Where it stands, in characters of Section.full_text.
        also: Other words of the query that it, or a word within it, stands for, each with what matched and how.
    """

    term: str
    matched: str
    how: MatchKind
    span: tuple[int, int]
    also: tuple[tuple[str, str, MatchKind], ...] = ()


# From this share of a page's print on, what was not read is too much to be chance: the page is `low`.
MUCH_UNREAD = 0.15


class Coverage(NamedTuple):
    """What part of the archive was looked at: counts of issues and of pages by their status in the ledger."""

    issues: int = 0
    pages: int = 0
    ok: int = 0
    low: int = 0
    empty: int = 0
    failed: int = 0
    timed_out: int = 0
    unopened: int = 0  # files of raw/ that are no scan or could not be opened, so that nothing is known of their pages
    unread: int = 0  # those of `low` on which much print was not read at all
    waiting: int | None = None  # files of raw/ that no ingest has seen; None where they were not counted
    index_behind: bool = False  # the catalogue holds sections that the index does not have yet


class Reading(NamedTuple):
    """How well some sections could be read: words that can be judged, and signs of damage among them.

    `sections` is the number of sections that this speaks for.
    """

    words: int
    signs: int
    sections: int = 1


class Found(NamedTuple):
    """What a backend answers: the ids of one page of hits with their scores, and the forms that each term took.

    `forms` maps each word of the query (folded) to the folded words of the archive that it stands for and how.
    `partial` holds ids, scores and missing words of sections that match only part of the query; `suggestions` are
    queries with words of the archive in place of words that it does not hold. `readings` tell how well the matching
    sections could be read; the last one is of the whole archive.
    """

    total: int
    ids: tuple[tuple[str, float], ...]
    forms: Mapping[str, Mapping[str, MatchKind]]
    facets: dict[str, dict[str, int]]
    partial: tuple[tuple[str, float, tuple[str, ...]], ...] = ()
    suggestions: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()


class Hit(NamedTuple):
    """One section that matches; `snippet` marks nothing, `marks` are the spans in it that matched."""

    rank: int
    score: float
    id: str
    issue_id: str
    newsletter: str
    issue_date: str
    heading: str
    category: str
    pages: tuple[int, ...]
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    matches: tuple[Match, ...] = ()
    missing: tuple[str, ...] = ()
    boxes: tuple[dict[str, float], ...] = ()


class Results(NamedTuple):
    """The answer to a search; `total` and `facets` cover what matches the whole query, `partial` is apart.

    `notices` say which values of filters and fields the archive does not know.
    """

    query: str
    parsed: str
    total: int
    took_ms: float
    coverage: Coverage
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]
    partial: tuple[Hit, ...] = ()
    suggestions: tuple[str, ...] = ()
    hidden: dict[str, float] | None = None
    hidden_reason: str = ""
    notices: tuple[str, ...] = ()
