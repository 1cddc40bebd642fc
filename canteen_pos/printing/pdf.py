"""A ticket as a PDF page as wide as the roll. The same ticket always gives the same bytes."""

import io
from functools import lru_cache

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from canteen_pos import fonts
from canteen_pos.fonts import embedding
from canteen_pos.printing import picture
from canteen_pos.printing.paper import CELL_DOTS, LINE_DOTS, Paper
from canteen_pos.printing.ticket import QrRow, Row, TextRow, Ticket, layout

_MAIN = "MicroHeiMono"
_MARGIN_MM = 5
_MONO_PERCENT = 100 * 0.5 / (1229 / 2048)  # squeezes the mono face's ASCII into half an em
_QR_MODULE_DOTS = 5


def render(ticket: Ticket, paper: Paper) -> bytes:
    """One page of roll width, as long as the ticket."""
    rows = layout(ticket, paper.columns, fonts.spell_out)
    page_width = paper.roll_mm * mm
    dot = (page_width - 2 * _MARGIN_MM * mm) / (paper.columns * CELL_DOTS)
    heights = [_height_dots(row) * dot for row in rows]
    page_height = sum(heights) + 2 * _MARGIN_MM * mm
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(page_width, page_height), invariant=1, pageCompression=1)
    canvas.setTitle(ticket.title)
    _register_main()
    top = page_height - _MARGIN_MM * mm
    for row, height in zip(rows, heights, strict=True):
        if isinstance(row, TextRow):
            _draw_text(canvas, row, top, dot)
        elif isinstance(row, QrRow):
            _draw_qr(canvas, row.text, page_width / 2, top, dot)
        top -= height
    canvas.save()
    return out.getvalue()


def _height_dots(row: Row) -> int:
    match row:
        case TextRow():
            return 2 * CELL_DOTS * row.height + LINE_DOTS - 2 * CELL_DOTS
        case QrRow():
            return (len(picture.qr_modules(row.text)) + 4) * _QR_MODULE_DOTS
        case _:
            return 0


def _draw_text(canvas: Canvas, row: TextRow, top: float, dot: float) -> None:
    """Runs of one font and one width, each set at its cell, so that columns stand whatever the font's advances."""
    em = 2 * CELL_DOTS * dot
    baseline = top - (LINE_DOTS - 2 * CELL_DOTS) / 2 * dot - picture.BASELINE * em * row.height
    x = _MARGIN_MM * mm
    for kind, run in _runs(row.text):
        wide = kind != "ascii"
        if run.strip(" "):
            font = _rare_face(run) if kind == "rare" else _MAIN
            text = canvas.beginText()
            text.setTextTransform(row.width / row.height, 0, 0, 1, x, baseline)
            text.setFont(font, em * row.height)
            text.setHorizScale(100 if wide else _MONO_PERCENT)
            if row.bold:
                text.setTextRenderMode(2)
                canvas.setLineWidth(dot * 0.4)
            text.textOut(run)
            text.setTextRenderMode(0)
            canvas.drawText(text)
        x += len(run) * (2 if wide else 1) * CELL_DOTS * dot * row.width


def _runs(text: str) -> list[tuple[str, str]]:
    """Neighbours of one kind ('ascii', 'wide', 'rare') together; a rare character is a run of its own."""
    runs: list[tuple[str, str]] = []
    for char in text:
        kind = "ascii" if char < "\x80" else "rare" if fonts.is_rare(char) else "wide"
        if runs and runs[-1][0] == kind and kind != "rare":
            runs[-1] = (kind, runs[-1][1] + char)
        else:
            runs.append((kind, char))
    return runs


def _draw_qr(canvas: Canvas, text: str, middle: float, top: float, dot: float) -> None:
    modules = picture.qr_modules(text)
    size = _QR_MODULE_DOTS * dot
    left = middle - len(modules) * size / 2
    for line, row in enumerate(modules):
        for place, dark in enumerate(row):
            if dark:
                canvas.rect(left + place * size, top - (line + 3) * size, size, size, stroke=0, fill=1)


@lru_cache(maxsize=512)
def _rare_face(char: str) -> str:
    name = embedding.face_name(char)
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(embedding.as_truetype(char))))
    return name


@lru_cache(maxsize=1)
def _register_main() -> None:
    pdfmetrics.registerFont(TTFont(_MAIN, str(fonts.main_font()), subfontIndex=fonts.MONO))
