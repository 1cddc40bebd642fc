"""PDF pages for the office: heading, tables that go on over pages, sums, lines to sign, 'page 1 of 3' at the foot.

One look for lists, statements and sheets, and one place that knows the fonts: reportlab embeds TrueType only, so a rare
surname comes as a face of its own (see `fonts.embedding`).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from canteen_pos import fonts
from canteen_pos.fonts import embedding
from canteen_pos.i18n import translator

FACE = "MicroHei"
INK, QUIET, LINE, RIVER, WASH = "#1D2327", "#5F6774", "#CFC9C0", "#0B6B6B", "#E9F4F3"
_MARGIN = 16 * mm
TEXT_MM = 178
"""Between the margins of an upright page."""
Align = Literal["left", "right", "centre"]
_ALIGN: dict[Align, Literal[0, 1, 2]] = {"left": 0, "centre": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class Col:
    """A table's column. `mm` is its width; `align` is 'left', 'right' (amounts) or 'centre'."""

    heading: str
    mm: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the pages say of themselves: `canteen` and `title` on the first, `made` (who printed it, when) at every foot."""

    canteen: str
    title: str
    under: str = ""
    made: str = ""


def rich(text: str) -> str:
    """`text` as paragraph markup: escaped, rare characters in faces that have them, line breaks kept."""
    parts = []
    for char in fonts.spell_out("".join(c for c in text if c.isprintable() or c == "\n")):
        if char == "\n":
            parts.append("<br/>")
        elif fonts.is_rare(char):
            parts.append(f'<font name="{rare_face(char)}">{char}</font>')
        else:
            parts.append(escape(char))
    return "".join(parts)


@lru_cache(maxsize=512)
def rare_face(char: str) -> str:
    """The registered font that draws this one character."""
    name = embedding.face_name(char)
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(embedding.as_truetype(char))))
    return name


@lru_cache(maxsize=1)
def main_face() -> str:
    """The registered name of the font for everything else."""
    pdfmetrics.registerFont(TTFont(FACE, str(fonts.main_font()), subfontIndex=fonts.PROPORTIONAL))
    pdfmetrics.registerFontFamily(FACE, normal=FACE, bold=FACE, italic=FACE, boldItalic=FACE)
    return FACE


def style(
    size: float = 10.5, colour: str = INK, align: Align = "left", leading: float = 1.45
) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{colour}{align}{leading}",
        fontName=main_face(),
        fontSize=size,
        leading=size * leading,
        textColor=HexColor(colour),
        alignment=_ALIGN[align],
        wordWrap="CJK",
    )


def text(words: str, size: float = 10.5, colour: str = INK, align: Align = "left") -> Paragraph:
    return Paragraph(rich(words), style(size, colour, align))


def gap(millimetres: float) -> Spacer:
    return Spacer(1, millimetres * mm)


def table(
    columns: Sequence[Col],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None = None,
    size: float = 9.5,
) -> Flowable:
    """A table whose headings stand on every page; `total` is a last line set apart."""
    body = [[text(column.heading, size, QUIET, column.align) for column in columns]]
    body += [
        [text(cell, size, INK, column.align) for cell, column in zip(row, columns, strict=True)]
        for row in rows
    ]
    if total is not None:
        body.append([text(cell, size + 0.5, INK, c.align) for cell, c in zip(total, columns, strict=True)])
    look: list[Any] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor(RIVER)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, HexColor(LINE)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.2),
    ]
    if total is not None:
        look += [
            ("BACKGROUND", (0, -1), (-1, -1), HexColor(WASH)),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, HexColor(RIVER)),
        ]
    made = LongTable(body, colWidths=[column.mm * mm for column in columns], repeatRows=1)
    made.setStyle(TableStyle(look))
    return made


def facts(rows: Sequence[tuple[str, str]]) -> Flowable:
    """Word and value, line by line."""
    body = [[text(word, 9.5, QUIET), text(value, 10.5)] for word, value in rows]
    made = LongTable(body, colWidths=[32 * mm, (TEXT_MM - 32) * mm])
    made.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return made


def signatures(words: Sequence[str], all_mm: float = TEXT_MM) -> Flowable:
    """A line to sign on under each word, side by side."""
    width = all_mm * mm / len(words)
    made = LongTable(
        [[text(word, 9.5, QUIET) for word in words]], colWidths=[width] * len(words), rowHeights=[18 * mm]
    )
    look = [("LINEBELOW", (place, 0), (place, 0), 0.6, HexColor(INK)) for place in range(len(words))]
    made.setStyle(
        TableStyle([*look, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2)])
    )
    return made


def render(head: Masthead, story: Sequence[Flowable], lang: str, *, wide: bool = False) -> bytes:
    """The pages as PDF, 'page 1 of 3' in the reader's language. The same content always gives the same bytes."""
    out = io.BytesIO()
    page = landscape(A4) if wide else A4
    template = SimpleDocTemplate(
        out,
        pagesize=page,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=20 * mm,
        title=head.title,
        author=head.canteen,
        invariant=1,
    )
    top: list[Flowable] = [text(head.canteen, 10, QUIET), text(head.title, 18)]
    if head.under:
        top.append(text(head.under, 10, QUIET))
    tr = translator(lang)
    page_words = tr("第 {page} 页，共 {pages} 页")
    template.build(
        [*top, gap(4), *story],
        canvasmaker=lambda *given, **named: _Numbered(head, page_words, *given, **named),
    )
    return out.getvalue()


class _Numbered(Canvas):
    """Holds the pages back until it is known how many there are."""

    def __init__(self, head: Masthead, page_words: str, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head, self._page_words = head, page_words
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        canvas: Any = self
        canvas._startPage()  # noqa: SLF001 - what reportlab's own page counting example does

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._foot(number)
            super().showPage()
        super().save()

    def _foot(self, number: int) -> None:
        width = float(self.__dict__["_pagesize"][0])
        self.setStrokeColor(HexColor(LINE))
        self.setLineWidth(0.4)
        self.line(_MARGIN, 14 * mm, width - _MARGIN, 14 * mm)
        foot = Paragraph(rich(self._head.made or self._head.title), style(8.5, QUIET))
        foot.wrapOn(self, width - 2 * _MARGIN - 40 * mm, 8 * mm)
        foot.drawOn(self, _MARGIN, 9 * mm)
        self.setFont(main_face(), 8.5)
        self.setFillColor(HexColor(QUIET))
        words = self._page_words.format(page=number, pages=len(self._pages))
        self.drawRightString(width - _MARGIN, 10 * mm, words)
