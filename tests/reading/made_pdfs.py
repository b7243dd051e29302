"""How is a PDF made for a test? By hand, so that a test can ask for any oddity."""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PASSWORD = "geheim"  # noqa: S105 - of a made PDF
# Of 200 x 100 points, with the words "Open dag" and the password "geheim".
_ENCRYPTED = (
    "c-n1KJ!=#}81A<dtgNQ+M1^ENcD`1QgPq-33?}5bL<1fXHg}U`_1q16bCQ$v;$KkHNGeM~Q54h^{(y98B3LP6XF5e^FP|ovW|-%l=Xt+t%{Upu<HD"
    "<LzS?~4)xcbtS!;5zFa%QrX9Reh$Z_U*7$8tA-1X{pI6GW1FiLIOE0$n0T{3+@oV5if^2Ng0n`O}*bWB<2S_$n(zEaW`fxxj60cTn^s^giwTM2sPg"
    "z`ucM#Uhv0K*$ux8J6f{QNPFf5b_O+`4Po^d10K{rgXxo*@pWOgBqavD!w?N)Q4Vp?TOUY-$Zaux0wipzOG`{83uXv@|Z3y&NOw&b|6=eljL@!c`R"
    "*oEa?G>QNyWs<dxL@O2lhu~{dDI`0(SEMJ0iSsv#7?BIP&m>&sGntaJF10KL6>seF6q~~IejpG={=-bky_r0HAA5Fj~&#&@x6CYm;Kjm+BH-2wzJw"
    "D%_j4p5d`g>*L;`j9nvun5Sbat+7dzaol`@HkV?0$Iq?d|&XOLp(e_S*X&yOsNWy@NnjOS9-9AUt$<0B6i+U=bW*)YWNZ$qzB?pMgnw3L}J_!u&J1"
    "l;9)Gvt^p~Oj(s@CVOaraGfmN=<JPT+^#DUsf2Qkg)d?%1F4XY6iN~-gd0cJs1xBMO+w7EPZO@RP=O{Qq#Oq^iFDYQuliIDSE@<dul$Tn^KM#pVGH"
    ">179a<`!9>C)7^4S_DPz;FTNYr;fq~O?sxeMtp`5gc0}_N(M=@g|ky48|QUV8xaG6Nzw#ID_iWrtWNFuB#i(}e=H|w#pg@JURV}`>hh?NQyk2uni"
    "OkAQwx`Z{;R0}3UiaB*f(~Kuc5+aQD7qD;B(vEt{nDlBjJ)L;}0N_k6hy"
)


@dataclass(frozen=True)
class Print:
    """A piece of text at x, y in points from the page's lower left corner."""

    text: str
    x: float = 50
    y: float = 700
    size: float = 11
    bold: bool = False
    matrix: str = "1 0 0 1"
    hidden: bool = False


@dataclass(frozen=True)
class Pasted:
    """A picture pasted into a page, black and white; x, y of its lower left corner and its size in points."""

    image: Image.Image
    x: float
    y: float
    width: float
    height: float


def make_pdf(  # noqa: PLR0913 - what a page may hold
    path: Path,
    pages: Sequence[Sequence[Print]],
    *,
    media: str = "0 0 595 842",
    more: str = "",
    pasted: Pasted | None = None,
    sketch: str = "",
) -> Path:
    """Write a PDF of text pages; `more` is put into each page's dictionary, `pasted` into each page.

    `sketch` are the operators that draw rules and the like on each page.
    """
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    last = 5 + 2 * count
    shown = f"q {pasted.width} 0 0 {pasted.height} {pasted.x} {pasted.y} cm /I1 Do Q\n" if pasted else ""
    for number, page in enumerate(pages):
        content = f"{shown}{sketch}\n" + "".join(
            f"BT /F{2 if each.bold else 1} {each.size} Tf {3 if each.hidden else 0} Tr "
            f"{each.matrix} {each.x} {each.y} Tm ({each.text}) Tj ET\n"
            for each in page
        )
        images = f"/XObject << /I1 {last} 0 R >>" if pasted else ""
        fonts = f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> {images} >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] {fonts} /Contents {6 + 2 * number} 0 R {more} >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    if pasted:
        objects.append(_bilevel(pasted.image.convert("1")))
    path.write_bytes(_file(objects))
    return path


def _bilevel(image: Image.Image) -> str:
    data = image.tobytes().hex() + ">"
    size = f"/Width {image.width} /Height {image.height} /ColorSpace /DeviceGray /BitsPerComponent 1"
    facts = f"/Type /XObject /Subtype /Image {size} /Filter /ASCIIHexDecode /Length {len(data)}"
    return f"<< {facts} >>\nstream\n{data}\nendstream"


def make_encrypted_pdf(path: Path) -> Path:
    """Write a PDF of one page that opens with the password `geheim` only."""
    path.write_bytes(zlib.decompress(base64.b85decode(_ENCRYPTED)))
    return path


def lines_of(text: str, *, x: float = 50, top: float = 760, width: int = 70) -> list[Print]:
    """Set a text in lines of at most `width` characters, from the top down."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [Print(line, x=x, y=top - 14 * number) for number, line in enumerate(lines)]


def _file(objects: Sequence[str]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
