from tests.search.conftest import section


def newsletters():
    return (
        section(1, "Er wordt nieuw gras gezaaid.", newsletter_slug="de-brug", issue_date="1998-03", issue_number="64"),
        section(2, "De brug van 1998 is af.", newsletter_slug="kerkblad", issue_date="2004", issue_number="3"),
        section(3, "Soep op zondag.", newsletter_slug="de-brug", issue_date="1999-01", issue_number="71/72"),
        section(4, "Nieuw gras, ook hier.", newsletter_slug="kerkblad", issue_date="1998", issue_number="64"),
    )


def test_an_issue_that_is_named_in_words_is_found_behind_what_holds_the_words(index_of):
    index = index_of(*newsletters())
    assert index.find("brug 1998") == [2, 1]
    assert index.find("de brug nr 64") == [1]
    assert index.find("brug 72") == index.find("brug 71 1999") == [3]
    assert index.find("brug 1998 gras") == [1]
    assert index.find("brug 1999 gras") == index.find("brug 1998", exact=True, sort="date")[1:] == []
    assert index.find("brug 1998", newsletters=("kerkblad",)) == [2]


def test_the_name_alone_finds_its_issues_where_no_text_holds_it(index_of):
    index = index_of(*newsletters())
    assert index.find("brug") == [2]
    assert sorted(index.find("kerkblad")) == [2, 4]
    assert index.find("kerkblad soep") == []


def test_a_note_is_searched_by_its_words_and_tags_are_counted(index_of):
    index = index_of(
        section(1, "Een.", notes=["Zie ook de Soepdag van 2019."], tags=["Eerste Hulp", "soep"]),
        section(2, "Twee.", notes=["Soep."], tags=["soep"]),
        section(3, "Drie."),
    )
    assert index.find("note:soepdag") == index.find('note:"de soepdag"') == [1]
    assert sorted(index.find("note:*")) == sorted(index.find("note:soep*")) == [1, 2]
    assert index.find("note:niets") == []
    assert index.ask("", facets=True).facets["tag"] == {"soep": 2, "Eerste Hulp": 1}
