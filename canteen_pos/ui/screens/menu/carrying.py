"""A dish carried over the planner: into a cell, from cell to cell, with Ctrl as one more, back among the dishes."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from canteen_pos.ui.screens.menu.dragging import Ghost
from canteen_pos.ui.screens.menu.grid import WeekGrid
from canteen_pos.ui.screens.menu.presenter import WeekPresenter
from canteen_pos.ui.screens.menu.view import Place


class Carrying:
    """`pane` holds the dishes to plan with; `did` shows what came of a drop. A drop beside all of these changes nothing."""

    def __init__(
        self,
        over: QWidget,
        presenter: WeekPresenter,
        grid: WeekGrid,
        pane: QWidget,
        did: Callable[[], None],
    ) -> None:
        self._presenter, self._grid, self._pane, self._did = presenter, grid, pane, did
        self.ghost = Ghost(over)

    def carry(self, dish_id: int, point: QPoint) -> None:
        name = self._presenter.week.dishes[dish_id].name
        self.ghost.follow(f"＋ {name}" if _control_held() else name, point)
        self._grid.show_target(self._place(point))

    def drop_from_list(self, dish_id: int, point: QPoint) -> None:
        target = self._place(point)
        self.end()
        if target is not None:
            self._presenter.add(dish_id, target)
            self._did()
            self._grid.setFocus()

    def drop_from_grid(self, dish_id: int, point: QPoint) -> None:
        """Into another cell it moves, with Ctrl it stays, too; among the dishes it is taken off."""
        target = self._place(point)
        self.end()
        if target is not None:
            self._presenter.move(dish_id, self._presenter.place, target, copied=_control_held())
            self._did()
        elif self._pane.rect().contains(self._pane.mapFromGlobal(point)):
            self._presenter.remove(dish_id)
            self._did()

    def end(self) -> None:
        self.ghost.hide()
        self._grid.show_target(None)

    def _place(self, point: QPoint) -> Place | None:
        return self._grid.place_at(self._grid.mapFromGlobal(point).toPointF())


def _control_held() -> bool:
    return bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
