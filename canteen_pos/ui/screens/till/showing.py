"""From the till's state to what stands on the screen. Pure: reads, never changes."""

from dataclasses import dataclass, replace
from datetime import date

from canteen_pos.domain.money import yuan
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.i18n import tr
from canteen_pos.services import voucher_rules
from canteen_pos.services.selling import NamedLine, OrderQuote, Settled
from canteen_pos.ui.saying import code_label, code_word, money, sold_word, tender_word
from canteen_pos.ui.screens.till import words
from canteen_pos.ui.screens.till.catalogue import Catalogue
from canteen_pos.ui.screens.till.draft import Draft
from canteen_pos.ui.screens.till.entitlement import Entitled
from canteen_pos.ui.screens.till.settlement import Settlement
from canteen_pos.ui.screens.till.view import (
    ActionsView,
    ChipView,
    DinerView,
    EaterView,
    RowView,
    ShownLine,
    ShownOrder,
    SumsView,
)


@dataclass(frozen=True, slots=True)
class Done:
    """The sale just made; it stays on the screen until the next one begins."""

    numbers: tuple[str, ...]
    paid_fen: int
    given_fen: int
    change_fen: int
    balance_after_fen: int | None
    tenders: tuple[str, ...]
    order: ShownOrder

    @property
    def owed_fen(self) -> int | None:
        """What the account that pays later owes by now; None when no such account paid, or a card paid before it."""
        first = next((one for one in self.tenders if one in ("wallet", "on_account")), "")
        fen = self.balance_after_fen
        return -fen if first == "on_account" and fen is not None else None

    def sentence(self) -> str:
        """'T1-000123 已付 ¥21.03，找零 ¥3.00'."""
        parts = [
            tr("{numbers} 已付 {paid}").format(numbers=tr("、").join(self.numbers), paid=money(self.paid_fen))
        ]
        if self.change_fen:
            parts.append(tr("找零 {change}").format(change=money(self.change_fen)))
        if self.owed_fen is not None:
            parts.append(tr("挂账累计 {owed}").format(owed=money(self.owed_fen)))
        elif self.balance_after_fen is not None:
            parts.append(tr("卡内余额 {balance}").format(balance=money(self.balance_after_fen)))
        return tr("，").join(parts)


def done(settlement: Settlement, settled: Settled) -> Done:
    """What is remembered of a settlement that was rung up."""
    given = sum(payment.given_fen for payment in settlement.payments if payment.tender == "cash")
    paid = sum(sale.pays_fen for sale in settled.documents)
    facing = facing_order(settlement)
    made = Done(
        numbers=tuple(sale.number_text for sale in settled.documents),
        paid_fen=paid,
        given_fen=given,
        change_fen=settled.change_fen,
        balance_after_fen=settled.balance_after_fen,
        tenders=tuple(dict.fromkeys(payment.tender for payment in settlement.payments)),
        order=replace(facing, done=True, pays_fen=paid, given_fen=given, change_fen=settled.change_fen),
    )
    shown = made.balance_after_fen if made.owed_fen is None else None  # what a unit owes is not for the diner
    return replace(made, order=replace(made.order, balance_after_fen=shown))


def diner(draft: Draft, entitled: Entitled, today: date) -> DinerView:
    """The card at the top left."""
    member = draft.member
    if member is None:
        return DinerView(name=tr("散客"), facts="", money=tr("刷卡，或按 F5 找人；不刷卡也能点。"))
    chips = entitled.chips(today)
    if member.diet:
        diet = words.DOT.join(code_word(tag) for tag in member.diet)
        chips = (*chips, ChipView(diet, "notice"))
    return replace(words.diner(member, today), chips=chips, photo=entitled.photo)


def rows(settlement: Settlement, catalogue: Catalogue) -> tuple[RowView, ...]:
    """Lines of the current order, and the fees the service added."""
    draft, quote = settlement.draft, settlement.quote
    named = {line.key: line for line in quote.lines} if quote else {}
    shown = [
        words.row(line, named.get(line.key), catalogue.dish(line.dish_id), chosen=line.key == draft.chosen)
        for line in draft.lines
    ]
    ordered = {line.key for line in draft.lines}
    fees = [words.fee_row(line) for key, line in named.items() if key not in ordered]
    return (*shown, *fees)


