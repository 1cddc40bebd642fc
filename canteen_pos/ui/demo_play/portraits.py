"""The till sits for its portraits: both sizes, themes and languages, with an order worth looking at."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt

from canteen_pos import i18n
from canteen_pos.services import parking
from canteen_pos.ui.demo_play.counter import Counter
from canteen_pos.ui.demo_play.hands import Stuck
from canteen_pos.ui.demo_play.lunch import WANG
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.shift.presenter import Page
from canteen_pos.ui.screens.shift.screen import ShiftPanel
from canteen_pos.ui.screens.till.presenter import TillPresenter

_K = Qt.Key


def sit(at: Counter) -> None:
    """An order on the screen, photographed from both sides of the counter, then paid."""
    hands, window = at.hands, at.window
    hands.ctrl(_K.Key_C, shift=True)
    at.expect(window.display and window.display.isVisible(), "the customer display")
    window.activateWindow()
    hands.scan(WANG)
    hands.key(_K.Key_Space)
    for typed in ("2*403", "201/", "501", "601"):
        hands.enter(typed)
    hands.key(_K.Key_PageDown)
    hands.wait(lambda: _kept(at), "the unfinished order is kept")
    at.pictures.in_every_dress(window, "till-zh")
    if window.display is not None:
        at.pictures.take(window.display, "customer-display")
    with in_english(at) as english:
        if english.till is not None:
            english.till.presenter.category(1)
            at.pictures.in_every_dress(english, "till-en")
            _asks(at, english, english.till.presenter)
            for panel in ("enrol", "top_up", "keys"):
                english.till.presenter.open_panel(panel)
                at.pictures.take(english, f"{panel.replace('_', '-')}-en")
        english.close_panel()
    at.charge("the order of the portraits")
    if window.display is not None:
        at.pictures.take(window.display, "customer-display-paid")


def _asks(at: Counter, english: MainWindow, till: TillPresenter) -> None:
    """The reasons, the cash strip and the diner's side in English; the order is paid at the first window."""
    till.why()
    at.pictures.take(english, "till-why-en")
    till.why()
    till.pay_cash()
    till.typed("50")
    at.pictures.take(english, "till-cash-en")
    till.escape()
    english.toggle_display()
    till.notify("")
    if english.display is not None:
        at.pictures.take(english.display, "customer-display-en")


def later(at: Counter) -> None:
    """What is worth seeing only after some trade, and the first pages, in English."""
    with in_english(at) as english:
        for panel in ("refund", "recent", "shift", "menu", "paper"):
            english.open_panel(panel)
            names = {"menu": "today", "paper": "printers"}
            at.pictures.take(english, f"{names.get(panel, panel)}-en")
            if isinstance(english.panel, ShiftPanel):
                english.panel.go(Page.COUNT)
                at.pictures.take(english, "count-en")
        english.close_panel()
        english.enter("demo")
        at.pictures.take(english, "sign-in-en")
        english.show_welcome()
        at.pictures.take(english, "welcome-en")


def _kept(at: Counter) -> bool:
    draft = at.till.presenter.draft
    return at.window.desk is not None and any(
        order.lines == draft.lines for order in parking.load_draft(at.window.desk)
    )


@contextmanager
def in_english(at: Counter) -> Iterator[MainWindow]:
    """A second window on the same till, as it would look after choosing English; the order on the first comes along."""
    house, actor = at.window.house, at.window.actor
    if house is None or actor is None:
        raise Stuck("nobody is at the till")
    i18n.set_language("en")
    window = MainWindow()
    try:
        window.resize(at.window.size())
        window.show()
        window.open_house(house, "demo")
        window.take_over(actor)
        yield window
    finally:
        i18n.set_language("zh")
        window.close()
        window.deleteLater()
        at.window.activateWindow()
        at.hands.settle()
