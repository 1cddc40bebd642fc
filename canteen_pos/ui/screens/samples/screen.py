"""Food samples as a work list: to take, to dispose of, in the fridge, the log."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr, tr_as
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.samples import Sample
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.screens.samples.forms import LabelForm, LogForm, TakeForm
from canteen_pos.ui.screens.samples.presenter import SampleRow, SamplesPresenter


class SamplesSection(ListSection):
    """Enter takes the sample of the current dish, or disposes of the current sample; F5 and F6 do it for all."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        self.presenter = SamplesPresenter(desk, actor)
        super().__init__(
            tr("食品留样"),
            self._columns(),
            hint=tr("菜名"),
            filters=self.presenter.filters(),
            empty=tr("这里没有要做的。"),
            parent=parent,
        )
        self._sure: frozenset[int] = frozenset()
        self.button(tr("登记表"), "Ctrl+P", self.open_log)
        self.button(tr_as("boxes", "标签"), "F8", self.open_labels)
        self.button(tr("全部处理"), "F6", self.dispose_all)
        self.button(tr("整餐留样"), "F5", self.take_meal, primary=True)
        if not self.presenter.due.to_take:
            self.filters.set_value("dispose" if self.presenter.due.to_dispose else "kept")
        self.reload()

    def fetch(self, offset: int, limit: int) -> Sequence[SampleRow]:
        return self.presenter.rows(self.filter, self.text)[offset : offset + limit]

    def count(self) -> int:
        return len(self.presenter.rows(self.filter, self.text))

    def counts(self) -> Mapping[str, int | None]:
        return self.presenter.counts()

    def count_words(self, count: int) -> str:
        return tr("{count} 份").format(count=count)

    def key_of(self, row: SampleRow) -> object:
        return row.key

    def reload(self) -> None:
        self.presenter.load()
        super().reload()

    def enter(self) -> None:
        row = self.current
        if row is None:
            return
        if row.to_take is not None:
            self._open(TakeForm(self.presenter, [row.to_take]))
        elif row.sample is not None and row.sample.disposed_at is None:
            self._dispose([row.sample], tr("{name} 已经倒掉？再按一次回车记下。").format(name=row.name))

    def take_meal(self) -> None:
        """All that wait in the current dish's meal."""
        if not self.presenter.due.to_take:
            self.said.emit(tr("没有待留样的菜。"), "notice")
            return
        self.filters.set_value("take")
        if self.current is None or self.current.to_take is None:
            self.refresh()
        row = self.current
        if row is not None:
            self._open(TakeForm(self.presenter, self.presenter.of_meal(row)))

    def dispose_all(self) -> None:
        """All that have been kept for long enough."""
        wanted = self.presenter.due.to_dispose
        if not wanted:
            self.said.emit(tr("没有留满 48 小时的样品。"), "notice")
            return
        if self.filter != "dispose":  # what is asked about stands there to be read
            self.filters.set_value("dispose")
            self.refresh()
        self._dispose(wanted, tr("{count} 份已经倒掉？再按一次 F6 记下。").format(count=len(wanted)))

    def _dispose(self, wanted: Sequence[Sample], ask: str) -> None:
        """It cannot be taken back: asked once, done the second time. What may not go yet says so at once."""
        ids = frozenset(one.id for one in wanted)
        if ids != self._sure and all(one.may_go(self.presenter.now) for one in wanted):
            self._sure = ids
            self.said.emit(ask, "notice")
            return
        self._sure = frozenset()
        self._did(self.presenter.dispose(wanted))

    def open_labels(self) -> None:
        """Of the current row's meal."""
        wanted = self.presenter.labelled(self.current)
        if not wanted:
            self.said.emit(tr("这一餐还没有在留的样品。"), "notice")
            return
        self._open(LabelForm(self.presenter, wanted, Path.home()))

    def open_log(self) -> None:
        self._open(LogForm(self.presenter, Path.home()))

    def show_row(self, row: SampleRow | None) -> None:
        story = self.story
        story.begin()
        if row is not None and row.to_take is not None:
            story.heading(row.name)
            story.quiet(self.presenter.meal_words(row))
            if self.presenter.is_late(row):
                story.notice(tr("这一餐已经过去，没有留样的记录。"))
                story.body(tr("留了没记的，现在补记，时间按现在写；没有留的，今天之后不再提醒。"))
            else:
                story.notice(tr("这一餐已经开始，还没有留样。"))
            waiting = len(self.presenter.of_meal(row))
            story.body(tr("这一餐还差 {count} 份。").format(count=waiting))
            story.buttons(
                [
                    Action(tr("留这一份"), "Enter", self.enter, "primary"),
                    Action(tr("整餐留样"), "F5", self.take_meal),
                ]
            )
        elif row is not None and row.sample is not None:
            self._tell(row)
        story.end()

    def _tell(self, row: SampleRow) -> None:
        story, one = self.story, row.sample
        assert one is not None
        story.heading(one.dish_name)
        story.quiet(self.presenter.meal_words(row))
        story.facts(
            (
                (tr("克数"), str(one.grams)),
                (tr("留样时间"), f"{self.presenter.moment(one.taken_at)} {one.taken_by}"),
                (tr("应留到"), self.presenter.moment(one.keep_until)),
                (tr("处理"), f"{self.presenter.moment(one.disposed_at)} {one.disposed_by}".strip()),
                (tr("备注"), one.note),
            )
        )
        if one.disposed_at is None:
            story.body(self.presenter.state(one))
            story.buttons(
                [
                    Action(tr("处理这一份"), "Enter", self.enter),
                    Action(tr_as("boxes", "标签"), "F8", self.open_labels),
                ]
            )

    def _open(self, form: Form) -> None:
        form.saved.connect(lambda _: self._saved())
        self.open_form(form)

    def _saved(self) -> None:
        self.close_form()
        self._did(True)

    def _did(self, done: bool) -> None:
        words = self.presenter.notice if done else self.presenter.problem
        if words:
            self.said.emit(words, "good" if done else "notice")
        self.reload()

    def _columns(self) -> tuple[Column, ...]:
        state = self.presenter

        def taken(row: SampleRow) -> str:
            return "" if row.sample is None else f"{state.moment(row.sample.taken_at)} {row.sample.taken_by}"

        def until(row: SampleRow) -> Cell:
            if row.sample is None:
                return Cell(chips=((tr("待留样"), "notice"),))
            return Cell(state.moment(row.sample.keep_until), ink="quiet")

        def how(row: SampleRow) -> Cell:
            if row.sample is None:
                return Cell()
            words = state.state(row.sample)
            if row.sample.may_go(state.now):
                return Cell(chips=((words, "notice"),))
            return Cell(words, ink="quiet")

        return (
            Column(tr("菜名"), lambda row: row.name, 100, grow=True),
            Column(tr("餐次"), lambda row: Cell(state.meal_words(row), ink="quiet"), 136),
            Column(tr("留样时间"), taken, 176),
            Column(tr("应留到"), until, 140),
            Column("", how, 158),
        )
