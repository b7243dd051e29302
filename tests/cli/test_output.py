"""How is an answer put on the screen?"""

import io
import json

import pytest

from archive.cli.output import count, highlight, printable, shorten, show_table, to_json, wants_colour


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("harm", ["\x1b[2J", "\x9b31m", "\x07", "\r", "\x00", "\x7f", "\u202e", "\ud800"])
def test_what_could_steer_a_terminal_never_comes_out(harm):
    shown = printable(f"voor{harm}na")
    assert harm[0] not in shown
    assert shown.startswith("voor\ufffd")
    assert harm[0] not in to_json({"text": harm})
    assert json.loads(to_json({"text": harm})) == {"text": harm}


def test_letters_of_every_language_come_out_as_they_are():
    text = "Oekraïne, 's avonds – ĳ, مرحبا"
    assert printable(text) == text
    assert to_json(text) == f'"{text}"'


def test_only_what_is_asked_for_is_kept():
    assert printable("a\nb\tc", keep="\n") == "a\nb\ufffdc"


@pytest.mark.parametrize(
    ("stream", "environment", "wanted"),
    [
        (Terminal(), {}, True),
        (io.StringIO(), {}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(stream, environment, wanted, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(stream) is wanted


def test_matches_are_coloured_on_a_terminal_only(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert highlight("een open dag", [(4, 8)]) == "een open dag"
    monkeypatch.setattr("sys.stdout", Terminal())
    assert highlight("een open\x1b dag", [(4, 8)]) == "een \x1b[1;31mopen\x1b[0m\ufffd dag"


def test_a_table_is_aligned_and_numbers_stand_to_the_right(capsys):
    show_table([("a", 1, 0.5, None), ("bcd", 1200, 12.25, "x\ny")], ("name", "n", "share", "note"))
    assert capsys.readouterr().out.splitlines() == [
        "name     n  share  note",
        "a        1   0.50",
        "bcd   1200  12.25  x y",
    ]


def test_a_table_without_rows_is_not_shown(capsys):
    show_table([], ("name",))
    assert capsys.readouterr().out == ""


def test_numbers_go_with_their_noun():
    assert [count(1, "page"), count(2, "page"), count(1200, "copy", "copies")] == ["1 page", "2 pages", "1,200 copies"]


def test_long_lines_are_shortened():
    assert shorten("een  twee\ndrie", 20) == "een twee drie"
    assert shorten("een twee drie", 9) == "een twee…"
