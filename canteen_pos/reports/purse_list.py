"""What is in purses on a day: a list to look at, and the list on which everybody signs for what they got back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports import pages
from canteen_pos.reports.pages import Col


@dataclass(frozen=True, slots=True)
class PurseLine:
    """`fen` is refundable principal, `bonus_fen` is not. `phone` is masked already; `died`: heirs may come."""

    who: str
    member_no: str
    phone: str
    fen: int
    bonus_fen: int
    last_day: date | None
    cards: str = ""
    died: bool = False


def headings(lang: str) -> tuple[str, ...]:
    """Of the spreadsheet, in the order of `cells`."""
    tr = translator(lang)
    return (
        tr("账户"),
        tr("会员号"),
        tr("卡号"),
        tr("电话"),
        tr("本金（元）"),
        tr("赠送（元）"),
        tr("最后一笔"),
    )


def cells(line: PurseLine) -> tuple[str | float, ...]:
    """One row of the spreadsheet; amounts as numbers."""
    last = line.last_day.isoformat() if line.last_day else ""
    return (line.who, line.member_no, line.cards, line.phone, line.fen / 100, line.bonus_fen / 100, last)


def render(
    canteen: str, on: date, lines: Sequence[PurseLine], owing_fen: int, made: str, lang: str = "zh"
) -> bytes:
    """The prepaid liability at the end of `on`: principal and bonus apart."""
    tr = translator(lang)
    head = pages.Masthead(
        canteen=canteen,
        title=tr("预存负债清单"),
        under=tr("截至 {day} 营业结束。按账簿分录重算，不取余额。").format(day=on.isoformat()),
        made=made,
    )
    sums = [*_sums(lines, lang), (tr("挂账单位欠款"), f"¥{yuan(owing_fen)}")]
    return pages.render(head, [pages.facts(sums), pages.gap(4), _table(lines, lang)], lang)


def render_purses(canteen: str, title: str, lines: Sequence[PurseLine], made: str, lang: str = "zh") -> bytes:
    """Purses of one kind, such as those that nobody eats from: by card and holder."""
    tr = translator(lang)
    head = pages.Masthead(
        canteen=canteen,
        title=tr("储值账户清单"),
        under=title,
        made=made,
    )
    story = [pages.facts(_sums(lines, lang)), pages.gap(4), _table(lines, lang, cards=True)]
    return pages.render(head, story, lang)


def _sums(lines: Sequence[PurseLine], lang: str) -> list[tuple[str, str]]:
    tr = translator(lang)
    return [
        (tr("可退本金"), f"¥{yuan(sum(line.fen for line in lines))}"),
        (tr("赠送（不退）"), f"¥{yuan(sum(line.bonus_fen for line in lines))}"),
        (tr("账户数"), str(len(lines))),
    ]


def _table(lines: Sequence[PurseLine], lang: str, *, cards: bool = False) -> Flowable:
    tr = translator(lang)
    columns = (
        Col("", 11, "right"),
        Col(tr("账户"), 34 if cards else 47),
        Col(tr("会员号"), 18 if cards else 24),
        *((Col(tr("卡号"), 26),) if cards else ()),
        Col(tr("电话"), 27 if cards else 30),
        Col(tr("本金（元）"), 22 if cards else 24, "right"),
        Col(tr("赠送（元）"), 20 if cards else 22, "right"),
        Col(tr("最后一笔"), 20),
    )
    rows = [
        (
            str(place),
            line.who,
            line.member_no,
            *((line.cards,) if cards else ()),
            line.phone,
            yuan(line.fen),
            yuan(line.bonus_fen),
            line.last_day.isoformat() if line.last_day else "",
        )
        for place, line in enumerate(lines, start=1)
    ]
    fen, bonus = sum(line.fen for line in lines), sum(line.bonus_fen for line in lines)
    empty = ("",) * (len(columns) - 6)
    total = ("", tr("合计"), str(len(lines)), *empty, yuan(fen), yuan(bonus), "")
    return pages.table(columns, rows, total, 9)


def render_to_sign(
    canteen: str,
    on: date,
    lines: Sequence[PurseLine],
    debtors: Sequence[tuple[str, int]],
    made: str,
    lang: str = "zh",
) -> bytes:
    """Refund-all: one line a purse with room to sign and to write how it was paid; below it who still owes the canteen."""
    tr = translator(lang)
    under = tr("截至 {day}。只退本金，赠送不退。核对金额后签字；没有来的留空，仍在清单上。")
    head = pages.Masthead(
        canteen=canteen, title=tr("储值退款签字表"), under=under.format(day=on.isoformat()), made=made
    )
    story = [_table_to_sign(lines, lang)]
    if debtors:
        asked = (Col(tr("还欠食堂的挂账单位"), 90), Col(tr("欠款（元）"), 40, "right"))
        debts = [(name, yuan(fen)) for name, fen in debtors]
        story += [pages.gap(6), pages.table(asked, debts, (tr("合计"), yuan(sum(fen for _, fen in debtors))))]
    signed = pages.signatures((tr("经手人"), tr("复核人"), tr("负责人")))
    return pages.render(head, [*story, pages.gap(8), signed], lang)


def _table_to_sign(lines: Sequence[PurseLine], lang: str) -> Flowable:
    tr = translator(lang)
    columns = (
        Col("", 10, "right"),
        Col(tr("账户"), 33),
        Col(tr("会员号"), 21),
        Col(tr("应退（元）"), 24, "right"),
        Col(tr("退款方式"), 21),
        Col(tr("领款人签字"), 28),
        Col(tr("与本人关系"), 25),
        Col(tr("日期"), 16),
    )
    died = tr("{name}（已故，继承人领）")
    owed = [line for line in lines if line.fen]
    by_hand = ("", "", "", "")
    rows = [
        (
            str(place),
            died.format(name=line.who) if line.died else line.who,
            line.member_no,
            yuan(line.fen),
            *by_hand,
        )
        for place, line in enumerate(owed, start=1)
    ]
    total = ("", tr("合计"), str(len(rows)), yuan(sum(line.fen for line in owed)), *by_hand)
    return pages.table(columns, rows, total, 12)
