"""Tests for how large the paper of a PDF page is, and how finely the page is drawn."""

import pytest

from archive.model.pages import Block, Box, Line, Word
from archive.reading.page.paper import drawing_dpi, find_scale, scale_blocks
from archive.reading.pdf.layer import PdfPage


def pdf_page(width, height, dpi, *, bare=True):
    return PdfPage((), width, height, 0, 1.0, dpi, bare=bare)


@pytest.mark.parametrize(
    ("size", "dpi", "scale"),
    [
        ((1654, 2339), 72, 2.78),  # an A4 in 200 dots an inch, one dot a point
        ((2339, 1654), 72, 2.78),
        ((1228, 1736), 97, 2.06),
        ((1654, 2339), 200, 1),  # a poster that was scanned
        ((595, 842), 72, 1),  # a coarse picture of an A4
        ((420, 595), 72, 1),
        ((300, 3000), 72, 1),  # a till receipt
        ((1654, 2339), None, 1),
    ],
)
def test_only_a_page_whose_image_is_too_coarse_to_be_true_is_larger_than_its_paper(size, dpi, scale):
    assert find_scale(pdf_page(*size, dpi)) == pytest.approx(scale, abs=0.01)


@pytest.mark.parametrize(
    ("size", "dpi", "bare", "drawn"),
    [
        ((1654, 2339), 72, True, 72),  # its image, untouched: 200 dpi on paper
        ((1654, 2339), 72, False, 72),
        ((9000, 12727), 72, True, 27.1),  # 410 dpi on paper
        ((595, 842), 72, True, 72),
        ((595, 842), 72, False, 300),  # a coarse ground below fine print
        ((595, 842), 150, False, 150),
        ((595, 842), None, False, 300),
    ],
)
def test_a_page_is_drawn_as_finely_as_its_image_is_on_paper(size, dpi, bare, drawn):
    assert drawing_dpi(pdf_page(*size, dpi, bare=bare), 300) == pytest.approx(drawn, abs=0.1)


def test_all_that_a_block_holds_is_brought_back_to_the_page():
    word = Word("dag", Box(1, 2, 3, 4), 0.9, 10.0, 1.4)
    (block,) = scale_blocks([Block((Line((word, Word("op")), Box(1, 2, 5, 4)),), Box(0, 1, 6, 5))], 2)
    (line,) = block.lines
    assert (block.box, line.box) == (Box(0, 2, 12, 10), Box(2, 4, 10, 8))
    assert line.words == (Word("dag", Box(2, 4, 6, 8), 0.9, 20.0, 1.4), Word("op"))
