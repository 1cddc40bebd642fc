"""Putting a backup in place of the books while the window stands: everything given back, the house entered anew."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QTimer

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.ui import jobs
from canteen_pos.ui.house import HouseKind
from canteen_pos.ui.top_bar import Banner


@runtime_checkable
class Restorer(Protocol):
    """A house that can: `labels` of the new series come back. Refusal 'backup.*'."""

    def restore(self, backup: Path) -> Sequence[str]: ...


class Window(Protocol):
    """The window whose books are to be put back."""

    kind: HouseKind
    banner: Banner

    def leave_till(self) -> None: ...
    def enter(self, kind: HouseKind) -> None: ...


def restore(window: Window, house: object, file: Path) -> str:
    """'' when it is under way: it is done when the present key press is over, for it takes the page itself away."""
    if window.kind != "canteen" or not isinstance(house, Restorer):
        return tr("演示和训练不恢复备份：请先进入自己的食堂。")
    QTimer.singleShot(0, lambda: _now(window, house, file))
    return ""


def _now(window: Window, house: Restorer, file: Path) -> None:
    from canteen_pos.ui.saying import said

    jobs.wait_all()
    window.leave_till()
    try:
        labels = house.restore(file)
        sentence = tr("备份已恢复，单号从现在起是 {labels}").format(labels=tr("、").join(labels))
    except Refusal as refusal:
        sentence = tr("没有恢复，原来的数据没有动：{why}").format(why=said(refusal))
    window.enter("canteen")
    window.banner.set_text(sentence)