def eaters(settlement: Settlement) -> tuple[EaterView, ...]:
    """Who sits at this payment; nothing while there is only one."""
    if not settlement.several:
        return ()
    return tuple(
        EaterView(
            place=place,
            name=draft.member.name if draft.member else tr("散客"),
            amount=yuan(settlement.pays_fen(place)),
            current=place == settlement.at,
        )
        for place, draft in enumerate(settlement.eaters)
    )


def sums(settlement: Settlement, just_done: Done | None) -> SumsView:
    """The sums of the current order and what is to pay by all; after a sale, the change."""
    if just_done and settlement.empty:
        return _done_sums(just_done)
    quote = settlement.quote
    lines: list[tuple[str, str, bool]] = []
    if quote:
        priced = quote.quote
        own, others = _by_vouchers(quote)
        lines = [
            (tr("原价"), money(priced.list_fen), False),
            (tr("食堂优惠"), yuan(own - priced.own_discount_fen), True),
            (tr("补贴"), yuan(others - priced.subsidy_fen), True),
        ]
        if settlement.draft.vouchers:
            tails = " ".join(serial[-4:] for serial in settlement.draft.vouchers)
            lines.append((tr("折扣券 {tails}").format(tails=tails), yuan(-own - others), True))
    paid = tuple(
        (tr("已收 {tender}").format(tender=tender_word(payment.tender)), yuan(-payment.fen), True)
        for payment in settlement.payments
    )
    return SumsView(
        rows=(*lines, *paid)[-5:],
        why=bool(quote),
        due_label=_due_label(settlement),
        due_text=money(settlement.due_fen),
        aside=tr("本单 {fen}").format(fen=money(settlement.pays_fen(settlement.at)))
        if settlement.several
        else "",
    )


def _by_vouchers(quote: OrderQuote) -> tuple[int, int]:
    """What percent vouchers took off: at the canteen's own cost, and at others'."""
    shares = [
        share for line in quote.quote.lines for share in line.shares if share.pack == voucher_rules.PACK
    ]
    own = sum(share.fen for share in shares if share.fund == OPERATOR)
    return own, sum(share.fen for share in shares) - own


def _due_label(settlement: Settlement) -> str:
    if settlement.payments:
        return tr("还差")
    if settlement.several:
        return tr("{n} 位合计").format(n=len(settlement.eaters))
    return tr("应付")


def _done_sums(just_done: Done) -> SumsView:
    """The change large; without change, what was paid."""
    tenders = " + ".join(tender_word(tender) for tender in just_done.tenders)
    lines = [(tr("已付"), money(just_done.paid_fen), False)]
    if just_done.given_fen:
        lines.append((tr("收到"), money(just_done.given_fen), False))
    if just_done.owed_fen is not None:
        lines.append((tr("挂账累计"), money(just_done.owed_fen), False))
    elif just_done.balance_after_fen is not None:
        lines.append((tr("卡内余额"), money(just_done.balance_after_fen), False))
    if just_done.change_fen:
        return SumsView(tuple(lines), False, tr("找零"), money(just_done.change_fen), tenders, done=True)
    return SumsView(tuple(lines), False, tr("已付"), money(just_done.paid_fen), tenders, done=True)


def actions(settlement: Settlement, parked: int) -> ActionsView:
    payer = settlement.payer
    another = payer is not None and settlement.draft.member is None
    return ActionsView(
        pay=tr("扣 {name}").format(name=payer.name) if payer and another else tr("刷卡扣款"),
        serving=code_label(settlement.draft.serving),
        parked=parked,
    )


def shown_line(line: NamedLine) -> ShownLine:
    """'红烧肉 半份 × 2', '豌豆尖 186 克'; the dishes of a set below it."""
    parts = [sold_word(line.name)]
    if line.portion == "half":
        parts.append(tr("半份"))
    if line.grams:
        parts.append(tr("{n} 克").format(n=line.grams))
    if line.quantity > 1:
        parts.append(f"× {line.quantity}")
    return ShownLine(" ".join(parts), line.detail, line.list_fen)


def facing_order(settlement: Settlement) -> ShownOrder:
    """All eaters' lines together, as the other side of the counter reads them."""
    member = settlement.draft.member
    quotes = settlement.quotes
    lines = tuple(shown_line(line) for quote in quotes for line in quote.lines)
    total = settlement.total_fen
    after = member.spendable_fen - total if member and member.spendable_fen >= total else None
    return ShownOrder(
        name=member.name if member else "",
        age=member.age if member else None,
        lines=lines,
        list_fen=sum(quote.quote.list_fen for quote in quotes),
        pays_fen=total,
        balance_after_fen=after,
    )
