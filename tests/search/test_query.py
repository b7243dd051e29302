import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError, QuerySyntaxError
from archive.model.search import And, Everything, Fuzzy, Not, Or, Pattern, Phrase, Range, Term
from archive.search.query import MAX_LENGTH, parse_query


def shape(node):  # noqa: PLR0911 - one return for each kind of node
    """Write a query tree as nested tuples, without places."""
    match node:
        case And(parts):
            return ("and", *map(shape, parts))
        case Or(parts):
            return ("or", *map(shape, parts))
        case Not(part):
            return ("not", shape(part))
        case Term(text, field):
            return f"{field}:{text}" if field else text
        case Phrase(words, slop, field):
            return ("phrase", field, slop, *words)
        case Pattern(text, field):
            return ("pattern", field, text)
        case Fuzzy(text, edits, field):
            return ("fuzzy", field, text, edits)
        case Range(field, low, high):
            return ("range", field, low, high)
        case Everything():
            return "*"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "*"),
        ("*", "*"),
        ("brug", "brug"),
        ("brug sluis", ("and", "brug", "sluis")),
        ("brug AND sluis", ("and", "brug", "sluis")),
        ("brug OR sluis kade", ("or", "brug", ("and", "sluis", "kade"))),
        ("(brug OR sluis) kade", ("and", ("or", "brug", "sluis"), "kade")),
        ("brug NOT sluis", ("and", "brug", ("not", "sluis"))),
        ("brug -sluis", ("and", "brug", ("not", "sluis"))),
        ('-"oude brug"', ("not", ("phrase", "", 0, "oude", "brug"))),
        ("-(brug OR sluis)", ("not", ("or", "brug", "sluis"))),
        ("NOT NOT brug", "brug"),
        ('"oude brug"', ("phrase", "", 0, "oude", "brug")),
        ("“oude brug”", ("phrase", "", 0, "oude", "brug")),
        ('"oude brug"~5', ("phrase", "", 5, "oude", "brug")),
        ("brug*", ("pattern", "", "brug*")),
        ("*brug", ("pattern", "", "*brug")),
        ("br?g", ("pattern", "", "br?g")),
        ("waar is de brug?", ("and", "waar", "is", "de", "brug")),
        ("Wie komt??", ("and", "Wie", "komt")),
        ("mag ik over de brug ?", ("and", "mag", "ik", "over", "de", "brug")),
        ("mag ik daar langs?", ("and", "mag", "ik", "daar", "langs")),
        ("waar is br?g dan?", ("and", "waar", "is", ("pattern", "", "br?g"), ("pattern", "", "dan?"))),
        ("brug?", ("pattern", "", "brug?")),
        ("de oude brug?", ("and", "de", "oude", ("pattern", "", "brug?"))),
        ("waar is de br?g?", ("and", "waar", "is", "de", ("pattern", "", "br?g?"))),
        ("waar is de oud* brug?", ("and", "waar", "is", "de", ("pattern", "", "oud*"), ("pattern", "", "brug?"))),
        ("waar is heading:de brug?", ("and", "waar", "is", "heading:de", ("pattern", "", "brug?"))),
        ("waar AND is AND de AND brug?", ("and", "waar", "is", "de", ("pattern", "", "brug?"))),
        ("brug~", ("fuzzy", "", "brug", 1)),
        ("brug~2", ("fuzzy", "", "brug", 2)),
        ("heading:brug", "heading:brug"),
        ("HEADING:brug", "heading:brug"),
        ('heading:"oude brug"', ("phrase", "heading", 0, "oude", "brug")),
        ("category:events", "category:events"),
        ("date:2019", "date:2019"),
        ("date:[2019-03 TO 2021]", ("range", "date", "2019-03", "2021")),
        ("mentions:[* TO 2022-09]", ("range", "mentions", "", "2022-09")),
        ("page:[2 TO 4]", ("range", "page", "2", "4")),
        ("vluchtelingen-opvang", "vluchtelingen-opvang"),
        ("zaal@wijk.example", "zaal@wijk.example"),
        ("https://wijk.example/agenda", "https://wijk.example/agenda"),
        ("20:00", "20:00"),
        ("thema's", "thema's"),
        ("thema’s", "thema’s"),
        ("'s avonds", ("and", "s", "avonds")),
        ("ĳsbaan", "ĳsbaan"),
        ("Let op: brug", ("and", "Let", "op", "brug")),
        ("brug & sluis", ("and", "brug", "sluis")),
        ("brug - sluis", ("and", "brug", "sluis")),
        ("brug, sluis.", ("and", "brug", "sluis")),
        ('"OR"', ("phrase", "", 0, "OR")),
        ("or", "or"),
    ],
)
def test_a_query_is_read_as_the_contract_says(text, expected):
    assert shape(parse_query(text).root) == expected


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ('brug "oude', 5, "quote"),
        ("(brug", 0, "bracket"),
        ("brug)", 4, "bracket"),
        ("brug ()", 5, "brackets"),
        ("headng:brug", 0, "heading:"),
        ("heading:", 8, "value"),
        ("brug OR", 5, "OR"),
        ("OR brug", 0, "OR"),
        ("brug AND", 5, "AND"),
        ("brug NOT", 5, "NOT"),
        ("NOT", 0, "NOT"),
        ("date:2019-13", 5, "no date"),
        ("date:2019-02-29", 5, "no date"),
        ("date:vroeger", 5, "no date"),
        ("date:٢٠١٩", 5, "no date"),
        ("date:[2021 TO 2019]", 5, "2019 TO 2021"),
        ("date:[2019]", 5, "range"),
        ("date:[2019 TO", 5, "square bracket"),
        ("category:[a TO b]", 9, "range"),
        ("page:voor", 5, "page"),
        ("brug~3", 5, "one or two"),
        ('"oude brug"~', 11, "number"),
        ('"oude brug"~101', 12, "100 words"),
        ("page:0", 5, "page"),
        ('kade "oude b*"', 11, "b* finds"),
        ('"*brug"', 1, "between quotes"),
        ('heading:"(open d*)"', 15, "d* finds"),
        ('"br?g open"', 1, "br?g finds"),
        ("...", 0, "no word"),
    ],
)
def test_an_error_points_at_its_place_and_says_what_is_wrong(text, position, word):
    with pytest.raises(QuerySyntaxError) as raised:
        parse_query(text)
    assert raised.value.position == position
    assert word in str(raised.value)


