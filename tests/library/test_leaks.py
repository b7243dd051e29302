"""Does an export with pseudonyms let anything through, however it is written? Two hundred forms are planted."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from itertools import product

import pytest

from archive.catalog.store import open_catalog
from archive.library.export import ExportOptions, export
from archive.library.personal import Kind, Names, find_pieces
from archive.model.search import SearchRequest
from archive.register import Register
from tests.conftest import put_scan
from tests.factories import make_issue, make_section

LIST = "Voornaam Achternaam; V. Achternaam\nEl Amrani\nJosé García\nDijkstra\n"
HYPHENS = ("-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212")
SHAPES = ("053{0}4312345", "053{0}431{0}23{0}45", "06{0}12345678", "+31{0}53{0}4312345", "+31 (0)53{0}4312345")
SPACES = (" ", "\u00a0", "\u2009")


def forms():
    """Return each planted form with its kind."""
    for (first, last), apart, case in product(
        (("Voornaam", "Achternaam"), ("El", "Amrani")),
        (*SPACES, *HYPHENS, "  ", "_", ".", "-\u200b"),
        (str.lower, str.upper, str.title),
    ):
        yield case(first) + apart + case(last), Kind.NAME
    garcia = "José García"
    for each in (garcia, "Jose´ Garci´a", "Jos´e Garc´ıa", "JOSE GARCIA", "josé-garcía"):
        yield each, Kind.NAME
        yield unicodedata.normalize("NFD", each), Kind.NAME
    for each in ("Dijkstra", "Dĳkstra", "DĲKSTRA", "Dykstra", "Dÿkstra", "DIJKSTRA", "dijk\u00adstra", "D\u0133kstra"):
        yield each, Kind.NAME
    for apart in (*SPACES, *HYPHENS, "/", ".", " - ", " \u2013 ", "\u00b7"):
        for shape in SHAPES:
            yield shape.format(apart), Kind.PHONE
    for apart in ("", ".", *SPACES, *HYPHENS):
        yield apart.join(("NL91", "ABNA", "0417", "1643", "00")), Kind.ACCOUNT
        yield apart.join(("GB82", "WEST", "1234", "5698", "7654", "32")), Kind.ACCOUNT
    signs = ("@", "\uff20", " @ ", "(at)", " (at) ", "[at]", " [ at ] ", "{at}", "(apenstaartje)", "&#64;", "[@]")
    for at, dot in product(signs, (".", "(dot)", " (dot) ", "[dot]", "(punt)", "[.]")):
        yield f"info.blad{at}vereniging{dot}nl", Kind.EMAIL
    yield from ((f"info dot blad at vereniging {dot} nl", Kind.EMAIL) for dot in ("dot", "punt", "DOT"))
    for each in ("111222333", "111.222.333", "111 222 333", "111-222-333", "111\u2013222\u2013333"):
        yield each, Kind.BSN


FORMS = list(forms())


def squeezed(text):
    """Return nothing but the letters and digits of a text, by a way of its own."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("\u0131", "i")
    return "".join(sign for sign in plain if sign.isalnum())


@pytest.fixture
def names(tmp_path):
    (tmp_path / "names.txt").write_text(LIST, encoding="utf-8")
    return Names.read(tmp_path / "names.txt")


def test_two_hundred_forms_are_found_whole(names):
    assert len(FORMS) >= 200
    missed = []
    for form, kind in FORMS:
        text = f"Vraag {form} om meer."
        found = [(text[each.start : each.end], each.kind) for each in find_pieces(text, names)]
        if found != [(form, kind)]:
            missed.append((form, found))
    assert missed == []


def test_a_number_is_a_citizens_by_its_check_or_by_the_word_before_it():
    kinds = {text: [each.kind for each in find_pieces(text, Names())] for text in ("111222334", "BSN: 111222334")}
    assert kinds == {"111222334": [], "BSN: 111222334": [Kind.BSN]}


@pytest.fixture
def planted(archive_of):
    text = "\n\n".join(f"Vraag {form} om meer." for form, _ in FORMS)
    sections = [make_section("meetings", text, heading="Dĳkstra aan het woord")]
    parsed = make_issue(sections, newsletter="Brief van Voornaam Achternaam", slug="brief-van-voornaam-achternaam")
    settings = archive_of(index=False)
    (settings.root / "names.txt").write_text(LIST, encoding="utf-8")
    file = "raw/El-Amrani_0612345678_Voornaam_Achternaam.pdf"
    with open_catalog(settings.catalog_path, write=True) as catalog:
        put_scan(catalog, Register.load(settings.ids_path), (parsed,), file=file)
    table = "file,date,pages,category,El Amrani,Voornaam Achternaam,V. Achternaam\n"
    table += f"{file},Dijkstra,info.blad@vereniging.nl,NL91 ABNA 0417 1643 00,x,y,z\n"
    (settings.root / "issues.csv").write_text(table, encoding="utf-8")
    return settings


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "html", "tei", "alto", "ris", "bundle"])
def test_no_format_lets_a_form_through(planted, tmp_path, form):
    out = tmp_path / ("out.zip" if form in {"alto", "bundle"} else "out.xlsx" if form == "xlsx" else "out")
    options = ExportOptions(form, pseudonymise=True)
    export(planted, SearchRequest(newsletters=("brief-van-voornaam-achternaam",)), out, options=options)
    content = out.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            content = b"\n".join(name.encode() + b"\n" + files.read(name) for name in files.namelist())
    said = squeezed(content.decode())
    assert form == "alto" or "brief-van-name-" in content.decode()
    assert [each for each, _ in FORMS if squeezed(each) in said] == []
    assert [each for each in ("achternaam", "amrani", "dijkstra", "infoblad", "0612345678") if each in said] == []


def test_ids_made_of_names_keep_their_form_and_lead_to_their_pages(planted):
    out = io.StringIO()
    export(planted, SearchRequest(), out, options=ExportOptions(pseudonymise=True))
    section = json.loads(out.getvalue())
    assert re.fullmatch(r"brief-van-name-[a-z2-7]{10}-[\d-]+-a-s0001", section["id"])
    assert section["id"].startswith(section["issue_id"])
    assert len(section["holdings"]) == 6
    assert section["holdings"]["date"].startswith("NAME-")


def test_columns_that_name_one_person_stay_two(planted):
    out = io.StringIO()
    export(planted, SearchRequest(), out, options=ExportOptions("csv", pseudonymise=True))
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert [row[name] for name in row if name.startswith("holding_NAME-")] == ["x", "y", "z"]
