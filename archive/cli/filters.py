"""Which sections are asked for? The options that search, export and stats share."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click
from click.core import ParameterSource

from archive.cli.output import tell
from archive.cli.run import option
from archive.model.search import SearchRequest, Sort

_KEEPING = frozenset({"categories", "newsletters", "since", "until", "mentions_since", "mentions_until"})
_KEEPING |= {"languages", "tags", "holdings"}
_DATE = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that keep some sections and drop others."""
    for add in reversed(_FILTERS):
        function = add(function)
    return function


def make_request(words: Sequence[str], options: dict[str, Any]) -> SearchRequest:
    """Make the record of what was asked; `options` may hold options of other kinds too.

    Raises:
        UsageError: Its dates end before they start.
    """
    from archive.library.opened import checked  # not for --help

    _tell_options(words)
    asked = {name: value for name, value in options.items() if name in SearchRequest._fields}
    if "sort" in asked:
        asked["sort"] = Sort(asked["sort"])
    return checked(SearchRequest(query=" ".join(words).strip(), **asked))


def _tell_options(words: Sequence[str]) -> None:
    """Say which words of a query look like options: those behind `--` are words, and so are those with long dashes."""
    context = click.get_current_context()
    if context.obj.quiet:
        return
    known = {name for param in context.command.params for name in param.opts if name.startswith("-")}
    for word in words:
        meant = re.sub("^[-–—]+", "--", word).partition("=")[0]
        if meant in known and word[0] in "-–—":
            tell(f"{word} was searched for as a word. As an option it is written {meant}, before any --.")


def told_filters(request: SearchRequest) -> str:
    """Write the filters of a request as they are typed; nothing where it has none."""
    import shlex  # only where nothing was found

    said: list[str] = []
    for param in click.get_current_context().command.params:
        if param.name in _KEEPING:
            value = getattr(request, param.name)
            each = [value] if isinstance(value, str) else value
            said += [f"{param.opts[0]} {shlex.quote(one)}" for one in each if one]
    return " ".join(said)


def _check_date(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Let through a day, month or year that exists, as YYYY-MM-DD, YYYY-MM or YYYY, or that none is given.

    An empty one that is given may be what a script failed to fill in: sections of all dates would be no answer.
    """
    if not value and ctx.get_parameter_source(str(param.name)) is ParameterSource.DEFAULT:
        return value
    match = re.fullmatch(_DATE, value)
    try:
        exists = match is not None and date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        exists = False
    if not exists:
        raise click.BadParameter(f"{value!r} is no date; write 2019, 2019-03 or 2019-03-21.", ctx, param)
    return value


def _check_names(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Let through names that are not empty."""
    if not all(each.strip() for each in value):
        raise click.BadParameter("it is empty; give a name, or leave the option out.", ctx, param)
    return value


def _many(name: str, into: str, metavar: str, meaning: str) -> Callable[..., Any]:
    return option(name, into, multiple=True, metavar=metavar, callback=_check_names, help=meaning)


def _date(name: str, into: str, meaning: str) -> Callable[..., Any]:
    return option(name, into, metavar="DATE", callback=_check_date, default="", help=meaning)


_FILTERS = (
    _many("--category", "categories", "NAME", "Keep this category; repeat it for more."),
    _many("--newsletter", "newsletters", "SLUG", "Keep this newsletter; repeat it for more."),
    _date("--from", "since", "Keep issues of this date and later."),
    _date("--to", "until", "Keep issues up to this date; 2019 is all of 2019."),
    _date("--mentions-from", "mentions_since", "Keep sections that name a date from here on."),
    _date("--mentions-to", "mentions_until", "Keep sections that name a date up to here."),
    _many("--language", "languages", "CODE", "Keep sections in this language (nl, en); read the query in it."),
    _many("--tag", "tags", "TAG", "Keep sections with this tag; repeat it for more."),
    _many(
        "--holding", "holdings", "COLUMN=VALUE", "Keep issues of which issues.csv says so; * stands for any letters."
    ),
    option("--exact", is_flag=True, help="Only the words as typed: no inflections, compounds or misread forms."),
)
