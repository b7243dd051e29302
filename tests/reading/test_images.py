"""Tests for how a page image is made fit to read."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from archive.errors import UnreadableScanError
from archive.model.pages import Box, Word
from archive.reading.images.grounds import lighten_grounds
from archive.reading.images.initials import erase, find_initials
from archive.reading.images.ink import find_skew, guess_turn, weigh
from archive.reading.images.light import even_light, is_faint, smooth
from archive.reading.images.loading import count_frames, from_pixels, load
from archive.reading.images.patches import find_patches
from archive.reading.images.photos import find_photos
from archive.reading.images.picture import Picture, at_most, resize, straighten, turn
from archive.reading.images.underlines import wipe_underlines

TEXT = "Onze leden bakten samen brood en deelden het uit op het plein bij de haven "


def page(dpi: float = 150, *, columns: int = 1) -> Picture:
    """Draw an A5 page of lines of print."""
    return Picture(_drawn(dpi, columns).copy(), dpi)


@lru_cache
def _drawn(dpi: float, columns: int) -> Image.Image:
    scale = dpi / 72
    image = Image.new("L", (round(420 * scale), round(595 * scale)), 245)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(round(10 * scale))
    for column in range(columns):
        left, width = (30 + column * 360 / columns) * scale, (360 / columns - 15) * scale
        for line in range(36):
            text = (TEXT * 3)[line * 5 % len(TEXT) :]
            text = text[: int(len(text) * width / font.getlength(text))]
            draw.text((left, (35 + line * 14.5) * scale), text, fill=30, font=font)
    return image


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_ink_tells_by_how_much_a_page_has_to_be_turned(turned):
    lying = turn(page(columns=2), (360 - turned) % 360)
    guess = guess_turn(lying)
    assert (guess.turned, guess.unsure_side, guess.unsure_way) == (turned, False, False)


def test_a_page_with_heavy_rules_down_it_is_not_taken_to_lie_on_its_side():
    ruled = page(columns=2)
    draw = ImageDraw.Draw(ruled.pixels)
    for x in (5, 438, 870):
        draw.line((x, 0, x, ruled.pixels.height), fill=0, width=4)
    assert guess_turn(ruled).turned == 0


@pytest.mark.parametrize("tilt", [-4.0, -0.7, 0.0, 0.4, 2.5])
def test_a_tilt_is_found_to_a_tenth_of_a_degree(tilt):
    tilted = straighten(page(), tilt)
    assert find_skew(tilted) == pytest.approx(-tilt, abs=0.1)


@pytest.mark.parametrize(("stated", "true"), [(150, 150), (700, 106), (20, 106)])
def test_a_resolution_at_which_nobody_could_read_the_letters_is_not_believed(tmp_path, stated, true):
    page().pixels.save(tmp_path / "a.png", dpi=(stated, stated))
    assert load(tmp_path / "a.png", 0, max_megapixels=80).dpi == pytest.approx(true, abs=1)


def test_a_small_card_with_letters_of_the_usual_size_is_what_it_says(tmp_path):
    page().pixels.crop((0, 0, 600, 400)).save(tmp_path / "a.png", dpi=(150, 150))
    assert load(tmp_path / "a.png", 0, max_megapixels=80).dpi == pytest.approx(150, abs=1)


def test_an_empty_page_has_no_tilt_and_hardly_any_ink():
    empty = Picture(Image.new("L", (900, 1200), 250), 150)
    assert find_skew(empty) == 0
    assert guess_turn(empty).ink == 0


def test_light_letters_on_a_dark_banner_become_dark_on_light():
    picture = Picture(Image.new("L", (900, 1200), 250), 150)
    draw = ImageDraw.Draw(picture.pixels)
    draw.rectangle((0, 0, 900, 200), fill=40)
    draw.text((60, 60), "Kerngroep Oost", fill=250, font=ImageFont.load_default(80))
    seen = lighten_grounds(picture)[0].pixels
    assert seen.getpixel((20, 20)) > 200
    assert seen.crop((60, 60, 600, 150)).getextrema()[0] < 20
    assert seen.getpixel((500, 900)) == 250


def test_light_letters_in_a_narrow_bar_become_dark_on_light():
    picture = Picture(Image.new("L", (900, 1200), 250), 150)
    draw = ImageDraw.Draw(picture.pixels)
    draw.rectangle((100, 100, 600, 140), fill=40)
    draw.text((112, 106), "Agenda", fill=250, font=ImageFont.load_default(25))
    seen = lighten_grounds(picture)[0].pixels
    assert seen.crop((112, 104, 200, 134)).getextrema()[0] < 20
    assert seen.getpixel((400, 120)) > 200


def test_broad_light_letters_in_a_tilted_bar_stay_whole():
    picture = Picture(Image.new("L", (1200, 600), 250), 200)
    draw = ImageDraw.Draw(picture.pixels)
    draw.polygon(((100, 100), (1000, 124), (1000, 174), (100, 150)), fill=40)
    draw.text((130, 112), "Straatfeest", fill=250, font=ImageFont.load_default(34), stroke_width=2)
    seen = lighten_grounds(picture)[0].pixels
    letters = picture.pixels.crop((125, 112, 400, 148)).point(lambda tone: 255 if tone > 150 else 0)
    turned_dark = seen.crop((125, 112, 400, 148)).point(lambda tone: 255 if tone < 122 else 0)
    assert letters.tobytes() == turned_dark.tobytes()


def test_the_ends_of_a_bar_with_rounded_corners_leave_no_ink_behind():
    picture = Picture(Image.new("L", (2400, 900), 245), 300)
    draw = ImageDraw.Draw(picture.pixels)
    draw.rounded_rectangle((203, 301, 1205, 381), radius=40, fill=60)
    draw.text((290, 315), "Agenda", fill=250, font=ImageFont.load_default(50))
    picture = replace(picture, pixels=picture.pixels.filter(ImageFilter.GaussianBlur(2)))
    lightened, (bar,), _ = lighten_grounds(picture)
    tones = np.asarray(lightened.pixels)
    assert tones[:, 270:560].min() < 40
    assert min(tones[:, :270].min(), tones[:, 560:].min()) > 200
    assert [round(side) for side in (bar.x0, bar.y0, bar.x1, bar.y1)] == pytest.approx([49, 72, 289, 91], abs=2)


def opened_by(letter: str) -> Picture:
    """Draw a paragraph with a large letter left of its first lines."""
    picture = Picture(Image.new("L", (1200, 700), 245), 200)
    draw, font = ImageDraw.Draw(picture.pixels), ImageFont.load_default(28)
    draw.text((100, 112 - 26), letter, fill=20, font=ImageFont.load_default(128))
    for at in range(8):
        draw.text((210 if at < 3 else 100, 100 + 38 * at), TEXT[: 40 if at < 3 else 48], fill=20, font=font)
    return picture


def test_a_large_letter_before_the_first_lines_of_a_paragraph_is_found_alone_and_taken_out():
    picture = opened_by("D")
    (found,) = find_initials(picture)
    assert (round(found.box.x0), round(found.box.x1)) == (pytest.approx(39, abs=3), pytest.approx(67, abs=6))
    assert np.asarray(found.alone.pixels).min() < 60
    erased = np.asarray(erase(picture, found).pixels)
    assert erased[100:205, 100:205].min() > 200
    assert (erased[:, 210:] == np.asarray(picture.pixels)[:, 210:]).all()


def test_a_large_letter_is_no_initial_without_lines_right_of_it_and_the_next_below():
    before_white = opened_by("D")
    before_white.pixels.paste(245, (208, 0, 1200, 214))
    assert find_initials(before_white) == ()
    heading = Picture(Image.new("L", (1200, 700), 245), 200)
    draw = ImageDraw.Draw(heading.pixels)
    draw.text((100, 100), "D E B O D E", fill=20, font=ImageFont.load_default(100))
    draw.text((100, 240), TEXT[:50], fill=20, font=ImageFont.load_default(28))
    assert find_initials(heading) == ()
    alone = opened_by("D")
    alone.pixels.paste(245, (0, 214, 1200, 700))
    assert find_initials(alone) == ()


def test_dots_that_touch_along_any_way_are_one_patch():
    dark = np.zeros((9, 12), dtype=np.bool_)
    dark[1:8, 2] = dark[1:8, 9] = dark[7, 2:10] = True  # a U
    dark[1:4, 5] = True  # within it, apart
    found = sorted(find_patches(dark), key=lambda patch: patch.left)
    assert [(patch.sides, patch.dark) for patch in found] == [((2, 1, 10, 8), 20), ((5, 1, 6, 4), 3)]
    assert [patch.left for patch in find_patches(dark, least_run=5)] == [2]
    assert [patch.left for patch in find_patches(dark, least_height=4)] == [2]
    assert list(find_patches(np.zeros((4, 4), dtype=np.bool_))) == []


def test_a_frame_of_rules_around_text_is_no_dark_ground():
    picture = Picture(Image.new("L", (900, 1200), 250), 150)
    draw = ImageDraw.Draw(picture.pixels)
    draw.rectangle((100, 100, 600, 160), outline=20, width=6)
    draw.text((130, 112), "Agenda", fill=20, font=ImageFont.load_default(30))
    assert lighten_grounds(picture)[0].pixels.tobytes() == picture.pixels.tobytes()


def test_large_dark_letters_on_paper_stay_dark():
    picture = Picture(Image.new("L", (900, 1200), 250), 150)
    ImageDraw.Draw(picture.pixels).text((60, 60), "Kerngroep", fill=20, font=ImageFont.load_default(120))
    assert lighten_grounds(picture)[0].pixels.tobytes() == picture.pixels.tobytes()


def test_dark_paper_is_no_dark_ground():
    picture = Picture(Image.new("L", (900, 1200), 100), 150)
    ImageDraw.Draw(picture.pixels).text((60, 60), "Vergeeld papier", fill=20, font=ImageFont.load_default(40))
    assert lighten_grounds(picture)[0].pixels.tobytes() == picture.pixels.tobytes()


def shaded(*, darkest: float, contrast: float = 1.0, noise: float = 0.0) -> Picture:
    """A page whose light falls off to one side, to so large a share; ink may be pale and the paper grainy."""
    clean = np.asarray(page(200).pixels, dtype=np.float32)
    clean = 245 - contrast * (245 - clean)
    light = np.linspace(1.0, darkest, clean.shape[1], dtype=np.float32)
    grain = np.random.default_rng(1).normal(0, noise, clean.shape)
    return Picture(Image.fromarray((clean * light + grain).clip(0, 255).astype(np.uint8)), 200)


def test_paper_in_shadow_becomes_white_and_its_ink_stays_dark():
    tones = np.asarray(even_light(shaded(darkest=0.55)).pixels)
    assert np.percentile(tones[:, -150:], 60) > 245
    assert tones[200:-200, -300:-150].min() < 60
    assert np.percentile(np.asarray(shaded(darkest=0.55).pixels)[:, -150:], 60) < 160


def test_a_page_in_even_light_stays_as_it_is():
    even = shaded(darkest=0.97)
    assert even_light(even) is even


def test_a_photo_stays_dark():
    picture = shaded(darkest=0.6)
    picture.pixels.paste(20, (200, 300, 800, 900))
    assert np.asarray(even_light(picture).pixels)[450:750, 350:650].max() < 60


def test_a_photo_is_found_and_neither_a_tint_nor_a_bar_nor_print_is():
    picture = page(columns=2)
    tones = np.asarray(picture.pixels).copy()
    high, wide = tones.shape
    sky = np.linspace(60, 180, 500)[:, None] + 20 * np.sin(np.arange(320) / 9)
    tones[high - 600 : high - 100, 60:380] = sky
    tones[high - 600 : high - 100, wide - 380 : wide - 60] = np.minimum(tones[100:600, 60:380], 190)
    tones[20:80, 100 : wide - 100] = 40
    (found,) = find_photos(replace(picture, pixels=Image.fromarray(tones)))
    dots = picture.dpi / 72
    sides = [side * dots for side in (found.x0, found.y0, found.x1, found.y1)]
    assert sides == pytest.approx([60, high - 600, 380, high - 100], abs=15)


def test_a_page_whose_ink_is_hardly_darker_than_its_grain_is_faint():
    assert not is_faint(shaded(darkest=1.0))
    assert is_faint(shaded(darkest=1.0, contrast=0.2, noise=16))
    assert not is_faint(Picture(Image.new("L", (100, 100), 255), 100))


def underlined(how):
    """Draw three lines of print, the second underlined."""
    picture = Picture(Image.new("L", (1200, 600), 250), 150)
    draw, font = ImageDraw.Draw(picture.pixels), ImageFont.load_default(30)
    for number, top in enumerate((60, 160, 260)):
        draw.text((100, top), "Algemene vergadering", fill=20, font=font)
        if number == 1:
            how(draw, 100, top + 36, 410)
    return picture


def _as_rule(draw, x0, y, x1):
    draw.line((x0, y, x1, y + 3), fill=20, width=3)


def _as_hyphens(draw, x0, y, x1):
    for x in range(x0, x1, 15):
        draw.line((x, y + 3, x + 9, y + 3), fill=20, width=2)


@pytest.mark.parametrize("how", [_as_rule, _as_hyphens])
def test_an_underline_is_wiped_out_and_the_letters_stay(how):
    picture = underlined(how)
    wiped, (box,) = wipe_underlines(picture)
    assert (box.x0, box.x1) == pytest.approx((48, 197), abs=5)
    assert 192 * 0.48 < box.y0 < box.y1 < 202 * 0.48
    plain = np.asarray(underlined(lambda *_: None).pixels) < 128
    left = np.asarray(wiped.pixels) < 128
    assert (left & plain).sum() > 0.97 * plain.sum()
    assert (left & ~plain).sum() < 0.05 * (np.asarray(picture.pixels) < 128)[~plain].sum()


def test_a_short_stroke_below_part_of_a_line_may_be_the_feet_of_letters_and_stays():
    picture = underlined(lambda draw, x0, y, _: draw.line((x0, y, x0 + 70, y), fill=20, width=3))
    assert wipe_underlines(picture)[1] == ()


def test_what_underlines_no_print_stays():
    picture = underlined(lambda *_: None)
    draw = ImageDraw.Draw(picture.pixels)
    draw.line((600, 100, 1100, 100), fill=20, width=3)  # a rule of its own
    draw.line((40, 340, 1100, 340), fill=20, width=3)  # right across the page, below a short line
    draw.rectangle((80, 40, 480, 110), outline=20, width=3)  # a frame
    wiped, boxes = wipe_underlines(picture)
    assert boxes == ()
    assert wiped is picture


def test_a_faint_page_loses_its_grain_and_keeps_its_letters():
    grainy = shaded(darkest=1.0, contrast=0.4, noise=20)
    smoothed = np.asarray(smooth(grainy).pixels, dtype=np.float32)
    clean = np.asarray(shaded(darkest=1.0, contrast=0.4).pixels, dtype=np.float32)
    assert np.abs(smoothed - clean).mean() < 0.75 * np.abs(np.asarray(grainy.pixels) - clean).mean()
    assert smoothed.min() < clean.min() + 40


def test_bold_words_weigh_more_than_the_rest():
    picture = Picture(Image.new("L", (1200, 600), 250), 300)
    draw, font = ImageDraw.Draw(picture.pixels), ImageFont.load_default(50)
    words = []
    for number in range(6):
        draw.text((40, 40 + 80 * number), "gewoon", fill=20, font=font, stroke_width=2 if number == 0 else 0)
        box = Box(40 * 0.24, (40 + 80 * number) * 0.24, 240 * 0.24, (110 + 80 * number) * 0.24)
        words.append(Word("gewoon", box, 0.9, 12.0))
    heavy, *usual = [word.weight for word in weigh(picture, words)]
    assert heavy > 1.25
    assert all(weight == pytest.approx(1, abs=0.05) for weight in usual)


def test_a_word_in_light_letters_has_no_weight():
    picture = Picture(Image.new("L", (400, 200), 20), 300)
    word = Word("wit", Box(10, 10, 60, 30), 0.9, 12.0)
    assert weigh(picture, [word]) == (word,)


def test_a_coarse_page_is_enlarged_and_a_fine_one_made_smaller():
    assert resize(page(150)).pixels.width == pytest.approx(420 * 300 / 72, abs=2)
    assert resize(page(200)).dpi == 200
    assert resize(page(600)).pixels.width == pytest.approx(420 * 300 / 72, abs=2)
    fitting = page(300)
    assert resize(fitting) is fitting
    assert at_most(fitting, 100).pixels.width == pytest.approx(420 * 100 / 72, abs=2)


def test_the_resolution_comes_from_the_file_or_from_the_size_of_paper(tmp_path):
    image = Image.new("L", (1240, 1754), 255)
    image.save(tmp_path / "a.png", dpi=(200, 200))
    image.save(tmp_path / "b.png")
    image.save(tmp_path / "c.png", dpi=(72, 72))
    assert [round(load(tmp_path / name, 0, max_megapixels=80).dpi) for name in ("a.png", "b.png", "c.png")] == [
        200,
        150,
        150,
    ]


def test_every_page_of_a_tiff_is_loaded(tmp_path):
    pages = [Image.new("1", (200, 300), number % 2) for number in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    assert count_frames(tmp_path / "a.tif") == 3
    tones = [load(tmp_path / "a.tif", number, max_megapixels=80).pixels.getpixel((0, 0)) for number in range(3)]
    assert tones == [0, 255, 0]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "P", "LA", "I;16"])
def test_pictures_of_any_colour_mode_become_grey(tmp_path, mode):
    suffix = "tif" if mode in {"CMYK", "I;16"} else "png"
    Image.new(mode, (60, 40)).save(tmp_path / f"a.{suffix}")
    assert load(tmp_path / f"a.{suffix}", 0, max_megapixels=80).pixels.mode == "L"


def test_what_is_transparent_is_paper(tmp_path):
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert load(tmp_path / "a.png", 0, max_megapixels=80).pixels.getpixel((5, 5)) == 255


def test_a_cut_image_says_so(tmp_path):
    Image.effect_noise((600, 600), 60).save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:5000])
    with pytest.raises(UnreadableScanError, match="is cut off or damaged"):
        load(tmp_path / "a.png", 0, max_megapixels=80)


def test_a_picture_too_large_is_refused_before_it_is_decoded(tmp_path):
    Image.new("1", (20000, 20000)).save(tmp_path / "a.tif", compression="group4")
    told = r"20000 x 20000 pixels \(400 million\), too large to read: at most 200 million.*max_page_megapixels to 160 "
    with pytest.raises(UnreadableScanError, match=told):
        load(tmp_path / "a.tif", 0, max_megapixels=80)


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_the_bound_on_pictures_is_the_owner_s_and_not_that_of_the_library(tmp_path, monkeypatch, name):
    Image.new("L", (300, 300)).save(tmp_path / name)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert count_frames(tmp_path / name) == 1
    assert load(tmp_path / name, 0, max_megapixels=1).pixels.size == (300, 300)
    assert Image.MAX_IMAGE_PIXELS == 1000


def test_a_picture_a_little_too_large_is_made_smaller(tmp_path):
    Image.new("1", (3000, 3000)).save(tmp_path / "a.png", dpi=(600, 600))
    picture = load(tmp_path / "a.png", 0, max_megapixels=4)
    assert picture.pixels.width * picture.pixels.height <= 4e6
    assert picture.width == pytest.approx(360, abs=1)


def test_raw_pixels_of_a_pdf_keep_their_tones():
    bgr = bytes((0, 0, 255, 255, 255, 255, 0, 0))
    picture = from_pixels(bgr, (2, 1), stride=8, mode="BGR", dpi=300)
    assert list(picture.pixels.tobytes()) == [76, 255]
