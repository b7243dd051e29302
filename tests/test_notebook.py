"""Does the notebook of docs/notebook.md run? Its Python blocks, one after the other, in an archive of made issues."""

import re
from pathlib import Path

import pytest

from tests.factories import make_issue, make_section

PAGE = Path(__file__).resolve().parents[1] / "docs" / "notebook.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_notebook_loads_an_export_and_plots(archive_of, run, monkeypatch):
    pytest.importorskip("pandas")
    pytest.importorskip("matplotlib")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    archive_of(
        make_issue([make_section("refugees", "De opvang in Hengelo groeit.", places=("Hengelo",)), make_section()],
                   date="2015", number="1"),
        make_issue([make_section("events", "Open dag in de zaal."), make_section("refugees", "Opvang.")], date="2016"),
    )  # fmt: skip
    assert run("export", "--output", "sections.jsonl").exit_code == 0
    names: dict = {}
    for block in BLOCKS:
        exec(compile(block, PAGE.name, "exec"), names)  # noqa: S102 - our own page
    assert names["counts"].loc["2015"].to_dict() == {"events": 0, "other": 1, "refugees": 1}
    assert names["shares"].sum(axis=1).tolist() == [1, 1]
    assert names["places"].to_dict() == {"Hengelo": 1}
    assert len(names["sure"]) == 4
    assert (names["total"], names["first"].category, "pvang" in names["shown"]) == (2, "refugees", True)
    assert names["words"] == [5, 1]
    assert list(names["lines"]["match"]) == ["Opvang", "opvang"]
    assert names["hits"]["category"].unique().tolist() == ["refugees"]
    assert names["by_year"].to_dict("list") == {"year": ["2015", "2016"], "share": [0.5, 0.5]}
    assert Path("categories.svg").read_text().count("<path") > 10


def test_every_function_that_the_page_names_is_there():
    from importlib import import_module

    for module, name in re.findall(r"^\| `(archive\.[\w.]+)\.(\w+)\(", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        assert callable(getattr(import_module(module), name)), f"{module}.{name}"
