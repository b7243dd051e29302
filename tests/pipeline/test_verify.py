"""What does `verify` say of an export after a re-ingest under other rules? Through the real flow."""

import pytest

from archive.library.export import ExportOptions, export
from archive.library.verify import Verdict, verify
from archive.model.search import SearchRequest
from archive.pipeline.plan import Again


@pytest.mark.parametrize("rules", [("paragraphs", "whole"), ("whole", "paragraphs")], ids=["fewer", "more"])
@pytest.mark.parametrize(("name", "form"), [("all.jsonl", "jsonl"), ("all.csv", "csv"), ("all.zip", "bundle")])
def test_every_section_is_accounted_for_after_other_rules(two_issues, monkeypatch, rules, name, form):
    monkeypatch.setattr("archive.pipeline.intake._TASKS", "tests.faults.other_rules:")
    monkeypatch.setenv("OTHER_RULES", rules[0])
    two_issues.ingest(again=Again.REPARSE)
    path = two_issues.root / name
    export(two_issues.settings, SearchRequest(), path, options=ExportOptions(form))
    before = [each["id"] for each in two_issues.sections()]
    monkeypatch.setenv("OTHER_RULES", rules[1])
    two_issues.ingest(again=Again.REPARSE)
    now = {each["id"] for each in two_issues.sections()}
    found = list(verify(two_issues.settings, path))
    assert [each.id for each in found] == before
    assert {each.verdict for each in found} & {Verdict.CHANGED, Verdict.MOVED}
    for each in found:  # changed and moved lead to a section that is there, gone says why
        assert each.now in now if each.verdict is not Verdict.GONE else each.notice
        assert each.fields or each.verdict is not Verdict.CHANGED
