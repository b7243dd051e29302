import shutil
import sqlite3
from contextlib import closing

import pytest

from archive.catalog.store import open_catalog
from archive.pipeline.doubles import _Figures, is_better, shared_pairs
from tests.conftest import files_under

WORDS = (
    "De werkgroep kwam op dinsdag bijeen in het dorpshuis en sprak over de plannen voor de nieuwe speelplaats aan de "
    "Molenstraat waar kinderen uit de hele buurt straks kunnen klimmen en schommelen zonder dat auto's hen in de weg "
    "rijden terwijl ouders op de banken in de schaduw van de oude kastanje een oogje in het zeil houden"
)
MORE = (
    "Wie oude fotoalbums, affiches of notulen van de vereniging op zolder heeft liggen wordt gevraagd die aan de "
    "archiefcommissie uit te lenen zodat alles voor het jubileumboek gescand kan worden en daarna ongeschonden bij de "
    "eigenaar terugkomt met een afdruk van de mooiste plaat als dank voor de moeite"
)


def dump(*paragraphs, date="maart 2019"):
    head = f"De Moestuinder\nBlad van tuinvereniging De Groene Duim, {date}\n"
    titled = [f"{title}\n\n{text}" for title, text in zip(("Speelplaats", "Oude stukken"), paragraphs, strict=False)]
    return "\n\n".join([head, *titled]) + "\n"


def misread(text, every=9):
    """Misread each nth word, as a poor scan is."""
    return " ".join(f"{word}ii" if at % every == 0 else word for at, word in enumerate(text.split()))


def facts(archive):
    with open_catalog(archive.settings.catalog_path) as catalog:
        return {issue.file.removeprefix("raw/"): (issue.id, issue.double_of) for issue in catalog.issues()}


def stamped(archive):
    with open_catalog(archive.settings.catalog_path) as catalog:
        return catalog.generation()


@pytest.fixture
def whole_then_short(archive):
    archive.put("a.txt", dump(WORDS, MORE))
    archive.put("b.txt", dump(misread(WORDS)))
    archive.ingest()
    return archive


@pytest.fixture
def short_then_whole(archive):
    archive.put("a.txt", dump(misread(WORDS)))
    archive.put("b.txt", dump(WORDS, MORE))
    archive.ingest()
    return archive


def test_only_issues_whose_printed_dates_fit_are_compared(archive, monkeypatch):
    compared = []

    def alike(one, other):
        compared.append((one, other))
        return 0.0

    monkeypatch.setattr("archive.pipeline.doubles.likeness_of", alike)
    for month in ("maart 2019", "april 2019", "3 maart 2019", "maart 2020", "april 2020"):
        archive.put(f"{month}.txt", dump(WORDS, MORE, date=month))
    archive.put("los.txt", dump(WORDS, MORE, date="vierde blad"))
    archive.ingest()
    assert len(compared) == 1 + 5  # the month with its day, and what has no date with all


def test_the_better_of_two_scans_answers_and_the_other_is_kept(whole_then_short):
    found = facts(whole_then_short)
    assert found["a.txt"] == ("de-moestuinder-2019-03-a", "")
    assert found["b.txt"] == ("de-moestuinder-2019-03-b", "de-moestuinder-2019-03-a")
    assert {each.rpartition("-s")[0] for each in whole_then_short.found("speelplaats")} == {"de-moestuinder-2019-03-a"}


def test_a_better_scan_that_comes_later_answers_under_the_ids_given_first(short_then_whole):
    found = facts(short_then_whole)
    assert found["b.txt"] == ("de-moestuinder-2019-03-a", "")
    assert found["a.txt"] == ("de-moestuinder-2019-03-b", "de-moestuinder-2019-03-a")
    (playground,) = short_then_whole.found("kastanje")
    assert playground.startswith("de-moestuinder-2019-03-a-s")
    with open_catalog(short_then_whole.settings.catalog_path) as catalog:
        assert "schommelen" in catalog.section(playground)["text"]
        assert catalog.section(playground)["source"]["file"] == "raw/b.txt"


def test_doubles_are_left_out_of_lists_and_come_when_asked_for(short_then_whole):
    from archive.model.search import SearchRequest

    with open_catalog(short_then_whole.settings.catalog_path) as catalog:
        plain = catalog.matching(SearchRequest())
        everything = catalog.matching(SearchRequest(), doubles=True)
        assert set(plain) < set(everything)
        assert len(everything) == len(set(everything))
        assert catalog.section_count() == len(plain)
        assert sorted(plain + catalog.sections_of_doubles(plain)) == sorted(everything)
        assert catalog.coverage().issues == 1


def test_an_ingest_of_nothing_new_changes_nothing_beside_doubles(short_then_whole):
    before = files_under(short_then_whole.root)
    assert short_then_whole.ingest().plan.changes_nothing
    assert files_under(short_then_whole.root) == before


def test_the_same_scans_answer_when_all_is_made_anew(short_then_whole):
    archive = short_then_whole
    before = facts(archive), [(each["id"], each["text"]) for each in archive.sections()]
    generation = stamped(archive)
    archive.ingest(again="reparse")
    assert (facts(archive), [(each["id"], each["text"]) for each in archive.sections()]) == before
    assert stamped(archive) == generation  # so that the index has nothing to do
    shutil.rmtree(archive.settings.index_dir)
    archive.ingest()
    assert (facts(archive), [(each["id"], each["text"]) for each in archive.sections()]) == before


