"""Which panel belongs to which name, and what the window does when a panel is done. Imported after the first frame."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import quoting, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.refunding import RefundDone
from canteen_pos.services.wallets import TopUpDone
from canteen_pos.ui import drawer, window_keys
from canteen_pos.ui.house import House
from canteen_pos.ui.panel import SidePanel
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.enrol.screen import EnrolPanel
from canteen_pos.ui.screens.keys.screen import KeysPanel
from canteen_pos.ui.screens.menu_rights.screen import MenuRightsPanel
from canteen_pos.ui.screens.paper.screen import PaperPanel
from canteen_pos.ui.screens.photo.screen import PhotoPanel
from canteen_pos.ui.screens.printer_setup.screen import PrinterSetupPanel
from canteen_pos.ui.screens.recent.screen import RecentPanel
from canteen_pos.ui.screens.refund.screen import RefundPanel
from canteen_pos.ui.screens.shift.screen import ShiftPanel
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.screens.till.view import Mood
from canteen_pos.ui.screens.top_up.screen import TopUpPanel


class Window(Protocol):
    """What panels need of the main window."""

    house: House | None
    desk: Desk | None
    actor: Actor | None
    till: TillScreen | None

    def open_panel(self, name: str, payload: object = None) -> None: ...
    def close_panel(self) -> None: ...
    def refresh_bar(self) -> None: ...
    def switch_user(self) -> None: ...
    def hand_over(self, actor: Actor) -> None: ...
    def say(self, text: str, mood: Mood = "quiet") -> None: ...
    def tell(self, text: str, mood: Mood = "quiet") -> None: ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a panel is made and whom it serves. `payload` is what it was opened for."""

    window: Window
    desk: Desk
    actor: Actor
    house: House
    payload: object

    @property
    def word(self) -> str:
        """A payload that is a document's id or a card's number."""
        return self.payload if isinstance(self.payload, str) else ""


def make(window: Window, name: str, payload: object) -> SidePanel:
    """The panel of that name, connected to the window. KeyError for a name there is no panel for.

    Payloads: a member id for top_up; a document id for refund, recent and tender_correction; a card's number for enrol;
    the till's own keys for keys.
    """
    desk, actor, house = window.desk, window.actor, window.house
    if desk is None or actor is None or house is None:
        raise KeyError(name)
    return _MAKERS[name](_Place(window, desk, actor, house, payload))


def _refund(at: _Place) -> SidePanel:
    panel = RefundPanel(at.desk, at.actor, at.word)
    panel.done.connect(lambda done: _refunded(at.window, at.house, done))
    return panel


def _top_up(at: _Place) -> SidePanel:
    member_id = at.payload if isinstance(at.payload, int) else _at_the_till(at.window)
    panel = TopUpPanel(at.desk, at.actor, member_id)
    panel.done.connect(lambda done: _topped_up(at.window, at.house, panel, done))
    return panel


def _enrol(at: _Place) -> SidePanel:
    panel = EnrolPanel(at.desk, at.actor, card=at.word)
    panel.done.connect(lambda member: _enrolled(at.window, member))
    return panel


def _photo(at: _Place) -> SidePanel:
    panel = PhotoPanel(at.desk, at.actor, _at_the_till(at.window))
    panel.done.connect(lambda _: at.window.till.reload() if at.window.till else None)
    return panel


def _recent(at: _Place, *, correcting: bool = False) -> SidePanel:
    panel = RecentPanel(at.desk, at.actor, at.word, correcting=correcting)
    panel.paper.connect(at.house.paper_wanted)
    return panel


def _menu(at: _Place) -> SidePanel:
    meal = quoting.meal_now(at.desk.clock.now(), settings_store.load(at.desk))
    return MenuRightsPanel(at.desk, at.actor, *meal)


def _with_paper(at: _Place, panel: PaperPanel | PrinterSetupPanel) -> SidePanel:
    panel.paper.connect(at.house.paper_wanted)
    panel.done.connect(lambda _: at.window.refresh_bar())
    return panel


def _keys(at: _Place) -> SidePanel:
    panel = KeysPanel(at.payload)
    panel.pressed.connect(lambda cap: _by_finger(at.window, cap))
    return panel


def _by_finger(window: Window, cap: str) -> None:
    """A key pressed on the page of keys: the page goes, the window or the till does it."""
    window.close_panel()
    name = window_keys.named(cap)
    if name:
        window.open_panel(name)
    elif window.till:
        window.till.press_cap(cap)


def _at_the_till(window: Window) -> int | None:
    """Who eats the current order: most likely the one who tops up."""
    member = window.till.presenter.draft.member if window.till else None
    return member.id if member else None


def _shift(at: _Place) -> SidePanel:
    window, house = at.window, at.house
    panel = ShiftPanel(at.desk, at.actor)

    def changed(_: object) -> None:
        house.paper_wanted()
        window.refresh_bar()

    def opened(shift: object) -> None:
        if shift is not None and panel.presenter.closed is None:
            window.close_panel()
            window.say(tr("已开班，可以收款"), "good")

    def print_report(shift_id: int) -> None:
        from canteen_pos.services import print_queue

        print_queue.enqueue_shift_report(at.desk, shift_id)
        house.paper_wanted()

    panel.done.connect(changed)
    panel.done.connect(opened)
    panel.drawer_wanted.connect(lambda asked: drawer.kick(window, asked=asked))
    panel.print_report.connect(print_report)
    panel.locked.connect(window.switch_user)
    panel.handed_over.connect(window.hand_over)
    return panel


def _refunded(window: Window, house: House, done: RefundDone) -> None:
    house.paper_wanted()
    if any(tender == "cash" for tender, _ in done.by_tender) and window.desk is not None:
        drawer.kick(window)
    if window.till is not None:
        window.till.reload()


def _topped_up(window: Window, house: House, panel: TopUpPanel, done: TopUpDone) -> None:
    house.paper_wanted()
    member = panel.presenter.member
    window.close_panel()
    if window.till is None or member is None:
        return
    window.till.use_member(member.id)
    words = tr("已充值 {amount}，余额 {balance}")
    after_fen = done.balance_after_fen + done.bonus_after_fen
    said = words.format(amount=money(done.paid_fen), balance=money(after_fen))
    if done.bonus_fen:
        said += tr("，其中这次赠送 {amount}").format(amount=money(done.bonus_fen))
    if done.change_fen:
        said += tr("，找零 {amount}").format(amount=money(done.change_fen))
    window.say(said, "good")
    if panel.presenter.tender == "cash":
        drawer.kick(window)


def _enrolled(window: Window, member: Member) -> None:
    window.close_panel()
    if window.till is not None:
        window.till.use_member(member.id)
    window.say(tr("已登记 {name}，编号 {no}").format(name=member.name, no=member.member_no), "good")


_MAKERS: dict[str, Callable[[_Place], SidePanel]] = {
    "shift": _shift,
    "refund": _refund,
    "top_up": _top_up,
    "enrol": _enrol,
    "photo": _photo,
    "recent": _recent,
    "tender_correction": lambda at: _recent(at, correcting=True),
    "keys": _keys,
    "menu": _menu,
    "paper": lambda at: _with_paper(at, PaperPanel(at.desk, at.actor)),
    "printer_setup": lambda at: _with_paper(at, PrinterSetupPanel(at.desk, at.actor)),
}
NAMES = tuple(_MAKERS)
