"""Who eats: scanned, found, seated one after another for one payment. No Qt."""

from dataclasses import replace

from canteen_pos.devices import pay_codes
from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import members, vouchers
from canteen_pos.ui.screens.till.asks.base import Ask
from canteen_pos.ui.screens.till.asks.pay import CodeAsk
from canteen_pos.ui.screens.till.asks.people import WhoAsk
from canteen_pos.ui.screens.till.asks.tokens import VoucherAsk
from canteen_pos.ui.screens.till.counter import Counter, action
from canteen_pos.ui.screens.till.entitlement import NOT_KNOWN


class PeopleKeys(Counter):
    """Everything that says whose order it is."""

    @action
    def scan(self, code: str) -> None:
        """A card, a payment code or a voucher, at any moment."""
        if self.ask and self.ask.scanned(code):
            return
        if pay_codes.tender_of(code) and not self.settlement.empty:
            ask = CodeAsk(self)
            self.open_ask(ask)
            ask.scanned(code)
            return
        member = members.by_card(self.desk, code)
        if member:
            self.close_ask()
            self.identify(member)
        elif not self.settlement.empty and VoucherAsk.knows(self.desk, code):
            ask_voucher = VoucherAsk(self)
            if not ask_voucher.lowers_the_price(code):
                self.open_ask(ask_voucher)
                ask_voucher.scanned(code)
        else:
            self.say(tr("不认识这张卡（尾号 {tail}）；Ctrl N 登记新人。").format(tail=code[-4:]), "notice")
            self.unknown_card = code

    @action
    def use_member(self, member_id: int) -> None:
        """Somebody was found or enrolled elsewhere."""
        member = members.by_id(self.desk, member_id)
        if member:
            self.close_ask()
            self.identify(member)

    @action
    def who(self) -> None:
        """F5."""
        self.ask_who()

    @action
    def next_eater(self) -> None:
        """Ctrl+Enter: this order waits, the next eater's begins, one payment for all."""
        if not self.draft.lines:
            self.say(tr("先给这一位点菜，再加下一位。"), "notice")
            return
        fresh = self.new_draft()
        self.settlement.seat(fresh.service_date, fresh.period, fresh.opened_at)
        self.close_ask()
        self.entitled = NOT_KNOWN
        self.say(tr("第 {n} 位：请刷卡或直接点菜。").format(n=len(self.settlement.eaters)))

    @action
    def eater(self, place: int) -> None:
        """Turn to another eater of this payment."""
        self.ask = None
        self.settlement.turn_to(place)
        self.know(self.draft.member)

    def identify(self, member: Member | None) -> None:
        """Who eats the current order; prices change at once."""
        self.done = None
        before = self.draft.member
        if member and (place := self.settlement.place_of(member.id)) is not None:
            self.settlement.turn_to(place)
        lost = self._hand_over_to(member)
        self.know(member)
        if lost:
            self.say(tr("券是原来那位的，已拿开，价格已重算。"), "notice")
        elif member and before and before.id != member.id and self.draft.lines:
            self.say(tr("已换成 {name}，价格已重算。").format(name=member.name), "notice")
        self._say_used()

    def _hand_over_to(self, member: Member | None) -> bool:
        """The current order, with the vouchers that this eater may use; whether one was another's and went back."""
        serials, payments = self.settlement.serials(), self.settlement.payments
        kept = vouchers.usable_by(self.desk, serials, member.id if member else None)
        self.settlement.keep_vouchers(kept)
        lowering = tuple(one for one in self.draft.vouchers if one in kept)
        try:
            self.put_draft(replace(self.draft, member=member, vouchers=lowering))
        except Exception:
            self.settlement.payments = payments
            raise
        return len(kept) < len(serials)

    def ask_who(self) -> Ask:
        known = self.draft.member is not None
        nobody = tr("Enter：不刷卡，按散客点。") if known else ""
        ask = WhoAsk(self, tr("换人") if known else tr("找人"), self.identify, nobody=nobody)
        self.open_ask(ask)
        return ask

    def _say_used(self) -> None:
        member = self.draft.member
        if member and (text := self.entitled.warning(member.name, self.desk.clock.now().date())):
            self.say(text, "notice")
