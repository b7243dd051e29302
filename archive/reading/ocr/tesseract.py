"""Which words does Tesseract see?"""

import html
import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import pytesseract

from archive.errors import MissingPartError, UnreadableScanError
from archive.model.pages import Box, PageImage, Word

# ISO 639-1 to the names of Tesseract's language packs; a code that is not here is taken for such a name itself.
_PACKS = {
    "af": "afr", "ar": "ara", "bg": "bul", "br": "bre", "bs": "bos", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan",
    "de": "deu", "el": "ell", "en": "eng", "eo": "epo", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin",
    "fr": "fra", "fy": "fry", "ga": "gle", "gl": "glg", "he": "heb", "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl",
    "it": "ita", "ku": "kmr", "la": "lat", "lb": "ltz", "lt": "lit", "lv": "lav", "ms": "msa", "mt": "mlt", "nb": "nor",
    "nl": "nld", "nn": "nor", "no": "nor", "oc": "oci", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "so": "som", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie", "yi": "yid",
}  # fmt: skip
_INSTALL = "Install it with `sudo apt install {packages}`."
_CONFIG = "--oem 1"
_PAGE, _LETTER, _SPARSE = "--psm 3", "--psm 10", "--psm 11"
# Local thresholds by Sauvola's method find letters on faint pages; on others they lose a few, and time.
_LOCAL = "-c thresholding_method=2"
_POINTS_PER_INCH = 72.0
_LINE_OR_WORD = re.compile(
    r"<span class='(?P<kind>ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word)'[^>]*"
    r"title=(?P<quote>[\"'])(?P<title>.*?)(?P=quote)[^>]*>"
)
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_LINE_SIZE = re.compile(r"x_size (\d+(?:\.\d+)?)")
_SURE = re.compile(r"x_wconf (\d+)")
_TAG = re.compile(r"<[^>]+>")


class Tesseract:
    """Reads pages with the Tesseract program, one thread each."""

    def version(self) -> str:
        """Return name and version, as `tesseract 5.3.4`.

        Raises:
            MissingPartError: Tesseract is not installed.
        """
        return f"tesseract {_program_version()}"

    def read(self, image: PageImage, languages: tuple[str, ...]) -> tuple[Word, ...]:
        """Read one upright page image; see archive.protocols.Engine."""
        return self._read(image, languages, _PAGE)

    def read_letter(self, image: PageImage, languages: tuple[str, ...]) -> tuple[Word, ...]:
        """Read an image of one letter; the answer may hold none, or more."""
        return self._read(image, languages, _LETTER)

    def read_sparse(self, image: PageImage, languages: tuple[str, ...]) -> tuple[Word, ...]:
        """Read an upright page wherever it has letters, without looking for columns or lines that run down."""
        return self._read(image, languages, _SPARSE)

    @staticmethod
    def _read(image: PageImage, languages: tuple[str, ...], layout: str) -> tuple[Word, ...]:
        packs = _packs(languages)
        config = f"{_CONFIG} {layout} {_LOCAL if image.local_thresholds else ''} --dpi {round(image.dpi)}"
        try:
            markup = pytesseract.image_to_pdf_or_hocr(image.path, lang=packs, config=config, extension="hocr")
        except pytesseract.TesseractNotFoundError as error:
            raise _missing_program() from error
        except pytesseract.TesseractError as error:
            said = str(error.message).strip()[-200:]
            message = f"Tesseract cannot read page {image.number} ({said or f'it ended with code {error.status}'})"
            raise UnreadableScanError(None, message) from error
        return tuple(_words(markup.decode("utf-8", "replace"), _POINTS_PER_INCH / image.dpi))

    def find_turn(self, image: PageImage) -> tuple[int, float]:
        """Return by how many degrees clockwise a page must be turned to stand upright, and how sure that is.

        Right from a sureness of 2 up; (0, 0.0) where the page has too few letters to tell.
        """
        if "osd" not in _installed():
            return 0, 0.0
        try:
            found = pytesseract.image_to_osd(
                image.path, config=f"--dpi {round(image.dpi)}", output_type=pytesseract.Output.DICT
            )
        except pytesseract.TesseractNotFoundError as error:
            raise _missing_program() from error
        except pytesseract.TesseractError:
            return 0, 0.0
        return int(found["rotate"]) % 360, float(found["orientation_conf"])


def missing_languages(languages: Sequence[str]) -> tuple[str, ...]:
    """Return those of the languages (ISO 639-1) whose pack is not installed.

    Raises:
        MissingPartError: Tesseract itself is not installed.
    """
    return tuple(each for each in languages if _PACKS.get(each, each) not in _installed())


def _packs(languages: Sequence[str]) -> str:
    if missing := missing_languages(languages):
        packages = " ".join(f"tesseract-ocr-{_PACKS.get(each, each).replace('_', '-')}" for each in missing)
        names = ", ".join(missing)
        raise MissingPartError(
            None, f"Tesseract lacks the language pack for: {names}", hint=_INSTALL.format(packages=packages)
        )
    return "+".join(dict.fromkeys(_PACKS.get(each, each) for each in languages))


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    _use_one_thread()
    try:
        return frozenset(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise _missing_program() from error


@lru_cache(maxsize=1)
def _program_version() -> str:
    _use_one_thread()
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise _missing_program() from error


def _use_one_thread() -> None:
    """Keep Tesseract to one thread: pages are read side by side, and its threads would fight over the cores."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def _missing_program() -> MissingPartError:
    return MissingPartError(
        None, "Tesseract is not installed", hint=_INSTALL.format(packages="tesseract-ocr tesseract-ocr-nld")
    )


def _words(markup: str, scale: float) -> Iterator[Word]:
    """Take the words out of Tesseract's hOCR; `scale` turns pixels into points."""
    size: float | None = None
    for match in _LINE_OR_WORD.finditer(markup):
        title = match["title"]
        if match["kind"] != "ocrx_word":
            found = _LINE_SIZE.search(title)
            size = float(found[1]) * scale if found else None
            continue
        end = markup.find("</span>", match.end())
        text = html.unescape(_TAG.sub("", markup[match.end() : end])).strip()
        box, sure = _BOX.search(title), _SURE.search(title)
        if text and box:
            corners = Box(*(int(each) * scale for each in box.groups()))
            yield Word(text, corners, int(sure[1]) / 100 if sure else None, size)
