"""How far is the work?"""

import io

import pytest

from archive.cli.progress import Bar, duration


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal_shows_pages_rate_and_time_left(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    bar = Bar("pages")
    bar.start(4)
    for status in ("ok", "failed", "ok"):
        bar.advance(status)
    bar.start(5)
    assert "3 of 5 pages" in screen.getvalue()
    assert "left" in screen.getvalue()
    bar.stop()


def test_there_is_no_bar_in_a_pipe_or_when_quiet(monkeypatch):
    for screen, quiet in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr("sys.stderr", screen)
        bar = Bar("pages", quiet=quiet)
        bar.start(2)
        bar.advance("ok")
        bar.note("something")
        bar.stop()
        assert screen.getvalue() == ""


@pytest.mark.parametrize("screen", [io.StringIO(), Terminal()])
def test_notes_are_harmless_lines(monkeypatch, screen):
    monkeypatch.setattr("sys.stderr", screen)
    bar = Bar("pages", notes=True)
    bar.start(2)
    bar.note("raw/\x1b[2Ja.pdf: is empty.")
    bar.stop()
    assert "raw/\ufffd[2Ja.pdf: is empty.\n" in screen.getvalue()


def test_durations_are_read_at_a_glance():
    assert [duration(seconds) for seconds in (0.2, 65, 200, 7500)] == [
        "1 second",
        "65 seconds",
        "3 minutes",
        "2 hours 5 minutes",
    ]
