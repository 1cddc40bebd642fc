"""The till decides here: every key and every touch is one method, refusals become a line on the screen. No Qt.

What belongs to the order, to people and to money stands in the three classes it is made of.
"""

from collections.abc import Sequence
from dataclasses import replace

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import members, parking
from canteen_pos.services.rights import may
from canteen_pos.services.selling import Order
from canteen_pos.ui.screens.till import query, words
from canteen_pos.ui.screens.till.asks.house import DishAsk, DrawerAsk, ParkedAsk, WhyAsk, new_label
from canteen_pos.ui.screens.till.counter import action
from canteen_pos.ui.screens.till.draft import Draft, draft_of
from canteen_pos.ui.screens.till.eating import PeopleKeys
from canteen_pos.ui.screens.till.ordering import OrderKeys
from canteen_pos.ui.screens.till.paying import MoneyKeys
from canteen_pos.ui.screens.till.settlement import Settlement
from canteen_pos.ui.screens.till.view import Mood


class TillPresenter(OrderKeys, PeopleKeys, MoneyKeys):
    """The whole till: what is typed, what asks answer, and the rest of the keys."""

    @action
    def typed(self, text: str) -> None:
        """The field's text changed."""
        self.text = text
        if self.ask and not self.ask.soft:
            self.ask.typed(text)
            return
        self.ask = None
        if text == "*" and self.digits and self.draft is self.digits[-1][2]:
            key, before, _ = self.digits[-1]  # the digit was meant as a count: '3*', not the third food
            self.put_draft(before)
            self.text = text = f"{key}*"
        if text and text[0] in query.WHO_SIGNS:
            ask = self.ask_who()
            self.text = text[1:]
            ask.typed(self.text)
            return
        self.catalogue.seek(query.read(text).what)

    @action
    def enter(self) -> None:
        """Enter: answers the ask, else adds the match, else pays."""
        if self.ask and not self.ask.soft:
            self.ask.enter(self.text)
        elif query.read(self.text).what or self.catalogue.has_cursor:
            self.add_match()
        else:
            self.pay_wallet()

    @action
    def escape(self) -> None:
        """One step back: inside the ask, out of it, text away, cursor away; then ask who eats."""
        if self.ask:
            if not self.ask.back():
                self.ask = None
            self.clear_field()
        elif self.text:
            self.clear_field()
        elif not self.catalogue.forget_cursor():
            self.ask_who()

    @action
    def option(self, key: str) -> None:
        """The ask's option of that key was pressed."""
        if self.ask:
            before = self.draft
            self.ask.option(key)
            self.digits = (*self.digits[-2:], (key, before, self.draft))

    @action
    def not_typed(self, key: str) -> None:
        """`key` was a scanner's, not the cashier's: the food it chose is unchosen. A slow scanner's last key comes first."""
        if self.digits and self.digits[-1][0] == key and self.digits[-1][2] is self.draft:
            self.put_draft(self.digits[-1][1])
            self.digits = self.digits[:-1]

    @action
    def row(self, place: int) -> None:
        """A row of the ask's list was pressed."""
        if self.ask:
            self.ask.row(place)

    def takes(self, key: str) -> bool:
        """Whether `key` is an option of the ask now, rather than something typed."""
        return self.ask is not None and self.ask.takes(key, self.text)

    @action
    def why(self) -> None:
        """F6; again closes it."""
        if isinstance(self.ask, WhyAsk):
            self.close_ask()
        elif self.settlement.quote:
            self.open_ask(WhyAsk(self, self.settlement.quote.quote))
        else:
            self.say(tr("点了菜才有价格可说。"))

    @action
    def park(self) -> None:
        """F8."""
        if self.settlement.empty:
            self.say(tr("没有可以挂的单。"), "notice")
            return
        if self.payments:
            self.say(tr("已经收了一部分钱：先收完，或撤回再挂单。"), "notice")
            return
        eaters = [draft for draft in self.settlement.eaters if draft.lines]
        label = new_label(
            [draft.member.name for draft in eaters if draft.member],
            len(eaters),
            sum(len(draft.lines) for draft in eaters),
        )
        parking.park(self.desk, self.actor, self.settlement.orders, label)
        self.clear()
        self.parked_count = len(parking.parked(self.desk))
        self.say(tr("已挂单：{label}").format(label=label), "good")

    @action
    def resume(self) -> None:
        """F9: the parked order, or which one of several."""
        parked = parking.parked(self.desk)
        self.parked_count = len(parked)
        if not self.settlement.empty:
            self.say(tr("先收款或挂起这一单，再取另一单。"), "notice")
        elif not parked:
            self.say(tr("没有挂着的单。"), "notice")
        elif len(parked) == 1:
            self.resume_parked(parked[0].id)
        else:
            self.open_ask(ParkedAsk(self, parked))

    def resume_parked(self, parked_id: str) -> None:
        resumed = parking.resume(self.desk, parked_id)
        self._take_up(resumed)
        self.parked_count = len(parking.parked(self.desk))

    @action
    def today_dish(self) -> None:
        """F12: the dish under the cursor, or of the chosen line; with neither, the back office for who may enter it."""
        line = self.draft.line
        dish = self.catalogue.under_cursor or (self.catalogue.dish(line.dish_id) if line else None)
        if dish:
            self.open_ask(DishAsk(self, dish))
        elif may(self.actor, "read_people"):
            self.open_panel("office")
        else:
            self.say(tr("先用方向键或搜索选中一道菜。"), "notice")

    @action
    def dish_changes(self, dish_id: int) -> None:
        """A tile was held or pressed with the other button."""
        dish = self.catalogue.dish(dish_id)
        if dish:
            self.open_ask(DishAsk(self, dish))

    @action
    def drawer(self) -> None:
        """Ctrl+O."""
        self.open_ask(DrawerAsk(self))

    @action
    def reload(self) -> None:
        """Menu, parked orders and prices anew: after a panel changed something, and now and then."""
        if self.settlement.empty:
            member = self.draft.member
            self.put_draft(replace(self.new_draft(), member=member, serving=self.draft.serving))
        erased = self.settlement.know_again(lambda person_id: members.by_id(self.desk, person_id))
        self.know(self.draft.member)
        self.reload_menu()
        self.settlement.requote()
        if erased:
            self.say(words.erased(), "notice")

    def tick(self) -> None:
        """Now and then, while nobody is served: the next meal's menu, and what other tills have sold."""
        if not self.settlement.empty or self.ask or self.text:
            return
        fresh = self.new_draft()
        if (fresh.service_date, fresh.period) != (self.draft.service_date, self.draft.period):
            self.put_draft(replace(fresh, member=self.draft.member, serving=self.draft.serving))
        self.reload_menu()
        self.changed(self.view())

    def leave(self) -> None:
        """The screen is gone: what jobs still bring back is shown to nobody."""
        self.changed = lambda _view: None
        self.panel = lambda _name, _payload: None
        self.shown = lambda _order: None

    @action
    def restore(self) -> None:
        """The unfinished order of before a power cut, if there is one."""
        kept = parking.load_draft(self.desk)
        if kept:
            self.say(tr("接着上次没完成的单。"), "notice")
            self._take_up(kept)

    @action
    def open_panel(self, name: str) -> None:
        """A panel beside the order: the main window's business."""
        payload = {
            "enrol": self.unknown_card,
            "recent": self.last_document,
            "tender_correction": self.last_document,
        }
        self.panel(name, payload.get(name))

    @action
    def notify(self, text: str, mood: Mood = "quiet") -> None:
        self.say(text, mood)

    def _take_up(self, orders: Sequence[Order]) -> None:
        """Orders that waited become the ones on the screen."""
        drafts = [
            draft_of(order, members.by_id(self.desk, order.person_id) if order.person_id else None)
            for order in orders
        ]
        self.settlement, gone = self._priced(drafts)
        self.done = None
        self.know(self.draft.member)
        self.close_ask()
        self.reload_menu()
        if any(order.vouchers for order in orders) and not any(
            draft.vouchers for draft in self.settlement.eaters
        ):
            self.say(tr("原来的折扣券不能再用，已按没有券重算。"), "notice")
        if any(order.person_id and not draft.member for order, draft in zip(orders, drafts, strict=True)):
            self.say(words.erased(), "notice")
        if gone:
            self.say(tr("有 {count} 行不在这一餐的菜单上，已去掉。").format(count=gone), "notice")

    def _priced(self, drafts: Sequence[Draft]) -> tuple[Settlement, int]:
        """The orders at today's prices, without lines that are no longer on the menu; how many those were."""
        gone = 0
        while True:
            try:
                return Settlement.of(self.desk, drafts), gone
            except Refusal as refusal:
                if refusal.code.startswith("voucher.") and any(draft.vouchers for draft in drafts):
                    drafts = [replace(draft, vouchers=()) for draft in drafts]
                    continue
                missing = refusal.facts.get("dish_id")
                left = [draft.without_dish(missing) for draft in drafts]
                lost = sum(len(draft.lines) for draft in drafts) - sum(len(draft.lines) for draft in left)
                if refusal.code != "dish.not_on_menu" or not lost:
                    raise
                drafts, gone = left, gone + lost
