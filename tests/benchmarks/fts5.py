"""How does SQLite's own full-text search answer the same questions? The yardstick of the search benchmarks.

One FTS5 table over the same stemmed text, a plain table with the facts. What FTS5 cannot do itself is done as its users
do it: fuzzy words by rapidfuzz over the vocabulary, infixes by LIKE over it, then OR; facets by GROUP BY.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.search.forms import tokens
from archive.search.stems import stems

_BEST = "SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT 10"
_MOST_WORDS = 2000


class Fts5:
    """A table of sections; `stemmed` says whether words were stemmed on the way in."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._vocabulary: list[str] = []

    def fill(self, sections: Iterable[Mapping[str, object]]) -> None:
        """Make the tables."""
        self._db.executescript(
            "CREATE VIRTUAL TABLE text USING fts5(body, tokenize = 'unicode61');"
            "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(text, row);"
            "CREATE TABLE facts (rowid INTEGER PRIMARY KEY, id, category, newsletter, date);"
            "CREATE INDEX by_category ON facts (category);"
        )
        names = ("id", "category", "newsletter_slug", "issue_date")
        with self._db:
            for number, section in enumerate(sections, 1):
                body = stemmed(f"{section['heading']}\n{section['text']}")
                self._db.execute("INSERT INTO text (rowid, body) VALUES (?, ?)", (number, body))
                facts = [section[name] for name in names]
                self._db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", (number, *facts))
        self._db.execute("INSERT INTO text (text) VALUES ('optimize')")
        self._db.commit()

    def best(self, query: str) -> list[int]:
        """Return the ten best of an FTS5 query."""
        return [row[0] for row in self._db.execute(_BEST, (query,))]

    def snippets(self, query: str) -> list[str]:
        """Return the snippets of the ten best."""
        sql = "SELECT snippet(text, 0, '[', ']', '…', 40) FROM text WHERE text MATCH ? ORDER BY rank LIMIT 10"
        return [row[0] for row in self._db.execute(sql, (query,))]

    def like(self, pattern: str) -> list[int]:
        """Return the ten best of a pattern with * and ?."""
        asked = re.sub(r"[*]", "%", pattern).replace("?", "_")
        words = [row[0] for row in self._db.execute("SELECT term FROM vocabulary WHERE term LIKE ?", (asked,))]
        return self.any_of(words)

    def fuzzy(self, word: str, edits: int) -> list[int]:
        """Return the ten best of all words that differ by a few letters."""
        if not self._vocabulary:
            self._vocabulary = [row[0] for row in self._db.execute("SELECT term FROM vocabulary")]
        found = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=200)
        return self.any_of([near for near, _, _ in found])

    def any_of(self, words: Sequence[str]) -> list[int]:
        """Return the ten best that hold any of some words."""
        return self.best(" OR ".join(f'"{word}"' for word in words[:_MOST_WORDS])) if words else []

    def filtered(self, query: str, category: str, since: str, until: str) -> list[int]:
        """Return the ten best of one category and some years."""
        sql = (
            "SELECT text.rowid FROM text JOIN facts ON facts.rowid = text.rowid WHERE text MATCH ? AND category = ? "
            "AND date BETWEEN ? AND ? ORDER BY rank LIMIT 10"
        )
        return [row[0] for row in self._db.execute(sql, (query, category, since, until))]

    def facets(self, query: str) -> list[object]:
        """Return the ten best, and the counts of all by category, newsletter and year."""
        found: list[object] = list(self.best(query))
        for column in ("category", "newsletter", "substr(date, 1, 4)"):
            sql = f"SELECT {column}, count(*) FROM facts WHERE rowid IN (SELECT rowid FROM text WHERE text MATCH ?) GROUP BY 1"  # noqa: S608, E501
            found += self._db.execute(sql, (query,)).fetchall()
        return found


def stemmed(text: str) -> str:
    """Return the stems of a text."""
    return " ".join(stems(token.text, "nl")[0].rstrip(".") for token in tokens(text) if not token.whole)
