"""What can a person type?

group.py      which command is meant, and how does it end?
later.py      which library can wait until something of it is used?
run.py        what do all commands share: the archive, --json, -v and -q, and how a command is declared
filters.py    which sections are asked for? the options that search and export share
output.py     how is an answer put on the screen?
hits.py, contexts.py, counts.py, suspects.py   how is what a search found told?
saved.py      how are queries kept and asked again?
*.py          one file per command, loaded when it is called
"""

# Each command and what it does, so that `archive --help` need not load them; a test compares it with the commands.
COMMANDS = {
    "init": "Make an archive.",
    "doctor": "Check what is installed and whether the archive is whole.",
    "ingest": "Take in all scans that are new or changed.",
    "search": "Find the sections that match QUERY, best first.",
    "show": "Show a section, an issue or a page.",
    "issues": "List the issues of each newsletter.",
    "pages": "List the pages, each with how its reading ended.",
    "stats": "Count issues, pages, sections and categories.",
    "export": "Write sections to a file for other programs.",
    "verify": "Tell whether a citation, export or bundle still matches.",
    "correct": "Correct a section, an issue or a word by hand.",
    "review": "Walk through the least certain decisions.",
    "withdraw": "Hide an issue or a section everywhere, or erase an issue.",
    "watch": "Keep on taking in what arrives in raw/.",
    "backup": "Write all that cannot be derived, and the pages as read, into one file.",
    "reindex": "Make the full-text index anew, without OCR.",
    "config": "Show the settings in force and where each comes from.",
    "completion": "Print the completion script for a shell.",
}

_SELDOM_USED = ("inspect", "ipaddress")  # by click, for help, and by pathlib, for nothing
_MANY = 50_000  # objects, until rubbish is looked for


def main() -> None:
    """Run the command line of this process and exit with its code."""
    import gc
    import os
    import sys

    _open_closed_streams()
    _mistrust_current_folder()
    from archive.cli.later import put_off

    put_off(*_SELDOM_USED)
    gc.set_threshold(_MANY)  # what is loaded stays, and to go through it time and again finds nothing
    try:
        from archive.cli.group import run_command
    except KeyboardInterrupt:  # before anything was begun, so that there is nothing to tell
        sys.exit(130)
    code = run_command(sys.argv[1:])
    gc.freeze()  # nor does it want to be gone through at the end
    if code == 0 and not _is_waited_for():
        sys.stderr.flush()  # as run_command did with the answer
        os._exit(0)  # to free each object first, as Python does, takes as long as the search itself
    sys.exit(code)


def _open_closed_streams() -> None:
    """Put nothing in the place of standard streams that the shell closed (`2>&-`).

    A file that is opened later, such as the catalogue, would else get their number, and every message. That there is no
    standard output stays to be seen: an answer that goes nowhere is an error.
    """
    import os
    import sys

    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while os.open(os.devnull, os.O_RDWR) <= 2:  # noqa: PLR2004 - the lowest number that is free
        pass
    sys.stdin = sys.stdin or os.fdopen(0)
    sys.stderr = sys.stderr or os.fdopen(2, "w")


def _mistrust_current_folder() -> None:
    """Load no library from the folder that the person stands in, where scans from anywhere may lie.

    `python -m`, or an empty part of PYTHONPATH, puts that folder first on the path. Where the program itself lies in
    it, it goes last.
    """
    import os
    import sys

    home = os.path.dirname(os.path.dirname(__path__[0]))  # noqa: PTH120 - pathlib is itself a library that is loaded
    trusted = [place for place in sys.path if place and not _is_same(place, os.curdir)]
    sys.path[:] = [*trusted, home] if _is_same(home, os.curdir) else trusted


def _is_same(one: str, other: str) -> bool:
    import os

    return os.path.realpath(one) == os.path.realpath(other)


def _is_waited_for() -> bool:
    """Tell whether something is to be done when the process ends: by a library, a thread, a debugger or a profiler."""
    import atexit
    import sys
    import threading

    waiting = atexit._ncallbacks() > 0 or threading.active_count() > 1  # noqa: SLF001 - nothing else tells
    return waiting or sys.gettrace() is not None or sys.getprofile() is not None
