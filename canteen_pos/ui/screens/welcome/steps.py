"""The steps of 'set up mine': each shows its fields and writes them into the answers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.forms import Labelled, LineField, PinField, walk
from canteen_pos.ui.panel import Scroll
from canteen_pos.ui.saying import period_word, titled
from canteen_pos.ui.screens.welcome.presenter import Answers, PackChoice
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text
from canteen_pos.ui.widgets.rows import ListRow

_ROW_KEYS = "1234567890"


class StepPage(QWidget):
    """`finished` on Enter in the last field."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.boxes: dict[str, Labelled] = {}

    def first(self) -> QWidget:
        return next(iter(self.boxes.values())).field if self.boxes else self

    def write(self, answers: Answers) -> None:
        """Put what stands in the fields into `answers`."""

    def say(self, problems: dict[str, str]) -> None:
        """A sentence below each field that needs one; the first such field gets the focus."""
        for name, box in self.boxes.items():
            box.say(problems.get(name, ""))
        bad = next((box for name, box in self.boxes.items() if name in problems), None)
        if bad is not None:
            bad.field.setFocus()

    def _box(self, name: str, word: str, field: LineField, note: str = "") -> Labelled:
        self.boxes[name] = Labelled(word, field, note)
        return self.boxes[name]


class PlacePage(StepPage):
    """Name, place, till."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.name = LineField(tr("例如：粮丰社区食堂"))
        self.city, self.district, self.town = (
            LineField(tr("成都市")),
            LineField(tr("锦江区")),
            LineField(tr("某某街道")),
        )
        self.till = LineField(tr("1 号收银台"))
        for field, text in (
            (self.name, answers.name),
            (self.city, answers.city),
            (self.district, answers.district),
            (self.town, answers.town),
            (self.till, answers.till),
        ):
            field.setText(text)
        self.column.addWidget(self._box("name", tr("食堂名称（印在小票上）"), self.name))
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, word, field in (
            ("city", tr("市"), self.city),
            ("district", tr("区县"), self.district),
            ("town", tr("街道、镇"), self.town),
        ):
            row.addWidget(self._box(name, word, field), 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(Text(tr("补贴规则按户籍和居住地判断，写户口簿上的叫法。"), "quiet").wrapped())
        self.column.addWidget(self._box("till", tr("这台收银机叫什么"), self.till))
        self.column.addStretch(1)
        walk((self.name, self.city, self.district, self.town, self.till), self.finished.emit)

    def write(self, answers: Answers) -> None:
        answers.name = self.name.text()
        answers.city, answers.district, answers.town = (
            self.city.text(),
            self.district.text(),
            self.town.text(),
        )
        answers.till = self.till.text()


class PeriodsPage(StepPage):
    """From when to when each meal is served; an empty row is a meal that is not."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._fields: dict[str, tuple[LineField, LineField]] = {}
        self.column.addWidget(Text(tr("不供应的一餐，把时间清空。"), "quiet"))
        order: list[LineField] = []
        for code, (start, end) in answers.periods.items():
            begins, ends = LineField(pad="latin"), LineField(pad="latin")
            begins.setText(start)
            ends.setText(end)
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(begins)
            row.addWidget(Text("—", "quiet"))
            row.addWidget(ends)
            self._fields[code] = (begins, ends)
            self.boxes[code] = Labelled(titled(period_word(code)), pair)
            pair.setFocusProxy(begins)
            self.column.addWidget(self.boxes[code])
            order += [begins, ends]
        self.column.addStretch(1)
        walk(order, self.finished.emit)

    def first(self) -> QWidget:
        return next(iter(self._fields.values()))[0]

    def write(self, answers: Answers) -> None:
        answers.periods = {code: (one.text(), other.text()) for code, (one, other) in self._fields.items()}


class ManagerPage(StepPage):
    """The first manager."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.manager = LineField(tr("例如：陈经理"))
        self.manager.setText(answers.manager)
        self.pin, self.again = PinField(tr("4 到 8 位数字")), PinField(tr("再输一次"))
        self.column.addWidget(self._box("manager", tr("经理姓名"), self.manager))
        self.column.addWidget(
            self._box("pin", tr("密码"), self.pin, tr("退款、改价时也用它在收银台当场确认，请记牢。"))
        )
        self.column.addWidget(self._box("pin_again", tr("再输一次密码"), self.again))
        self.column.addStretch(1)
        walk((self.manager, self.pin, self.again), self.finished.emit)

    def write(self, answers: Answers) -> None:
        answers.manager, answers.pin, answers.pin_again = (
            self.manager.text(),
            self.pin.text(),
            self.again.text(),
        )


class RulesPage(StepPage):
    """Which rule packs are in force; none is an answer too."""

    def __init__(self, answers: Answers, choices: Sequence[PackChoice]) -> None:
        super().__init__()
        self.column.addWidget(
            Text(
                tr("按数字键或点一下选用，可以不选，以后再改。样例来自公开文件，用前请对照本地通知。"),
                "quiet",
            ).wrapped()
        )
        self._chosen = set(answers.packs)
        self._choices = tuple(choices)
        self._rows: list[ListRow] = []
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for place, choice in enumerate(self._choices):
            row = ListRow("", "", "", "")
            row.pressed.connect(lambda place=place: self.toggle(place))
            column.addWidget(row)
            self._rows.append(row)
            self._render(place, choice)
        column.addStretch(1)
        self.column.addWidget(Scroll(card), 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def toggle(self, place: int) -> None:
        """Take a pack or leave it."""
        if not 0 <= place < len(self._choices):
            return
        self._chosen ^= {self._choices[place].id}
        self._render(place, self._choices[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text in _ROW_KEYS:
            self.toggle(_ROW_KEYS.index(text))
            return
        super().keyPressEvent(event)

    def write(self, answers: Answers) -> None:
        answers.packs = [choice.id for choice in self._choices if choice.id in self._chosen]

    def _render(self, place: int, choice: PackChoice) -> None:
        taken = choice.id in self._chosen
        key = _ROW_KEYS[place] if place < len(_ROW_KEYS) else " "
        self._rows[place].set_texts(choice.title, choice.source, tr("✓ 选用") if taken else "", key)
        self._rows[place].set_chosen(taken)


class ImportPage(StepPage):
    """Menu and people from a workbook: a template to download, exact errors by cell, all or nothing."""

    template_wanted = Signal()
    file_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, rows: Sequence[str], *, ready: bool) -> None:
        super().__init__()
        self.column.addWidget(
            Text(tr("食堂已经建好。菜单和就餐人可以从表格一次导入，也可以以后再做。"), "body").wrapped()
        )
        template = KeyButton(tr("下载模板"), "F2")
        template.clicked.connect(self.template_wanted)
        choose = KeyButton(tr("选填好的表格"), "F3")
        choose.clicked.connect(self.file_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(template)
        row.addWidget(choose)
        self.bring = KeyButton(tr("导入"), "F4", look="primary")
        self.bring.clicked.connect(self.import_wanted)
        if not ready:
            self.bring.hide()  # showing it before it has a parent would open a window
        row.addWidget(self.bring)
        row.addStretch(1)
        self.column.addLayout(row)
        if rows:
            card = Card()
            inside = QVBoxLayout(card)
            for text in rows:
                inside.addWidget(Text(text, "body").wrapped())
            inside.addStretch(1)
            self.column.addWidget(Scroll(card), 1)
        else:
            self.column.addStretch(1)
