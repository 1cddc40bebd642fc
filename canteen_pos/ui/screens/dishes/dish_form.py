"""The form of one dish: what it is, what it costs from which day, what is in it, its picture."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit

from canteen_pos.domain.dishes import Dish, DishForm
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, MoneyField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.picture_field import PictureField
from canteen_pos.ui.screens.dishes.presenter import (
    DishesPresenter,
    Typed,
    allergen_choices,
    choices_text,
    code_word,
    tag_choices,
    typed_choices,
)


class DishFormPane(Form):
    """A new dish, or a change of `dish`. `saved` carries its id."""

    def __init__(self, presenter: DishesPresenter, dish: Dish | None = None) -> None:
        super().__init__(tr("新菜品") if dish is None else dish.name)
        self._presenter, self._dish = presenter, dish
        self._initials_touched = False
        self.name = LineField()
        self.initials = LineField()
        self.code = LineField()
        self.category = LineField()
        self.known = Chips([(name, name) for name in presenter.categories()], focusable=False)
        self.kind = Chips([(kind, code_word(kind)) for kind in ("dish", "set", "weighed")])
        self.price, self.half, self.cost = MoneyField(), MoneyField(tr("没有半份")), MoneyField(tr("不记"))
        self.per_grams = CountField("50")
        self.valid_from = DateField(presenter.today)
        self.tags = Chips(tag_choices(), many=True)
        self.allergens = Chips(allergen_choices(), many=True)
        self.ways = Chips(
            (("pinned", tr("排在前面")), ("made_to_order", tr("现做")), ("open_price", tr("可改价"))),
            many=True,
        )
        self.choices = QPlainTextEdit()
        self.choices.setFixedHeight(96)
        self.choices.setTabChangesFocus(True)
        self.periods = Chips(presenter.periods(), many=True)
        self.picture = PictureField(tr("图片文件：.jpg 或 .png"), QSize(93, 70), presenter.look)
        self._lay_out()
        self._fill()
        self._connect()

    def save(self) -> object | None:
        problems = self._unreadable()
        if not problems:
            dish, problems = self._presenter.save(self._dish, self.typed())
            if dish is not None:
                return dish.id
        self.show_problems(problems)
        return None

    def typed(self) -> Typed:
        """What stands in the fields."""
        weighed = self.kind.value() == "weighed"
        grams = self.per_grams.text().strip()
        ways = self.ways.values()
        form = DishForm(
            code=self.code.text(),
            name=self.name.text(),
            category=self.category.text(),
            kind=self.kind.value(),  # type: ignore[arg-type]
            initials=self.initials.text(),
            per_grams=int(grams) if weighed and grams.isdigit() else None,
            open_price="open_price" in ways,
            made_to_order="made_to_order" in ways,
            pinned="pinned" in ways,
            tags=self.tags.values(),
            allergens=self.allergens.values(),
            choices=typed_choices(self.choices.toPlainText()) if self.kind.value() == "set" else (),
            cost_fen=self.cost.fen(),
        )
        return Typed(
            form,
            self.price.fen() or 0,
            None if weighed else self.half.fen(),
            self.valid_from.day() or self._presenter.today,
            self.picture.change(),
            self.periods.values(),
        )

    def _unreadable(self) -> dict[str, str]:
        """What is no amount, no day."""
        found = {
            "price": self.price.problem(),
            "half": self.half.problem(),
            "cost": self.cost.problem(),
            "valid_from": self.valid_from.problem(),
        }
        if not self.price.text().strip():
            found["price"] = tr("请写价格。")
        return {key: words for key, words in found.items() if words}

    def _fill(self) -> None:
        dish = self._dish
        self.valid_from.set_day(self._presenter.today)
        if dish is None:
            self.kind.set_value("dish")
            self.code.setText(self._presenter.next_code())
            self._show_kind()
            return
        form = dish.form
        self.name.setText(form.name)
        self.initials.setText(form.initials)
        self.code.setText(form.code)
        self.category.setText(form.category)
        self.known.set_value(form.category)
        self.kind.set_value(form.kind)
        self.price.set_fen(dish.unit_fen)
        self.half.set_fen(dish.half_fen)
        self.cost.set_fen(form.cost_fen)
        self.per_grams.setText(str(form.per_grams or ""))
        self.tags.set_values(form.tags)
        self.allergens.set_values(form.allergens)
        flags = {
            "pinned": form.pinned,
            "made_to_order": form.made_to_order,
            "open_price": form.open_price,
        }
        self.ways.set_values([key for key, on in flags.items() if on])
        self.choices.setPlainText(choices_text(form.choices))
        self.picture.show_kept(self._presenter.picture(dish))
        self._initials_touched = True
        self._show_kind()

    def _connect(self) -> None:
        self.unsaved = False
        self.name.textEdited.connect(self._name_typed)
        self.initials.textEdited.connect(self._initials_typed)
        self.known.picked.connect(self._category_picked)
        self.kind.picked.connect(lambda _: self._show_kind())
        self.picture.told.connect(self.boxes["picture"].say)
        self.on("F8", self.picture.away.click)

    def _name_typed(self, text: str) -> None:
        if not self._initials_touched:
            self.initials.setText(self._presenter.suggest_initials(text))

    def _initials_typed(self, text: str) -> None:
        self._initials_touched = bool(text)

    def _category_picked(self, name: str) -> None:
        self.category.setText(name)
        self.touch()

    def _show_kind(self) -> None:
        kind = self.kind.value()
        self.boxes["per_grams"].setVisible(kind == "weighed")
        self.boxes["half"].setVisible(kind != "weighed")
        self.boxes["choices"].setVisible(kind == "set")

    def _lay_out(self) -> None:
        new = self._dish is None
        self.beside(("name", tr("菜名"), self.name), ("code", tr("编号"), self.code))
        self.beside(("initials", tr("首字母"), self.initials), ("category", tr("分类"), self.category))
        self.put(self.known)
        self.add("kind", tr("类型"), self.kind)
        self.beside(("price", tr("价格（元）"), self.price), ("half", tr("半份（元）"), self.half))
        self.add("per_grams", tr("每多少克一个价"), self.per_grams)
        if new:
            self.add("periods", tr("今天起放进"), self.periods, tr("不选就等排菜单时再放。"))
            self.add("cost", tr("成本（元）"), self.cost)
        else:
            self.beside(
                ("valid_from", tr("新价从哪天起"), self.valid_from), ("cost", tr("成本（元）"), self.cost)
            )
        self.add("choices", tr("套餐里选什么，一行一样"), self.choices, tr("如 荤菜：红烧肉、鱼香肉丝"))
        self.add("tags", tr("标签"), self.tags)
        self.add("allergens", tr("过敏原"), self.allergens)
        self.add("ways", tr("卖法"), self.ways)
        self.add("picture", tr("图片"), self.picture, tr("会复制一份小图；没有图片时显示彩色首字。"))
        self.walk(self.name, self.code, self.initials, self.category, self.price, self.half, self.cost)
