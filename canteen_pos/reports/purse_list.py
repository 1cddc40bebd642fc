"""What is in purses on a day: a list to look at, and the list on which everybody signs for what they got back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports import pages
from canteen_pos.reports.pages import Col


@dataclass(frozen=True, slots=True)
class PurseLine:
    """`fen` is refundable principal, `bonus_fen` is not. `phone` is masked already."""

    who: str
    member_no: str
    phone: str
    fen: int
    bonus_fen: int
    last_day: date | None


def headings(lang: str) -> tuple[str, ...]:
    """Of the spreadsheet, in the order of `cells`."""
    tr = translator(lang)
    return (
        tr("账户"),
        tr("会员号"),
        tr("电话"),
        tr("本金（元）"),
        tr("赠送（元）"),
        tr("最后一笔"),
    )


def cells(line: PurseLine) -> tuple[str | float, ...]:
    """One row of the spreadsheet; amounts as numbers."""
    last = line.last_day.isoformat() if line.last_day else ""
    return (line.who, line.member_no, line.phone, line.fen / 100, line.bonus_fen / 100, last)


def render(
    canteen: str, on: date, lines: Sequence[PurseLine], owing_fen: int, made: str, lang: str = "zh"
) -> bytes:
    """The prepaid liability at the end of `on`: principal and bonus apart."""
    tr = translator(lang)
    columns = (
        Col("", 11, "right"),
        Col(tr("账户"), 47),
        Col(tr("会员号"), 24),
        Col(tr("电话"), 30),
        Col(tr("本金（元）"), 24, "right"),
        Col(tr("赠送（元）"), 22, "right"),
        Col(tr("最后一笔"), 20),
    )
    rows = [
        (
            str(place),
            line.who,
            line.member_no,
            line.phone,
            yuan(line.fen),
            yuan(line.bonus_fen),
            line.last_day.isoformat() if line.last_day else "",
        )
        for place, line in enumerate(lines, start=1)
    ]
    fen, bonus = sum(line.fen for line in lines), sum(line.bonus_fen for line in lines)
    total = ("", tr("合计"), str(len(lines)), "", yuan(fen), yuan(bonus), "")
    head = pages.Masthead(
        canteen=canteen,
        title=tr("预存负债清单"),
        under=tr("截至 {day} 营业结束。按账簿分录重算，不取余额。").format(day=on.isoformat()),
        made=made,
        page_words=tr("第 {page} 页，共 {pages} 页"),
    )
    sums = [
        (tr("可退本金"), f"¥{yuan(fen)}"),
        (tr("赠送（不退）"), f"¥{yuan(bonus)}"),
        (tr("账户数"), str(len(lines))),
        (tr("挂账单位欠款"), f"¥{yuan(owing_fen)}"),
    ]
    return pages.render(head, [pages.facts(sums), pages.gap(4), pages.table(columns, rows, total, 9)])


def render_to_sign(canteen: str, on: date, lines: Sequence[PurseLine], made: str, lang: str = "zh") -> bytes:
    """Refund-all: one line a purse with room to sign and to write how it was paid."""
    tr = translator(lang)
    columns = (
        Col("", 11, "right"),
        Col(tr("账户"), 46),
        Col(tr("会员号"), 22),
        Col(tr("应退（元）"), 26, "right"),
        Col(tr("退款方式"), 25),
        Col(tr("签字"), 30),
        Col(tr("日期"), 18),
    )
    rows = [
        (str(place), line.who, line.member_no, yuan(line.fen), "", "", "")
        for place, line in enumerate((line for line in lines if line.fen), start=1)
    ]
    total = ("", tr("合计"), str(len(rows)), yuan(sum(line.fen for line in lines)), "", "", "")
    head = pages.Masthead(
        canteen=canteen,
        title=tr("储值退款签字表"),
        under=tr("截至 {day}。只退本金，赠送不退。核对金额后签字；没有来的留空，仍在清单上。").format(
            day=on.isoformat()
        ),
        made=made,
        page_words=tr("第 {page} 页，共 {pages} 页"),
    )
    story = [
        pages.table(columns, rows, total, 12),
        pages.gap(8),
        pages.signatures((tr("经手人"), tr("复核人"), tr("负责人"))),
    ]
    return pages.render(head, story)
