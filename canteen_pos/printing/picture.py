"""A ticket as a picture: the preview on screen, the virtual printer, and the lines a code page cannot hold.

Characters stand in the same cells as on the printer: 12 dots wide and 24 high, Chinese ones 24 by 24.
"""

from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from canteen_pos import fonts
from canteen_pos.fonts import embedding
from canteen_pos.printing.paper import CELL_DOTS, LINE_DOTS, Paper
from canteen_pos.printing.ticket import CutRow, QrRow, Row, TextRow, Ticket, layout

_GLYPH = 2 * CELL_DOTS
_LEADING = LINE_DOTS - _GLYPH
BASELINE = 0.79
"""Below the top of the character cell, in ems."""
_FINE = 4  # glyphs are drawn this much larger and shrunk: even strokes at small sizes
_MONO_ADVANCE = 1229 / 2048  # of the mono face; squeezed into half an em as printers' ASCII is
_INK = 105  # of 255; grey above this becomes a black dot
_QR_MODULE_DOTS = 5
_MARGIN_DOTS = 16


def render(ticket: Ticket, paper: Paper, scale: int = 1) -> Image.Image:
    """Black on white, `paper.dots` times `scale` wide, greyscale; a little white around as on a torn-off slip."""
    width = paper.dots * scale
    bands = [_band(row, width, scale) for row in layout(ticket, paper.columns, fonts.spell_out)]
    margin = _MARGIN_DOTS * scale
    sheet = Image.new("L", (width, sum(band.height for band in bands) + 2 * margin), 255)
    y = margin
    for band in bands:
        sheet.paste(ImageChops.invert(band), ((width - band.width) // 2, y))
        y += band.height
    framed = Image.new("L", (width + 2 * margin, sheet.height), 255)
    framed.paste(sheet, (margin, 0))
    return framed


def _band(row: Row, width: int, scale: int) -> Image.Image:
    match row:
        case TextRow():
            return text_line(row, width, scale)
        case QrRow():
            return qr_band(row.text, width, scale)
        case CutRow():
            return Image.new("L", (width, LINE_DOTS * scale), 0)


def text_line(row: TextRow, width: int, scale: int = 1) -> Image.Image:
    """One line as ink on nothing (0 is white paper), `width` dots wide and one line high."""
    height = (_GLYPH * row.height + _LEADING) * scale
    line = Image.new("L", (width, height), 0)
    x = 0
    for char in row.text:
        step = (CELL_DOTS if char < "\x80" else _GLYPH) * row.width * scale
        if char != " ":
            line.paste(_glyph(char, step, height, row.height), (x, 0))
        x += step
    if row.bold:
        line = ImageChops.lighter(line, ImageChops.offset(line, scale, 0))
    return line


@lru_cache(maxsize=2048)
def _glyph(char: str, width: int, height: int, times: int) -> Image.Image:
    """`char` as ink in its cell, the space between lines included so that no descender is cut; `times` as high."""
    em = _GLYPH * _FINE
    leading = _LEADING * _FINE // times
    natural = round(em * _MONO_ADVANCE) if char < "\x80" else em
    drawn = Image.new("L", (natural, em + leading), 0)
    baseline = leading // 2 + round(em * BASELINE)
    ImageDraw.Draw(drawn).text((0, baseline), char, fill=255, font=_fitting(char, em), anchor="ls")
    return drawn.resize((width, height), Image.Resampling.LANCZOS)


def _fitting(char: str, em: int) -> ImageFont.FreeTypeFont:
    """The font that draws `char`, smaller where the character is wider than an em, as emoji are."""
    path = fonts.face_of(char) if fonts.is_rare(char) else None
    font = _font(path, em)
    wide = font.getlength(char)
    return _font(path, int(em * em / wide)) if wide > em else font


@cache
def _font(path: Path | None, size: int) -> ImageFont.FreeTypeFont:
    if path is None:
        return ImageFont.truetype(fonts.main_font(), size, index=fonts.MONO)
    font = ImageFont.truetype(path, size)
    if "[wght]" in path.name:
        font.set_variation_by_axes([embedding.WEIGHT])
    return font


def qr_modules(text: str) -> list[list[bool]]:
    """The QR code of `text` as rows of dark squares, without its quiet zone."""
    import qrcode

    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def qr_band(text: str, width: int, scale: int = 1) -> Image.Image:
    """The code in the middle of a band `width` dots wide, as ink on nothing, with its quiet zone."""
    modules = qr_modules(text)
    side = len(modules)
    module = max(1, min(_QR_MODULE_DOTS * scale, width // (side + 8)))
    code = Image.new("1", (side, side))
    code.putdata([255 if dark else 0 for row in modules for dark in row])
    band = Image.new("L", (width, (side + 4) * module), 0)
    band.paste(code.resize((side * module,) * 2), ((width - side * module) // 2, 2 * module))
    return band


def bits(ink: Image.Image) -> tuple[int, int, bytes]:
    """Bytes a row, rows, and the dots of `ink`, eight a byte, 1 is black: what GS v 0 takes."""
    black = ink.point(lambda value: 255 if value > _INK else 0).convert("1")
    return (ink.width + 7) // 8, ink.height, black.tobytes()
