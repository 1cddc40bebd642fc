"""The sheet that brings the key of ID numbers back: letters in groups that prove themselves, the same as QR, and how to
keep it. Both languages stand on every sheet: nobody knows who will hold it the day it is needed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from canteen_pos.reports.drawing import line, qr
from canteen_pos.reports.pages import INK, LINE, QUIET, RIVER, rich, style

_LEFT, _RIGHT = 20 * mm, A4[0] - 20 * mm
_WIDE = _RIGHT - _LEFT


@dataclass(frozen=True, slots=True)
class Sheet:
    """`mark` is what the key is known by without saying anything of it, to tell two sheets apart."""

    canteen: str
    groups: Sequence[str]
    mark: str
    made_at: datetime
    made_by: str


_WHAT = (
    (
        "就餐人的身份证号在数据库里是加密的。密钥是另外一个文件（canteen.key），备份里没有它。电脑坏了、换了、文件丢了，"
        "就用这张纸把密钥输回去；没有密钥照样卖饭，只是看不到也录不了身份证号。"
    ),
    (
        "ID numbers are sealed in the database. The key is a file of its own (canteen.key), and no backup holds it. If the"
        " computer breaks or the file is lost, this sheet brings the key back. Without it meals are sold as ever; only ID"
        " numbers cannot be seen or entered."
    ),
)
_HOW = (
    ("怎么用", "Using it"),
    (
        (
            "设置 → 身份证号密钥 → 输入恢复单；或在命令行：canteen-pos recover-key。也可以用扫码枪扫上面的二维码。"
            "不分大小写，O 当 0、I 和 L 当 1。每组最后一个字母用来核对：哪一组输错了，程序会说出来。"
        ),
        (
            "Settings → key of ID numbers → type the sheet in; or on the command line: canteen-pos recover-key. The QR code"
            " says the same to a scanner. Small letters will do, O is read as 0, I and L as 1. The last letter of each group"
            " proves the others: the program names the group that is wrong."
        ),
    ),
)
_KEEP = (
    ("怎么保管", "Keeping it"),
    (
        (
            "打印两份，分两处锁好（例如经理的保险柜和街道办公室），不要拍照，不要放在电脑旁，不要存在电脑里。"
            "谁有这张纸再加上数据库，就能看到所有人的身份证号。换人保管时在下面签字。"
        ),
        (
            "Print two copies and lock them away in two places (the manager's safe, the street office). Take no photo, keep"
            " none beside the computer and none inside it: with this sheet and the database everybody's ID number can be"
            " read. Who takes it over signs below."
        ),
    ),
)


def render(sheet: Sheet) -> bytes:
    """One A4 page. The same sheet always gives the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("身份证号密钥恢复单")
    y = A4[1] - 22 * mm
    line(canvas, _LEFT, y, sheet.canteen, 11, QUIET)
    made = f"{sheet.made_at:%Y-%m-%d %H:%M}  {sheet.made_by}"
    line(canvas, _RIGHT, y, made, 9, QUIET, "right")
    y -= 10 * mm
    line(canvas, _LEFT, y, "身份证号密钥恢复单", 22, INK)
    line(canvas, _RIGHT, y, f"{sheet.mark}", 16, RIVER, "right")
    y -= 6 * mm
    line(canvas, _LEFT, y, "Recovery sheet for the key of ID numbers", 11, QUIET)
    line(canvas, _RIGHT, y, "编号 mark", 8.5, QUIET, "right")
    y = _words(canvas, y - 5 * mm, _WHAT)
    y = _groups(canvas, y - 5 * mm, sheet.groups)
    y = _code(canvas, y - 6 * mm, sheet.groups)
    for heading, body in (_HOW, _KEEP):
        y -= 8 * mm
        line(canvas, _LEFT, y, heading[0], 12, INK)
        line(canvas, _LEFT + 22 * mm, y, heading[1], 9.5, QUIET)
        y = _words(canvas, y - 2 * mm, body)
    _signatures(canvas, y - 8 * mm)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _words(
    canvas: Canvas, y: float, both: tuple[str, str], left: float = _LEFT, wide: float = _WIDE
) -> float:
    """Chinese, and under it English; where they end."""
    for text, size, colour in ((both[0], 10.5, INK), (both[1], 8.5, QUIET)):
        block = Paragraph(rich(text), style(size, colour, leading=1.4))
        _, high = block.wrapOn(canvas, wide, 200 * mm)
        y -= high
        block.drawOn(canvas, left, y)
        y -= 1.2 * mm
    return y


def _groups(canvas: Canvas, y: float, groups: Sequence[str]) -> float:
    """Four a row, each in a box under its number."""
    box, high = _WIDE / 4, 19 * mm
    for place, group in enumerate(groups):
        row, column = divmod(place, 4)
        x, bottom = _LEFT + column * box, y - (row + 1) * high
        canvas.setStrokeColor(HexColor(LINE))
        canvas.setLineWidth(0.7)
        canvas.rect(x, bottom, box, high, stroke=1, fill=0)
        line(canvas, x + 3 * mm, bottom + high - 5 * mm, str(place + 1), 9, QUIET)
        canvas.setFillColor(HexColor(INK))
        canvas.setFont("Courier-Bold", 24)
        canvas.drawCentredString(x + box / 2, bottom + 5 * mm, group)
    return y - (len(groups) + 3) // 4 * high


def _code(canvas: Canvas, y: float, groups: Sequence[str]) -> float:
    side = 34 * mm
    qr(canvas, _LEFT, y - side, side, "-".join(groups))
    told = (
        "同样的内容，给扫码枪。二维码和字母一样要保密。",
        "The same for a scanner. The code is as secret as the letters.",
    )
    _words(canvas, y - 8 * mm, told, _LEFT + side + 8 * mm, _WIDE - side - 8 * mm)
    return y - side


def _signatures(canvas: Canvas, y: float) -> None:
    words = ("保管人 held by", "存放处 kept at", "日期 date")
    wide = _WIDE / len(words)
    for row in range(2):
        level = y - row * 14 * mm
        for place, word in enumerate(words):
            x = _LEFT + place * wide
            line(canvas, x, level, word, 9, QUIET)
            canvas.setStrokeColor(HexColor(INK))
            canvas.setLineWidth(0.5)
            canvas.line(x, level - 8 * mm, x + wide - 6 * mm, level - 8 * mm)
