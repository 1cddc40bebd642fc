"""Cards on A4, ten a page, 85.6 by 54 mm with cut marks: a QR code any scanner reads, the name large enough for old eyes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from canteen_pos.reports.drawing import line, qr
from canteen_pos.reports.pages import INK, LINE, QUIET, RIVER

WIDTH, HEIGHT = 85.6 * mm, 54 * mm
ACROSS, DOWN = 2, 5
_BETWEEN, _MARK, _QR = 4 * mm, 3 * mm, 30 * mm


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """`code` is what the QR says; `under` a line for whoever finds the card ('捡到请送回…')."""

    canteen: str
    name: str
    member_no: str
    code: str
    under: str = ""


def render(cards: Sequence[PrintedCard], title: str) -> bytes:
    """The sheets as PDF, to be printed at 100 %. The same cards always give the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    a_page = ACROSS * DOWN
    left = (A4[0] - ACROSS * WIDTH - (ACROSS - 1) * _BETWEEN) / 2
    top = A4[1] - (A4[1] - DOWN * HEIGHT - (DOWN - 1) * _BETWEEN) / 2
    for place, card in enumerate(cards):
        row, column = divmod(place % a_page, ACROSS)
        x = left + column * (WIDTH + _BETWEEN)
        y = top - (row + 1) * HEIGHT - row * _BETWEEN
        _cut_marks(canvas, x, y)
        _card(canvas, card, x, y)
        if place % a_page == a_page - 1 or place == len(cards) - 1:
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _card(canvas: Canvas, card: PrintedCard, x: float, y: float) -> None:
    pad = 6 * mm
    words = WIDTH - 3 * pad - _QR
    canvas.setFillColor(HexColor(RIVER))
    canvas.rect(x, y + HEIGHT - 11 * mm, WIDTH, 11 * mm, stroke=0, fill=1)
    line(canvas, x + pad, y + HEIGHT - 7.6 * mm, card.canteen, 13, "#FFFFFF", most=WIDTH - 2 * pad)
    line(canvas, x + pad, y + 24 * mm, card.name, 26, INK, most=words)
    line(canvas, x + pad, y + 15 * mm, card.member_no, 14, INK, most=words)
    if card.under:
        line(canvas, x + pad, y + 5.4 * mm, card.under, 7.5, QUIET, most=words)
    qr(canvas, x + WIDTH - pad - _QR, y + 9.5 * mm, _QR, card.code)
    middle = x + WIDTH - pad - _QR / 2
    line(canvas, middle, y + 5.4 * mm, card.code, 7.5, QUIET, "centre", most=_QR)


def _cut_marks(canvas: Canvas, x: float, y: float) -> None:
    """Short lines outside each corner, and a hairline where to cut."""
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.2)
    canvas.rect(x, y, WIDTH, HEIGHT, stroke=1, fill=0)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.3)
    for at, out in ((x, -1), (x + WIDTH, 1)):
        for level, away in ((y, -1), (y + HEIGHT, 1)):
            canvas.line(at + out * 0.6 * mm, level, at + out * _MARK / 1.6, level)
            canvas.line(at, level + away * 0.6 * mm, at, level + away * _MARK / 1.6)
