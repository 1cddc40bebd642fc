"""Forms of the staff section: a colleague's name and role, and a PIN typed twice."""

from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.staff import Colleague
from canteen_pos.ui.forms import LineField, PinField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.staff.presenter import StaffPresenter
from canteen_pos.ui.widgets.labels import Text


class ColleagueForm(Form):
    """Somebody new with a PIN, or another name and role for somebody here."""

    def __init__(self, presenter: StaffPresenter, one: Colleague | None = None) -> None:
        super().__init__(tr("新员工") if one is None else tr("修改{name}").format(name=one.name))
        self.presenter, self.one = presenter, one
        self.name = LineField(tr("登录时显示的名字"))
        self.role = Chips(presenter.roles())
        self.duty = Text("", "quiet").wrapped()
        self.pin, self.again = PinField(tr("4 到 8 位数字")), PinField(tr("再输一次"))
        self.add("name", tr("姓名"), self.name)
        self.add("role", tr("角色"), self.role)
        self.put(self.duty)
        if one is None:
            self.beside(("pin", tr("密码"), self.pin), ("again", tr("再输一次"), self.again))
            self.walk(self.name, self.pin, self.again)
        else:
            self.name.setText(one.name)
            self.walk(self.name)
        self.role.picked.connect(lambda _: self._explain())
        self.role.set_value(one.role if one else "cashier")
        self._explain()

    def first_focus(self) -> QWidget:
        return self.name

    def save(self) -> object | None:
        role = self.role.value()
        if self.one is None:
            done = self.presenter.create(self.name.text(), role, self.pin.text(), self.again.text())
        else:
            done = self.one.id if self.presenter.change(self.one, self.name.text(), role) else None
        self.show_problems(self.presenter.problems)
        return done

    def _explain(self) -> None:
        self.duty.setText(self.presenter.duty(self.role.value()))


class PinForm(Form):
    """Another PIN; it ends a lock as well."""

    def __init__(self, presenter: StaffPresenter, one: Colleague) -> None:
        super().__init__(tr("给{name}换密码").format(name=one.name))
        self.presenter, self.one = presenter, one
        self.pin, self.again = PinField(tr("4 到 8 位数字")), PinField(tr("再输一次"))
        self.add("pin", tr("新密码"), self.pin)
        self.add("again", tr("再输一次"), self.again, tr("原来的密码马上失效；连错的锁定也一起解除。"))
        self.walk(self.pin, self.again)

    def first_focus(self) -> QWidget:
        return self.pin

    def save(self) -> object | None:
        done = self.presenter.change_pin(self.one, self.pin.text(), self.again.text())
        self.show_problems(self.presenter.problems)
        return self.one.id if done else None
