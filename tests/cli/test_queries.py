"""Are lists of queries counted, and saved queries kept?"""

import csv
import io
import json
import re
import tomllib

import pytest

from archive.errors import ExitCode
from tests.factories import make_issue, make_section


@pytest.fixture
def years(archive_of):
    """Return the folder of an archive with issues of 2019 and 2021."""
    settings = archive_of(
        make_issue([make_section("events", "Open dag in de zaal."), make_section("other", "De brug.")], date="2019"),
        make_issue([make_section("other", "De zaal is dicht."), make_section("other", "Tot ziens.")], date="2021-05"),
    )
    return settings.root


def rows(stdout: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(stdout, newline="")))


def test_each_query_of_a_list_is_counted_year_by_year(run, years):
    (years / "words.txt").write_text('zaal\n\n"open dag"\nopen zaal dicht\n', encoding="utf-8")
    header, *lines = rows(run("search", "--queries", "words.txt", "--format", "csv").stdout)
    assert header == ["name", "query", "year", "sections", "of_sections"]
    assert lines == [
        ["", "zaal", "2019", "1", "2"],
        ["", "zaal", "2021", "1", "2"],
        ["", '"open dag"', "2019", "1", "2"],
        ["", '"open dag"', "2021", "0", "2"],
        ["", "open zaal dicht", "2019", "0", "2"],  # matches in part are not counted
        ["", "open zaal dicht", "2021", "0", "2"],
    ]


def test_a_list_may_have_names_and_the_filters_go_with_all(run, years):
    (years / "words.csv").write_text("\ufeffname;query\r\nhall;zaal OR brug\r\n", encoding="utf-8")
    answer = json.loads(run("search", "--queries", "words.csv", "--category", "other", "--json").stdout)
    assert answer["sections"] == {"2019": 1, "2021": 2}
    (query,) = answer["queries"]
    assert query == {
        "line": 2,
        "name": "hall",
        "query": "zaal OR brug",
        "parsed": "zaal OR brug",
        "total": 2,
        "years": {"2019": 1, "2021": 1},
    }
    assert "hall" in run("search", "--queries", "words.csv").stdout


def test_a_value_that_the_archive_does_not_know_is_named_once_for_all_queries(run, years):
    (years / "words.txt").write_text("zaal\nzaal category:meet\nbrug\n", encoding="utf-8")
    line = ("search", "--queries", "words.txt", "--category", "evets")
    said = ["No section has the category evets; perhaps events, other."]
    said += ["No section has the category meet; perhaps events, other."]
    for form in ((), ("--format", "csv")):
        assert run(*line, *form).stderr.splitlines()[:2] == said
    assert json.loads(run(*line, "--json").stdout)["notices"] == said
    assert run(*line, "-q").stderr == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zaal\nbrug AND\n", "line 2: AND needs a word after it, at character 6 of: brug AND"),
        ("name,query\na,zaal\n\nb,(zaal\n", "line 4: This bracket is never closed"),
        ("\n\n", "holds no query"),
        ('query\n"zaal"x\n', "line 2: is no CSV"),
        ("query,name,query\nzaal,a,brug\n", "line 1: the column `query` is there twice"),
        ("name,query\na,zaal\nhall,\n", "line 3: hall has no query"),
        ("naam,vraag\nX,zaal\n", "line 1: of the columns naam, vraag none is named `query`. Write one query a line"),
        ("Naam, Vraag\nX,zaal, brug\n", "none is named `query`"),
        ("naam,uitdrukking\nX,zaal\nY,brug\n", "none is named `query`"),
        ("code;uitdrukking\nX;zaal\nY;brug\n", "none is named `query`"),
        ("code\tuitdrukking\nX\tzaal\n", "none is named `query`"),
    ],
)
def test_a_query_that_cannot_be_read_is_named_by_its_line_and_none_is_asked(run, years, text, said):
    (years / "words.csv").write_text(text, encoding="utf-8")
    found = run("search", "--queries", "words.csv", "--format", "csv")
    assert (found.exit_code, found.stdout) == (ExitCode.USAGE, "")
    assert "words.csv: " in found.stderr
    assert said in found.stderr


