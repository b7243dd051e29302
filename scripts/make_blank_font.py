"""How was archive/data/blank.ttf made? Run: python scripts/make_blank_font.py (needs fonttools).

A font of two glyphs without any ink, half as wide as they are high: the letters of the hidden text in exported PDFs.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

GLYPHS = (".notdef", "blank")
OUT = Path(__file__).resolve().parents[1] / "archive" / "data" / "blank.ttf"


def main() -> None:
    """Make the font, the same bytes on every run."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(GLYPHS))
    builder.setupCharacterMap({32: "blank"})
    builder.setupGlyf({name: Glyph() for name in GLYPHS})
    builder.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Blank", "styleName": "Regular", "psName": "Blank"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost(keepGlyphNames=False)
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(OUT)


if __name__ == "__main__":
    main()
