"""The newcomer's form: name, year or ID number, card; Enter walks through it and takes them in."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.forms import Labelled, LineField, walk
from canteen_pos.ui.panel import SidePanel, narrow
from canteen_pos.ui.screens.enrol.presenter import EnrolPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text
from canteen_pos.ui.widgets.portrait import Portrait, ask_for_picture


class EnrolPanel(SidePanel):
    """Emits `done(Member)`; the main window hands the member to the till."""

    def __init__(self, desk: Desk, actor: Actor, card: str = "") -> None:
        super().__init__(tr("登记新人"))
        self.presenter = EnrolPresenter(desk, actor)
        self.name_field = LineField(tr("例如：王秀兰"))
        self.born_field = LineField(tr("1943 或 18 位身份证号"), pad="latin")
        self.card_field = LineField(tr("扫一下卡，或手输；可以以后再办"), pad="latin")
        self.phone_field = LineField(tr("可不填"), pad="count")
        self.card_field.setText(card)
        self._boxes = {
            "name": Labelled(tr("姓名"), self.name_field),
            "born": Labelled(tr("出生年、生日或身份证号"), self.born_field),
            "card": Labelled(tr("卡"), self.card_field),
            "phone": Labelled(tr("手机"), self.phone_field),
        }
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for box in self._boxes.values():
            column.addWidget(box)
        self.photo_button = KeyButton(tr("选照片"), "F2")
        self.photo_button.clicked.connect(lambda: self.take_photo(self._open_dialog()))
        self.photo_word = Text("", "quiet").wrapped()
        self.portrait = Portrait(36, 44)
        self.portrait.hide()
        beside = QHBoxLayout()
        beside.addWidget(self.photo_button)
        beside.addWidget(self.portrait)
        beside.addWidget(self.photo_word, 1)
        column.addLayout(beside)
        self.save_button = KeyButton(tr("登记"), "Enter", look="primary")
        self.save_button.clicked.connect(self.submit)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            Text(tr("身份证号加密保存，同一个号码不会登记两次。资格由经理在后台登记。"), "quiet").wrapped()
        )
        self.body.addWidget(narrow(form))
        self.body.addStretch(1)
        self.born_field.textChanged.connect(self._say_age)
        walk((self.name_field, self.born_field, self.card_field, self.phone_field), self.submit)

    def first_focus(self) -> QWidget:
        return self.name_field

    def scan(self, code: str) -> bool:
        self.card_field.setText(code)
        self._boxes["card"].say("")
        if self.card_field.hasFocus():
            self.phone_field.setFocus()  # one Enter is left
        return True

    def take_photo(self, path: str) -> None:
        """A picture file for the diner's card; '' leaves what was chosen, what is no picture is refused in place."""
        picture = self.presenter.take_photo(path)
        if picture is not None:
            self.portrait.show_picture(picture)
            self.portrait.show()
            self.photo_word.setText(Path(path).name)
        elif self.presenter.photo_problem:
            self.photo_word.setText(self.presenter.photo_problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.photo_button.click()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        member = self.presenter.enrol(
            self.name_field.text(),
            self.born_field.text(),
            self.card_field.text(),
            self.phone_field.text(),
        )
        problems = self.presenter.problems
        for name, box in self._boxes.items():
            box.say(next((problem for field, problem in problems.items() if field == name), ""))
        self.message.say(problems.get("all", ""))
        if member is not None:
            self.done.emit(member)
            return
        first_bad = next((box for name, box in self._boxes.items() if name in problems), None)
        if first_bad is not None:
            first_bad.field.setFocus()

    def _say_age(self, text: str) -> None:
        self._boxes["born"].say("")
        self._boxes["born"].note(self.presenter.born_note(text))

    def _open_dialog(self) -> str:
        return ask_for_picture(self)
