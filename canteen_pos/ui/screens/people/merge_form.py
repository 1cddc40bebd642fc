"""Two records of one person become one: find the other, see what moves, confirm."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from canteen_pos.domain.person import PersonStory
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.panel import clear
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.screens.people.doing import PersonDeeds
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text


class MergeForm(Form):
    """`saved` carries the record that stays."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        super().__init__(tr("把另一份档案并进{name}").format(name=one.name), tr("合并"))
        self.deeds = deeds
        self.one = one
        self.other: int | None = None
        self.look = LineField(tr("姓名、拼音、电话、卡号、编号，随便输入"))
        self.add("other", tr("另一份档案"), self.look)
        self.found = QWidget()
        self._found = QVBoxLayout(self.found)
        self._found.setContentsMargins(0, 0, 0, 0)
        self._found.setSpacing(6)
        self.put(self.found)
        self.which = Chips(())
        self.add("keep", tr("留下哪一份"), self.which)
        self.preview = Card()
        self._preview = QVBoxLayout(self.preview)
        self._preview.setContentsMargins(12, 10, 12, 10)
        self.put(self.preview)
        self.boxes["keep"].hide()
        self.preview.hide()
        self.save_button.setEnabled(False)
        self.look.textEdited.connect(lambda _: self._search())
        self.look.entered.connect(self._take_first)
        self.which.picked.connect(lambda _: self._show_preview())

    def save(self) -> object | None:
        if self.other is None:
            self.show_problems({"other": tr("先找到另一份档案，看清要动什么。")})
            return None
        keep, drop = self._pair()
        done = self.deeds.merge(keep, drop)
        self.show_problems(self.deeds.problems)
        return keep if done else None

    def choose(self, person_id: int) -> None:
        """The other record."""
        self.other = person_id
        other = self.deeds.known(person_id)
        if other is None:
            self.show_problems(self.deeds.problems)
            return
        clear(self._found)
        self.which.set_choices(
            [(str(each.id), f"{each.name} {each.member_no}") for each in (self.one, other)]
        )
        self.which.set_value(str(self.one.id))
        self.boxes["keep"].show()
        self._show_preview()

    def _search(self) -> None:
        clear(self._found)
        found = self.deeds.others(self.look.text())
        for row in found:
            age = "" if row.age is None else tr("{age} 岁").format(age=row.age)
            parts = (row.name, age, row.member_no, row.card)
            button = KeyButton(words.DOT.join(part for part in parts if part))
            button.clicked.connect(lambda _=False, person=row.id: self.choose(person))
            self._found.addWidget(button)
        if self.look.text().strip() and not found:
            self._found.addWidget(Text(tr("没有符合的人。"), "quiet"))

    def _take_first(self) -> None:
        found = self.deeds.others(self.look.text())
        if found:
            self.choose(found[0].id)

    def _pair(self) -> tuple[int, int]:
        assert self.other is not None
        keep = int(self.which.value())
        return keep, self.other if keep == self.one.id else self.one.id

    def _show_preview(self) -> None:
        lines = self.deeds.merge_preview(*self._pair())
        clear(self._preview)
        for line in lines:
            self._preview.addWidget(Text(line, "body").wrapped())
        self.show_problems(self.deeds.problems)
        self.preview.setVisible(bool(lines))
        self.save_button.setEnabled(bool(lines))
        self.touch()
