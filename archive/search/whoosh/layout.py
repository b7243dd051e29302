"""How is a section laid out in the index?

Every word of a segment has a place of its own, a number that grows from section to section: the words of a heading come
first, those of the text after a gap, the next section after another one. No phrase reaches across a gap, so the places
of a word alone tell where it follows another. The links from what may be asked to the words of the archive stand in a
document of their own for each commit, without an id.

A segment is a handful of files, which the codec writes and a search maps into memory:

    .trm        the terms of all fields in order, hashes of what is asked often, and where the postings of each begin
    .pst        postings: the numbers of the documents that hold a term, 32 bits each, term after term
    .wgt        how weighty a word is in each of them, a byte each; the highest bit tells that the heading holds it
    .plc        the places of each word, 32 bits each
    .marks      the place of the heading and of the text of each document, by turns, and of the end
    .lengths    how many words each document has, 16 bits each
    .read       of each document how many words were judged and how many signs of damage there are, summed up, by turns
    .columns    for each of COLUMNS and each document, which term of that field it has, counted from 1; 0 for none
    .ids        the id of each document, all of the same width
    .lexicon    the words that its documents brought into the archive, one a line
    .kept       what its words stand for (kept.py); of the segment that an index was made with, as
    .alone      what the most common ones find (alone.py); where there are such
"""

from archive.search.misread import shape

GAP = 128  # places; more than a phrase may leave out
IN_HEADING = 0x80
MAX_WEIGHT = 0x7F
MAX_LENGTH = 65_535
MAX_PLACE = 2**32 - 1

TERMS, POSTINGS, WEIGHTS, PLACES = ".trm", ".pst", ".wgt", ".plc"
MARKS, LENGTHS, READ, COLUMNS_FILE, IDS, LEXICON = ".marks", ".lengths", ".read", ".columns", ".ids", ".lexicon"
KEPT, ALONE = ".kept", ".alone"

# `label` is a tag as it was given, `tag` what it is found by; `number` is that of the issue.
FACTS = ("category", "newsletter", "language", "date", "mention", "place", "tag", "label", "note", "page", "number")
COLUMNS = ("category", "newsletter", "language", "date")  # facts of which a section has one at most
WORDS = "words"
LINKS = "links"
VOCABULARY = "vocabulary"  # marks the documents that hold links
CONFUSIONS = "confusions.json"  # what was learned of how this archive is misread
ODD = "<"  # how the links begin that lead to words that no list knows
MISREAD = (ODD, ">")  # all of them, by the shape read forwards and backwards
SEPARATOR = "\0"  # between the start of a link and the word that it leads to


def shape_links(word: str) -> tuple[str, str]:
    """Return how the two links begin that lead to a word from words of like shape: by its letters on and back."""
    seen = shape(word)
    forwards, backwards = MISREAD
    return f"{forwards}{seen}", f"{backwards}{seen[::-1]}"
