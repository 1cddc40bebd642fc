"""Coming in: the choice of a house, the house itself with its people at the door, and why it cannot be entered.

Imported with the window; what it needs of services comes after the first frame.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from canteen_pos import logs
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.i18n import tr
from canteen_pos.ui.beside import Beside
from canteen_pos.ui.house import House, HouseKind
from canteen_pos.ui.pages import Pages
from canteen_pos.ui.top_bar import Banner, TopBar

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk
    from canteen_pos.ui.screens.sign_in.screen import SignInScreen
    from canteen_pos.ui.screens.welcome.screen import WelcomeScreen

_log = logging.getLogger(__name__)


class Window(Protocol):
    """What coming in needs of the main window."""

    house: House | None
    desk: "Desk | None"
    kind: HouseKind
    welcome: "WelcomeScreen | None"
    sign_in: "SignInScreen | None"
    bar: TopBar
    banner: Banner
    pages: Pages
    beside: Beside
    tick: QTimer

    def leave_till(self) -> None: ...
    def enter(self, kind: HouseKind) -> None: ...
    def show_welcome(self) -> None: ...
    def take_over(self, actor: "Actor") -> None: ...
    def toggle_language(self) -> None: ...
    def show_page(self, page: QWidget) -> None: ...


def welcome(window: Window) -> None:
    """Try the demo, set up one's own, train."""
    from canteen_pos.ui.screens.welcome.screen import WelcomeScreen

    assert window.house is not None
    window.leave_till()
    window.pages.drop(window.welcome)
    window.welcome = WelcomeScreen(window.house)
    window.welcome.ready.connect(window.enter)
    window.welcome.language.connect(window.toggle_language)
    window.bar.set_name(tr("社区食堂收银"))
    window.bar.set_moment("", "")
    window.bar.set_printer(None)
    window.banner.set_text("")
    window.show_page(window.welcome)


def enter(window: Window, kind: HouseKind) -> None:
    """The house of that kind, at its sign-in screen."""
    from canteen_pos.services import demo_staff, settings_store
    from canteen_pos.ui import bar_words
    from canteen_pos.ui.screens.sign_in.screen import SignInScreen

    assert window.house is not None
    window.leave_till()
    window.beside.close()
    window.desk = window.house.desk(kind)
    window.kind = kind
    window.house.entered(kind)
    settings = settings_store.load(window.desk)
    window.bar.set_name(settings.name)
    window.banner.set_text(bar_words.banner(kind))
    window.pages.drop(window.sign_in)
    window.sign_in = SignInScreen(window.desk, demo_staff.PINS if settings.demo else None)
    window.sign_in.signed_in.connect(window.take_over)
    window.sign_in.welcome.connect(window.show_welcome)
    window.show_page(window.sign_in)
    window.tick.start()


@contextmanager
def telling(window: Window) -> Iterator[None]:
    """A refusal (a newer database, a damaged file) and a fault of ours are both said; the fault's details are logged."""
    try:
        yield
    except Refusal as refusal:
        _cannot(window, refusal)
    except Exception:  # noqa: BLE001 - a window that says 'opening…' for ever helps nobody
        _log.critical("the house could not be opened", exc_info=True)
        _cannot(window, refuse("machine.opening_failed", file=logs.where()))


def _cannot(window: Window, refusal: Refusal) -> None:
    """Say why, in place of everything else."""
    from canteen_pos.ui.saying import said

    window.tick.stop()
    window.leave_till()
    window.desk = None
    window.pages.say_trouble(said(refusal))
