"""Tests for what a PDF page offers."""

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics

from archive.errors import UnreadableScanError
from archive.reading.pdf.documents import count_pages, read_metadata
from archive.reading.pdf.drawing import render
from archive.reading.pdf.layer import read_page
from tests.reading.made_pdfs import PASSWORD, Pasted, Print, lines_of, make_encrypted_pdf, make_pdf


def texts(page) -> list[str]:
    return [word.text for word in page.words]


def test_the_text_layer_gives_words_with_boxes_from_the_top_left_and_sizes(tmp_path):
    page = read_page(make_pdf(tmp_path / "a.pdf", [[Print("Open dag", x=100, y=742, size=20)]]), 1)
    first, second = page.words
    assert (first.text, second.text, first.size) == ("Open", "dag", 20)
    assert first.box.x0 == pytest.approx(100, abs=1)
    assert first.box.y0 < 100 < first.box.y1
    assert (page.width, page.height, page.image_cover) == (595, 842, 0)


def test_bold_words_weigh_more(tmp_path):
    page = read_page(make_pdf(tmp_path / "a.pdf", [[Print("Kop", bold=True), Print("tekst", y=600)]]), 1)
    assert [word.weight for word in page.words] == [1.4, 1.0]


def test_letters_printed_twice_for_boldness_are_read_once(tmp_path):
    page = read_page(make_pdf(tmp_path / "a.pdf", [[Print("Feest", x=50), Print("Feest", x=50.3)]]), 1)
    assert texts(page) == ["Feest"]


def test_a_stretched_line_drawn_without_its_spaces_is_read_as_words_beside_lines_that_hold_theirs(tmp_path):
    stretched = [Print(word, x=50 + 60 * at) for at, word in enumerate(("Boven", "aan", "de", "haven", "ligt"))]
    plain = lines_of("Wie in het dorp woont en op de kade werkt leest het hier in de krant en op het bord", top=660)
    found = [word.text for word in read_page(make_pdf(tmp_path / "a.pdf", [[*stretched, *plain]]), 1).words]
    assert found[:5] == ["Boven", "aan", "de", "haven", "ligt"]
    assert found[5:8] == ["Wie", "in", "het"]


def test_words_set_so_tight_that_their_letters_lap_over_are_parted_by_the_valley_between_the_gaps(tmp_path):
    spots, x = [], 50.0
    for word in ("Wie", "nader", "leest", "vindt", "hier", "elk", "woord"):
        for letter in word:
            spots.append(Print(letter, x=x, size=20))
            x += pdfmetrics.stringWidth(letter, "Helvetica", 20) - 0.044 * 20
        x += 0.161 * 20
    found = [word.text for word in read_page(make_pdf(tmp_path / "a.pdf", [spots]), 1).words]
    assert found == ["Wie", "nader", "leest", "vindt", "hier", "elk", "woord"]


def test_words_of_a_table_are_parted_though_its_columns_stand_further_apart(tmp_path):
    row = [Print("Anna", x=50), Print("Bos", x=81), Print("21:03", x=150), Print("25:33", x=400)]
    found = [word.text for word in read_page(make_pdf(tmp_path / "a.pdf", [row]), 1).words]
    assert found == ["Anna", "Bos", "21:03", "25:33"]


def test_an_accent_drawn_over_a_letter_is_joined_with_it(tmp_path):
    wide = pdfmetrics.stringWidth("f", "Helvetica", 11)
    word = [Print("f", x=50), Print("¨", x=50.5 + wide), Print("ur", x=50 + wide)]
    assert [each.text for each in read_page(make_pdf(tmp_path / "a.pdf", [word]), 1).words] == ["für"]


def test_letters_set_apart_for_show_are_one_word(tmp_path):
    spread = [Print(letter, x=50 + 13 * at) for at, letter in enumerate("AGENDA")]
    spread += [Print(letter, x=140 + 13 * at) for at, letter in enumerate("MAART")]
    found = [word.text for word in read_page(make_pdf(tmp_path / "a.pdf", [spread]), 1).words]
    assert found == ["AGENDA", "MAART"]


