"""Forms about a person's record as a whole: leaving and coming back, erasing."""

from PySide6.QtWidgets import QWidget

from canteen_pos.domain.person import PersonStory
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.screens.people.doing import PersonDeeds
from canteen_pos.ui.widgets.labels import Text


class LeaveForm(Form):
    """Somebody moved away, died, does not come any more; or is back."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        self.back = one.left_on is not None
        title = tr("{name}回来了") if self.back else tr("{name}不来了")
        super().__init__(title.format(name=one.name), tr("确定"))
        self.deeds = deeds
        self.id = one.id
        self.day = DateField(deeds.today)
        self.day.set_day(deeds.today)
        self.why = Chips([(why, words.why_left_word(why)) for why in ("moved", "died", "returned", "other")])
        self.why.set_value("moved")
        if self.back:
            self.put(
                Text(tr("重新在册：余额和还有效的资格照旧；原来的卡不再用，请发一张新卡。"), "body").wrapped()
            )
            return
        self.add("day", tr("从哪天起不算"), self.day)
        self.add("why", tr("原因"), self.why)
        self.put(
            Text(
                tr("从这一天起不再享受补贴，也不能用卡；余额还在，可以退。以前的单据不变。"), "quiet"
            ).wrapped()
        )
        self.walk(self.day)

    def first_focus(self) -> QWidget:
        return self.save_button if self.back else self.day

    def save(self) -> object | None:
        if self.back:
            done = self.deeds.come_back()
        else:
            day = self.day.day()
            if day is None:
                self.show_problems({"day": self.day.problem() or tr("请写日期。")})
                return None
            done = self.deeds.leave(day, self.why.value())
        self.show_problems(self.deeds.problems)
        return self.id if done else None


class EraseForm(Form):
    """Forget who somebody is: what goes, what stays and for how long; the name typed means it."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        super().__init__(tr("删除{name}的资料").format(name=one.name), tr("删除"))
        self.deeds = deeds
        self.one = one
        for line in deeds.erase_lines():
            self.put(Text(line, "body").wrapped())
        self.name = LineField(one.name)
        self.add("name", tr("输入姓名表示确定"), self.name)
        self.walk(self.name)

    def first_focus(self) -> QWidget:
        return self.name

    def save(self) -> object | None:
        if self.name.text().strip() != self.one.name:
            self.show_problems({"name": tr("和姓名不一样，没有删除。")})
            return None
        done = self.deeds.erase()
        self.show_problems(self.deeds.problems)
        return self.one.name if done else None