@pytest.mark.parametrize(
    "text",
    [
        "zaal, brug\nkerk, toren\n",
        "zaal,brug\nkerk,toren\n",
        "naam, adres\nde zaal\n",
        "1,250\n2,500\n",
        "naam\nzaal\n",
        '"open dag", zaal\nnaam, brug\n',
        "zaal; brug\nkerk\n",
    ],
)
def test_queries_may_hold_commas(run, years, text):
    (years / "words.txt").write_text(text, encoding="utf-8")
    queries = json.loads(run("search", "--queries", "words.txt", "--json").stdout)["queries"]
    assert [each["query"] for each in queries] == text.splitlines()


def test_a_saved_query_is_asked_again_with_its_filters(run, years):
    assert "Kept as zalen in queries.toml." in run("search", "zaal", "--from", "2020", "--save", "zalen").stderr
    kept = tomllib.loads((years / "queries.toml").read_text(encoding="utf-8"))["zalen"]
    assert (kept["query"], kept["from"], kept["found"]) == ("zaal", "2020", ["kerngroep-oost-2021-05-a-s0001"])
    answer = json.loads(run("search", "--saved", "zalen", "--json").stdout)
    assert (answer["query"], [hit["id"] for hit in answer["hits"]]) == ("zaal", kept["found"])


def test_since_last_shows_only_what_is_new(run, years, archive_of):
    run("search", "zaal", "--save", "zalen")
    run("search", "brug", "--save", "water")
    answer = run("search", "--saved", "zalen", "--since-last").stderr
    assert "0 new." in answer
    assert "Nothing new found for" in answer
    archive_of(make_issue([make_section("other", "Een nieuwe zaal.")], date="2023"))
    plain = run("search", "--saved", "zalen", "-q")
    assert plain.stdout.count("kerngroep-oost-") == 3  # asking without --since-last changes nothing
    answer = json.loads(run("search", "--saved", "zalen", "--since-last", "--json").stdout)
    assert [hit["id"] for hit in answer["hits"]] == answer["since_last"]["new"] == ["kerngroep-oost-2023-a-s0001"]
    assert (answer["total"], answer["since_last"]["gone"], answer["since_last"]["name"]) == (1, [], "zalen")
    assert "0 new." in run("search", "--saved", "zalen", "--since-last").stderr
    assert set(tomllib.loads((years / "queries.toml").read_text(encoding="utf-8"))) == {"zalen", "water"}


@pytest.fixture
def three_new(years, run, archive_of):
    """Return the folder of an archive with a saved query of which three sections are new, and the ids of these."""
    run("search", "zaal", "--save", "zalen")
    archive_of(
        make_issue([make_section("other", f"Een {name} zaal.") for name in ("rode", "hoge", "oude")], date="2023")
    )
    return years, {f"kerngroep-oost-2023-a-s000{number}" for number in (1, 2, 3)}


@pytest.mark.parametrize("form", [(), ("--json",), ("--kwic",), ("--format", "csv"), ("--kwic", "--format", "csv")])
def test_what_does_not_fit_on_the_page_stays_new(run, three_new, form):
    _, new = three_new
    line = ("search", "--saved", "zalen", "--since-last", "--limit", "2", *form)
    shown = [set(re.findall(r"kerngroep-oost-2023-a-s000\d", hits_of(run(*line).stdout))) for _ in range(3)]
    assert [len(each) for each in shown] == [2, 1, 0]
    assert shown[0] | shown[1] == new


def hits_of(stdout: str) -> str:
    """Leave out of an answer in JSON what it says of new ones beside the hits."""
    return json.dumps(json.loads(stdout)["hits"]) if stdout.startswith("{") else stdout


