"""The same rows as a picture and as a PDF: sizes, sameness, and that rare names are drawn in both."""

import io
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

from canteen_pos import fonts
from canteen_pos.printing import pdf, picture
from canteen_pos.printing.paper import CELL_DOTS, Paper
from canteen_pos.printing.ticket import Cut, Item, Qr, Rule, Text, TextRow, Ticket, layout
from canteen_pos.printing.trial import trial_page

AT = datetime.fromisoformat("2026-11-23T11:52:07+08:00")
TICKET = Ticket(
    "小票",
    (
        Text("粮丰社区食堂", "centre", 2, 2, bold=True),
        Rule(),
        Item("红烧肉", "x2", "36.00"),
        Item("㳃䶮𬭊豆腐", "x1", "8.00"),
        Text("¥12.50 ℃"),
        Qr("01D62D5BDD"),
        Cut(),
    ),
)


@pytest.mark.parametrize(("columns", "dots"), [(32, 384), (42, 512), (48, 576)])
def test_a_picture_is_as_wide_as_the_head(columns: int, dots: int) -> None:
    drawn = picture.render(TICKET, Paper(columns=columns))
    assert drawn.width == dots + 2 * 16
    assert picture.render(TICKET, Paper(columns=columns), scale=2).size == (drawn.width * 2, drawn.height * 2)


def test_characters_stand_in_their_cells() -> None:
    """Ink of 'x' behind three Chinese characters begins at the seventh cell."""
    line = picture.text_line(TextRow("红烧肉x"), 32 * CELL_DOTS)
    for cell, char in ((0, "红"), (2, "烧"), (4, "肉"), (6, "x")):
        alone = picture.text_line(TextRow(" " * cell + char), 32 * CELL_DOTS)
        box = (cell * CELL_DOTS, 0, (cell + (1 if char == "x" else 2)) * CELL_DOTS, line.height)
        assert line.crop(box).tobytes() == alone.crop(box).tobytes()
    assert line.crop((7 * CELL_DOTS, 0, line.width, line.height)).getbbox() is None


def test_no_descender_is_cut() -> None:
    for height in (1, 2):
        line = picture.text_line(TextRow("gjpqy", height=height), 96)
        box = line.point(lambda value: 255 if value > 60 else 0).getbbox()
        assert box is not None
        assert box[1] > 0
        assert box[3] < line.height


def test_every_gbk_character_is_drawn_as_itself() -> None:
    """Printers hold GBK in hardware; the preview must be able to show all of it."""
    codes = (bytes([high, low]) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F)
    chars = [found for code in codes if len(found := code.decode("gbk", "ignore")) == 1]
    assert len(chars) > 21_000
    drawn, rare = fonts._main_codes(), fonts._codes(fonts.rare_font())
    assert [char for char in chars if ord(char) not in drawn | rare] == []
    assert {char for char in chars if ord(char) not in drawn} == fonts.GBK_WITHOUT_GLYPH


def test_an_empty_glyph_counts_as_missing() -> None:
    """Micro Hei maps ℃ to a glyph without an outline: the preview would show nothing."""
    assert fonts.is_rare("℃")
    assert picture.text_line(TextRow("℃"), 24).getbbox() is not None


def test_the_same_ticket_gives_the_same_pdf() -> None:
    assert pdf.render(TICKET, Paper()) == pdf.render(TICKET, Paper())


@pytest.mark.parametrize(("columns", "roll_mm"), [(32, 58), (48, 80)])
def test_a_pdf_is_one_page_as_wide_as_the_roll(columns: int, roll_mm: int) -> None:
    (page,) = pypdf.PdfReader(io.BytesIO(pdf.render(TICKET, Paper(columns=columns)))).pages
    assert float(page.mediabox.width) == pytest.approx(roll_mm * 72 / 25.4, abs=0.01)


