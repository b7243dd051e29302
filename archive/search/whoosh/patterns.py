"""Which words of the archive fit a pattern with * and ?"""

import re
from collections.abc import Iterable

from archive.search.whoosh.snapshot import Snapshot

# Compiled when they are first needed: most queries hold no pattern.
_SIMPLE = r"(\*?)([^*?]+)(\*?)"
_STARS = r"\*+"


def matching_words(pattern: str, snapshot: Snapshot, among: Iterable[str] | None = None) -> list[str]:
    """Return the words that fit a folded pattern; of the archive, or of a few given ones.

    A pattern is compared with words as they stand, never with stems. Its cost does not depend on its shape: the pieces
    between stars are looked for one after the other.
    """
    simple = re.fullmatch(_SIMPLE, pattern)
    if simple and among is None:
        first, inside, last = simple.groups()
        if last and not first:
            return snapshot.terms("words", inside)
        if first:
            return snapshot.holding(inside if last else f"{inside}\n")
    pieces = [re.escape(piece).replace(r"\?", ".") for piece in re.sub(_STARS, "*", pattern).split("*")]
    # Each piece but the last is taken at its first place and never given back, so no pattern can run away.
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1])
    fits = re.compile(f"{pieces[0]}{middle}" + (f".*(?<={pieces[-1]})" if len(pieces) > 1 else ""), re.DOTALL).fullmatch
    prefix = re.split(r"[*?]", pattern, maxsplit=1)[0]
    if among is None:
        among = snapshot.terms("words", prefix)
    return [word for word in among if fits(word)]
