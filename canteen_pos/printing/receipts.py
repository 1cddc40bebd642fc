"""Slips laid out as tickets: what stands where on a receipt, in the language the slip asks for."""

from collections.abc import Iterator

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import Words, translator
from canteen_pos.printing.papers import (
    Head,
    KitchenSlip,
    Paid,
    PurseSlip,
    RefundSlip,
    SaleSlip,
    Slip,
    SlipLine,
    TopUpSlip,
)
from canteen_pos.printing.ticket import Block, Cut, Item, Pair, Qr, Rule, Space, Text, Ticket
from canteen_pos.wording import codes


def ticket_of(slip: Slip) -> Ticket:
    """The ticket of any slip."""
    match slip:
        case SaleSlip():
            return sale_ticket(slip)
        case RefundSlip():
            return refund_ticket(slip)
        case TopUpSlip():
            return top_up_ticket(slip)
        case PurseSlip():
            return purse_ticket(slip)
        case KitchenSlip():
            return kitchen_ticket(slip)
        case _:
            from canteen_pos.printing.shift_report import shift_ticket

            return shift_ticket(slip)


def sale_ticket(slip: SaleSlip) -> Ticket:
    """The diner's receipt: never a category, a fund or a rule, only 'subsidy'."""
    tr = translator(slip.head.lang)
    return Ticket(
        _title(tr("销售小票"), slip.head),
        (
            *_head(slip.head, tr("销售小票"), tr),
            *_served(slip),
            Rule(),
            *_items(slip.lines, tr),
            Rule(),
            *_sums(slip, tr),
            *_rounding(slip.rounding_fen, tr),
            Pair(tr("应付"), f"¥{yuan(slip.pays_fen + slip.rounding_fen)}", width=2, height=2),
            *_payments(slip.payments, slip.head.lang),
            *([Pair(tr("挂账单位"), slip.on_account)] if slip.on_account else []),
            *_balance(slip.balance_fen, tr),
            *([Text(tr("余额不多了，请及时充值。"), bold=True)] if slip.low_balance else []),
            *_foot(slip.short_hash, tr),
            *([Text(slip.footer, "centre")] if slip.footer else []),
            Text(tr("谢谢惠顾"), "centre"),
            Cut(),
        ),
    )


def refund_ticket(slip: RefundSlip) -> Ticket:
    tr = translator(slip.head.lang)
    return Ticket(
        _title(tr("退款单"), slip.head),
        (
            *_head(slip.head, tr("退款单"), tr),
            Pair(tr("原单号"), slip.refers_to),
            *([Pair(tr("就餐人"), slip.member)] if slip.member else []),
            *([Pair(tr("原因"), slip.reason)] if slip.reason else []),
            Rule(),
            *_items(slip.lines, tr),
            Rule(),
            *_sums(slip, tr),
            *_rounding(slip.rounding_fen, tr),
            Pair(tr("退还"), f"¥{yuan(slip.back_fen)}", width=2, height=2),
            *_payments(slip.payments, slip.head.lang),
            *_balance(slip.balance_fen, tr),
            *_vouchers(slip.vouchers, tr),
            *_foot(slip.short_hash, tr),
            *_signature(tr),
            Cut(),
        ),
    )


def top_up_ticket(slip: TopUpSlip) -> Ticket:
    tr = translator(slip.head.lang)
    bonus = slip.bonus_fen or slip.bonus_balance_fen
    return Ticket(
        _title(tr("充值单"), slip.head),
        (
            *_head(slip.head, tr("充值单"), tr),
            *([Pair(tr("账户"), slip.member)] if slip.member else []),
            Rule(),
            Pair(tr("充值"), f"¥{yuan(slip.fen)}", width=2, height=2),
            *([Pair(tr("赠送（不可退）"), yuan(slip.bonus_fen))] if slip.bonus_fen else []),
            *_payments(slip.payments, slip.head.lang),
            Rule(),
            Pair(tr("储值余额"), yuan(slip.balance_fen)),
            *([Pair(tr("赠送余额"), yuan(slip.bonus_balance_fen))] if bonus else []),
            *_foot(slip.short_hash, tr),
            Cut(),
        ),
    )


def purse_ticket(slip: PurseSlip) -> Ticket:
    """Money out of a purse, or in for what stood on account."""
    tr = translator(slip.head.lang)
    pays_out = slip.kind == "purse_refund"
    title = tr("账户退款单") if pays_out else tr("挂账收款单")
    left = (tr("储值余额"), slip.balance_fen) if pays_out else (tr("尚欠"), slip.owed_fen)
    return Ticket(
        _title(title, slip.head),
        (
            *_head(slip.head, title, tr),
            *([Pair(tr("账户"), slip.name)] if slip.name else []),
            *([Pair(tr("原因"), slip.reason)] if slip.reason else []),
            Rule(),
            Pair(tr("退还") if pays_out else tr("本次收款"), f"¥{yuan(slip.fen)}", width=2, height=2),
            *_rounding(slip.rounding_fen, tr),
            *_payments(slip.payments, slip.head.lang),
            *([Pair(tr("赠送作废"), yuan(slip.lapsed_fen))] if slip.lapsed_fen else []),
            *([Pair(tr("从谁的储值扣"), slip.payer)] if slip.payer else []),
            *_balance(slip.payer_left_fen, tr),
            Rule(),
            Pair(left[0], yuan(left[1])),
            *_foot(slip.short_hash, tr),
            *(_signature(tr) if pays_out else ()),
            Cut(),
        ),
    )


