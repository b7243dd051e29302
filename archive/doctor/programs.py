"""Is everything installed that reading needs?"""

from collections.abc import Iterator

from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import MissingPartError
from archive.reading.ocr.tesseract import Tesseract, missing_languages
from archive.settings import Settings

_KIND = "programs"
# Version 4 brought the recogniser that is used here.
_OLDEST = 4
_USUAL = {"nl": "nld", "en": "eng", "fr": "fra", "de": "deu"}


def find(settings: Settings) -> Iterator[Finding]:
    """Look for Tesseract and a language pack for each language of the settings."""
    try:
        version = Tesseract().version()
        missing = missing_languages(settings.languages)
        no_turns = missing_languages(("osd",))
    except MissingPartError as error:
        yield problem(_KIND, error)
        return
    if int(version.split()[-1].split(".")[0]) < _OLDEST:
        hint = f"Install version {_OLDEST} or newer; 5 is better."
        yield problem(_KIND, MissingPartError(None, f"{version} is too old", hint))
    else:
        yield fine(_KIND, f"Tesseract {version.split()[-1]}")
    for language in missing:
        message = f"Tesseract lacks the language pack for `{language}`"
        pack = _USUAL.get(language)
        package = f"`sudo apt install tesseract-ocr-{pack}`" if pack else "apt: `apt search tesseract-ocr-` lists them"
        hint = f"Install it with {package}, or take it out of `languages` in archive.toml."
        yield problem(_KIND, MissingPartError(None, message, hint))
    if not missing:
        yield fine(_KIND, f"language packs for {', '.join(settings.languages)}")
    if no_turns:
        hint = "Install it with `sudo apt install tesseract-ocr-osd`."
        yield note(_KIND, "pages that lie on their side are not turned: Tesseract lacks its `osd` pack", hint=hint)
