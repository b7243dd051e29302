"""What did the owner choose?

`archive.toml` in the archive's folder, as one frozen record. Every key has a default, a check and a line of explanation
in keys.py; an unknown key is an error, so that a slip of the pen is never silently ignored. Searches load this file, so
it imports little, and the keys only where the owner chose something.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import BrokenArchiveError, StorageError, UsageError
from archive.tuples import NamedTuple

if TYPE_CHECKING:
    from archive.settings.keys import CategorySetting, NewsletterSetting

FILE_NAME = "archive.toml"
# Files in an archive's folder that people and commands write and that it lives by; whichever are there.
OWN_FILES = (
    *(
        FILE_NAME,
        "corrections.csv",
        "decisions.csv",
        "ids.csv",
        "issues.csv",
        "names.txt",
        "pseudonyms.key",
        "queries.toml",
    ),
    "words.toml",
)
PASSWORD_VARIABLE = "ARCHIVE_PDF_PASSWORD"  # noqa: S105 - the variable's name, no password
_DEFAULT_INDEX = Path("index")
# More than any owner writes; the library that reads TOML takes the square of a name's parts.
_MOST_BYTES, _LONGEST_LINE = 1_000_000, 10_000


class Settings(NamedTuple):
    """The settings in force for one archive.

    `derived` is the folder of what is derived, from `root` on, `jobs` how many pages are read side by side (0: one
    for each core), `password` opens encrypted PDFs and is never shown or stored, `chosen` names the keys that stand in
    archive.toml.
    """

    root: Path
    languages: tuple[str, ...] = ("nl", "en")
    derived: Path = _DEFAULT_INDEX
    jobs: int = 0
    page_timeout_s: float = 120
    dpi: int = 300
    low_confidence: float = 0.75
    max_page_megapixels: float = 80
    newsletters: "tuple[NewsletterSetting, ...]" = ()
    categories: "tuple[CategorySetting, ...]" = ()
    password: str = ""
    chosen: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name != "password")
        return f"Settings({', '.join(shown)})"

    @property
    def index_dir(self) -> Path:
        """Where all that is derived from the scans is kept."""
        return self.root / self.derived

    @property
    def raw_dir(self) -> Path:
        """Where the scans are."""
        return self.root / "raw"

    @property
    def catalog_path(self) -> Path:
        """The SQLite catalogue."""
        return self.index_dir / "catalog.db"

    @property
    def pages_dir(self) -> Path:
        """What was read on each page."""
        return self.index_dir / "pages"

    @property
    def whoosh_dir(self) -> Path:
        """The full-text index."""
        return self.index_dir / "whoosh"

    @property
    def lock_path(self) -> Path:
        """Held by the run that writes."""
        return self.index_dir / ".lock"

    @property
    def ids_path(self) -> Path:
        """Every id ever given out."""
        return self.root / "ids.csv"

    @property
    def corrections_path(self) -> Path:
        """What people decided by hand."""
        return self.root / "corrections.csv"

    @property
    def decisions_path(self) -> Path:
        """What people decided and was obeyed, remembered."""
        return self.root / "decisions.csv"

    def reading_key(self) -> str:
        """Name what decides how a page is read; pages read under another key are read again."""
        return _digest((self.languages, self.dpi))

    def parsing_key(self) -> str:
        """Name what decides how pages become sections; scans parsed under another key are parsed again, without OCR."""
        names = [(given.slug, given.name, given.variants) for given in self.newsletters]
        rules = [(given.name, given.headings, given.terms, given.weight) for given in self.categories]
        # The two limits are here because raising one is a reason to try again what failed, not to read the rest anew.
        limits = (self.max_page_megapixels, self.page_timeout_s)
        return _digest((self.languages, self.low_confidence, limits, names, rules))


def load_settings(root: Path) -> Settings:
    """Read the settings of the archive in `root`.

    Raises:
        BrokenArchiveError: There is no archive.toml, so there is no archive.
        StorageError: It cannot be read.
        UsageError: It is no TOML, or holds an unknown key or a wrong value; the message names file and key.
    """
    path = root / FILE_NAME
    given = _read(path)
    if "password" in given:
        hint = f"Take it out and set the environment variable {PASSWORD_VARIABLE} instead."
        raise UsageError(path, "a password does not belong in this file", hint=hint)
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not given:
        return Settings(root, password=password)
    from archive.settings.keys import check_keys

    return Settings(root, password=password, chosen=frozenset(given), **check_keys(path, given))


def explain_settings(settings: Settings) -> tuple[tuple[str, Any, str], ...]:
    """Return key, value and origin (`default`, `archive.toml` or `environment`) of each setting; no password."""
    from archive.settings.keys import KEYS

    rows: list[tuple[str, Any, str]] = [
        (key.name, getattr(settings, key.name), FILE_NAME if key.name in settings.chosen else "default") for key in KEYS
    ]
    rows.append(("password", "(set)" if settings.password else "", "environment" if settings.password else "default"))
    return tuple(rows)


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES or max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
            hint = "Write one setting a line, and names of tables as in docs/settings.md."
            raise UsageError(path, "is too large, or has a line that is too long, for settings", hint=hint)
        return _parsed(content.decode("utf-8").removeprefix("\ufeff"))
    except (FileNotFoundError, NotADirectoryError):
        hint = "Make one with `archive init`, or name the archive's folder with -C."
        raise BrokenArchiveError(path.parent, f"no archive here: {FILE_NAME} is missing", hint=hint) from None
    except UnicodeDecodeError:
        raise UsageError(path, "this is not UTF-8 text", hint="Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:  # no TOML, a number without end, or brackets without end
        raise UsageError(path, f"this is not TOML: {error}".rstrip("."), hint="Mend that line.") from error
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", hint="Check the file's permissions.") from error


def _parsed(text: str) -> dict[str, Any]:
    if all(not line or line.startswith("#") for line in map(str.strip, text.split("\n"))):
        return {}  # most owners choose nothing, and the library that reads TOML takes its time to load
    import tomllib

    return tomllib.loads(text)


def _digest(value: object) -> str:
    import hashlib

    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
