"""The balances brought in from before, for their owners and the manager to sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports import pages
from canteen_pos.reports.pages import Col


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One owner. `fen` is the principal; `number` the document that booked it."""

    name: str
    member_no: str
    fen: int
    number: str


def render(canteen: str, day: str, made: str, lines: Sequence[OpeningLine], lang: str = "zh") -> bytes:
    """A4, one line a person with room to sign, the sum at the end."""
    tr = translator(lang)
    columns = (
        Col("", 10, "right"),
        Col(tr("姓名"), 34),
        Col(tr("会员号"), 22),
        Col(tr("带入余额（元）"), 30, "right"),
        Col(tr("单据号"), 30),
        Col(tr("本人或代签"), 50),
    )
    rows = [
        (str(place), line.name, line.member_no, yuan(line.fen), line.number, "")
        for place, line in enumerate(lines, start=1)
    ]
    total = ("", tr("合计"), str(len(lines)), yuan(sum(line.fen for line in lines)), "", "")
    head = pages.Masthead(
        canteen=canteen,
        title=tr("储值余额带入签字表"),
        under=tr("日期 {day}。请核对余额，无误后签字；有出入请当场写明。").format(day=day),
        made=made,
    )
    story = [
        pages.table(columns, rows, total),
        pages.gap(8),
        pages.signatures((tr("经手人"), tr("复核人"), tr("负责人"))),
    ]
    return pages.render(head, story, lang)
