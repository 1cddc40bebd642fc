"""The week planner: the grid, the dishes to plan with at the right, below them what is known of the chosen one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.screens.menu.carrying import Carrying
from canteen_pos.ui.screens.menu.dish_list import ROW
from canteen_pos.ui.screens.menu.forms import CopyForm, PaperForm, SuggestForm
from canteen_pos.ui.screens.menu.grid import WeekGrid
from canteen_pos.ui.screens.menu.head import WeekHead
from canteen_pos.ui.screens.menu.presenter import WeekPresenter
from canteen_pos.ui.screens.menu.side import Side
from canteen_pos.ui.screens.menu.view import Place
from canteen_pos.ui.widgets.labels import Card, Text

_SIDE = 292


class WeekSection(Section):
    """Arrows walk the grid; letters find a dish and Enter puts it there; Tab chooses a dish, figures plan its portions."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = WeekPresenter(desk, actor)
        self.grid = WeekGrid()
        self.side = Side()
        self.head = WeekHead(self)
        self.warned = Text("", "body").wrapped()
        self._warning = Card("notice")
        self._form: Form | None = None
        self._pane = QStackedWidget()
        self._pane.setObjectName("story")
        self._lay_out()
        self.carrying = Carrying(self, self.presenter, self.grid, self._pane, self._did)
        self._connect()
        self._keys_of_the_section()
        self.show_all()

    # -- what the frame asks -----------------------------------------------------------------------------

    @property
    def form(self) -> Form | None:
        return self._form

    def reload(self) -> None:
        self.presenter.reload()
        self.show_all()

    def first_focus(self) -> QWidget:
        return self._form.first_focus() if self._form else self.grid

    def press(self, key: str) -> bool:
        """A field keeps its own Ctrl+C; Esc goes from a field back to the grid first."""
        if self._form is None:
            in_field = isinstance(QApplication.focusWidget(), QLineEdit)
            if in_field and key in ("Ctrl+C", "Ctrl+V", "Ctrl+Z", "Ctrl+X"):
                return False
            if key == "Esc" and (self.grid.let_go() or self.side.dishes.let_go()):
                self.carrying.end()
                return True
            if key == "Esc" and in_field:
                self.side.search.clear()
                self.grid.setFocus()
                self.show_all()
                return True
        return super().press(key)

    # -- showing -----------------------------------------------------------------------------------------

    def show_all(self) -> None:
        state = self.presenter
        self.head.show_week(state.title, state.which)
        self.grid.show_view(state.view())
        warnings = state.warnings()
        more = tr("（还有 {count} 条）").format(count=len(warnings) - 2) if len(warnings) > 2 else ""
        self.warned.setText("⚠ " + "  ".join(warnings[:2]) + more if warnings else "")
        self._warning.setVisible(bool(warnings))
        self.side.show_state(state)

    def say(self) -> None:
        """What the last step did, or why not."""
        state = self.presenter
        if state.problem:
            self.said.emit(state.problem, "notice")
        elif state.notice:
            self.said.emit(state.notice, "good")
        state.problem = state.notice = ""

    # -- steps -------------------------------------------------------------------------------------------

    def _step(self, right: int, down: int) -> None:
        self.presenter.step(right, down)
        self.show_all()

    def _pick(self, place: object, dish_id: object) -> None:
        if isinstance(place, Place):
            self.presenter.go(place, dish_id if isinstance(dish_id, int) else None)
            self.show_all()

    def _next_dish(self, by: int) -> None:
        self.presenter.step_dish(by)
        self.show_all()

    def _did(self, _: object = None) -> None:
        """After any change: shown anew and said."""
        self.show_all()
        self.say()

    def _typed(self, text: str) -> None:
        """Figures are portions of the chosen dish, all else looks for a dish."""
        if text.isdigit() and self.presenter.chosen is not None:
            self.side.planned.setText(text)
            self.side.planned.setFocus()
        else:
            self.side.search.setFocus()
            self.side.search.setText(text)

    def _add(self, dish_id: int) -> None:
        if not dish_id:
            self.said.emit(tr("没有这样的菜。"), "notice")
            return
        self.presenter.add(dish_id)
        self.side.search.clear()
        self._did()
        self.grid.setFocus()

    def _week(self, by: int) -> None:
        self.presenter.go_week(by)
        self.show_all()

    def _set_planned(self) -> None:
        text = self.side.planned.text().strip()
        if text and not text.isdigit():
            self.said.emit(tr("份数要写整数。"), "notice")
            return
        self.presenter.set_planned(int(text) if text else None)
        self._did()
        self.grid.setFocus()

    def _set_price(self) -> None:
        if self.side.price.unreadable:
            self.said.emit(self.side.price.problem(), "notice")
            return
        self.presenter.set_price(self.side.price.fen())
        self._did()
        self.grid.setFocus()

    def _enter(self) -> None:
        if self.presenter.chosen is None:
            self._next_dish(1)
        else:
            self.side.planned.setFocus()
            self.side.planned.selectAll()

    def _copy(self) -> None:
        self.presenter.copy()
        self._did()

    def _toggle_all(self) -> None:
        self.presenter.show_all = not self.presenter.show_all
        self.show_all()

    # -- forms -------------------------------------------------------------------------------------------

    def open_copy(self) -> None:
        self._open(CopyForm(self.presenter))

    def open_suggestions(self) -> None:
        found = self.presenter.suggested()
        if found:
            self._open(SuggestForm(self.presenter, found))
        self.say()

    def open_paper(self) -> None:
        self._open(PaperForm(self.presenter, Path.home()))

    def _open(self, form: Form) -> None:
        self._close()
        self._form = form
        self._pane.addWidget(form)
        self._pane.setCurrentWidget(form)
        form.left.connect(self._close)
        form.saved.connect(self._saved)
        form.first_focus().setFocus()

    def _saved(self, _: object) -> None:
        self._close()
        self._did()

    def _close(self) -> None:
        if self._form is None:
            return
        form, self._form = self._form, None
        self._pane.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.grid.setFocus()

    # -- making it ---------------------------------------------------------------------------------------

    def _keys_of_the_section(self) -> None:
        state = self.presenter
        self.on("PgUp", lambda: self._week(-1))
        self.on("PgDown", lambda: self._week(1))
        self.on("Home", lambda: self._week(0))
        self.on("F5", self.open_copy)
        self.on("F6", lambda: self._did(state.set_closed()))
        self.on("F7", self.open_suggestions)
        self.on("F8", self._toggle_all)
        self.on("F9", lambda: self._did(state.take_suggestion()))
        self.on("Ctrl+P", self.open_paper)
        self.on("Ctrl+C", self._copy)
        self.on("Ctrl+V", lambda: self._did(state.paste()))
        self.on("Ctrl+Z", lambda: self._did(state.undo()))
        self.on("Ctrl+Y", lambda: self._did(state.redo()))

    def _connect(self) -> None:
        state, grid, side = self.presenter, self.grid, self.side
        head = self.head
        head.week.connect(self._week)
        head.copying.connect(self.open_copy)
        head.suggesting.connect(self.open_suggestions)
        head.printing.connect(self.open_paper)
        grid.went.connect(self._step)
        grid.picked.connect(self._pick)
        grid.next_dish.connect(self._next_dish)
        grid.typed.connect(self._typed)
        grid.removed.connect(lambda: self._did(state.remove()))
        grid.cleared.connect(lambda: self._did(state.clear()))
        grid.entered.connect(self._enter)
        grid.carried.connect(self.carrying.carry)
        grid.dropped.connect(self.carrying.drop_from_grid)
        side.dishes.carried.connect(self.carrying.carry)
        side.dishes.dropped.connect(self.carrying.drop_from_list)
        side.dishes.taken.connect(self._add)
        side.wanted.connect(self._add)
        side.search.textChanged.connect(lambda _: side.show_state(state))
        side.dishes.moved.connect(lambda place: side.see(place * ROW))
        side.planned.entered.connect(self._set_planned)
        side.price.entered.connect(self._set_price)
        side.suggest.clicked.connect(lambda: self._did(state.take_suggestion()))

    def _lay_out(self) -> None:
        warning = QHBoxLayout(self._warning)
        warning.setContentsMargins(12, 6, 12, 6)
        warning.addWidget(self.warned)
        self.hints = (
            tr("PgUp、PgDn 换周"),
            tr("字母找菜"),
            tr("Tab 选菜"),
            tr("数字填份数"),
            tr("Del 撤下"),
            tr("Ctrl C、V 复制"),
            tr("Ctrl Z、Y 撤回、重做"),
            tr("F6 休息"),
            tr("F8 全部显示"),
        )
        left = QVBoxLayout()
        left.setContentsMargins(14, 12, 14, 12)
        left.setSpacing(8)
        left.addWidget(self.head)
        left.addWidget(self.grid, 1)
        left.addWidget(self._warning)
        holder = Card("side")
        holder.setFixedWidth(_SIDE)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(1, 0, 0, 0)
        self._pane.addWidget(self.side)
        inside.addWidget(self._pane)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(holder)
        self.grid.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
