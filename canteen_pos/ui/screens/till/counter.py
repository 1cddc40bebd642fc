"""What the till remembers, and how anything that happens at it becomes a new view. No Qt."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import menus, parking, quoting, settings_store, users, weighing
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.selling import Order, OrderLine, Payment
from canteen_pos.ui.saying import money, said
from canteen_pos.ui.screens.till import entitlement, showing
from canteen_pos.ui.screens.till.asks.base import Ask, Runner
from canteen_pos.ui.screens.till.catalogue import Catalogue
from canteen_pos.ui.screens.till.draft import Draft, new_draft
from canteen_pos.ui.screens.till.entitlement import NOT_KNOWN
from canteen_pos.ui.screens.till.settlement import Settlement
from canteen_pos.ui.screens.till.view import Mood, NoticeView, ShownOrder, TillView

P = ParamSpec("P")
C = TypeVar("C", bound="Counter")
DRAFTS = "drafts"
"""The lane of jobs that keep the unfinished order and log what was taken out of it."""

NONE_LEFT = ("portions.short", "dish.sold_out")
"""Refusals that the same key overrides: the food may already be on the tray."""


def action(method: Callable[Concatenate[C, P], None]) -> Callable[Concatenate[C, P], None]:
    """A key or touch: the last notice goes, a refusal becomes the new one, the screen follows."""

    def acted(till: C, /, *args: P.args, **kwargs: P.kwargs) -> None:
        till.act(lambda: method(till, *args, **kwargs))

    acted.__doc__ = method.__doc__
    return acted


class Counter:
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
        self.run = run
        self.run_soon = run_soon
        self.approved: Actor | None = None
        self._insisted: int | None = None
        self.oversell = False
        self.digits: tuple[tuple[str, Draft, Draft], ...] = ()
        self._depth = 0
        self._saved: tuple[Order, ...] = ()
        self.last_document: str | None = None
        self.settlement = Settlement(desk, self.new_draft())
        self.reload_menu()

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
    def payer(self) -> Member | None:
        return self.settlement.payer

    @property
    def payments(self) -> tuple[Payment, ...]:
        return self.settlement.payments

    @property
    def eaters(self) -> tuple[Draft, ...]:
        return self.settlement.eaters

    def meal_fen(self, order_id: str) -> int:
        return self.settlement.meal_fen(order_id)

    def act(self, work: Callable[[], None]) -> None:
        """Run `work` as one action; nested actions are part of the outer one."""
        if self._depth == 0:
            self.notice = NoticeView()
        self._depth += 1
        try:
            work()
        except Refusal as refusal:
            insist = tr("菜已在盘里的，再按一次仍然卖出。") if refusal.code in NONE_LEFT else ""
            self.say(said(refusal) + insist, "bad")
        except Exception:  # a fault of ours: the screen stays true, the hook of the application logs it
            self.say(tr("出了故障，这一步没有做成；请再试一次。"), "bad")
            raise
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
        """The current order, changed. Part payments that the new sum cannot take are given back."""
        self.settlement.put(draft)
        given_back = self.settlement.give_back_surplus()
        if given_back:
            self.say(tr("金额变了，先收的 {paid} 已撤回，请退还。").format(paid=money(given_back)), "notice")

    @property
    def asking(self) -> bool:
        """Whether an ask takes the keys that otherwise edit the order."""
        return self.ask is not None and not self.ask.soft

    # -- what the parts of the presenter add ---------------------------------------------------------

    def add_line(self, line: OrderLine) -> None:
        raise NotImplementedError

    def identify(self, member: Member | None) -> None:
        raise NotImplementedError

    def pay(self, payment: Payment) -> None:
        raise NotImplementedError

    def take_back(self) -> bool:
        raise NotImplementedError

    def resume_parked(self, parked_id: str) -> None:
        raise NotImplementedError

    # -- the rest ------------------------------------------------------------------------------------

    def reload_menu(self) -> None:
        """The menu of the order's meal, with what is left now."""
        self.catalogue.load(menus.tiles(self.desk, self.draft.service_date, self.draft.period))
        self.parked_count = len(parking.parked(self.desk))

    def approve(self, pin: str, then: Callable[[Actor], None]) -> None:
        """Check a manager's PIN off the GUI thread; the answer counts only while it is still asked for."""
        self._elsewhere(lambda: users.approve(self.desk, self.actor, pin), then)

    def weigh(self, then: Callable[[int], None]) -> None:
        """Ask this till's scale off the GUI thread; the answer counts only while it is still asked for."""
        self._elsewhere(lambda: weighing.weigh(self.desk), lambda reading: then(reading.grams), "scale")

    def _elsewhere(self, work: Callable[[], Any], then: Callable[[Any], None], lane: str = "") -> None:
        asked = self.ask

        def came(answer: Any) -> None:
            if self.ask is asked:
                self.act(lambda: then(answer))

        def failed(error: Exception) -> None:
            text = said(error) if isinstance(error, Refusal) else tr("没有成功，请再试一次。")
            self.act(lambda: self.say(text, "bad"))

        self.run(work, came, failed, lane=lane)

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

    def new_draft(self) -> Draft:
        now = self.desk.clock.now()
        return new_draft(*quoting.meal_now(now, settings_store.load(self.desk)), now)

    def clear(self) -> None:
        self.settlement = Settlement(self.desk, self.new_draft())
        self.approved = None
        self.oversell = False
        self.entitled = NOT_KNOWN
        self.close_ask()

    def know(self, member: Member | None) -> None:
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
            self.run_soon(lambda: parking.save_draft(self.desk, orders), DRAFTS)
        else:
            self.run_soon(lambda: parking.clear_draft(self.desk), DRAFTS)
