"""What did the real engine see? Its answers are kept by the image's sha256, its version and what it was asked.

Without the engine, tests read what was recorded. To record anew (after a change of the pictures): set RECORD_ENGINE=1
and run the tests where Tesseract is installed.
"""

import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest

from archive.model.pages import PageImage, Word
from archive.reading import cache
from archive.reading.ocr import tesseract

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "engine"
VERSION = "tesseract 5.5.0"


def key_of(image: PageImage, version: str, asked: str) -> str:
    content = Path(image.path).read_bytes()
    return hashlib.sha256(b"\n".join([content, version.encode(), asked.encode()])).hexdigest()


class RecordedEngine:
    """Tesseract as it answered when it was recorded."""

    def version(self) -> str:
        return VERSION

    def read(self, image: PageImage, languages: tuple[str, ...]) -> tuple[Word, ...]:
        asked = f"read {'+'.join(languages)} {tesseract._CONFIG} {round(image.dpi)}{' faint' * image.local_thresholds}"
        kept = self._answer(image, asked, lambda real: cache.pack_words(real.read(image, languages)))
        return cache.unpack_words(kept)

    def read_letter(self, image: PageImage, languages: tuple[str, ...]) -> tuple[Word, ...]:
        asked = f"letter {'+'.join(languages)} {tesseract._CONFIG} {round(image.dpi)}"
        kept = self._answer(image, asked, lambda real: cache.pack_words(real.read_letter(image, languages)))
        return cache.unpack_words(kept)

    def find_turn(self, image: PageImage) -> tuple[int, float]:
        turned, sure = self._answer(image, f"turn {round(image.dpi)}", lambda real: list(real.find_turn(image)))
        return turned, sure

    def _answer(self, image, asked, ask):
        place = RECORDED / f"{key_of(image, VERSION, asked)}.json.gz"
        if not place.exists():
            if not os.environ.get("RECORD_ENGINE"):
                pytest.fail(f"not recorded: {asked}; run it with RECORD_ENGINE=1 where {VERSION} is installed")
            real = tesseract.Tesseract()
            assert real.version() == VERSION
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(gzip.compress(json.dumps(ask(real), ensure_ascii=False).encode(), mtime=0))
        return json.loads(gzip.decompress(place.read_bytes()))
