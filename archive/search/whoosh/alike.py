"""Which words and phrases of this archive does words.toml add to a word of the query?"""

from collections.abc import Iterable

from archive.model.search import Alike, MatchKind
from archive.search.whoosh.expand import expand_inflected
from archive.search.whoosh.snapshot import Snapshot


def alike_words(alike: Iterable[Alike], snapshot: Snapshot, languages: tuple[str, ...]) -> dict[str, MatchKind]:
    """Return the single words of the archive that stand for some members of groups, inflections where these count."""
    found: dict[str, MatchKind] = {}
    for each in alike:
        if len(each.words) == 1:
            (word,) = each.words
            forms = expand_inflected(word, snapshot, languages) if each.inflected else (word,)
            found |= {form: MatchKind.GROUP for form in forms if snapshot.has("words", form)}
    return found


def alike_phrases(alike: Iterable[Alike]) -> list[list[str]]:
    """Return the members that are more than one word, to be looked for as phrases."""
    return [list(each.words) for each in alike if len(each.words) > 1]
