"""Vouchers and points: what is worth money only here. A percent voucher lowers the price and pays nothing."""

from canteen_pos.domain.errors import refuse
from canteen_pos.i18n import tr
from canteen_pos.services import members, points, settings_store, vouchers
from canteen_pos.services.context import Desk
from canteen_pos.services.selling import Payment
from canteen_pos.ui.saying import money, voucher_worth
from canteen_pos.ui.screens.till.asks.base import PayAsk, Till, paid_so_far
from canteen_pos.ui.screens.till.draft import Draft
from canteen_pos.ui.screens.till.view import AskRow, AskView
from canteen_pos.ui.screens.till.words import DOT


class VoucherAsk(PayAsk):
    """Vouchers by serial, scanned or typed, one after another; electronic ones of who eats stand there to choose. They
    pay at face value, for their owner's meal or the current eater's first, and give no change."""

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        member, day = till.draft.member, till.draft.service_date
        self._mine = vouchers.of_person(till.desk, member.id, day) if member else ()
        self._chosen = 0

    def view(self, text: str) -> AskView:
        return AskView(
            title=tr("餐券"),
            prompt=tr("扫描或输入券号"),
            said=tr("面额多出的部分不找零。"),
            figures=(*paid_so_far(self.till), (tr("还差"), money(self.till.due_fen), True)),
            rows=tuple(
                AskRow(
                    title=one.name or tr("电子券"),
                    detail=self._detail(one),
                    amount=voucher_worth(one.face_fen, one.percent, one.cap_fen),
                    chosen=place == self._chosen and not text.strip(),
                )
                for place, one in enumerate(self._left)
            ),
            numpad=True,
            enter=tr("用券"),
        )

    @property
    def _left(self) -> tuple[vouchers.VoucherLine, ...]:
        """Electronic vouchers that do not pay yet; one that lowers the price stays there to be taken away again."""
        paying = {payment.voucher_serial for payment in self.till.payments}
        return tuple(one for one in self._mine if one.serial not in paying)

    def _detail(self, one: vouchers.VoucherLine) -> str:
        """What an eater is told who asks what they have."""
        if one.serial in self.till.draft.vouchers:
            return tr("已经减价；再选一次拿开")
        until = tr("{day} 止").format(day=one.valid_to.isoformat())
        return DOT.join((until, *([tr("一餐限一张")] if one.alone else []), one.serial))

    def move(self, step: int) -> None:
        self._chosen = max(0, min(len(self._left) - 1, self._chosen + step))

    def row(self, place: int) -> None:
        if place < len(self._left):
            self.scanned(self._left[place].serial)

    def enter(self, text: str) -> None:
        if text.strip():
            if not self.scanned(text.strip()):
                raise refuse("voucher.unknown", serial=text.strip())
        elif self._left:
            self.row(self._chosen)
        elif self.till.payments:
            self.till.close_ask()  # the rest by another key: Enter means the card again

    def lowers_the_price(self, code: str) -> bool:
        """Put a percent voucher on the table, or take it away again; False when `code` is none."""
        code, draft = vouchers.printed(code), self.till.draft
        if code in draft.vouchers:
            self.till.put_draft(draft.presenting(code))
            self.till.say(tr("折扣券 {serial} 已拿开。").format(serial=code))
            return True
        found = vouchers.look(self.till.desk, code, draft.service_date)
        if found is None or not found.percent:
            return False
        self._check_beside(code, draft)
        before = self.till.due_fen
        self.till.put_draft(draft.presenting(code))
        saved = money(max(0, before - self.till.due_fen))
        said = tr("折扣券减 {percent}%：少付 {amount}。再扫一次拿开。")
        self.till.say(said.format(percent=found.percent, amount=saved), "good")
        return True

    def scanned(self, code: str) -> bool:
        code = vouchers.printed(code)
        if self.lowers_the_price(code):
            self.till.close_ask()
            return True
        if any(payment.voucher_serial == code for payment in self.till.payments):
            self.till.say(tr("这张券刚才已经扫过。"), "notice")
            return True
        found = vouchers.look(self.till.desk, code, self.till.draft.service_date)
        if found is None:
            if members.by_card(self.till.desk, code):
                return False  # somebody comes to the counter: the till's to know
            raise refuse("voucher.unknown", serial=code)
        meal = self._meal_of(found)
        self._check_beside(code, meal)
        fen = min(found.face_fen, self.till.due_fen)
        if found.alone:  # what it is worth beyond this meal would lie beside another's voucher
            fen = min(fen, self.till.meal_fen(meal.id))
        if not fen:
            self.till.say(tr("这一餐不用付钱，券留着下次用。"), "notice")
            return True
        self.till.clear_field()
        self.till.pay(Payment(tender="voucher", fen=fen, voucher_serial=code, order_id=meal.id))
        return True

    def _meal_of(self, one: vouchers.Presented) -> Draft:
        """Whose meal it is for: its owner's, who sits here, else the current eater's. Refusal 'voucher.not_yours'."""
        if one.person_id is None:
            return self.till.draft
        for draft in self.till.eaters:
            if draft.member and draft.member.id == one.person_id:
                return draft
        raise refuse("voucher.not_yours", serial=one.serial)

    def _check_beside(self, code: str, meal: Draft) -> None:
        """Before the diner is told a lower price: what else lies there for this meal."""
        paying = (one.voucher_serial for one in self.till.payments if one.order_id == meal.id)
        others = {serial for serial in (*meal.vouchers, *paying) if serial}
        who = meal.member.id if meal.member else None
        vouchers.check_beside(self.till.desk, code, others, who, meal.service_date, meal.period)

    @staticmethod
    def knows(desk: Desk, code: str) -> bool:
        """Whether `code` is the serial of a voucher, good or not."""
        return vouchers.exists(desk, code)


class PointsAsk(PayAsk):
    """Points of who eats, or of whoever pays: as many whole ones as fit, or the number typed."""

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self._who = till.draft.member or till.payer
        self._held = points.balance(till.desk, self._who.id) if self._who else 0
        self._point_fen = settings_store.load(till.desk).point_fen

    def view(self, text: str) -> AskView:
        number = self._number(text)
        return AskView(
            title=tr("积分"),
            prompt=tr("用多少分"),
            hint=tr("不输入就是能用的全部"),
            said=self._said(),
            figures=(
                *paid_so_far(self.till),
                (tr("应收"), money(self.till.due_fen), False),
                (tr("{points} 分抵").format(points=number), money(number * self._point_fen), True),
            ),
            numpad=True,
            enter=tr("用积分"),
        )

    def enter(self, text: str) -> None:
        number = self._number(text)
        if number <= 0 and not text.strip() and self.till.payments:
            self.till.close_ask()
            return
        if text.strip() and not text.strip().isdecimal():
            self.till.say(tr("请写一个数。"), "notice")
            return
        if self._who is None or number <= 0:
            self.till.say(self._said() or tr("没有可用的积分。"), "notice")
            return
        self.till.clear_field()
        self.till.pay(Payment(tender="points", fen=number * self._point_fen, person_id=self._who.id))

    def _number(self, text: str) -> int:
        who = self._who.id if self._who else None
        taken = sum(one.fen for one in self.till.payments if one.tender == "points" and one.person_id == who)
        most = min(self._held - taken // self._point_fen, self.till.due_fen // self._point_fen)
        if not text.strip():
            return most
        return min(most, int(text)) if text.strip().isdecimal() else 0

    def _said(self) -> str:
        if self._who is None:
            return tr("请先刷卡，认出是谁的积分。")
        return tr("{name} 有 {points} 分").format(name=self._who.name, points=self._held)
