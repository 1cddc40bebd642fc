"""The canteen's dishes: found by anything, the chosen one's whole story at the right."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from canteen_pos.domain.dishes import Dish
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.menu_tabs import menu_tabs
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Action, Event
from canteen_pos.ui.saying import date_words
from canteen_pos.ui.screens.dishes.dish_form import DishFormPane
from canteen_pos.ui.screens.dishes.presenter import (
    SERVED,
    DishesPresenter,
    code_word,
    code_words,
    diet_words,
    price_words,
)
from canteen_pos.ui.widgets.dish_picture import DishPicture


class DishesSection(ListSection):
    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        self.presenter = DishesPresenter(desk, actor)
        super().__init__(
            tr("菜品"),
            self._columns(),
            hint=tr("编号、首字母、菜名、分类"),
            filters=self.presenter.filters(),
            empty=tr("没有符合的菜。"),
            first=tr("还没有菜品。按 Ctrl N 加第一道。"),
            parent=parent,
        )
        self.head.insertWidget(0, menu_tabs(self, "dishes"))
        self.button(tr("新菜品"), "Ctrl+N", self.add, primary=True)
        self.on("Ctrl+E", self.edit)
        self.on("Ctrl+D", self.retire)
        self.on("Ctrl+Del", self.drop_price)
        self.reload()

    def fetch(self, offset: int, limit: int) -> Sequence[Dish]:
        return self.presenter.find(self.filter, self.text)[offset : offset + limit]

    def count(self) -> int:
        return len(self.presenter.find(self.filter, self.text))

    def counts(self) -> Mapping[str, int | None]:
        return self.presenter.counts()

    def count_words(self, count: int) -> str:
        return tr("{count} 道").format(count=count)

    def enter(self) -> None:
        self.edit()

    def show_row(self, row: Dish | None) -> None:
        story = self.story
        story.begin()
        dish = self.presenter.load(row.id) if row is not None else None
        if dish is not None:
            self._tell(dish)
        elif row is not None:
            story.quiet(self.presenter.problem)
        story.end()

    # -- actions -----------------------------------------------------------------------------------------

    def add(self) -> None:
        self._open(None)

    def edit(self) -> None:
        if self.current is not None:
            self._open(self.presenter.load(self.current.id))

    def retire(self) -> None:
        """Retire the current dish, or bring it back."""
        dish = self.current
        if dish is None:
            return
        if self.presenter.retire(dish):
            words = tr("{name} 停用了，从菜单上撤下。") if dish.active else tr("{name} 又上菜单了。")
            self.said.emit(words.format(name=dish.name), "good")
        else:
            self.said.emit(self.presenter.problem, "notice")
        self.reload()

    def drop_price(self) -> None:
        """Take back the price that has not begun."""
        dish = self.current
        if dish is None or dish.next_price is None:
            self.said.emit(tr("没有还没开始的新价。"), "notice")
            return
        done = self.presenter.drop_next_price(dish)
        self.said.emit(
            tr("撤了 {name} 的新价。").format(name=dish.name) if done else self.presenter.problem,
            "good" if done else "notice",
        )
        self.reload()

    def _open(self, dish: Dish | None) -> None:
        form = DishFormPane(self.presenter, dish)
        form.saved.connect(self._saved)
        self.open_form(form)

    def _saved(self, dish_id: object) -> None:
        self.close_form()
        dish = self.presenter.load(dish_id) if isinstance(dish_id, int) else None
        if dish is not None:
            known = self.presenter.filters()
            if set(self.filters.codes()) != {code for code, _ in known}:
                self.filters.set_choices(known)
            if self.filter not in (SERVED, dish.category):
                self.filters.set_value(SERVED)
            self.said.emit(tr("{name} 保存了。").format(name=dish.name), "good")
        self.filters.set_counts(self.counts())
        self.refresh(dish_id)

    # -- words -------------------------------------------------------------------------------------------

    def _tell(self, dish: Dish) -> None:
        story, form = self.story, dish.form
        names = list(self.presenter.categories())
        story.add(DishPicture(dish.name, names.index(dish.category), self.presenter.picture(dish)))
        story.heading(dish.name)
        story.quiet(" ・ ".join((form.code, dish.category, code_word(form.kind), form.initials)))
        if not dish.active:
            story.notice(tr("已停用：不在任何菜单上。"))
        rows = [(tr("价格"), price_words(dish.unit_fen, dish.half_fen, form.per_grams), "body")]
        if form.cost_fen is not None:
            rows.append((tr("成本"), yuan(form.cost_fen), "quiet"))
        margin = dish.margin_percent
        total = None if margin is None else (tr("毛利"), f"{margin} %")
        story.sums([(word, value, "body") for word, value, _ in rows], total)
        story.facts(
            (
                (tr("标签"), code_words(form.tags)),
                (tr("过敏原"), code_words(form.allergens)),
                (tr("卖法"), self._ways(dish)),
            )
        )
        if form.choices:
            story.word(tr("套餐里选"))
            story.facts([(choice.name, tr("、").join(choice.options)) for choice in form.choices])
        self._tell_prices(dish)
        actions = [
            Action(tr("修改"), "Ctrl+E", self.edit),
            Action(tr("停用") if dish.active else tr("恢复"), "Ctrl+D", self.retire),
        ]
        if dish.next_price is not None:
            actions.append(Action(tr("撤新价"), "Ctrl+Del", self.drop_price))
        story.buttons(actions)

    def _tell_prices(self, dish: Dish) -> None:
        dated = self.presenter.prices(dish.id)
        if not dated:
            return
        self.story.word(tr("价格从哪天起"))
        in_force = max(
            (one.valid_from for one in dated if one.valid_from <= self.presenter.today), default=None
        )
        events = []
        for one in reversed(dated):
            coming = one.valid_from > self.presenter.today
            events.append(
                Event(
                    one.valid_from.isoformat(),
                    price_words(one.unit_fen, one.half_fen, dish.form.per_grams),
                    over=not coming and one.valid_from != in_force,
                    notice=tr("还没开始") if coming else "",
                )
            )
        self.story.timeline(events)

    def _ways(self, dish: Dish) -> str:
        flags = (
            (dish.form.pinned, tr("排在前面")),
            (dish.form.made_to_order, tr("现做")),
            (dish.form.open_price, tr("可改价")),
        )
        return tr("、").join(word for on, word in flags if on)

    def _columns(self) -> tuple[Column, ...]:
        def price(row: Dish) -> Cell:
            return Cell(price_words(row.unit_fen, row.half_fen, row.form.per_grams))

        def coming(row: Dish) -> Cell:
            if row.next_price is None:
                return Cell()
            words = f"{date_words(row.next_price.valid_from)} {yuan(row.next_price.unit_fen)}"
            return Cell(chips=((words, "notice"),))

        return (
            Column(tr("编号"), lambda row: Cell(row.code, ink="quiet"), 66),
            Column(tr("菜名"), lambda row: Cell(row.name, struck=not row.active), 130, grow=True),
            Column(tr("分类"), lambda row: Cell(row.category, ink="quiet"), 88),
            Column("", lambda row: Cell(chips=tuple((word, "good") for word in diet_words(row))), 150),
            Column(tr("价格"), price, 126, "right"),
            Column(tr("新价"), coming, 140),
        )
