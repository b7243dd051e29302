"""Which keys may archive.toml hold, what does each mean, and which values does it take?"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from archive.errors import UsageError
from archive.tuples import NamedTuple

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
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


def check_keys(path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what archive.toml says, each value as the program takes it; `index_dir` as `derived`.

    Raises:
        UsageError: A key is unknown or has a wrong value; the message names file and key.
    """
    known = {key.name: key for key in KEYS}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise _unknown(path, name, known)
        values[name] = _checked(path, name, known[name].check, value)
    if "index_dir" in values:
        values["derived"] = _index_dir(path, values.pop("index_dir"))
    return values


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
    """Return the folder of the index, from the archive's folder on."""
    root = path.parent
    nowhere = UsageError(path, f"index_dir: {value!r} leads nowhere", hint="Write the full path of a folder.")
    if "\0" in value:
        raise nowhere
    try:
        index = Path(value).expanduser()
    except RuntimeError:  # `~name` of somebody who is not here
        raise nowhere from None
    plain = Path(os.path.normpath(root / index))
    if plain == Path(os.path.normpath(root)) or Path(os.path.normpath(root / "raw")) in (plain, *plain.parents):
        raise UsageError(path, "index_dir: the index needs a folder of its own", hint='Take "index", or a full path.')
    around = (each for each in (plain, *plain.parents) if each.name == "raw" and _is_archive(each.parent))
    if other := next(around, None):
        hint = 'Take "index", or a full path.'
        raise UsageError(path, f"index_dir: {other} holds the scans of an archive", hint=hint)
    return index


def _is_archive(folder: Path) -> bool:
    return (folder / "archive.toml").exists()


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
