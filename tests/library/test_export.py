import io
import json
import tracemalloc
from dataclasses import replace

import pytest

from archive.errors import QuerySyntaxError, StorageError, UsageError
from archive.library.export import ExportOptions, export
from archive.model.issues import Verdict, VerdictSource
from archive.model.search import SearchRequest
from tests.conftest import put_issues
from tests.factories import make_issue, make_section

FAIR = make_section("events", "Op de jaarlijkse braderie staan veertig kramen.", heading="Braderie")
COUNCIL = make_section("meetings", "De dorpsraad vergadert over de speeltuin.", heading="Dorpsraad")


def exported(settings, request=None, **options) -> str:
    out = io.StringIO()
    export(settings, request or SearchRequest(), out, options=ExportOptions(**options))
    return out.getvalue()


def ids(settings, **request) -> list[str]:
    return [json.loads(line)["id"] for line in exported(settings, SearchRequest(**request)).splitlines()]


def test_everything_leaves_by_newsletter_date_and_position(archive_of):
    settings = archive_of(
        make_issue([COUNCIL, FAIR], date="2022-01-01"),
        make_issue([FAIR], date="2021-01-01"),
        make_issue([FAIR], newsletter="De Brug", slug="de-brug"),
        index=False,
    )
    assert ids(settings) == [
        "de-brug-2022-06-15-a-s0001",
        "kerngroep-oost-2021-01-01-a-s0001",
        "kerngroep-oost-2022-01-01-a-s0001",
        "kerngroep-oost-2022-01-01-a-s0002",
    ]


def test_a_filter_needs_no_index(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]), index=False)
    assert ids(settings, categories=("meetings",)) == ["kerngroep-oost-2022-06-15-a-s0002"]


def test_a_query_and_a_filter_choose_together(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL], date="2021-01-01"), make_issue([FAIR], date="2022-01-01"))
    assert ids(settings, query="kramen OR speeltuin") == [
        "kerngroep-oost-2021-01-01-a-s0001",
        "kerngroep-oost-2021-01-01-a-s0002",
        "kerngroep-oost-2022-01-01-a-s0001",
    ]
    assert ids(settings, query="kramen", since="2022") == ["kerngroep-oost-2022-01-01-a-s0001"]


def test_a_query_exports_more_than_a_page_of_hits(archive_of):
    settings = archive_of(*(make_issue([FAIR], date=f"20{year}-01-01") for year in range(10, 25)))
    assert len(ids(settings, query="kramen", limit=3, offset=5)) == 15


def test_a_query_that_matches_only_in_part_exports_nothing(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]))
    assert ids(settings, query="kramen speeltuin") == []


def test_an_index_that_is_behind_is_told(archive_of):
    settings = archive_of(make_issue([FAIR]))
    put_issues(settings, (make_issue([FAIR], date="2023-01-01"),))
    done = export(settings, SearchRequest("kramen"), io.StringIO())
    assert (done.sections, done.index_behind) == (1, True)
    assert not export(settings, SearchRequest(), io.StringIO()).index_behind


def test_a_file_appears_when_it_is_whole(archive_of, tmp_path):
    settings = archive_of(make_issue([FAIR, COUNCIL]), index=False)
    target = tmp_path / "out.jsonl"
    seen = []
    export(settings, SearchRequest(), target, progress=lambda done, total: seen.append((done, total, target.exists())))
    assert seen == [(1, 2, False), (2, 2, False)]
    assert len(target.read_text().splitlines()) == 2


def test_an_export_that_is_broken_off_leaves_the_file_that_was_there(archive_of, tmp_path):
    settings = archive_of(make_issue([FAIR, COUNCIL]), index=False)
    target = tmp_path / "out.jsonl"
    target.write_text("the one before")

    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(settings, SearchRequest(), target, options=ExportOptions(force=True), progress=stop)
    assert target.read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_place_that_cannot_be_written_is_said(archive_of, tmp_path):
    settings = archive_of(make_issue([FAIR]), index=False)
    with pytest.raises(StorageError, match="cannot be written"):
        export(settings, SearchRequest(), tmp_path / "no-such-folder" / "out.jsonl")


def test_an_unknown_format_is_said_before_anything_is_written(archive_of, tmp_path):
    settings = archive_of(make_issue([FAIR]), index=False)
    with pytest.raises(UsageError, match=r"`doc`.*jsonl"):
        export(settings, SearchRequest(), tmp_path / "out.doc", options=ExportOptions("doc"))
    assert not (tmp_path / "out.doc").exists()


def test_a_query_that_cannot_be_read_leaves_no_file(archive_of, tmp_path):
    settings = archive_of(make_issue([FAIR]))
    with pytest.raises(QuerySyntaxError):
        export(settings, SearchRequest('"open'), tmp_path / "out.jsonl")
    assert not list(tmp_path.glob("*out*"))


def test_each_section_has_a_score_for_every_category_of_the_archive(archive_of):
    other = replace(COUNCIL, verdict=Verdict("volunteers", (("volunteers", 0.7),), "", VerdictSource.RULES))
    settings = archive_of(make_issue([FAIR, other]), index=False)
    lines = [json.loads(line) for line in exported(settings).splitlines()]
    assert lines[0]["category_scores"].keys() == lines[1]["category_scores"].keys()
    assert lines[1]["category_scores"]["volunteers"] == 0.7
    assert lines[0]["category_scores"]["volunteers"] == 0.0


def test_memory_does_not_grow_with_the_number_of_sections(archive_of, tmp_path):
    long = replace(COUNCIL, text="lang" * 5000)  # one word, so that it is quickly made
    dates = [f"20{year}-01-01" for year in range(10, 50)]
    settings = archive_of(*(make_issue([long] * 10, date=date) for date in dates), index=False)
    tracemalloc.start()
    done = export(settings, SearchRequest(), tmp_path / "out.jsonl")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.sections == 400
    assert peak < 6_000_000  # text and raw text of all of them are 16 MB


def test_the_facts_of_a_filtered_bundle_are_of_the_issues_that_pass(archive_of, tmp_path):
    numbers = ((2019, "1"), (2020, "2"), (2021, "5"), (2022, "8"))
    settings = archive_of(
        *(make_issue([FAIR], date=f"{year}-01-01", number=number) for year, number in numbers),
        make_issue([FAIR], newsletter="De Brug", slug="de-brug", date="2020-05-01"),
    )
    request = SearchRequest("kramen", newsletters=("kerngroep-oost",), since="2020", until="2021")
    export(settings, request, tmp_path / "out", options=ExportOptions("bundle"))
    told = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "(Kerngroep Oost) were read" in told
    assert "holds 5 issues of" in told
    assert "The filters let through 2 issues " in told
    assert "- Kerngroep Oost: 3-4, 6-7" in told
    assert "| 2020 | 1 | 1 |" in told
    assert "| 2019 |" not in told
    export(settings, SearchRequest("kramen date:2022"), tmp_path / "late", options=ExportOptions("bundle"))
    late = (tmp_path / "late" / "README.md").read_text(encoding="utf-8")
    assert "The filters let through 1 issue " in late
    assert "- Kerngroep Oost: 6-7" in late
