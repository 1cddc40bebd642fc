"""The shift on paper: X report while it runs, shift report once the drawer is counted."""

from collections.abc import Iterator

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import Words, translator
from canteen_pos.printing.papers import ShiftSlip
from canteen_pos.printing.ticket import Block, Cut, Pair, Rule, Space, Text, Ticket
from canteen_pos.wording import codes


def shift_ticket(slip: ShiftSlip) -> Ticket:
    tr = translator(slip.head.lang)
    title = tr("当班报表（未交班）") if slip.kind == "x" else tr("交班单")
    return Ticket(
        f"{title} {slip.head.number}".strip(),
        (
            Text(slip.head.canteen, "centre", 2, 2),
            Text(f"{title} {slip.head.number}".strip(), "centre", bold=True),
            Rule(),
            *_when(slip, tr),
            Rule(),
            *_sales(slip, tr),
            Rule(),
            *_by_tender(slip, tr),
            *_by_fund(slip, tr),
            *_cash(slip, tr),
            *_counted(slip, tr),
            Space(),
            Text(tr("签字：______________")),
            Cut(),
        ),
    )


def _when(slip: ShiftSlip, tr: Words) -> Iterator[Block]:
    yield Pair(tr("收银台 {station}").format(station=slip.head.station), slip.opened_by)
    yield Pair(tr("开班"), slip.opened_at.strftime("%Y-%m-%d %H:%M"))
    if slip.closed_at:
        yield Pair(tr("交班"), slip.closed_at.strftime("%Y-%m-%d %H:%M"))
    yield Pair(tr("打印"), slip.head.at.strftime("%Y-%m-%d %H:%M"))
    if slip.first_number:
        yield Pair(tr("单号"), f"{slip.first_number} - {slip.last_number}")


def _sales(slip: ShiftSlip, tr: Words) -> Iterator[Block]:
    yield Pair(tr("销售笔数"), str(slip.sales_count))
    yield Pair(tr("原价"), yuan(slip.list_fen))
    subsidy_fen = slip.list_fen - slip.own_discount_fen - slip.pays_fen
    yield Pair(tr("本店优惠"), yuan(-slip.own_discount_fen))
    yield Pair(tr("补贴"), yuan(-subsidy_fen))
    yield Pair(tr("应付"), yuan(slip.pays_fen), bold=True)
    if slip.rounding_fen:
        yield Pair(tr("抹零"), yuan(slip.rounding_fen))
    yield Pair(tr("退款（{n} 笔）").format(n=slip.refunds_count), yuan(slip.refunds_fen))
    if slip.top_ups_fen:
        yield Pair(tr("充值"), yuan(slip.top_ups_fen))


def _by_tender(slip: ShiftSlip, tr: Words) -> Iterator[Block]:
    yield Text(tr("收款方式"), bold=True)
    for tender, fen in slip.by_tender:
        yield Pair(codes.label(tender, slip.head.lang), yuan(fen))
    yield Rule()


def _by_fund(slip: ShiftSlip, tr: Words) -> Iterator[Block]:
    if slip.by_fund:
        yield Text(tr("应收补贴（已减退款）"), bold=True)
        for fund, fen in slip.by_fund:
            yield Pair(codes.label(fund, slip.head.lang, codes.FUNDS), yuan(fen))
        yield Rule()


def _cash(slip: ShiftSlip, tr: Words) -> Iterator[Block]:
    yield Text(tr("钱箱"), bold=True)
    yield Pair(tr("备用金"), yuan(slip.float_fen))
    yield Pair(tr("存入"), yuan(slip.cash_in_fen))
    yield Pair(tr("取出"), yuan(slip.cash_out_fen))
    if slip.expected_fen is not None:
        yield Pair(tr("应有"), yuan(slip.expected_fen), bold=True)


def _counted(slip: ShiftSlip, tr: Words) -> Iterator[Block]:
    if slip.counted_fen is None:
        return
    for piece_fen, pieces in slip.counts:
        yield Pair(f"  {yuan(piece_fen)} x {pieces}", yuan(piece_fen * pieces))
    yield Pair(tr("清点"), yuan(slip.counted_fen), bold=True)
    yield Pair(tr("长短款"), yuan(slip.difference_fen or 0), width=2, height=2)
    if slip.reason:
        yield Pair(tr("原因"), slip.reason)
    if slip.verified_by:
        yield Pair(tr("复核"), slip.verified_by)
