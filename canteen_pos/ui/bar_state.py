"""The bar brought up to date: time, printer, who, the way to the office; and the backup that failed."""

from typing import TYPE_CHECKING, Protocol

from canteen_pos.ui.house import House
from canteen_pos.ui.top_bar import TopBar

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk


class Window(Protocol):
    """What the bar tells of. `at_work` is who works here now, None while the screen is locked."""

    bar: TopBar
    house: House | None
    desk: "Desk | None"

    @property
    def at_work(self) -> "Actor | None": ...
    @property
    def in_office(self) -> bool: ...


def refresh(window: Window) -> None:
    """Asked every few seconds and after what changes it."""
    from canteen_pos.ui import bar_words

    if window.desk is None or window.house is None:
        return
    window.bar.set_moment(*bar_words.moment(window.desk))
    window.bar.set_printer(*(window.house.printer_health(window.desk) or (None,)))
    actor = window.at_work
    window.bar.set_who(bar_words.who(window.desk, actor) if actor else "")
    cap = "F12" if window.in_office else "Ctrl F12"  # at the till F12 alone is the dish's, when one is chosen
    window.bar.set_office(bar_words.way(actor, in_office=window.in_office) if actor else "", cap)
    if actor is None:
        window.bar.set_backup("")


def tell_of_backup(window: Window) -> None:
    """Not with the rest: it reads the log, and nobody waits for it."""
    from canteen_pos.ui import bar_words

    if window.desk is not None and window.at_work is not None:
        window.bar.set_backup(*bar_words.backup(window.desk, window.at_work))