def test_boxes_count_from_the_corner_of_the_part_that_is_shown(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("hier", x=150, y=700)]], more="/CropBox [100 100 500 800]")
    page = read_page(made, 1)
    assert (page.width, page.height) == (400, 700)
    assert page.words[0].box.x0 == pytest.approx(50, abs=1)
    assert page.words[0].box.y1 == pytest.approx(100, abs=4)


def test_words_outside_the_part_that_is_shown_are_left_out(tmp_path):
    made = make_pdf(
        tmp_path / "a.pdf", [[Print("binnen", x=150), Print("snijlijn", x=5)]], more="/CropBox [100 0 595 842]"
    )
    assert texts(read_page(made, 1)) == ["binnen"]


def test_a_page_whose_text_runs_up_the_side_is_turned(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("Tabel op zijn kant", x=300, y=100, matrix="0 1 -1 0")]])
    page = read_page(made, 1)
    assert (page.turned, page.width, page.height) == (90, 842, 595)
    assert texts(page) == ["Tabel", "op", "zijn", "kant"]
    lefts = [word.box.x0 for word in page.words]
    assert lefts == sorted(lefts)
    assert all(word.box.x1 - word.box.x0 > 8 for word in page.words)


def test_text_along_the_side_of_an_upright_page_stays_in_one_piece(tmp_path):
    lines = [Print(f"gewone regel nummer {number}", y=700 - 20 * number) for number in range(5)]
    page = read_page(
        make_pdf(tmp_path / "a.pdf", [[*lines, Print("jaargang twaalf", x=30, y=100, matrix="0 1 -1 0")]]), 1
    )
    assert page.turned == 0
    assert texts(page)[-2:] == ["jaargang", "twaalf"]


def test_a_page_turned_by_its_rotate_key_is_read_as_shown(tmp_path):
    page = read_page(make_pdf(tmp_path / "a.pdf", [[Print("gedraaid")]], more="/Rotate 90"), 1)
    drawn = render(tmp_path / "a.pdf", 1, 72, max_megapixels=80) if page.turned == 0 else None
    assert (drawn is None) == (page.turned != 0)
    assert texts(page) == ["gedraaid"]


def test_a_scanned_page_is_all_image_at_its_own_resolution(tmp_path):
    Image.new("L", (1240, 1754), 200).save(tmp_path / "a.pdf", resolution=150)
    page = read_page(tmp_path / "a.pdf", 1)
    assert page.image_cover == 1
    assert page.image_dpi == pytest.approx(150, abs=1)
    assert page.words == ()


def test_the_image_that_is_the_page_comes_out_untouched(tmp_path):
    grey = Image.linear_gradient("L").resize((400, 600))
    grey.save(tmp_path / "a.pdf", resolution=100, quality=100)
    drawn = render(tmp_path / "a.pdf", 1, 100, max_megapixels=80)
    assert (drawn.width, drawn.height, drawn.mode) == (400, 600, "L")
    assert drawn.dpi == pytest.approx(100, abs=0.5)


def test_a_large_page_is_drawn_smaller_to_stay_in_bounds(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("poster")]], media="0 0 2384 3370")
    drawn = render(made, 1, 300, max_megapixels=20)
    assert drawn.width * drawn.height <= 20.1e6
    assert drawn.dpi < 300


def test_a_page_of_two_kilometres_is_refused_before_it_is_drawn(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("x")]], media="0 0 100000 100000")
    with pytest.raises(UnreadableScanError, match="page 1 measures 3528 x 3528 cm, too large to read"):
        render(made, 1, 300, max_megapixels=80)


def test_the_bound_that_is_named_as_enough_for_a_large_page_is_so(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("poster")]], media="0 0 2384 3370")
    with pytest.raises(UnreadableScanError, match=r"max_page_megapixels = 9\..*max_page_megapixels to 15 in archive"):
        render(made, 1, 300, max_megapixels=9)
    assert render(made, 1, 300, max_megapixels=15).dpi > 96


def test_a_page_is_drawn_as_coarsely_as_is_asked(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("x")]], media="0 0 1190 1684")
    drawn = render(made, 1, 36, max_megapixels=2)  # at 96 dpi it would have four million
    assert (drawn.width, drawn.height) == (595, 842)


