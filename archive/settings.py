"""What did the owner choose?

`archive.toml` in the archive's folder, as one frozen record. Every key has a default, a check and a line of explanation
in `KEYS`; an unknown key is an error, so that a slip of the pen is never silently ignored. Searches load this file, so
it imports little.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from archive.errors import BrokenArchiveError, StorageError, UsageError

FILE_NAME = "archive.toml"
PASSWORD_VARIABLE = "ARCHIVE_PDF_PASSWORD"  # noqa: S105 - the variable's name, no password
_DEFAULT_INDEX = Path("index")
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"  # not compiled here: most archives never need it
_LANGUAGE = r"[a-z]{2}"


class Key(NamedTuple):
    """One key of archive.toml: the function that checks its value, and what it means, in a sentence for its owner."""

    name: str
    check: Callable[[Any], Any]
    meaning: str


class NewsletterSetting(NamedTuple):
    """A newsletter that the owner named: its slug in ids, its name, and other ways in which its masthead is printed."""

    slug: str
    name: str
    variants: tuple[str, ...] = ()


class CategorySetting(NamedTuple):
    """A category of the owner's own: words in a heading that speak for it, words anywhere, and how heavily."""

    name: str
    headings: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force for one archive.

    `jobs` is how many pages are read side by side (0: one for each core), `password` opens encrypted PDFs and is never
    shown or stored, `chosen` names the keys that stand in archive.toml.
    """

    root: Path
    languages: tuple[str, ...] = ("nl", "en")
    index_dir: Path = _DEFAULT_INDEX
    jobs: int = 0
    page_timeout_s: float = 120
    dpi: int = 300
    low_confidence: float = 0.75
    max_page_megapixels: float = 80
    newsletters: tuple[NewsletterSetting, ...] = ()
    categories: tuple[CategorySetting, ...] = ()
    password: str = field(default="", repr=False)
    chosen: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.index_dir == _DEFAULT_INDEX:
            object.__setattr__(self, "index_dir", self.root / _DEFAULT_INDEX)

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
    known = {key.name: key for key in KEYS}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name == "password":
            hint = f"Take it out and set the environment variable {PASSWORD_VARIABLE} instead."
            raise UsageError(path, "a password does not belong in this file", hint=hint)
        if name not in known:
            raise _unknown(path, name, known)
        values[name] = _checked(path, name, known[name].check, value)
    if "index_dir" in values:
        values["index_dir"] = _index_dir(path, values["index_dir"])
    password = os.environ.get(PASSWORD_VARIABLE, "")
    return Settings(root=root, password=password, chosen=frozenset(given), **values)


def explain_settings(settings: Settings) -> tuple[tuple[str, Any, str], ...]:
    """Return key, value and origin (`default`, `archive.toml` or `environment`) of each setting; no password."""
    rows: list[tuple[str, Any, str]] = [
        (key.name, getattr(settings, key.name), FILE_NAME if key.name in settings.chosen else "default") for key in KEYS
    ]
    rows.append(("password", "(set)" if settings.password else "", "environment" if settings.password else "default"))
    return tuple(rows)


def _read(path: Path) -> dict[str, Any]:
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"))
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
    if not re.search(r"^[ \t]*[^#\s]", text, re.MULTILINE):
        return {}  # most owners choose nothing, and the library that reads TOML takes its time to load
    import tomllib

    return tomllib.loads(text)


def _checked(path: Path, name: str, check: Callable[[Any], Any], value: object) -> Any:  # noqa: ANN401 - each key has its own type
    try:
        return check(value)
    except ValueError as error:
        raise UsageError(path, f"{name}: {error}", hint="Take the key out to use its default.") from error


def _unknown(path: Path, name: str, known: Iterable[str]) -> UsageError:
    return UsageError(path, f"unknown key `{name}`", hint=_nearest(name, known))


def _nearest(name: str, known: Iterable[str]) -> str:
    import difflib  # only when something is wrong: it is slow to load

    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"Did you mean `{close[0]}`?" if close else f"Known keys: {', '.join(names)}."


def _index_dir(path: Path, value: str) -> Path:
    root = path.parent
    nowhere = UsageError(path, f"index_dir: {value!r} leads nowhere", hint="Write the full path of a folder.")
    if "\0" in value:
        raise nowhere
    try:
        index_dir = root / Path(value).expanduser()
    except RuntimeError:  # `~name` of somebody who is not here
        raise nowhere from None
    plain = Path(os.path.normpath(index_dir))
    if plain == Path(os.path.normpath(root)) or Path(os.path.normpath(root / "raw")) in (plain, *plain.parents):
        raise UsageError(path, "index_dir: the index needs a folder of its own", hint='Take "index", or a full path.')
    return index_dir


def _digest(value: object) -> str:
    import hashlib

    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"wants a text, not {value!r}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"wants a list of texts, not {value!r}")  # noqa: TRY004 - see _checked
    return tuple(_text(part) for part in value)


def _languages(value: object) -> tuple[str, ...]:
    codes = _texts(value)
    wrong = [code for code in codes if not re.fullmatch(_LANGUAGE, code)]
    if wrong or not codes:
        raise ValueError(f'wants codes of two small letters, as ["nl", "en"], not {value!r}')
    return tuple(dict.fromkeys(codes))


def _number(low: float, high: float) -> Callable[[object], float]:
    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise ValueError(f"wants a number from {low:g} to {high:g}, not {value!r}")
        return float(value)

    return check


def _whole(low: int, high: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"wants a whole number from {low} to {high}, not {value!r}")
        return value

    return check


def _tables(value: object, checks: Mapping[str, Callable[[Any], Any]], needed: tuple[str, ...]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError("wants tables, each under a line with the key in double square brackets")
    done = []
    for number, table in enumerate(value, start=1):
        if wrong := sorted(set(table) - set(checks)):
            nearest = _nearest(wrong[0], checks).rstrip(".")
            raise ValueError(f"table {number} has the unknown key `{wrong[0]}` ({nearest})")
        if missing := [name for name in needed if name not in table]:
            raise ValueError(f"table {number} lacks the key `{missing[0]}`")
        try:
            done.append({name: checks[name](part) for name, part in table.items()})
        except ValueError as error:
            raise ValueError(f"table {number}: {error}") from error
    return done


def _slug(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_SLUG, value):
        raise ValueError(f"slug wants small letters, digits and single hyphens, not {value!r}")
    return value


def _newsletters(value: object) -> tuple[NewsletterSetting, ...]:
    checks = {"slug": _slug, "name": _text, "variants": _texts}
    return tuple(NewsletterSetting(**table) for table in _tables(value, checks, ("slug", "name")))


def _categories(value: object) -> tuple[CategorySetting, ...]:
    checks = {"name": _slug, "headings": _texts, "terms": _texts, "weight": _number(0.1, 10)}
    return tuple(CategorySetting(**table) for table in _tables(value, checks, ("name",)))


KEYS: tuple[Key, ...] = (
    Key("languages", _languages, "Languages of the newsletters, most used first; each needs its language pack."),
    Key("index_dir", _text, "Where all that is derived from the scans is kept; never on a network share."),
    Key("jobs", _whole(0, 512), "How many pages are read side by side; 0 means one for each processor core."),
    Key("page_timeout_s", _number(1, 86_400), "Seconds after which the reading of one page is given up."),
    Key("dpi", _whole(72, 1200), "Resolution at which PDF pages are rendered for OCR, in dots per inch."),
    Key("low_confidence", _number(0, 1), "A page whose words are on average less sure than this is `low`, not `ok`."),
    Key("max_page_megapixels", _number(1, 10_000), "The largest page image that is read, in millions of pixels."),
    Key("newsletters", _newsletters, "Newsletters you know: slug (for ids), name, and other ways the masthead reads."),
    Key("categories", _categories, "Categories of your own: words in a heading, and anywhere, that speak for them."),
)