def test_a_question_between_quotes_and_a_star_by_itself_are_no_pattern():
    assert parse_query('"is de brug open?"').root.words == ("is", "de", "brug", "open?")
    assert parse_query('"brug * sluis"').root.words == ("brug", "sluis")


def test_what_was_understood_can_be_read_and_means_the_same():
    parsed = parse_query('(brug OR "oude sluis"~2) -kade heading:haven* date:[2019 TO *]').parsed
    assert parsed == '(brug OR "oude sluis"~2) AND NOT kade AND heading:haven* AND date:[2019 TO *]'
    assert parse_query(parsed).parsed == parsed


def test_a_node_knows_where_it_stands_in_the_query():
    (first, second) = parse_query("brug heading:sluis").root.parts
    assert (first.start, first.end, second.start, second.end) == (0, 4, 5, 18)


def test_parts_of_two_kinds_that_hold_the_same_are_not_the_same():
    same = (Term("a"), Term("b"))
    assert len({And(same), Or(same), Not(And(same)), Not(Or(same)), And((Not(And(same)),))}) == 5
    assert len({Term("a"), Pattern("a"), Fuzzy("a"), Phrase(("a",)), Range("a", "", "")}) == 5


def test_what_is_too_long_too_deep_or_too_much_is_refused():
    for text in ("a" * (MAX_LENGTH + 1), "(" * 1000 + "a" + ")" * 1000, "- " * 10 + "NOT " * 900 + "a", "a " * 1500):
        with pytest.raises(QuerySyntaxError):
            parse_query(text)


@pytest.mark.parametrize("wide", ["*{}", "?{}", "*{}*", "{}~", "{}~2"])
def test_of_words_that_every_word_is_compared_with_there_may_be_fifty(wide):
    fifty = " ".join(wide.format(f"woord{number}") for number in range(50))
    assert len(parse_query(f"{fifty} (brug* OR sl?is) toren").root.parts) == 52
    with pytest.raises(QuerySyntaxError, match="More than 50 words are fuzzy or begin with") as raised:
        parse_query(f"({fifty}) OR brug* OR *toren")
    assert raised.value.position == len(fifty) + len("() OR brug* OR ")


@settings(max_examples=300, deadline=500)
@example("x~0&")
@example("?11@~1")
@example("*:.~1~")
@example("11:@~1’")
@given(st.text(alphabet=st.sampled_from("aZ1é'’\"“~*?()[]:-.@ ANDORTO\t\n\0ĳ"), max_size=120) | st.text(max_size=60))
def test_any_string_is_read_or_refused_cleanly(text):
    try:
        query = parse_query(text)
    except ArchiveError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - either way is right
        return
    assert parse_query(query.parsed).parsed == query.parsed


def test_a_word_that_is_typed_twice_counts_once(index_of):
    index = index_of("De brug en de sluis.", "De brug, de brug en nog een brug.", "De toren.", "De kade.")
    once, twice = index.ask("brug sluis toren"), index.ask("brug sluis Brug toren brug")
    assert twice.partial == once.partial
    assert twice.forms == once.forms
    assert index.ask("toren OR brug OR toren").ids == index.ask("toren OR brug").ids
    assert index.find('"de brug de brug"') == [2]
    assert parse_query("brug sluis brug").parsed == "brug AND sluis AND brug"


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("vluchtelingen NIET leuven", "vluchtelingen AND NOT leuven"),
        ("brood OF (wijn EN kaas)", "brood OR (wijn AND kaas)"),
        ("opvang EN NIET tijdelijk", "opvang AND NOT tijdelijk"),
        ("IK BEN NIET THUIS", 'IK AND BEN AND "NIET" AND THUIS'),
        ("NIET thuis", '"NIET" AND thuis'),
        ("opvang OF", 'opvang AND "OF"'),
        ("opvang of onderdak", "opvang AND of AND onderdak"),
    ],
)
def test_dutch_operators_stand_in_capitals_between_what_is_looked_for(typed, parsed):
    assert parse_query(typed).parsed == parsed
    assert parse_query(parsed).parsed == parsed
