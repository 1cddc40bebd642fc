"""Taking the money: which purse, what is still to pay, ringing up, and what is learnt from a refusal. No Qt."""

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import purses, selling
from canteen_pos.services.context import Actor
from canteen_pos.services.selling import Payment, Settled
from canteen_pos.ui.saying import money, said
from canteen_pos.ui.screens.till import showing
from canteen_pos.ui.screens.till.asks.base import Ask
from canteen_pos.ui.screens.till.asks.line import PinAsk
from canteen_pos.ui.screens.till.asks.pay import CashAsk, CodeAsk, MoreAsk
from canteen_pos.ui.screens.till.counter import NONE_LEFT, Counter, action
from canteen_pos.ui.screens.till.settlement import Settlement


class MoneyKeys(Counter):
    """The four ways to pay and what they end in."""

    @action
    def pay_wallet(self) -> None:
        """The main button: from the card of who eats, or of whoever sits at the same payment."""
        if not self._something_to_pay():
            return
        payer = self.payer
        if payer is None:
            self.say(tr("没有刷卡：F2 现金，F3 扫码，或先刷卡。"), "notice")
        else:
            self._pay_by_the_order(payer)

    def _pay_by_the_order(self, payer: Member) -> None:
        """Out of everything the payer has, in the canteen's spending order."""
        planned = purses.plan(self.desk, payer.id, self.due_fen, self.settlement.payments)
        short = self.due_fen - sum(payment.fen for payment in planned)
        if short:
            self.say(
                tr("余额不够，差 {short}：F2 现金，F4 拆分，Ctrl T 充值。").format(short=money(short)),
                "notice",
            )
            return
        before = self.settlement.payments
        try:
            for payment in planned:
                self.pay(payment)
        except Exception:
            self.settlement.payments = before
            raise

    @action
    def pay_cash(self) -> None:
        """F2; over the cash strip again it is the exact amount."""
        self._ask_to_pay(CashAsk)

    @action
    def pay_code(self) -> None:
        """F3."""
        self._ask_to_pay(CodeAsk)

    @action
    def pay_more(self) -> None:
        """F4."""
        self._ask_to_pay(MoreAsk)

    def pay(self, payment: Payment) -> None:
        settlement = self.settlement
        before = settlement.payments
        settlement.payments = (*before, payment)
        if not settlement.settled:
            self.say(
                tr("已收 {paid}，还差 {due}。").format(
                    paid=money(payment.fen), due=money(settlement.due_fen)
                ),
                "notice",
            )
            return
        try:
            self._ring_up()
        except Exception:
            settlement.payments = before
            raise

    def take_back(self) -> bool:
        payments = self.settlement.payments
        self.settlement.payments = payments[:-1]
        return bool(payments)

    def _ask_to_pay(self, kind: type[Ask]) -> None:
        if self._something_to_pay():
            self.open_ask(kind(self))

    def _something_to_pay(self) -> bool:
        """Whether money is still wanted. An empty order says so; one that costs nothing, or is paid, is rung up."""
        if self.settlement.empty:
            if self.done:  # Enter pressed once too often says what was paid, and does nothing
                self.say(self.done.sentence(), "good")
            else:
                self.say(tr("还没有点菜。"), "notice")
            return False
        if self.settlement.settled:
            self._ring_up()
            return False
        return True

    def _ring_up(self) -> None:
        settlement = self.settlement
        try:
            settled = selling.ring_up(
                self.desk,
                self.approved or self.actor,
                settlement.orders,
                settlement.tenders(),
                expected_fen=settlement.total_fen,
                settlement_id=settlement.id,
                oversell=self.oversell,
            )
        except Refusal as refusal:
            self._learn_from(refusal)
            raise
        self._paid(settlement, settled)

    def _learn_from(self, refusal: Refusal) -> None:
        """What changed under the till is shown with the refusal; the next press meets it."""
        if refusal.code in ("sale.amount_changed", "quota.used", "budget.short"):
            self.settlement.requote()
        elif refusal.code == "order.period_passed":
            self.settlement.renew()
            self.reload_menu()
        elif refusal.code in NONE_LEFT:
            self.reload_menu()
            self.oversell = True  # the food is on the tray: the same key again sells it, and that is logged
        elif refusal.code == "shift.none_open":
            self.panel("shift", None)
        elif refusal.code == "right.approval_needed":
            self.open_ask(PinAsk(self, said(refusal), self._agreed))

    def _agreed(self, actor: Actor) -> None:
        """A manager agreed to what this order holds; the cashier takes the money again."""
        self.approved = actor
        self.say(tr("经理已同意，请再收款。"), "good")

    def _paid(self, settlement: Settlement, settled: Settled) -> None:
        done = showing.done(settlement, settled)
        self.last_document = settled.documents[-1].document_id
        self.unknown_card = ""
        self.clear()
        self.reload_menu()
        self.done = done
        self.say(done.sentence(), "good")