def test_new_ones_are_so_since_a_time_at_which_none_was_left(run, three_new):
    folder, _ = three_new
    before = tomllib.loads((folder / "queries.toml").read_text(encoding="utf-8"))["zalen"]
    text = f"[zalen]\nquery = 'zaal'\nasked = 2020-01-01T00:00:00Z\nfound = {json.dumps(before['found'])}\n"
    (folder / "queries.toml").write_text(text, encoding="utf-8")
    line = ("search", "--saved", "zalen", "--since-last")
    first = run(*line, "--limit", "2").stderr
    assert "Since 2020-01-01 00:00 UTC: 3 new." in first
    assert "3 sections; these are 1 to 2; ask again for the others." in first
    assert "--offset" not in first
    assert "Since 2020-01-01 00:00 UTC: 1 new." in run(*line, "--limit", "0").stderr
    assert "Since 2020-01-01 00:00 UTC: 1 new." in run(*line).stderr
    assert "Since 2020" not in run(*line).stderr


def test_what_nobody_read_stays_new(run, three_new, launch):
    _, new = three_new
    with launch("search", "--saved", "zalen", "--since-last") as process:
        process.stdout.close()
        process.wait()
    assert set(re.findall(r"kerngroep-oost-2023\S+", run("search", "--saved", "zalen", "--since-last").stdout)) == new


@pytest.mark.usefixtures("years")
def test_a_section_with_lines_that_were_not_shown_stays_new(run, archive_of):
    run("search", "zaal", "--save", "zalen")
    archive_of(make_issue([make_section("other", "Deze zaal, die zaal, elke zaal.")], date="2023"))
    line = ("search", "--saved", "zalen", "--since-last", "--kwic")
    first = run(*line, "--limit", "2").stderr
    assert "sections with lines that are not shown stay new" in first
    assert "1 new." in run(*line, "--offset", "2").stderr
    assert "1 new." in run(*line).stderr
    assert "0 new." in run(*line).stderr


def test_a_query_is_kept_although_nobody_reads_its_answer(years, launch):
    with launch("search", "zaal", "--save", "zalen") as process:
        process.stdout.close()
        assert "Kept as zalen in queries.toml." in process.stderr.read()
        assert process.wait() == ExitCode.OK
    assert "zalen" in tomllib.loads((years / "queries.toml").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("years")
def test_the_query_that_is_replaced_is_named(run):
    run("search", "zaal", "--save", "zalen")
    assert "Kept as zalen in queries.toml, instead of: zaal." in run("search", "brug", "--save", "zalen").stderr


def test_a_query_that_cannot_be_read_is_not_kept(run, years):
    assert run("search", "zaal (", "--save", "zalen").exit_code == ExitCode.USAGE
    assert not (years / "queries.toml").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[zalen\n", "is damaged: "),
        ("[zalen]\nqueri = 'zaal'\n", "zalen has an unknown key queri"),
        ("[zalen]\nquery = 3\n", "query of zalen is of the wrong kind"),
        ("[zalen]\nfound = 'x'\n", "found of zalen is of the wrong kind"),
        ("[zalen]\nfrom = 'vroeger'\n", "in zalen, 'vroeger' is no date"),
        ("query = 'zaal'\n", "query stands outside of a query"),
    ],
)
def test_a_damaged_file_is_an_error_and_is_left_as_it_is(run, years, text, said):
    (years / "queries.toml").write_text(text, encoding="utf-8")
    for line in (("--saved", "zalen"), ("zaal", "--save", "meer")):
        found = run("search", *line)
        assert (found.exit_code, found.stdout) == (ExitCode.USAGE, "")
        assert "queries.toml: " in found.stderr
        assert said in found.stderr
    assert (years / "queries.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("--saved", "zalen"), "no query is saved as 'zalen'. Save one with --save NAME."),
        (("zaal", "--saved", "zalen"), "--saved brings its own query"),
        (("zaal", "--since-last"), "--since-last needs --saved"),
        (("zaal", "--queries", "x.csv"), "--queries brings its own queries"),
        (("zaal", "--save", "a\x07b"), "is no name for a query"),
        (("--save", "niets"), "give a query"),
        (("zaal", "--save", ""), "'' is no name for a query"),
        (("--saved", ""), "no query is saved as ''"),
    ],
)
def test_what_cannot_be_asked_is_refused(run, years, line, said):
    found = run("search", *line)
    assert found.exit_code == ExitCode.USAGE
    assert said in found.stderr
    assert not (years / "queries.toml").exists()


