"""The till on the screen: layout and signals; `TillPresenter` decides.

Left, what never moves: who eats, the order, the sum, the ways to pay. Right: the field, the dishes or what is asked,
one line for what there is to say, and the rest of the actions. The keyboard stays in the one field.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui import jobs
from canteen_pos.ui.pads import Fingers, letter_pad
from canteen_pos.ui.screens.till import keymap
from canteen_pos.ui.screens.till.actions import Actions, Categories, Eaters, NoticeLine, PayKeys
from canteen_pos.ui.screens.till.ask_panel import AskPanel
from canteen_pos.ui.screens.till.diner_card import DinerCard
from canteen_pos.ui.screens.till.order_list import OrderList
from canteen_pos.ui.screens.till.presenter import TillPresenter
from canteen_pos.ui.screens.till.sums_card import SumsCard
from canteen_pos.ui.screens.till.tile_grid import TileArea, TileGrid
from canteen_pos.ui.screens.till.view import AskView, Mood, TillView
from canteen_pos.ui.widgets.fields import SearchField
from canteen_pos.ui.widgets.letter_pad import LetterPad

LEFT_WIDTH = 418
LEFT_WIDTH_LARGE = 500
_LARGE_FROM = 1700
_TICK_MS = 30_000
_EDGE = 12


class TillScreen(QWidget):
    """`wants_panel(name, payload)` asks the window for a panel, 'keys' with the list of keys; `order_shown` carries a
    `view.ShownOrder` for the customer display after every change."""

    wants_panel = Signal(str, object)
    order_shown = Signal(object)
    pad_when_touched = False

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.presenter = TillPresenter(desk, actor, jobs.run, jobs.run_soon)
        self.field = SearchField()
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self.diner = DinerCard()
        self.eaters = Eaters()
        self.order = OrderList()
        self.sums = SumsCard()
        self.pay = PayKeys()
        self.categories = Categories()
        self.tiles = TileGrid()
        self.tile_area = TileArea(self.tiles)
        self.ask = AskPanel()
        self.pages = QStackedWidget()
        self.notice = NoticeLine()
        self.rest = Actions()
        self._fingers = Fingers(self)
        self.letters: LetterPad | None = None
        self._letters_wanted = False
        self._lay_out()
        self._connect()
        till = self.presenter
        self.destroyed.connect(till.leave)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(till.tick)
        self._tick.start()
        till.restore()

    # -- for the main window -------------------------------------------------------------------------

    def scan(self, code: str) -> None:
        """A card, payment code or voucher from the scanner."""
        self.presenter.scan(code)

    def not_typed(self, key: str) -> None:
        """The first key of a scan came as if typed: what it chose is undone."""
        self.presenter.not_typed(key)

    def press_cap(self, cap: str) -> None:
        """The key named on its cap, as if pressed; a cap that names no single key does nothing."""
        event = keymap.event_of(cap)
        if event is not None:
            keymap.press(self.presenter, event)

    def use_member(self, member_id: int) -> None:
        """Somebody found or enrolled in a panel eats now."""
        self.presenter.use_member(member_id)

    def reload(self) -> None:
        """Menu, parked orders and prices anew, after a panel changed something."""
        self.presenter.reload()

    def notify(self, text: str, kind: Mood = "quiet") -> None:
        """Say something in the quiet line."""
        self.presenter.notify(text, kind)

    @property
    def panel_left(self) -> int:
        """Where a panel over the right part may begin, so that the order stays in sight."""
        return _EDGE + self._left.width() + _EDGE

    # -- the screen ----------------------------------------------------------------------------------

    def show_view(self, view: TillView) -> None:
        """Show everything; each widget compares and does nothing when its part stayed the same."""
        self.diner.show_view(view.diner)
        self.eaters.show_eaters(view.eaters)
        self.order.show_rows(view.rows)
        self.sums.show_view(view.sums)
        self.pay.show_view(view.actions)
        self.categories.show_view(view.tiles, view.actions.serving)
        self.tiles.show_view(view.tiles)
        self.tile_area.follow(view.tiles.cursor)
        self.notice.show_view(view.notice)
        self.rest.show_view(view.actions)
        self._show_ask(view.ask)
        self._show_field(view.typed, view.ask)

    def _show_ask(self, ask: AskView | None) -> None:
        if ask:
            self.ask.show_view(ask)
        self.pages.setCurrentIndex(1 if ask else 0)
        self._show_letters(ask)

    def _show_field(self, typed: str, ask: AskView | None) -> None:
        if self.field.text() != typed:
            self.field.setText(typed)
        prompt = ask.prompt if ask else ""
        self.field.setPlaceholderText(prompt)
        self.field.set_hint(ask.hint if ask else tr("拼音首字母 · 编号 · 3* 份数 · 刷卡随时可刷"))
        self.field.set_masked(bool(ask and ask.masked))
        self.field.keep_ime_off(not (ask and ask.words))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.diner)
        left.addWidget(self.eaters)
        left.addWidget(self.order, 1)
        left.addWidget(self.sums)
        left.addWidget(self.pay)
        column = self._left = QWidget()
        column.setFixedWidth(LEFT_WIDTH)
        column.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self.pages.addWidget(self.tile_area)
        self.pages.addWidget(self.ask)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.field)
        right.addWidget(self.categories)
        right.addWidget(self.pages, 1)
        right.addWidget(self.notice)
        right.addWidget(self.rest)
        self._right = right
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.setSpacing(_EDGE)
        layout.addWidget(column)
        layout.addLayout(right, 1)

    # -- letters for fingers -------------------------------------------------------------------------

    def show_pad(self, field: QLineEdit) -> None:
        """Letters and digits in place of the rest of the actions, below what they find."""
        del field
        if self.letters is None:
            self.letters = letter_pad(self._fingers)
            self.letters.hide()
            self.letters.entered.connect(self._fingers.enter)
            self.letters.closed.connect(self.hide_pad)
            self._right.addWidget(self.letters)
        self._letters_wanted = True
        self._show_letters(self.presenter.view().ask)

    def hide_pad(self) -> None:
        self._letters_wanted = False
        self._show_letters(self.presenter.view().ask)

    def pad_shown(self) -> bool:
        return self._letters_wanted

    def _show_letters(self, ask: AskView | None) -> None:
        """An ask for a figure has a number pad of its own; one for words gives its number pad's room to the letters."""
        if self.letters is None:
            return
        shown = self._letters_wanted and (ask is None or ask.words)
        self.letters.set_kind("words" if ask and ask.words and not ask.numpad else "latin")
        going, coming = (self.rest, self.letters) if shown else (self.letters, self.rest)
        going.hide()  # first: both together would ask for more than the screen
        coming.show()
        self.ask.make_room(letters=shown)

    def _connect(self) -> None:
        till = self.presenter
        till.changed = self.show_view
        till.panel = self._panel
        till.shown = self.order_shown.emit
        self.field.textEdited.connect(till.typed)
        self.diner.pressed.connect(till.who)
        self.diner.photo_pressed.connect(lambda: till.open_panel("photo"))
        self.eaters.pressed.connect(till.eater)
        self.order.pressed.connect(till.choose)
        self.order.deed.connect(till.line_deed)
        self.sums.why_pressed.connect(till.why)
        self.tiles.pressed.connect(till.tile)
        self.tiles.held.connect(till.dish_changes)
        self.tiles.columns_changed.connect(self._columns)
        self.categories.chosen.connect(lambda place: till.category(to=place))
        self.categories.serving_pressed.connect(till.serving)
        self.ask.option_pressed.connect(till.option)
        self.ask.row_pressed.connect(till.row)
        self.ask.back_pressed.connect(till.escape)
        self.ask.entered.connect(till.enter)
        self.ask.typed.connect(lambda text: till.typed(till.text + text))
        self.ask.erased.connect(lambda: till.typed(till.text[:-1]))
        for key, work in (
            (self.pay.wallet, till.pay_wallet),
            (self.pay.cash, till.pay_cash),
            (self.pay.code, till.pay_code),
            (self.pay.more, till.pay_more),
            (self.rest.park, till.park),
            (self.rest.resume, till.resume),
            (self.rest.remove, till.remove),
            (self.rest.refund, lambda: till.open_panel("refund")),
            (self.rest.reprint, lambda: till.open_panel("recent")),
            (self.rest.keys, lambda: till.open_panel("keys")),
        ):
            key.clicked.connect(work)

    def _panel(self, name: str, payload: object) -> None:
        self.wants_panel.emit(name, keymap.words() if name == "keys" else payload)

    def _columns(self, columns: int) -> None:
        self.presenter.catalogue.columns = columns

    # -- Qt ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys reach the till before the field; what the till does not want is typed."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return keymap.press(self.presenter, event)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._left.setFixedWidth(LEFT_WIDTH_LARGE if event.size().width() >= _LARGE_FROM else LEFT_WIDTH)
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.field.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()
