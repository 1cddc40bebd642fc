"""The bill for vouchers: what meals took from a batch, voucher by voucher, for whoever pays it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports import pages
from canteen_pos.reports.pages import Col


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One document: `fen` is what it took from the voucher, below zero what came back."""

    day: date
    number: str
    serial: str
    person: str
    fen: int


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """`payer` is who pays, `vouchers` how many count in the end."""

    canteen: str
    batch: str
    issuer: str
    payer: str
    worth: str
    first: date
    last: date
    vouchers: int
    fen: int


def headings(lang: str) -> tuple[str, ...]:
    """Of the spreadsheet, in the order of `cells`."""
    tr = translator(lang)
    return (tr("日期"), tr("单据号"), tr("券号"), tr("就餐人"), tr("金额（元）"))


def cells(line: ClaimLine) -> tuple[str | float, ...]:
    """One row of the spreadsheet; the amount as a number."""
    return (line.day.isoformat(), line.number, line.serial, line.person, line.fen / 100)


def render(head: ClaimHead, lines: Sequence[ClaimLine], made: str, lang: str = "zh") -> bytes:
    tr = translator(lang)
    columns = (
        Col("", 11, "right"),
        Col(tr("日期"), 26),
        Col(tr("单据号"), 36),
        Col(tr("券号"), 44),
        Col(tr("就餐人"), 34),
        Col(tr("金额（元）"), 27, "right"),
    )
    rows = [
        (str(place), line.day.isoformat(), line.number, line.serial, line.person, yuan(line.fen))
        for place, line in enumerate(lines, start=1)
    ]
    count = tr("{count} 张").format(count=head.vouchers)
    total = ("", tr("合计"), "", count, "", yuan(head.fen))
    period = tr("{first} 至 {last}").format(first=head.first.isoformat(), last=head.last.isoformat())
    masthead = pages.Masthead(
        canteen=head.canteen,
        title=tr("用券结算单"),
        under=f"{head.batch} · {period}",
        made=made,
    )
    sums = [
        (tr("发放单位"), head.issuer),
        (tr("付款方"), head.payer),
        (tr("面额"), head.worth),
        (tr("用券张数"), count),
        (tr("应结金额"), f"¥{yuan(head.fen)}"),
    ]
    story = [
        pages.facts(sums),
        pages.gap(4),
        pages.table(columns, rows, total),
        pages.gap(8),
        pages.signatures((tr("制表人"), tr("付款方确认（盖章）"), tr("日期"))),
    ]
    return pages.render(masthead, story, lang)
