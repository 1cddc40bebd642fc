"""The people section: a list found by anything, the chosen person's story at the right, and what is done for them."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtWidgets import QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.domain.person import PeopleFilter, PersonRow
from canteen_pos.i18n import tr, tr_as
from canteen_pos.services import spelled
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui import jobs
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.screens.people.deeds import Deeds, PeopleList
from canteen_pos.ui.screens.people.presenter import PeoplePresenter
from canteen_pos.ui.screens.people.telling import tell


class PeopleSection(PeopleList):
    """Everybody who eats here. A person's id as payload shows that person."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        self.presenter = PeoplePresenter(desk, actor)
        super().__init__(
            tr_as("people", "就餐人"),
            self._columns(),
            hint=tr("姓名、拼音、电话、卡号、编号，随便输入"),
            filters=self.presenter.filters(),
            empty=tr("没有符合的人。"),
            first=tr("还没有就餐人。按 Ctrl N 登记，或按 Ctrl O 导入旧名单。")
            if self.presenter.may_manage
            else "",
            parent=parent,
        )
        self._all_reasons = False
        self.deeds = Deeds(self, self.presenter)
        self.on("F6", self._reasons)
        jobs.run(spelled.get_ready)
        self.reload()

    def count(self) -> int:
        return self.presenter.count(self.which, self.text)

    def fetch(self, offset: int, limit: int) -> Sequence[PersonRow]:
        return self.presenter.page(self.which, self.text, offset, limit)

    def counts(self) -> Mapping[str, int | None]:
        return self.presenter.counts()

    def count_words(self, count: int) -> str:
        return tr("{count} 人").format(count=f"{count:,}")

    def reload(self) -> None:
        super().reload()
        self.deeds.look_for_due()

    def enter(self) -> None:
        self.deeds.edit()

    def go(self, payload: object) -> None:
        if isinstance(payload, int):
            self.show_person(payload)
        elif payload in self.filters.codes():
            self.search.clear()
            self.filters.press(str(payload))

    def scan(self, code: str) -> bool:
        """A card finds its holder; an old one too, and says that it is dead."""
        if super().scan(code):
            return True
        holder = self.presenter.holder(code)
        problem = self.presenter.problem
        if holder is not None:
            self.show_person(holder)
        if problem:
            self.said.emit(problem, "notice")
        return True

    def show_person(self, person_id: int) -> None:
        """Make somebody the current row, whatever was searched for."""
        one = self.presenter.story(person_id)
        if one is None:
            self.said.emit(self.presenter.problem, "notice")
            return
        wanted = "left" if one.left_on is not None and one.left_on <= self.presenter.today else "active"
        self.filters.set_value(wanted)
        self.search.blockSignals(True)
        self.search.setText(one.member_no)
        self.search.blockSignals(False)
        self.filters.set_counts(self.counts())
        self.refresh(one.id)

    def stay(self, person: object) -> None:
        """In the list as it is filtered; whoever is next when `person` is no longer on it."""
        self.filters.set_counts(self.counts())
        self.refresh(person)

    def show_row(self, row: PersonRow | None) -> None:
        presenter = self.presenter
        one = presenter.story(row.id) if row is not None else None
        if one is None:
            self.story.begin()
            self.story.quiet(presenter.problem if row is not None else "")
            self.story.end()
            return
        if presenter.revealed[0] != one.id:
            presenter.revealed = (0, "")
        priced = presenter.what_if(one.id)
        tell(
            self.story,
            one,
            priced,
            presenter.problem,
            presenter.today,
            presenter.photo(one.photo),
            presenter.revealed[1],
            self.deeds.first(one),
            self.deeds.more(one),
            all_reasons=self._all_reasons,
        )

    def _reasons(self) -> None:
        """F6: every rule that was not used, and why."""
        self._all_reasons = not self._all_reasons
        self.show_row(self.current)

    @property
    def which(self) -> PeopleFilter:
        return cast("PeopleFilter", self.filter or "active")

    def _columns(self) -> tuple[Column, ...]:
        today = self.presenter.today

        def tags(row: PersonRow) -> Cell:
            waiting = ((tr("待复核"), "notice"),) if row.to_review else ()
            return Cell(chips=(*waiting, *((tag, "good") for tag in row.tags)))

        def valid(row: PersonRow) -> Cell:
            if row.valid_to is None:
                return Cell("—", ink="quiet")
            soon = words.ends_soon_words(row.valid_to, today)
            return Cell(chips=((soon, "notice"),)) if soon else Cell(row.valid_to.isoformat())

        return (
            Column(
                tr("姓名"), lambda row: Cell(row.name, ink="ink" if row.active else "quiet"), 92, grow=True
            ),
            Column(tr("年龄"), lambda row: "—" if row.age is None else str(row.age), 52),
            Column(tr("卡号"), lambda row: row.card or Cell("—", ink="quiet"), 110),
            Column(tr("资格"), tags, 134, grow=True),
            Column(tr("有效期至"), valid, 112),
            Column(tr("余额"), lambda row: yuan(row.balance_fen + row.bonus_fen), 84, "right"),
            Column(tr("上次就餐"), lambda row: words.meal_words(row.last_meal, today), 140),
        )
