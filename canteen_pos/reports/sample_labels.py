"""Labels for sample boxes: 24 on an A4 sheet of 70 by 37 mm, the size every stationer has."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from canteen_pos.reports.drawing import line
from canteen_pos.reports.pages import LINE, QUIET

WIDTH, HEIGHT = 70 * mm, 37 * mm
ACROSS, DOWN = 3, 8
_PAD = 5 * mm


@dataclass(frozen=True, slots=True)
class Label:
    """In words: the dish, its meal and weight, when and by whom it was taken, until when it is kept."""

    dish: str
    meal: str
    taken: str
    until: str


def render(labels: Sequence[Label], title: str) -> bytes:
    """To be printed at 100 %. The same labels always give the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    margin = (A4[1] - DOWN * HEIGHT) / 2
    for place, label in enumerate(labels):
        if place and place % (ACROSS * DOWN) == 0:
            canvas.showPage()
        row, column = divmod(place % (ACROSS * DOWN), ACROSS)
        _label(canvas, label, column * WIDTH, A4[1] - margin - (row + 1) * HEIGHT)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _label(canvas: Canvas, label: Label, x: float, y: float) -> None:
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.2)
    canvas.rect(x, y, WIDTH, HEIGHT, stroke=1, fill=0)
    most = WIDTH - 2 * _PAD
    line(canvas, x + _PAD, y + 26 * mm, label.dish, 17, most=most)
    line(canvas, x + _PAD, y + 19 * mm, label.meal, 10.5, most=most)
    line(canvas, x + _PAD, y + 12.5 * mm, label.taken, 10.5, QUIET, most=most)
    line(canvas, x + _PAD, y + 5 * mm, label.until, 13, most=most)
