"""Vouchers on A4, ten a page with cut lines: what it is worth in large figures, until when, its serial and QR code."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports.drawing import line, qr
from canteen_pos.reports.pages import INK, LINE, QUIET, RIVER

WIDTH, HEIGHT = 96 * mm, 54 * mm
ACROSS, DOWN = 2, 5
_PAD, _QR = 6 * mm, 27 * mm


@dataclass(frozen=True, slots=True)
class VoucherSheet:
    """What all vouchers of a batch say. `percent` is off what is left to pay, `cap_fen` at most."""

    canteen: str
    name: str
    issuer: str
    face_fen: int
    percent: int
    cap_fen: int | None
    valid_from: date
    valid_to: date
    alone: bool


def render(sheet: VoucherSheet, vouchers: Sequence[tuple[str, str]], lang: str = "zh") -> bytes:
    """`vouchers` are (serial, name of the only person who may use it, '' for anybody)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(sheet.name)
    a_page = ACROSS * DOWN
    left = (A4[0] - ACROSS * WIDTH) / 2
    top = A4[1] - (A4[1] - DOWN * HEIGHT) / 2
    for place, (serial, person) in enumerate(vouchers):
        row, column = divmod(place % a_page, ACROSS)
        _voucher(canvas, sheet, serial, person, left + column * WIDTH, top - (row + 1) * HEIGHT, lang)
        if place % a_page == a_page - 1 or place == len(vouchers) - 1:
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _voucher(
    canvas: Canvas, sheet: VoucherSheet, serial: str, person: str, x: float, y: float, lang: str
) -> None:
    tr = translator(lang)
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.3)
    canvas.setDash(2, 2)
    canvas.rect(x, y, WIDTH, HEIGHT, stroke=1, fill=0)
    canvas.setDash()
    canvas.setFillColor(HexColor(RIVER))
    canvas.rect(x + 3 * mm, y + HEIGHT - 12 * mm, WIDTH - 6 * mm, 9 * mm, stroke=0, fill=1)
    line(canvas, x + _PAD, y + HEIGHT - 9.3 * mm, sheet.name, 12, "#FFFFFF", most=48 * mm)
    line(
        canvas,
        x + WIDTH - _PAD,
        y + HEIGHT - 9.3 * mm,
        sheet.canteen,
        9,
        "#FFFFFF",
        "right",
        most=34 * mm,
    )
    words = WIDTH - 3 * _PAD - _QR
    line(canvas, x + _PAD, y + 26.5 * mm, worth(sheet.face_fen, sheet.percent, lang), 27, INK, most=words)
    until = tr("{first} 至 {last} 有效").format(
        first=sheet.valid_from.isoformat(), last=sheet.valid_to.isoformat()
    )
    line(canvas, x + _PAD, y + 18.5 * mm, until, 9, INK, most=words)
    line(canvas, x + _PAD, y + 13.5 * mm, sheet.issuer, 9, QUIET, most=words)
    line(canvas, x + _PAD, y + 8.5 * mm, _terms(sheet, person, lang), 7.5, QUIET, most=words)
    qr(canvas, x + WIDTH - _PAD - _QR, y + 10.5 * mm, _QR, serial)
    line(canvas, x + WIDTH - _PAD - _QR / 2, y + 5.6 * mm, serial, 9, INK, "centre", most=_QR + 6 * mm)


def worth(face_fen: int, percent: int, lang: str) -> str:
    """'¥5.00' or '减 20%'."""
    tr = translator(lang)
    return tr("减 {percent}%").format(percent=percent) if percent else f"¥{yuan(face_fen)}"


def _terms(sheet: VoucherSheet, person: str, lang: str) -> str:
    tr = translator(lang)
    terms = [tr("只用一次"), tr("不找零")] if not sheet.percent else [tr("只用一次")]
    if sheet.percent and sheet.cap_fen is not None:
        terms.append(tr("最多减 {amount}").format(amount=f"¥{yuan(sheet.cap_fen)}"))
    if sheet.alone:
        terms.append(tr("一餐限一张"))
    if person:
        terms.append(tr("限 {name} 本人").format(name=person))
    return " · ".join(terms)
