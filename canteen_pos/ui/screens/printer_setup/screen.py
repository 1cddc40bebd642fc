"""The panel behind the printers' panel: add a printer, say where it is, turn its settings with keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.forms import Labelled, LineField, walk
from canteen_pos.ui.panel import SidePanel
from canteen_pos.ui.picker import Picker, Row
from canteen_pos.ui.screens.printer_setup.presenter import PrinterSetupPresenter
from canteen_pos.ui.widgets.keys import KeyButton


class PrinterSetupPanel(SidePanel):
    """`paper` when a test page was queued or a printer was added: the worker should look."""

    paper = Signal()

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(tr("小票机设置"))
        self.presenter = PrinterSetupPresenter(desk, actor)
        self.picker = Picker("", tr("还没有小票机"))
        self.picker.search.hide()
        self.name = LineField(tr("前台小票机"))
        self.address = LineField("192.168.1.50", pad="latin")
        state = self.presenter
        self.new = KeyButton(tr("添加"), "F5")
        self.role = KeyButton("", "F6")
        self.columns = KeyButton("", "F7")
        self.test = KeyButton(tr("测试页"), "F8")
        self.cut = KeyButton(tr("切纸"), "F9", look="tab")
        self.status = KeyButton(tr("回报状态"), "F10", look="tab")
        self.fs_size = KeyButton("FS !", "F11", look="tab")
        self.encoding = KeyButton("GB18030", "F12", look="tab")
        self.qr = KeyButton(tr("自带二维码"), "Ctrl+Q", look="tab")
        self.retire = KeyButton(tr("停用"), "Ctrl+D")
        self.save = KeyButton(tr("保存"), "Enter", look="primary")
        self._keys: dict[Qt.Key, KeyButton] = {
            Qt.Key.Key_F5: self.new,
            Qt.Key.Key_F6: self.role,
            Qt.Key.Key_F7: self.columns,
            Qt.Key.Key_F8: self.test,
            Qt.Key.Key_F9: self.cut,
            Qt.Key.Key_F10: self.status,
            Qt.Key.Key_F11: self.fs_size,
            Qt.Key.Key_F12: self.encoding,
        }
        self._with_control = {Qt.Key.Key_Q: self.qr, Qt.Key.Key_D: self.retire}
        for button, turn in (
            (self.role, state.turn_role),
            (self.columns, state.turn_columns),
            (self.cut, state.turn_cut),
            (self.status, state.turn_status),
            (self.fs_size, state.turn_fs_size),
            (self.encoding, state.turn_encoding),
            (self.qr, state.turn_qr),
        ):
            button.clicked.connect(lambda _=False, turn=turn: self._turn(turn))
        self.new.clicked.connect(self._new)
        self.test.clicked.connect(lambda: self._done(self.presenter.test_page()))
        self.retire.clicked.connect(lambda: self._done(self.presenter.retire()))
        self.save.clicked.connect(self._save)
        self.picker.chosen.connect(self._choose)
        walk((self.name, self.address), self._save)
        self._lay_out()
        self._fill()

    def first_focus(self) -> QWidget:
        return self.name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self._keys
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            keys = self._with_control
        button = keys.get(Qt.Key(event.key()))
        if button is not None:
            button.click()
        else:
            super().keyPressEvent(event)

    def _keep_typed(self) -> None:
        self.presenter.keep(self.name.text(), self.address.text())

    def _turn(self, turn: Callable[[], None]) -> None:
        self._keep_typed()
        turn()
        self._fill()

    def _new(self) -> None:
        self.presenter.new()
        self._fill()
        self.name.setFocus()

    def _choose(self, key: str) -> None:
        self.presenter.choose(int(key))
        self._fill()

    def _save(self) -> None:
        self._done(self.presenter.save(self.name.text(), self.address.text()))

    def _done(self, worked: bool) -> None:
        self._fill()
        if worked:
            self.paper.emit()
            self.done.emit(None)

    def _fill(self) -> None:
        state, form, paper = self.presenter, self.presenter.form, self.presenter.form.paper
        self.picker.set_rows(
            [Row(str(one.printer_id), one.name, one.address) for one in state.printers],
            str(form.printer_id or ""),
        )
        self.name.setText(form.name)
        self.name.setReadOnly(form.printer_id is not None)
        self.address.setText(form.address)
        self.role.set_label(tr("打小票") if form.role == "receipt" else tr("打厨房单"))
        self.role.setEnabled(form.printer_id is None)
        self.columns.set_label(tr("{mm} 毫米，{columns} 列").format(mm=paper.roll_mm, columns=paper.columns))
        for button, on in (
            (self.cut, paper.cut),
            (self.status, paper.status),
            (self.fs_size, paper.fs_size),
            (self.encoding, paper.encoding == "gb18030"),
            (self.qr, paper.qr == "native"),
        ):
            button.setChecked(on)
        self.test.setEnabled(form.printer_id is not None)
        self.retire.setEnabled(form.printer_id is not None)
        self.message.say(state.problem, state.notice)

    def _lay_out(self) -> None:
        form = QWidget()
        form.setFixedWidth(360)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Labelled(tr("名称"), self.name))
        where = tr("网络地址，或 usb:0416:5011、COM3、/dev/usb/lp0、queue:名称、virtual")
        column.addWidget(Labelled(tr("接在哪里"), self.address, where))
        grid = QGridLayout()
        grid.setSpacing(8)
        switches = (self.role, self.columns, self.cut, self.status, self.fs_size, self.encoding, self.qr)
        for place, button in enumerate(switches):
            grid.addWidget(button, place // 2, place % 2)
        column.addLayout(grid)
        last = QHBoxLayout()
        last.setSpacing(8)
        for button in (self.save, self.test, self.retire):
            last.addWidget(button)
        column.addLayout(last)
        column.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.picker, 1)
        left.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addWidget(form)
        self.body.addLayout(row, 1)
