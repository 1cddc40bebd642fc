"""The settings section: pages at the left with what they say now, the chosen page at the right."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.panel import Scroll, SidePanel
from canteen_pos.ui.screens.settings import at_window
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.pages.backup import BackupPage
from canteen_pos.ui.screens.settings.pages.house import HousePage, MealsPage
from canteen_pos.ui.screens.settings.pages.key import KeyPage
from canteen_pos.ui.screens.settings.pages.machine import DrawerPage, MachinePage, ScalePage, ScannerPage
from canteen_pos.ui.screens.settings.pages.money import StoredValuePage, TendersPage
from canteen_pos.ui.screens.settings.pages.printers import PrintersPage
from canteen_pos.ui.screens.settings.pages.rules import PacksPage, WorkdaysPage
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.ui.widgets.labels import Card, Text
from canteen_pos.ui.widgets.rows import ListRow

LIST_WIDTH = 330
PAGE_WIDTH = 760
_PANEL_KEYS = {*(f"F{number}" for number in range(5, 13)), "Ctrl+Q", "Ctrl+D", "Esc"}


@dataclass(slots=True)
class _Entry:
    key: str
    word: str
    type: type[Page]
    make: Callable[[], Page]
    row: ListRow
    page: Page | None = None


class SettingsSection(Section):
    """A payload names a page ('backup'). `printer_panel` makes the till's own panel of printers."""

    def __init__(
        self,
        desk: Desk,
        actor: Actor,
        printer_panel: Callable[[], SidePanel],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.presenter = SettingsPresenter(desk, actor)
        self._printer_panel = printer_panel
        self.panel: SidePanel | None = None
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self.over = QStackedWidget()
        self._list = Card("side")
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list.installEventFilter(self)
        self._entries = [
            _Entry(key, word, kind, make, ListRow(word)) for key, word, kind, make in self._table()
        ]
        self._key = self._entries[0].key
        self._lay_out()
        self.show_page(self._key)

    # -- pages -------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self._entry(self._key).page
        assert page is not None
        return page

    @property
    def page_key(self) -> str:
        return self._key

    def page_keys(self) -> tuple[str, ...]:
        return tuple(entry.key for entry in self._entries)

    def show_page(self, key: str) -> None:
        """What was typed on the page before waits there."""
        entry = self._entry(key)
        if entry.page is None:
            entry.page = self._made(entry)
        elif not entry.page.unsaved:
            entry.page.load()
        self._key = key
        self.pages.setCurrentWidget(self.page)
        self._tell()
        self._scroll.ensureWidgetVisible(entry.row, 0, 8)

    def step(self, by: int) -> None:
        keys = self.page_keys()
        place = keys.index(self._key) + by
        self.show_page(keys[min(max(place, 0), len(keys) - 1)])

    # -- what the frame asks -----------------------------------------------------------------------------

    @property
    def form(self) -> Form | None:
        return None

    @property
    def unsaved(self) -> bool:
        return any(entry.page is not None and entry.page.unsaved for entry in self._entries)

    def first_focus(self) -> QWidget:
        return self.panel.first_focus() if self.panel is not None else self._list

    def go(self, payload: object) -> None:
        if payload in self.page_keys():
            self.show_page(str(payload))

    def reload(self) -> None:
        for entry in self._entries:
            if entry.page is not None and not entry.page.unsaved:
                entry.page.load()
        self._tell()

    def scan(self, code: str) -> bool:
        return self.panel is None and self.page.scan(code)

    def press(self, key: str) -> bool:
        """In the list arrows turn pages and Enter goes in; in a page Esc goes back to the list."""
        if self.panel is not None:
            return key in _PANEL_KEYS and self._to_panel(key)
        if key == "Esc":
            return self._escape()
        if key in ("Return", "Enter") and self._in_list():
            self._go_in()
            return True
        return self.page.press(key)

    # -- inside ------------------------------------------------------------------------------------------

    def _table(self) -> tuple[tuple[str, str, type[Page], Callable[[], Page]], ...]:
        p = self.presenter
        return (
            ("house", tr("食堂"), HousePage, lambda: HousePage(p)),
            ("meals", tr("餐次与营业日"), MealsPage, lambda: MealsPage(p)),
            ("tenders", tr("付款方式与收费"), TendersPage, lambda: TendersPage(p)),
            ("stored", tr("储值与积分"), StoredValuePage, lambda: StoredValuePage(p)),
            ("packs", tr("规则包"), PacksPage, lambda: PacksPage(p)),
            ("workdays", tr("工作日"), WorkdaysPage, lambda: WorkdaysPage(p)),
            (
                "machine",
                tr("本机与锁屏"),
                MachinePage,
                lambda: MachinePage(p, lambda: at_window.speak_anew(self)),
            ),
            (
                "printers",
                tr("小票机与厨房机"),
                PrintersPage,
                lambda: PrintersPage(p, self._open_panel, self.paper.emit),
            ),
            (
                "drawer",
                tr("钱箱与顾客屏"),
                DrawerPage,
                lambda: DrawerPage(p, lambda: at_window.show_display(self)),
            ),
            ("scale", tr("秤"), ScalePage, lambda: ScalePage(p)),
            ("scanner", tr("扫码枪"), ScannerPage, lambda: ScannerPage(p)),
            (
                "backup",
                tr("备份与恢复"),
                BackupPage,
                lambda: BackupPage(p, lambda file: at_window.restore(self, file)),
            ),
            ("key", tr("身份证号密钥"), KeyPage, lambda: KeyPage(p)),
        )

    def _entry(self, key: str) -> _Entry:
        return next(entry for entry in self._entries if entry.key == key)

    def _made(self, entry: _Entry) -> Page:
        page = entry.make()
        page.told.connect(self.said)
        page.changed.connect(self._tell)
        page.left.connect(lambda: self._dropped(page))
        page.saved.connect(lambda _: self._saved())
        page.leave_button.set_label(tr("返回列表"))
        self.pages.addWidget(page)
        return page

    def _dropped(self, page: Page) -> None:
        """Left by its button, which asks first: what was typed is given up."""
        if page.unsaved:
            page.unsaved = False
            page.show_problems({})
            page.load()
            self._tell()
        self._list.setFocus()

    def _saved(self) -> None:
        self._tell()
        self.said.emit(tr("已保存。"), "good")

    def _escape(self) -> bool:
        if self._in_list() or not self.page.isAncestorOf(QApplication.focusWidget() or self):
            return False
        self._list.setFocus()
        return True

    def _go_in(self) -> None:
        """As by Tab: what stands in the first field is replaced by typing."""
        self.page.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def _in_list(self) -> bool:
        return QApplication.focusWidget() is self._list

    def _tell(self) -> None:
        for entry in self._entries:
            detail = entry.type.summary(self.presenter)
            if entry.page is not None and entry.page.unsaved:
                unsaved = tr("没有保存")
                detail = f"{unsaved} · {detail}" if detail else unsaved
            entry.row.set_texts(entry.word, detail)
            entry.row.set_chosen(entry.key == self._key)

    # -- the panel of printers ---------------------------------------------------------------------------

    def _open_panel(self) -> None:
        panel = self._printer_panel()
        panel.closed.connect(self._close_panel)
        if hasattr(panel, "paper"):
            panel.paper.connect(self.paper)
        self.panel = panel
        self.over.addWidget(panel)
        self.over.setCurrentWidget(panel)
        panel.first_focus().setFocus()

    def _close_panel(self) -> None:
        if self.panel is None:
            return
        panel, self.panel = self.panel, None
        self.over.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.page.load()
        self._tell()
        self._list.setFocus()

    def _to_panel(self, key: str) -> bool:
        assert self.panel is not None
        control = (
            Qt.KeyboardModifier.ControlModifier if key.startswith("Ctrl+") else Qt.KeyboardModifier.NoModifier
        )
        name = {"Esc": "Escape"}.get(key, key.removeprefix("Ctrl+"))
        event = QKeyEvent(QEvent.Type.KeyPress, getattr(Qt.Key, f"Key_{name}"), control)
        self.panel.keyPressEvent(event)  # past the application, which would ask the frame again
        return True

    # -- Qt ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}
            if event.key() in moves:
                self.step(moves[Qt.Key(event.key())])
                return True
            if event.key() == Qt.Key.Key_Right:
                self._go_in()
                return True
        return False

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for entry in self._entries:
            entry.row.pressed.connect(lambda key=entry.key: self._pressed(key))
            column.addWidget(entry.row)
        column.addStretch(1)
        self._scroll = Scroll(self._list)
        left = QWidget()
        left.setFixedWidth(LIST_WIDTH)
        stack = QVBoxLayout(left)
        stack.setContentsMargins(14, 14, 14, 14)
        stack.setSpacing(10)
        stack.addWidget(Text(tr("设置"), "heading"))
        stack.addWidget(self._scroll, 1)
        self.hints = (tr("↑↓ 换页，Enter 进入，Esc 回到列表"),)
        self.pages.setMaximumWidth(PAGE_WIDTH)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.pages, 1)
        row.addStretch(0)
        self.over.addWidget(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.over)

    def _pressed(self, key: str) -> None:
        self.show_page(key)
        self._list.setFocus()