@pytest.mark.parametrize("name", ["words.toml", "queries.toml", "lijst.csv"])
def test_a_file_without_end_or_in_another_encoding_is_refused_in_words(run, years, name):
    asked = {"words.toml": ("zaal",), "queries.toml": ("--saved", "x"), "lijst.csv": ("--queries", "lijst.csv")}[name]
    (years / name).symlink_to("/dev/zero")
    found = run("search", *asked)
    assert (found.exit_code, found.stdout) == (ExitCode.USAGE, "")
    assert f"{name}: is larger than" in found.stderr
    (years / name).unlink()
    (years / name).write_bytes("x\nreünie".encode("utf-16"))
    assert f"{name}: line 1: is not UTF-8" in run("search", *asked).stderr
    (years / name).unlink()
    (years / name).mkdir()
    found = run("search", *asked)
    assert found.exit_code == (ExitCode.USAGE if name == "lijst.csv" else ExitCode.STORAGE)
    assert "Errno" not in found.stderr


@pytest.mark.usefixtures("years")
def test_a_list_that_is_not_there_is_refused(run):
    found = run("search", "--queries", "lijst.csv")
    assert found.exit_code == ExitCode.USAGE
    assert "lijst.csv: is no file" in found.stderr


def test_the_words_of_words_toml_are_found_without_a_new_index(run, years):
    assert "Nothing found" in run("search", "hal").stderr
    (years / "words.toml").write_text('[groups]\nhal = ["zaal"]\n', encoding="utf-8")
    answer = json.loads(run("search", "hal", "--json").stdout)
    assert answer["total"] == 2
    assert {(match["term"], match["matched"], match["how"]) for hit in answer["hits"] for match in hit["matches"]} == {
        ("hal", "zaal", "group")
    }
    assert "Nothing found" in run("search", "hal", "--exact").stderr
    (years / "words.toml").write_text("[groups]\nhal = 3\n", encoding="utf-8")
    wrong = run("search", "hal")
    assert wrong.exit_code == ExitCode.USAGE
    assert "words.toml: line 2: hal is no list of words" in wrong.stderr


@pytest.mark.usefixtures("years")
def test_facets_show_the_years_as_bars_and_few_years_by_month(run):
    both = run("search", "zaal", "--facets", "--limit", "0").stdout.splitlines()
    bar = "█" * 30
    years = [["2019", "1", bar], ["2020", "0"], ["2021", "1", bar]]
    assert [line.split() for line in both if line[:2] == "20"] == [*years, ["2019", "1", bar], ["2021-05", "1", bar]]
    facets = json.loads(run("search", "zaal", "--facets", "--json").stdout)["facets"]
    assert facets["year"] == {"2019": 1, "2021": 1}
    assert facets["month"] == {"2019": 1, "2021-05": 1}


def test_many_years_without_hits_stand_on_one_line(run, archive_of):
    archive_of(*(make_issue(date=date) for date in ("1990", "1993-05", "2014", "")))
    shown = run("search", "zaal", "--facets", "--limit", "0").stdout.partition("year ")[2].splitlines()[1:]
    years = {"undated": "1", "1990": "1", "1991": "0", "1992": "0", "1993": "1", "1994–2013": "0", "2014": "1"}
    assert [tuple(line.split()[:2]) for line in shown[: len(years)]] == list(years.items())