def test_the_lesser_scan_answers_again_when_the_better_one_is_gone(short_then_whole):
    (short_then_whole.root / "raw" / "b.txt").unlink()
    short_then_whole.ingest()
    assert facts(short_then_whole) == {"a.txt": ("de-moestuinder-2019-03-a", "")}
    assert short_then_whole.found("speelplaats")
    assert not short_then_whole.found("fotoalbums")
    short_then_whole.put("b.txt", dump(WORDS, MORE))
    short_then_whole.ingest()
    assert facts(short_then_whole)["b.txt"] == ("de-moestuinder-2019-03-a", "")
    assert short_then_whole.found("fotoalbums")


def test_the_best_of_three_scans_answers_under_the_first_id_and_gives_way_to_a_better_one(whole_then_short):
    whole_then_short.put(
        "c.txt", dump(WORDS, f"{MORE}. " + " ".join(f"naam{at} heeft ook meegedaan" for at in range(20)))
    )
    whole_then_short.ingest()
    found = facts(whole_then_short)
    assert found["c.txt"] == ("de-moestuinder-2019-03-a", "")
    assert {found["a.txt"][1], found["b.txt"][1]} == {"de-moestuinder-2019-03-a"}
    assert len({each for each, _ in found.values()}) == 3
    with open_catalog(whole_then_short.settings.catalog_path) as catalog:
        assert catalog.coverage().issues == 1


def test_a_catalogue_that_was_never_looked_through_is_at_the_next_ingest(whole_then_short):
    with closing(sqlite3.connect(whole_then_short.settings.catalog_path)) as db, db:
        db.execute("UPDATE issues SET double_of = ''")  # as a catalogue of before doubles were known
        db.execute("UPDATE state SET value = 0 WHERE name = 'doubles'")
    assert len(list(whole_then_short.sections())) == 3
    whole_then_short.ingest()
    assert facts(whole_then_short)["b.txt"][1] == "de-moestuinder-2019-03-a"
    assert len(list(whole_then_short.sections())) == 2


def test_issues_whose_dates_speak_against_it_both_answer(archive):
    archive.put("a.txt", dump(WORDS, MORE))
    archive.put("b.txt", dump(WORDS, MORE, date="april 2019") + "\nNog een regel.\n")
    archive.ingest()
    assert [double for _, double in facts(archive).values()] == ["", ""]


def test_a_date_that_is_only_inferred_parts_no_doubles(archive):
    archive.put("a.txt", dump(WORDS, MORE))
    told = "Op 5 november 2019 en op 9 november 2019 is er zaaldienst."
    archive.put("b.txt", dump(misread(WORDS), f"{MORE} {told}", date="maait 2O l9"))
    archive.ingest()
    with open_catalog(archive.settings.catalog_path) as catalog:
        inferred = {issue.file: (issue.date, issue.date_source) for issue in catalog.issues()}["raw/b.txt"]
    assert inferred == ("2019-11", "none")
    assert facts(archive)["b.txt"][1] == facts(archive)["a.txt"][0]


def test_an_undated_likeness_of_two_issues_does_not_make_them_one(archive):
    archive.put("a.txt", dump(WORDS, MORE))
    archive.put("b.txt", dump(WORDS, MORE, date="april 2019") + "\nNog een regel.\n")
    archive.put("c.txt", dump(misread(WORDS), MORE, date="voor leden en vrienden"))
    archive.ingest()
    found = facts(archive)
    assert found["b.txt"][1] == ""
    assert {found["a.txt"][1], found["c.txt"][1]} & {found["a.txt"][0], found["c.txt"][0]}


def test_other_text_of_the_same_month_is_another_issue(archive):
    archive.put("a.txt", dump(WORDS))
    archive.put("b.txt", dump(MORE))
    archive.ingest()
    assert [double for _, double in facts(archive).values()] == ["", ""]


def test_two_poor_scans_of_one_text_share_many_pairs_of_words_and_two_texts_few():
    assert shared_pairs(misread(WORDS, 5), misread(WORDS, 6)) > 0.35
    assert shared_pairs(WORDS, MORE) < 0.1
    assert shared_pairs("een twee drie", "een twee drie") == 0


@pytest.mark.parametrize(
    ("one", "other", "better"),
    [
        (_Figures(4, 1000, 0.7), _Figures(2, 500, 0.99), True),
        (_Figures(4, 1000, 0.9), _Figures(4, 1020, 0.8), True),
        (_Figures(4, 1000, 0.9), _Figures(4, 1020, 0.91), False),
        (_Figures(4, 1000, 0.9), _Figures(4, 1000, 0.9), False),
        (_Figures(2, 1000, 0.96), _Figures(2, 1250, 0.78), True),  # 150 dpi: rubbish counts as words
        (_Figures(2, 1250, 0.78), _Figures(2, 1000, 0.96), False),
        (_Figures(2, 1300, 0.88), _Figures(2, 1000, 0.97), False),
        (_Figures(2, 1000, 0.96), _Figures(2, 2500, 0.85), False),  # half of it was cut off
        (_Figures(2, 1000, 0.9, 0.02), _Figures(2, 1010, 0.92, 0.3), True),  # of the other a third was not read
        (_Figures(2, 1000, None), _Figures(2, 500, None), True),
        (_Figures(2, 1000, None), _Figures(2, 990, 0.9), False),
    ],
)
def test_the_whole_scan_is_better_then_the_surer_then_the_fuller(one, other, better):
    assert is_better(one, other) is better
