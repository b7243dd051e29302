from archive.model.pages import BlockRole
from archive.parsing.furniture import mark_furniture
from archive.parsing.transcript import build_transcript
from tests.parsing.printed import Print, body, dump_of, heading, page_of


def _transcript(*pages):
    return build_transcript(mark_furniture(pages))


def test_words_lines_blocks_and_pages_are_parted_as_promised():
    transcript = _transcript(page_of(1, body("een twee", "drie"), body("vier")), page_of(2, body("vijf")))
    assert transcript.raw == "een twee\ndrie\n\nvier\fvijf"


def test_every_word_is_found_at_its_span_with_its_page_role_and_block():
    transcript = _transcript(page_of(1, heading("Oud papier"), body("zaterdag op straat")), page_of(2, body("dank u")))
    assert [transcript.raw[word.start : word.end] for word in transcript.words] == transcript.raw.split()
    assert [(word.page, word.block, word.role) for word in transcript.words][::2] == [
        (1, 0, BlockRole.HEADING),
        (1, 1, BlockRole.BODY),
        (1, 1, BlockRole.BODY),
        (2, 2, BlockRole.BODY),
    ]


def test_words_set_aside_stay_in_the_raw_text():
    picture = Print("Jl|", role=BlockRole.PICTURE)
    assert "Jl|" in _transcript(page_of(1, body("een"), picture, body("twee"))).raw


def test_a_piece_that_jumps_is_read_in_one_go():
    transcript = _transcript(
        page_of(
            1,
            heading("De brug"),
            body("De brug wordt vernieuwd."),
            body("Lees verder op pagina 2"),
            heading("Koor"),
            body("Het koor zingt."),
        ),
        page_of(
            2,
            heading("Oud papier"),
            body("Op zaterdag."),
            body("Vervolg van pagina 1: De brug"),
            body("In mei gaat zij open."),
        ),
    )
    assert transcript.raw.index("vernieuwd") < transcript.raw.index("In mei") < transcript.raw.index("Koor")
    assert transcript.raw.endswith("Op zaterdag.")


def test_two_jumps_to_one_page_are_paired_by_the_heading_they_name():
    transcript = _transcript(
        page_of(
            1,
            heading("De brug"),
            body("Een brug.", "Lees verder op pagina 2"),
            heading("Het koor"),
            body("Een koor.", "Lees verder op pagina 2"),
        ),
        page_of(
            2,
            body("Vervolg van pagina 1: Het koor"),
            body("Zingt."),
            body("Vervolg van pagina 1: De brug"),
            body("Gaat open."),
        ),
    )
    assert [word for word in transcript.raw.split() if word in {"brug.", "koor.", "Zingt.", "Gaat"}] == [
        "brug.",
        "Gaat",
        "koor.",
        "Zingt.",
    ]


def test_a_jump_line_without_its_other_half_moves_nothing():
    pages = (
        page_of(1, body("Een brug.", "Lees verder op pagina 2")),
        page_of(2, heading("Koor"), body("Het koor zingt.")),
    )
    assert _transcript(*pages).raw.split("\f") == ["Een brug.\n\nLees verder op pagina 2", "Koor\n\nHet koor zingt."]


def test_a_continued_piece_of_a_dump_is_joined_as_well():
    transcript = build_transcript(
        mark_furniture(
            dump_of(
                "De brug\n\nDe oude brug over de vaart wordt vernieuwd.\n\nLees verder op pagina 2\n\n"
                "Koor\n\nHet koor zingt op zondag in de kerk.",
                "Vervolg van pagina 1\n\nIn mei gaat zij weer open.",
            )
        )
    )
    assert transcript.raw.index("In mei") < transcript.raw.index("Koor")


def test_a_sentence_cut_by_a_side_box_at_the_end_of_the_page_is_made_whole():
    box = Print("Open op zaterdag.", role=BlockRole.ASIDE, x0=400, y0=50)
    transcript = _transcript(
        page_of(1, heading("De brug"), body("De gemeente vernieuwt de brug over de"), box),
        page_of(2, body("vaart voor de winter."), heading("Koor"), body("Het koor zingt.")),
    )
    assert "over de\fvaart voor de winter." in transcript.raw
    assert transcript.raw.index("vaart") < transcript.raw.index("Open op")


def test_a_block_keeps_its_number_where_its_lines_moved():
    pages = (
        page_of(1, heading("De brug"), body("Een brug.", "Lees verder op pagina 2"), heading("Koor"), body("Zingt.")),
        page_of(2, body("Vervolg van pagina 1"), body("Gaat open.")),
    )
    transcript = _transcript(*pages)
    blocks = [block for page in transcript.pages for block in page.blocks]
    for word in transcript.words:
        assert transcript.raw[word.start : word.end] in blocks[word.block].text.split()


def test_a_publisher_under_a_masthead_is_no_sentence_that_goes_on():
    transcript = _transcript(
        page_of(
            1,
            Print("Tuinen aan de Leerlaan Stichting", x0=320),
            heading("Bestuur"),
            body("Er werd gestemd.", "- Het voorstel van de pachters was"),
            Print("teruggegeven met drie vragen.", x0=320, y0=60),
        )
    )
    assert transcript.raw.endswith("was\n\nteruggegeven met drie vragen.")
