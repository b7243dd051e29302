"""How is a section laid out in the index?

The words of a heading come first, those of the text from a fixed place on: so one field serves both. Positions are
kept as numbers of 16 bits: what stands behind the 64,000th word of a section is found, but not as part of a phrase.
The links from what may be asked to the words of the archive stand in a document of their own for each commit, without
an id.
"""

from archive.search.misread import shape

HEADING_ROOM = 1024  # positions of a heading; the text starts here
MAX_POSITION = 65_535
MAX_POSITIONS = 4096  # of one word in one section

FACTS = ("category", "newsletter", "language", "date", "mention", "place", "tag", "page")
VOCABULARY = "vocabulary"  # marks the documents that hold links
CONFUSIONS = "confusions.json"  # what was learned of how this archive is misread
_MOST_LETTERS = 60  # longer words count as one length
ODD = "<"  # how the links begin that lead to words that no list knows
SEPARATOR = "\0"  # between the start of a link and the word that it leads to


def shape_links(word: str, length: int | None = None) -> tuple[str, str]:
    """Return how the two links begin that lead to a word from words of like shape: by its letters on and back.

    Give `length` to ask for words of another length.
    """
    seen = shape(word)
    size = chr(ord("A") + min(len(word) if length is None else length, _MOST_LETTERS))
    return f"{ODD}{size}{seen}", f">{size}{seen[::-1]}"
