"""Which small repair is safe?

One file per cleaning rule: an ID, a docstring that says what it repairs, and `find(raw)`, which yields edits on the raw
text. RULES lists them in order: where two want the same characters, the earlier wins. A rule stands alone; what rules
share is in archive.parsing.lines and archive.parsing.wording.
"""

from archive.parsing.rules import (
    glued_words,
    hard_wraps,
    ligatures,
    line_end_hyphens,
    misread_words,
    ornaments,
    quotes,
    side_text,
    soft_signs,
    spacing,
    stray_marks,
)
from archive.protocols import Rule

RULES: tuple[Rule, ...] = (
    ornaments,
    stray_marks,
    side_text,
    soft_signs,
    ligatures,
    quotes,
    line_end_hyphens,
    misread_words,
    glued_words,
    hard_wraps,
    spacing,
)