def test_the_image_that_is_the_page_is_taken_at_the_resolution_it_has(tmp_path):
    Image.linear_gradient("L").resize((595, 842)).save(tmp_path / "a.pdf", resolution=72)
    drawn = render(tmp_path / "a.pdf", 1, 300, max_megapixels=80)
    assert (drawn.width, drawn.height, round(drawn.dpi)) == (595, 842, 72)


def test_a_picture_in_a_page_that_is_too_large_is_measured_and_the_remedy_named(tmp_path):
    Image.new("L", (3000, 3000), 200).save(tmp_path / "a.pdf", resolution=300)
    told = r"3000 x 3000 pixels \(9 million\), too large to read: at most 5 million are.*max_page_megapixels to 2 "
    with pytest.raises(UnreadableScanError, match=told):
        render(tmp_path / "a.pdf", 1, 300, max_megapixels=1)
    assert render(tmp_path / "a.pdf", 1, 300, max_megapixels=2).width


def test_a_page_is_bare_if_nothing_but_one_image_and_text_is_on_it(tmp_path):
    pasted = Pasted(Image.new("1", (595, 842)), 0, 0, 595, 842)
    text = [[Print("gelezen", hidden=True)]]
    alone = make_pdf(tmp_path / "a.pdf", text, pasted=pasted)
    ruled = make_pdf(tmp_path / "b.pdf", text, pasted=pasted, sketch="50 700 m 500 700 l S")
    assert [read_page(each, 1).bare for each in (alone, ruled)] == [True, False]
    assert not read_page(make_pdf(tmp_path / "c.pdf", text), 1).bare


def test_an_encrypted_pdf_says_so_and_opens_with_its_password(tmp_path):
    made = make_encrypted_pdf(tmp_path / "a.pdf")
    with pytest.raises(UnreadableScanError, match=r"is encrypted.*ARCHIVE_PDF_PASSWORD"):
        count_pages(made)
    for read in (
        lambda: count_pages(made, password=PASSWORD + "?"),
        lambda: read_page(made, 1, password=PASSWORD + "?"),
    ):
        with pytest.raises(UnreadableScanError, match=r"not with the password that is set.*ingest --retry"):
            read()
    assert count_pages(made, password=PASSWORD) == 1
    assert texts(read_page(made, 1, password=PASSWORD)) == ["Open", "dag"]


def test_a_cut_pdf_says_so(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("x")]] * 3)
    made.write_bytes(made.read_bytes()[:-120])
    with pytest.raises(UnreadableScanError, match="cut off"):
        count_pages(made)


def test_a_pdf_without_pages_says_so(tmp_path):
    with pytest.raises(UnreadableScanError, match=r"without pages|damaged"):
        count_pages(make_pdf(tmp_path / "a.pdf", []))


def test_metadata_of_a_pdf_without_any_is_empty(tmp_path):
    assert read_metadata(make_pdf(tmp_path / "a.pdf", [[Print("x")]])) == {}


def test_metadata_holds_what_the_maker_wrote(tmp_path):
    Image.new("L", (50, 50)).save(tmp_path / "a.pdf", title="Kerngroep Oost 3")
    assert read_metadata(tmp_path / "a.pdf")["Title"] == "Kerngroep Oost 3"


def test_a_changed_file_is_read_anew(tmp_path):
    made = make_pdf(tmp_path / "a.pdf", [[Print("eerst")]])
    assert texts(read_page(made, 1)) == ["eerst"]
    make_pdf(made, [[Print("daarna")]])
    assert texts(read_page(made, 1)) == ["daarna"]


def test_small_capitals_are_of_the_word_that_a_large_one_opens(tmp_path):
    line = [Print("D", x=50, y=700, size=24), Print("E", x=67.4, y=700, size=15)]
    line += [Print("D", x=90, y=700, size=24), Print("AKTUIN", x=107.4, y=700, size=15)]
    under = [Print("Boven ons", x=50, y=676, size=15)]
    assert texts(read_page(make_pdf(tmp_path / "a.pdf", [[*line, *under]]), 1)) == ["DE", "DAKTUIN", "Boven", "ons"]
