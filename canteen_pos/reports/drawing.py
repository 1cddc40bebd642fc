"""Drawing straight onto a page: one line of text with rare characters in faces that have them, a QR code."""

from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from canteen_pos import fonts
from canteen_pos.reports.pages import INK, main_face, rare_face


def line(
    canvas: Canvas,
    x: float,
    y: float,
    words: str,
    size: float,
    colour: str = INK,
    align: Literal["left", "right", "centre"] = "left",
    most: float | None = None,
) -> float:
    """Draw `words` on the baseline `y`, made smaller when wider than `most` points; how wide they became."""
    parts = runs(words)
    width = sum(stringWidth(run, face, size) for face, run in parts)
    if most is not None and width > most:
        size *= most / width
        width = most
    x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
    canvas.setFillColor(HexColor(colour))
    for face, run in parts:
        canvas.setFont(face, size)
        canvas.drawString(x, y, run)
        x += stringWidth(run, face, size)
    return width


def runs(words: str) -> list[tuple[str, str]]:
    """(face, characters), neighbours in one face together; what cannot be seen is left out."""
    found: list[tuple[str, str]] = []
    for char in fonts.spell_out("".join(c for c in words if c.isprintable())):
        face = rare_face(char) if fonts.is_rare(char) else main_face()
        if found and found[-1][0] == face:
            found[-1] = (face, found[-1][1] + char)
        else:
            found.append((face, char))
    return found


def qr(canvas: Canvas, x: float, y: float, side: float, words: str) -> None:
    """The code of `words` in a square of `side` points whose lower left corner is (x, y); leave white around it."""
    import qrcode

    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(words)
    code.make(fit=True)
    modules = code.get_matrix()
    size = side / len(modules)
    canvas.setFillColor(HexColor("#000000"))
    path = canvas.beginPath()
    for place, row in enumerate(modules):
        for column, dark in enumerate(row):
            if dark:  # a hair wider, so that no white line shows between neighbours
                path.rect(x + column * size, y + side - (place + 1) * size, size * 1.02, size * 1.02)
    canvas.drawPath(path, stroke=0, fill=1)
