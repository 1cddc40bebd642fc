"""Putting a backup in place of the books while the window stands: everything given back, the house entered anew."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QTimer

from canteen_pos import logs
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.i18n import tr
from canteen_pos.ui import jobs
from canteen_pos.ui.house import HouseKind
from canteen_pos.ui.pages import Pages
from canteen_pos.ui.top_bar import Banner, TopBar

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk
    from canteen_pos.ui.screens.sign_in.screen import SignInScreen

_log = logging.getLogger(__name__)


@runtime_checkable
class Restorer(Protocol):
    """A house that can: `labels` of the new series come back. Refusal 'backup.*'."""

    def restore(self, backup: Path, by: str) -> Sequence[str]: ...


class Window(Protocol):
    """The window whose books are to be put back."""

    kind: HouseKind
    actor: "Actor | None"
    desk: "Desk | None"
    sign_in: "SignInScreen | None"
    bar: TopBar
    banner: Banner
    pages: Pages
    tick: QTimer

    def leave_till(self) -> None: ...
    def enter(self, kind: HouseKind) -> None: ...


def restore(window: Window, house: object, file: Path) -> str:
    """'' when it is under way: it begins when the present key press is over, for it takes the page itself away."""
    if window.kind != "canteen" or not isinstance(house, Restorer):
        return tr("演示和训练不恢复备份：请先进入自己的食堂。")
    QTimer.singleShot(0, lambda: _now(window, house, file))
    return ""


def _now(window: Window, house: Restorer, file: Path) -> None:
    from canteen_pos.ui.saying import said

    by = window.actor.name if window.actor else ""
    jobs.wait_all()
    window.tick.stop()
    window.leave_till()
    window.pages.drop(window.sign_in)
    window.sign_in = window.desk = None
    window.banner.set_text("")
    window.bar.set_printer(None)
    window.bar.set_office("")
    window.pages.say_wait(tr("正在恢复备份，先逐张核对单据，请不要关机…"))

    def entered(sentence: str) -> None:
        window.enter("canteen")
        window.banner.set_text(sentence)

    def restored(labels: Sequence[str]) -> None:
        entered(tr("备份已恢复，单号从现在起是 {labels}").format(labels=tr("、").join(labels)))

    def failed(error: Exception) -> None:
        if not isinstance(error, Refusal):
            _log.critical("restoring failed", exc_info=error)
            error = refuse("machine.restoring_failed", file=logs.where())
        entered(tr("没有恢复，原来的数据没有动：{why}").format(why=said(error)))

    jobs.run(lambda: house.restore(file, by), restored, failed)