@pytest.mark.parametrize("columns", [32, 48])
def test_a_pdf_holds_every_character_of_the_ticket(columns: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR", "pypdf")
    for ticket in (TICKET, trial_page("前台", Paper(columns=columns), AT)):
        (page,) = pypdf.PdfReader(io.BytesIO(pdf.render(ticket, Paper(columns=columns)))).pages
        found = "".join(page.extract_text().split())
        rows = layout(ticket, columns, fonts.spell_out)
        text = "".join(row.text for row in rows if isinstance(row, TextRow))
        wanted = {char for char in text if " " < char < "\U00010000"}  # reportlab maps only these for copying
        assert {char for char in wanted if char not in found} == set()


def test_rare_names_are_drawn_in_the_pdf_each_in_its_own_shape() -> None:
    """Text extraction believes the map; only pixels show whether the outlines are there."""
    import pypdfium2

    shapes = []
    for char in ("㳃", "䶮", "𬭊", "ǎ", "😀", "🍜"):
        data = pdf.render(
            Ticket("", (Text("㳃䶮𬭊ǎ😀🍜", width=2, height=2), Text(char, width=2, height=2))), Paper()
        )
        page = pypdfium2.PdfDocument(data)[0].render(scale=4).to_pil().convert("L")
        half = page.crop((0, page.height // 2, page.width, page.height))
        ink = half.point(lambda value: 255 if value < 128 else 0)
        box = ink.getbbox()
        assert box is not None, char
        shapes.append(ink.crop(box).tobytes())
    assert len(set(shapes)) == 6


def test_emoji_are_drawn_and_stay_in_their_cells() -> None:
    assert fonts.spell_out("豆腐😀❤️🍜") == "豆腐😀❤🍜"
    line = picture.text_line(TextRow("x😀🍜x"), 10 * CELL_DOTS)
    alone = picture.text_line(TextRow("x    x"), 10 * CELL_DOTS)
    assert line.crop((5 * CELL_DOTS, 0, line.width, line.height)).tobytes() == (
        alone.crop((5 * CELL_DOTS, 0, line.width, line.height)).tobytes()
    )
    for cell in (1, 3):
        face = line.crop((cell * CELL_DOTS, 0, (cell + 2) * CELL_DOTS, line.height))
        assert face.point(lambda value: 255 if value > 105 else 0).getbbox() is not None


def test_what_no_font_has_is_spelt_out() -> None:
    assert fonts.spell_out("\U00020bb7野") == "[U+20BB7]野"


def test_a_font_of_the_system_is_lent_for_the_rarest_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Windows has SimSun-ExtB; here a font of one character plays it."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 700), (100, 700)):
        pen.lineTo(point)
    pen.closePath()
    maker = FontBuilder(1000, isTTF=True)
    maker.setupGlyphOrder([".notdef", "ji"])
    maker.setupCharacterMap({0x20BB7: "ji"})
    maker.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "ji": pen.glyph()})
    maker.setupHorizontalMetrics({".notdef": (1000, 0), "ji": (1000, 100)})
    maker.setupHorizontalHeader(ascent=800, descent=-200)
    maker.setupNameTable({"familyName": "SimSun-ExtB", "styleName": "Regular"})
    maker.setupOS2()
    maker.setupPost()
    (tmp_path / "deep").mkdir()
    maker.save(tmp_path / "deep" / "SimSunB.TTF")
    monkeypatch.setattr(fonts, "_font_folders", lambda: iter([tmp_path, tmp_path / "none"]))
    for known in (fonts.system_fonts, fonts.face_of, fonts.can_draw, fonts.is_rare):
        known.cache_clear()
    try:
        assert fonts.spell_out("\U00020bb7野") == "\U00020bb7野"
        assert picture.text_line(TextRow("\U00020bb7"), 24).getbbox() is not None
        ticket = Ticket("", (Text("\U00020bb7野"),))
        (page,) = pypdf.PdfReader(io.BytesIO(pdf.render(ticket, Paper()))).pages
        assert any("20BB7" in str(font) for font in page["/Resources"]["/Font"].values())
    finally:
        for known in (fonts.system_fonts, fonts.face_of, fonts.can_draw, fonts.is_rare):
            known.cache_clear()
