"""What does the name of a scan tell of its issue before any page is read?"""

import re

from archive.model.issues import FactSource
from archive.parsing.filename import read_filename
from archive.parsing.series.signature import file_traits
from archive.parsing.series.sketch import IssueSketch, PrintedDay


def sketch_name(file: str, languages: tuple[str, ...]) -> IssueSketch:
    """Return what the path of a file tells of the issue in it, which is taken to be one."""
    told = read_filename(file)
    number, source = (told.number, FactSource.FILENAME) if told.number else ("", FactSource.NONE)
    days = (PrintedDay(str(told.date), FactSource.FILENAME.value, f"the file is called {file}"),) if told.date else ()
    return IssueSketch(
        file=file,
        first_page=1,
        parts=1,
        name=_without_figures(told.name),
        printed_name=False,
        known="",
        names=(),
        number=number,
        number_source=source.value,
        numbers=(),
        volume="",
        days=days,
        traits=file_traits(file, languages),
    )


def _without_figures(name: str) -> str:
    """Return a name without the figures that change from file to file: `Newsletter 147`, `Blad23`."""
    return re.sub(r"[\s\W\d]+$", "", name) or name
