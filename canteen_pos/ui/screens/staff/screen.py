"""The staff section: who works here at the left, one of them with what they did last at the right."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr, tr_as
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.staff import Colleague
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.saying import role_word
from canteen_pos.ui.screens.staff.forms import ColleagueForm, PinForm
from canteen_pos.ui.screens.staff.presenter import StaffPresenter


class StaffSection(ListSection):
    """A colleague's id as payload shows that colleague."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        self.presenter = StaffPresenter(desk, actor)
        self._sure: int | None = None
        super().__init__(
            tr("员工"),
            self._columns(),
            hint=tr("姓名或角色"),
            filters=self.presenter.filters(),
            parent=parent,
        )
        self.button(tr("新员工"), "Ctrl+N", self._new, primary=True)
        self.on("F2", self.enter)
        self.on("F4", self._pin)
        self.on("F8", self._unlock)
        self.on("F9", self._all_deeds)
        self.on("Del", self._leave_or_return)
        self.reload()

    def count(self) -> int:
        return len(self.presenter.rows(self.filter, self.text))

    def fetch(self, offset: int, limit: int) -> Sequence[Colleague]:
        return self.presenter.rows(self.filter, self.text)[offset : offset + limit]

    def counts(self) -> Mapping[str, int | None]:
        return self.presenter.counts()

    def count_words(self, count: int) -> str:
        return tr("{count} 人").format(count=count)

    def go(self, payload: object) -> None:
        self.refresh(payload)

    def enter(self) -> None:
        one = self._one()
        if one is not None:
            self._open(ColleagueForm(self.presenter, one), tr("已保存。"))

    def show_row(self, row: Colleague | None) -> None:
        self._sure = None
        self.story.begin()
        if row is not None:
            self._tell(row)
        self.story.end()

    def _tell(self, one: Colleague) -> None:
        presenter, story = self.presenter, self.story
        story.heading(
            one.name, role_word(one.role), () if one.active else ((tr_as("colleague", "已停用"), "plain"),)
        )
        story.quiet(presenter.duty(one.role))
        if presenter.locked(one):
            story.notice(presenter.locked(one))
        story.facts(((tr("上次登录"), presenter.seen(one)),))
        story.buttons(self._actions(one))
        deeds = presenter.deeds(one)
        if deeds:
            story.word(tr("最近做的"))
            story.pairs([presenter.deed_words(record) for record in deeds])
        story.buttons((Action(tr("全部操作记录"), "F9", self._all_deeds),))

    def _actions(self, one: Colleague) -> list[Action]:
        actions = [
            Action(tr("修改"), "F2", self.enter),
            Action(tr("换密码"), "F4", self._pin),
        ]
        if one.locked_until is not None:
            actions.append(Action(tr("解除锁定"), "F8", self._unlock))
        word = tr_as("colleague", "停用") if one.active else tr("恢复使用")
        return [*actions, Action(word, "Del", self._leave_or_return)]

    def _all_deeds(self) -> None:
        one = self._one()
        if one is not None:
            self.wants.emit("records", {"actor_id": one.id})

    def _one(self) -> Colleague | None:
        found: Colleague | None = self.current
        return found

    def _new(self) -> None:
        self._open(ColleagueForm(self.presenter), tr("新员工可以登录了。"))

    def _pin(self) -> None:
        one = self._one()
        if one is not None:
            self._open(PinForm(self.presenter, one), tr("密码已更换。"))

    def _unlock(self) -> None:
        one = self._one()
        if one is not None and one.locked_until is not None:
            self._done(self.presenter.unlock(one), tr("{name}可以登录了。").format(name=one.name))

    def _leave_or_return(self) -> None:
        """Somebody who is sent away may have guests at the till: asked once, done the second time."""
        one = self._one()
        if one is None:
            return
        if one.active and one.id != self._sure:
            self._sure = one.id
            ask = tr("停用{name}？正在用的收银台几秒内回到登录页。再按一次 Del。")
            if one.id == self.presenter.actor.user_id:
                ask = tr("停用您自己？马上要退出，只有另一位经理能恢复。再按一次 Del。")
            self.said.emit(ask.format(name=one.name), "notice")
            return
        self._sure = None
        word = tr("{name}已停用，不能再登录。") if one.active else tr("{name}可以登录了。")
        self._done(self.presenter.set_active(one, not one.active), word.format(name=one.name))

    def _done(self, worked: bool, word: str) -> None:
        problem = " ".join(self.presenter.problems.values())
        self.reload()
        self.said.emit(word if worked else problem, "good" if worked else "notice")

    def _open(self, form: Form, word: str) -> None:
        def saved(done: object) -> None:
            self.close_form()
            self.filters.set_value("active")
            self.filters.set_counts(self.counts())
            self.refresh(done)
            self.said.emit(word, "good")

        form.saved.connect(saved)
        self.open_form(form)

    def _columns(self) -> tuple[Column, ...]:
        def state(one: Colleague) -> Cell:
            if one.locked_until is not None:
                return Cell(chips=((tr("已锁定"), "notice"),))
            return Cell(
                tr("在职") if one.active else tr_as("colleague", "已停用"),
                ink="ink" if one.active else "quiet",
            )

        return (
            Column(
                tr("姓名"), lambda one: Cell(one.name, ink="ink" if one.active else "quiet"), 160, grow=True
            ),
            Column(tr("角色"), lambda one: role_word(one.role), 120),
            Column(tr("状态"), state, 110),
            Column(tr("上次登录"), lambda one: Cell(self.presenter.seen(one), ink="quiet"), 160),
        )