def kitchen_ticket(slip: KitchenSlip) -> Ticket:
    """Large and without prices: read from a metre away, by a cook with wet hands."""
    tr = translator(slip.head.lang)
    head, serving = slip.head, codes.label(slip.serving, slip.head.lang)
    return Ticket(
        _title(tr("厨房单"), head),
        (
            *_copy(head, tr),
            Text(" ".join((tr("厨房单"), serving)), "centre", 2, 2, bold=True),
            Pair(head.number, head.at.strftime("%H:%M:%S"), bold=True),
            Pair(_till(head, tr), slip.member),
            Rule(),
            *_dishes_to_cook(slip.lines, tr),
            Rule(),
            *_notes(slip.notes, tr),
            Cut(),
        ),
    )


def _notes(notes: tuple[str, ...], tr: Words) -> Iterator[Block]:
    """A line each, so that no word breaks; large both ways: tall alone, two Chinese characters look like one."""
    for note in notes:
        yield Text(tr("注意：{note}").format(note=note), "left", 2, 2, bold=True)
    if notes:
        yield Rule()


def _dishes_to_cook(lines: tuple[SlipLine, ...], tr: Words) -> Iterator[Block]:
    for line in lines:
        yield Pair(_name(line, tr), f"x{line.quantity}", width=2, height=2)
        if line.detail:
            yield Text(f"  {line.detail}", "left", 2, 2)


def _title(word: str, head: Head) -> str:
    return f"{word} {head.number}"


def _till(head: Head, tr: Words) -> str:
    return tr("收银台 {station}").format(station=head.station)


def _copy(head: Head, tr: Words) -> Iterator[Block]:
    if head.training:
        yield Text(tr("* 练习，非真实交易 *"), "centre", bold=True)
    if head.copy_no:
        yield Text(tr("* 副本 第 {n} 份 *").format(n=head.copy_no), "centre", bold=True)


def _head(head: Head, title: str, tr: Words) -> Iterator[Block]:
    yield Text(head.canteen, "centre", 2, 2)
    yield Text(title, "centre")
    yield from _copy(head, tr)
    yield Rule()
    yield Pair(tr("单号 {number}").format(number=head.number), _till(head, tr))
    yield Pair(head.at.strftime("%Y-%m-%d %H:%M:%S"), head.cashier)


def _served(slip: SaleSlip) -> Iterator[Block]:
    what = " ".join(codes.label(one, slip.head.lang) for one in (slip.period, slip.serving) if one)
    yield Pair(what, slip.member)


def _items(lines: tuple[SlipLine, ...], tr: Words) -> Iterator[Block]:
    yield Item(tr("品名"), tr("数量"), tr("金额"), bold=True)
    for line in lines:
        detail = line.detail
        if line.grams:
            detail = f"{line.grams}g {detail}".strip()
        yield Item(_name(line, tr), f"x{line.quantity}", yuan(line.list_fen), detail)


def _name(line: SlipLine, tr: Words) -> str:
    return line.name + tr("（半份）") if line.half else line.name


def _sums(slip: SaleSlip | RefundSlip, tr: Words) -> Iterator[Block]:
    yield Pair(tr("原价"), yuan(slip.list_fen))
    if slip.own_discount_fen:
        yield Pair(tr("本店优惠"), yuan(-slip.own_discount_fen))
    if slip.subsidy_fen:
        yield Pair(tr("补贴"), yuan(-slip.subsidy_fen))
    for serial, fen in slip.vouchers_off:
        yield Pair(tr("折扣券 {tails}").format(tails=serial), yuan(-fen))


def _rounding(rounding_fen: int, tr: Words) -> Iterator[Block]:
    if rounding_fen:
        yield Pair(tr("抹零"), yuan(rounding_fen))


def _payments(payments: tuple[Paid, ...], lang: str) -> Iterator[Block]:
    tr = translator(lang)
    for paid in payments:
        yield Pair(f"{codes.label(paid.tender, lang)} {paid.voucher}".strip(), yuan(paid.fen))
        if paid.given_fen and paid.given_fen != paid.fen:
            given = tr("收 {amount}").format(amount=yuan(paid.given_fen))
            yield Pair("  " + given, tr("找零 {amount}").format(amount=yuan(paid.change_fen)))


def _balance(balance_fen: int | None, tr: Words) -> Iterator[Block]:
    if balance_fen is not None:
        yield Pair(tr("储值余额"), yuan(balance_fen))


def _vouchers(vouchers: tuple[tuple[str, bool], ...], tr: Words) -> Iterator[Block]:
    for serial, free in vouchers:
        said = (
            tr("餐券 {serial} 已全部退回，可以再用。")
            if free
            else tr("餐券 {serial} 只退回一部分，不能再用。")
        )
        yield Text(said.format(serial=serial))


def _foot(short_hash: str, tr: Words) -> Iterator[Block]:
    yield Rule()
    if short_hash:
        yield Qr(short_hash)
        yield Text(tr("查验码 {code}").format(code=short_hash), "centre")


def _signature(tr: Words) -> Iterator[Block]:
    yield Space()
    yield Text(tr("签收：______________"))
