"""The till decides here: every key and every touch is one method, refusals become a line on the screen. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec

from canteen_pos.devices import pay_codes
from canteen_pos.domain.calendar import nearest_period
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.domain.menu import Portion, Tile
from canteen_pos.i18n import tr
from canteen_pos.services import members, menus, parking, selling, settings_store, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.selling import Order, OrderLine, Payment, Settled
from canteen_pos.ui.saying import money, said
from canteen_pos.ui.screens.till import entitlement, query, showing
from canteen_pos.ui.screens.till.asks.base import Ask, Runner
from canteen_pos.ui.screens.till.asks.house import DishAsk, DrawerAsk, ParkedAsk, WhyAsk, new_label
from canteen_pos.ui.screens.till.asks.line import ChoicesAsk, GramsAsk, PriceAsk, first_choices
from canteen_pos.ui.screens.till.asks.pay import CashAsk, CodeAsk, MoreAsk, VoucherAsk
from canteen_pos.ui.screens.till.asks.people import WhoAsk
from canteen_pos.ui.screens.till.catalogue import Catalogue
from canteen_pos.ui.screens.till.draft import Draft, draft_of, new_draft
from canteen_pos.ui.screens.till.entitlement import NOT_KNOWN
from canteen_pos.ui.screens.till.settlement import Settlement
from canteen_pos.ui.screens.till.view import Mood, NoticeView, ShownOrder, TillView

P = ParamSpec("P")
_DRAFTS = "drafts"


def _act(
    method: Callable[Concatenate["TillPresenter", P], None],
) -> Callable[Concatenate["TillPresenter", P], None]:
    """A key or touch: the last notice goes, a refusal becomes the new one, the screen follows."""

    def acted(till: "TillPresenter", /, *args: P.args, **kwargs: P.kwargs) -> None:
        till.act(lambda: method(till, *args, **kwargs))

    acted.__doc__ = method.__doc__
    return acted


class TillPresenter:
    """`changed` is told of every new view, `panel` of panels to open, `shown` of what the diner's side may see."""

    def __init__(
        self, desk: Desk, actor: Actor, run: Runner, run_soon: Callable[[Callable[[], Any], str], None]
    ) -> None:
        self.desk = desk
        self.actor = actor
        self.changed: Callable[[TillView], None] = lambda _view: None
        self.panel: Callable[[str, object], None] = lambda _name, _payload: None
        self.shown: Callable[[ShownOrder], None] = lambda _order: None
        self.catalogue = Catalogue()
        self.notice = NoticeView()
        self.ask: Ask | None = None
        self.text = ""
        self.parked_count = 0
        self.done: showing.Done | None = None
        self.unknown_card = ""
        self.entitled = NOT_KNOWN
        self._run = run
        self._run_soon = run_soon
        self._approved: Actor | None = None
        self._insisted: int | None = None
        self._oversell = False
        self._digit: tuple[str, Draft, Draft] | None = None
        self._depth = 0
        self._saved: tuple[Order, ...] = ()
        self.last_document: str | None = None
        self.settlement = Settlement(desk, self._new_draft())
        self.reload_menu()

    # -- what asks use -----------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        return self.settlement.draft

    @property
    def due_fen(self) -> int:
        return self.settlement.due_fen

    @property
    def cash_due_fen(self) -> int:
        return self.settlement.cash_due_fen

    @property
    def payments(self) -> tuple[Payment, ...]:
        return self.settlement.payments

    def act(self, work: Callable[[], None]) -> None:
        """Run `work` as one action; nested actions are part of the outer one."""
        if self._depth == 0:
            self.notice = NoticeView()
        self._depth += 1
        try:
            work()
        except Refusal as refusal:
            self.say(said(refusal), "bad")
        finally:
            self._depth -= 1
        if self._depth == 0:
            self._save_draft()
            self.changed(self.view())
            self.shown(self.facing())

    def say(self, text: str, mood: Mood = "quiet") -> None:
        self.notice = NoticeView(text, mood)

    def open_ask(self, ask: Ask) -> None:
        self.ask = ask
        self.clear_field()

    def close_ask(self) -> None:
        self.ask = None
        self.clear_field()

    def clear_field(self) -> None:
        self.text = ""
        self.catalogue.seek("")
        if self.ask:
            self.ask.typed("")

    def put_draft(self, draft: Draft) -> None:
        self.settlement.put(draft)

    def add_line(self, line: OrderLine) -> None:
        """Put a line on the current order; the first one fixes service date and period."""
        draft = self.draft
        if not draft.lines:
            self.done = None
            fresh = self._new_draft()
            draft = replace(
                draft, service_date=fresh.service_date, period=fresh.period, opened_at=fresh.opened_at
            )
        self.put_draft(draft.adding(line))

    def reload_menu(self) -> None:
        """The menu of the order's meal, with what is left now."""
        self.catalogue.load(menus.tiles(self.desk, self.draft.service_date, self.draft.period))
        self.parked_count = len(parking.parked(self.desk))

    def identify(self, member: Member | None) -> None:
        """Who eats the current order; prices change at once."""
        self.done = None
        if member and (place := self.settlement.place_of(member.id)) is not None:
            self.settlement.turn_to(place)
        self.put_draft(replace(self.draft, member=member))
        self._know(member)
        self._say_used()

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
        except Refusal:
            settlement.payments = before
            raise

    def take_back(self) -> bool:
        payments = self.settlement.payments
        self.settlement.payments = payments[:-1]
        return bool(payments)

    def approve(self, pin: str, then: Callable[[Actor], None]) -> None:
        def failed(error: Exception) -> None:
            text = said(error) if isinstance(error, Refusal) else tr("没有成功，请再试一次。")
            self.act(lambda: self.say(text, "bad"))

        self._run(
            lambda: users.approve(self.desk, self.actor, pin),
            lambda actor: self.act(lambda: then(actor)),
            failed,
        )

    def resume_parked(self, parked_id: str) -> None:
        resumed = parking.resume(self.desk, parked_id)
        self._take_up(resumed)
        self.parked_count = len(parking.parked(self.desk))

    # -- typing --------------------------------------------------------------------------------------

    @_act
    def typed(self, text: str) -> None:
        """The field's text changed."""
        self.text = text
        if self.ask and not self.ask.soft:
            self.ask.typed(text)
            return
        self.ask = None
        if text == "*" and self._digit and self.draft is self._digit[2]:
            key, before, _ = self._digit  # the digit was meant as a count: '3*', not the third food
            self.put_draft(before)
            self.text = text = f"{key}*"
        if text and text[0] in query.WHO_SIGNS:
            ask = self._ask_who()
            self.text = text[1:]
            ask.typed(self.text)
            return
        self.catalogue.seek(query.read(text).what)

    @_act
    def enter(self) -> None:
        """Enter: answers the ask, else adds the match, else pays."""
        if self.ask and not self.ask.soft:
            self.ask.enter(self.text)
        elif query.read(self.text).what or self.catalogue.has_cursor:
            self._add_match()
        else:
            self._pay_wallet()

    @_act
    def escape(self) -> None:
        """One step back: inside the ask, out of it, text away, cursor away; then ask who eats."""
        if self.ask:
            if not self.ask.back():
                self.ask = None
            self.clear_field()
        elif self.text:
            self.clear_field()
        elif not self.catalogue.forget_cursor():
            self._ask_who()

    @_act
    def option(self, key: str) -> None:
        """The ask's option of that key was pressed."""
        if self.ask:
            before = self.draft
            self.ask.option(key)
            self._digit = (key, before, self.draft)

    @_act
    def row(self, place: int) -> None:
        """A row of the ask's list was pressed."""
        if self.ask:
            self.ask.row(place)

    def takes(self, key: str) -> bool:
        """Whether `key` is an option of the ask now, rather than something typed."""
        return self.ask is not None and self.ask.takes(key, self.text)

    @property
    def asking(self) -> bool:
        """Whether an ask takes the keys that otherwise edit the order."""
        return self.ask is not None and not self.ask.soft

    # -- the order -----------------------------------------------------------------------------------

    @_act
    def pinned(self) -> None:
        """Space: the first pinned set."""
        dish = self.catalogue.pinned
        if dish is None:
            self.say(tr("今天没有置顶的套餐。"), "notice")
            return
        self._add_dish(dish, "full", query.read(self.text).count)

    @_act
    def tile(self, dish_id: int) -> None:
        """A tile was pressed; what is typed before it may say how many."""
        dish = self.catalogue.dish(dish_id)
        if dish:
            typed = query.read(self.text)
            before = self.draft
            self._add_dish(dish, "half" if typed.half else "full", typed.count)
            if dish.choices and self.draft is not before:
                self.open_ask(ChoicesAsk(self, dish))  # a finger wants something to press

    @_act
    def move(self, right: int = 0, down: int = 0) -> None:
        """Arrows: rows of an ask, else tiles while they have the cursor, else lines of the order."""
        if self.ask and not self.ask.soft:
            self.ask.move(down)
        elif right or self.catalogue.has_cursor:
            self.ask = None
            self.catalogue.move(right, down)
        else:
            self.put_draft(self.draft.moving(down))

    @_act
    def choose(self, key: str) -> None:
        """A line of the order was pressed; a set that is pressed again shows its foods."""
        again = key == self.draft.chosen
        self.ask = None
        self.put_draft(self.draft.choosing(key))
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if again and dish and dish.choices:
            self.open_ask(ChoicesAsk(self, dish))

    @_act
    def choices(self) -> None:
        """=: other foods in the chosen set; again closes it."""
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if isinstance(self.ask, ChoicesAsk):
            self.close_ask()
        elif dish and dish.choices:
            self.open_ask(ChoicesAsk(self, dish))
        else:
            self.say(tr("选中的行不是可以换菜的套餐。"), "notice")

    @_act
    def count(self, step: int) -> None:
        """+ and −."""
        self.put_draft(self.draft.counting(step))

    @_act
    def half(self) -> None:
        """/: the chosen line whole or half."""
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if line is None or dish is None:
            return
        if dish.half_fen is None:
            self.say(tr("{name} 不卖半份。").format(name=dish.name), "notice")
            return
        self.put_draft(self.draft.portioned("full" if line.portion == "half" else "half"))

    @_act
    def remove(self) -> None:
        """Del: the chosen line goes, and that is logged."""
        if self.ask and not self.ask.soft:
            self.ask.delete()
            return
        line = self.draft.line
        if line is None:
            return
        self.ask = None
        before = self.draft
        self.put_draft(self.draft.removing())
        self._run(lambda: parking.removed_line(self.desk, self.actor, before.order(), line.key), lane=_DRAFTS)

    @_act
    def open_price(self) -> None:
        """Ctrl+P: another price for the chosen line, with its reason."""
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if line and dish:
            self.open_ask(PriceAsk(self, dish, lambda fen, why, by: self._reprice(line, fen, why, by)))

    @_act
    def serving(self) -> None:
        """F7: eat here, take away, deliver."""
        self.put_draft(self.draft.next_serving())

    @_act
    def category(self, step: int = 0, to: int | None = None) -> None:
        self.ask = None
        self.clear_field()
        self.catalogue.turn(step, to)

    # -- people --------------------------------------------------------------------------------------

    @_act
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
            self.open_ask(ask_voucher)
            ask_voucher.scanned(code)
        else:
            self.say(tr("不认识这张卡（尾号 {tail}）；Ctrl N 登记新人。").format(tail=code[-4:]), "notice")
            self.unknown_card = code

    @_act
    def use_member(self, member_id: int) -> None:
        """Somebody was found or enrolled elsewhere."""
        member = members.by_id(self.desk, member_id)
        if member:
            self.close_ask()
            self.identify(member)

    @_act
    def who(self) -> None:
        """F5."""
        self._ask_who()

    @_act
    def next_eater(self) -> None:
        """Ctrl+Enter: this order waits, the next eater's begins, one payment for all."""
        if not self.draft.lines:
            self.say(tr("先给这一位点菜，再加下一位。"), "notice")
            return
        fresh = self._new_draft()
        self.settlement.seat(fresh.service_date, fresh.period, fresh.opened_at)
        self.close_ask()
        self.entitled = NOT_KNOWN
        self.say(tr("第 {n} 位：请刷卡或直接点菜。").format(n=len(self.settlement.eaters)))

    @_act
    def eater(self, place: int) -> None:
        """Turn to another eater of this payment."""
        self.ask = None
        self.settlement.turn_to(place)
        self._know(self.draft.member)

    # -- money ---------------------------------------------------------------------------------------

    @_act
    def pay_wallet(self) -> None:
        """The main button."""
        self._pay_wallet()

    @_act
    def pay_cash(self) -> None:
        """F2; over the cash strip again it is the exact amount."""
        self._ask_to_pay(CashAsk)

    @_act
    def pay_code(self) -> None:
        """F3."""
        self._ask_to_pay(CodeAsk)

    @_act
    def pay_more(self) -> None:
        """F4."""
        self._ask_to_pay(MoreAsk)

    # -- the rest ------------------------------------------------------------------------------------

    @_act
    def why(self) -> None:
        """F6; again closes it."""
        if isinstance(self.ask, WhyAsk):
            self.close_ask()
        elif self.settlement.quote:
            self.open_ask(WhyAsk(self, self.settlement.quote.quote))
        else:
            self.say(tr("点了菜才有价格可说。"))

    @_act
    def park(self) -> None:
        """F8."""
        if self.settlement.empty:
            self.say(tr("没有可以挂的单。"), "notice")
            return
        draft = self.draft
        label = new_label(draft.member.name if draft.member else "", len(draft.lines))
        parking.park(self.desk, self.actor, self.settlement.orders, label)
        self._clear()
        self.parked_count = len(parking.parked(self.desk))
        self.say(tr("已挂单：{label}").format(label=label), "good")

    @_act
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

    @_act
    def today_dish(self) -> None:
        """F12: the dish under the cursor, or of the chosen line."""
        line = self.draft.line
        dish = self.catalogue.under_cursor or (self.catalogue.dish(line.dish_id) if line else None)
        if dish:
            self.open_ask(DishAsk(self, dish))
        else:
            self.say(tr("先用方向键或搜索选中一道菜。"), "notice")

    @_act
    def dish_changes(self, dish_id: int) -> None:
        """A tile was held or pressed with the other button."""
        dish = self.catalogue.dish(dish_id)
        if dish:
            self.open_ask(DishAsk(self, dish))

    @_act
    def drawer(self) -> None:
        """Ctrl+O."""
        self.open_ask(DrawerAsk(self))

    @_act
    def start_over(self) -> None:
        """Put the order away unpaid: for the demo and for training."""
        self.done = None
        self._clear()

    @_act
    def reload(self) -> None:
        """Menu, parked orders and prices anew: after a panel changed something, and now and then."""
        if self.settlement.empty:
            member = self.draft.member
            self.put_draft(replace(self._new_draft(), member=member, serving=self.draft.serving))
        self.reload_menu()
        self.settlement.requote()

    @_act
    def restore(self) -> None:
        """The unfinished order of before a power cut, if there is one."""
        kept = parking.load_draft(self.desk)
        if kept:
            self._take_up(kept)
            self.say(tr("接着上次没完成的单。"), "notice")

    @_act
    def open_panel(self, name: str) -> None:
        """A panel beside the order: the main window's business."""
        payload = {
            "enrol": self.unknown_card,
            "recent": self.last_document,
            "tender_correction": self.last_document,
        }
        self.panel(name, payload.get(name))

    @_act
    def notify(self, text: str, mood: Mood = "quiet") -> None:
        self.say(text, mood)

    def view(self) -> TillView:
        """Everything the screen shows now."""
        settlement, ask = self.settlement, self.ask
        return TillView(
            diner=showing.diner(self.draft, self.entitled, self.desk.clock.now().date()),
            rows=showing.rows(settlement, self.catalogue),
            eaters=showing.eaters(settlement),
            sums=showing.sums(settlement, self.done),
            tiles=self.catalogue.view(self.draft.member.diet if self.draft.member else ()),
            ask=ask.view(self.text) if ask else None,
            notice=self.notice,
            actions=showing.actions(settlement, self.parked_count),
            typed=self.text,
        )

    def facing(self) -> ShownOrder:
        """The order, or the sale just made, for the customer display."""
        if self.done and self.settlement.empty:
            return self.done.order
        return showing.facing_order(self.settlement)

    # -- inside --------------------------------------------------------------------------------------

    def _new_draft(self) -> Draft:
        now = self.desk.clock.now()
        period = nearest_period(now, settings_store.load(self.desk).periods)
        return new_draft(now.date(), period, now)

    def _clear(self) -> None:
        self.settlement = Settlement(self.desk, self._new_draft())
        self._approved = None
        self._oversell = False
        self.entitled = NOT_KNOWN
        self.close_ask()

    def _ask_who(self) -> Ask:
        known = self.draft.member is not None
        nobody = tr("Enter：不刷卡，按散客点。") if known else ""
        ask = WhoAsk(self, tr("换人") if known else tr("找人"), self.identify, nobody=nobody)
        self.open_ask(ask)
        return ask

    def _say_used(self) -> None:
        member = self.draft.member
        if member and (text := self.entitled.warning(member.name, self.desk.clock.now().date())):
            self.say(text, "notice")

    def _add_match(self) -> None:
        typed = query.read(self.text)
        dish = self.catalogue.under_cursor
        if dish is None:
            self.say(tr("没有叫“{text}”的菜。").format(text=typed.what), "notice")
            return
        self._add_dish(dish, "half" if typed.half else "full", typed.count)

    def _add_dish(self, dish: Tile, portion: Portion, count: int) -> None:
        if dish.sold_out and self._insisted != dish.dish_id:
            self._insisted = dish.dish_id
            self.say(tr("{name} 已售罄。菜已在盘里的，再按一次仍然加入。").format(name=dish.name), "notice")
            return
        if dish.sold_out:
            self._oversell = True
        self._insisted = None
        if portion == "half" and dish.half_fen is None:
            self.say(tr("{name} 不卖半份。").format(name=dish.name), "notice")
            return
        self.close_ask()
        if dish.kind == "weighed":
            self.open_ask(GramsAsk(self, dish))
        elif dish.open_price:
            line = OrderLine(key="", dish_id=dish.dish_id, quantity=count)
            self.open_ask(PriceAsk(self, dish, lambda fen, why, by: self._add_open(line, fen, why, by)))
        else:
            choices = first_choices(dish)
            self.add_line(
                OrderLine(key="", dish_id=dish.dish_id, portion=portion, quantity=count, choices=choices)
            )

    def _add_open(self, line: OrderLine, fen: int, why: str, by: Actor | None) -> None:
        self._approved = by or self._approved
        self.add_line(replace(line, open_price_fen=fen, open_reason=why))

    def _reprice(self, line: OrderLine, fen: int, why: str, by: Actor | None) -> None:
        self._approved = by or self._approved
        self.put_draft(self.draft.replacing(replace(line, open_price_fen=fen, open_reason=why)))

    def _ask_to_pay(self, kind: type[Ask]) -> None:
        if self.settlement.empty:
            self.say(tr("还没有点菜。"), "notice")
        elif self.due_fen == 0 and not self.payments:
            self._ring_up()
        else:
            self.open_ask(kind(self))

    def _pay_wallet(self) -> None:
        if self.settlement.empty:
            self.say(tr("还没有点菜。"), "notice")
            return
        payer = self._payer()
        if self.due_fen == 0 and not self.payments:
            self._ring_up()
        elif payer is None:
            self.say(tr("没有刷卡：F2 现金，F3 扫码，或先刷卡。"), "notice")
        elif payer.spendable_fen < self.due_fen:
            short = money(self.due_fen - payer.spendable_fen)
            self.say(
                tr("余额不够，差 {short}：F2 现金，F4 拆分，Ctrl T 充值。").format(short=short), "notice"
            )
        else:
            self.pay(Payment(tender="wallet", fen=self.due_fen, account_id=payer.account_id))

    def _payer(self) -> Member | None:
        """Whose purse the main button means: the current eater's, else the first one with a card."""
        seated = (self.draft, *self.settlement.eaters)
        return next((draft.member for draft in seated if draft.member), None)

    def _ring_up(self) -> None:
        settlement = self.settlement
        try:
            settled = selling.ring_up(
                self.desk,
                self._approved or self.actor,
                settlement.orders,
                settlement.tenders(),
                expected_fen=settlement.total_fen,
                settlement_id=settlement.id,
                oversell=self._oversell,
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
        elif refusal.code in ("portions.short", "dish.sold_out"):
            self.reload_menu()
            self._oversell = True  # the food is on the tray: the same key again sells it, and that is logged
        elif refusal.code == "shift.none_open":
            self.panel("shift", None)

    def _paid(self, settlement: Settlement, settled: Settled) -> None:
        done = showing.done(settlement, settled)
        self.last_document = settled.documents[-1].document_id
        self.unknown_card = ""
        self._clear()
        self.reload_menu()
        self.done = done
        self.say(done.sentence(), "good")

    def _take_up(self, orders: Sequence[Order]) -> None:
        """Orders that waited become the ones on the screen."""
        drafts = []
        for order in orders:
            member = members.by_id(self.desk, order.person_id) if order.person_id else None
            drafts.append(draft_of(order, member))
        self.settlement = Settlement.of(self.desk, drafts)
        self.done = None
        self._know(self.draft.member)
        self.close_ask()
        self.reload_menu()

    def _know(self, member: Member | None) -> None:
        """What the current eater may still get."""
        self.entitled = (
            entitlement.find_out(self.desk, self.draft, member, self.catalogue.pinned)
            if member
            else NOT_KNOWN
        )

    def _save_draft(self) -> None:
        """Off the GUI thread, a blink after the last change of the order."""
        orders = self.settlement.orders
        if orders == self._saved:
            return
        self._saved = orders
        if orders:
            self._run_soon(lambda: parking.save_draft(self.desk, orders), _DRAFTS)
        else:
            self._run_soon(lambda: parking.clear_draft(self.desk), _DRAFTS)
