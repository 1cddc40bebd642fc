"""What would this person pay here, today, for this, and why: any dish of the meal, eaten here or taken away."""

from PySide6.QtWidgets import QWidget

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.person import PersonStory
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.story import Story
from canteen_pos.ui.saying import code_word
from canteen_pos.ui.screens.people.presenter import PeoplePresenter
from canteen_pos.ui.screens.people.telling import tell_price

_MOST = 8
_HEIGHT = 300


class AskForm(Form):
    """Nothing is kept: what is typed is priced at once."""

    def __init__(self, presenter: PeoplePresenter, one: PersonStory) -> None:
        super().__init__(tr("{name}吃这个，付多少").format(name=one.name))
        self.presenter = presenter
        self.one = one
        self.dish = LineField(tr("菜名、首字母、编号"))
        self.found = Chips(())
        self.serving = Chips([(each.value, code_word(each.value)) for each in Serving])
        self.serving.set_value(Serving.DINE_IN.value)
        self.answer = Story()
        self.answer.setMinimumHeight(_HEIGHT)
        self.add("dish", tr("哪一样"), self.dish)
        self.put(self.found)
        self.add("serving", tr("怎么吃"), self.serving)
        self.put(self.answer)
        self.save_button.hide()
        self.dish.textEdited.connect(lambda _: self._look())
        for chips in (self.found, self.serving):
            chips.picked.connect(lambda _: self._price())
        self._look()

    def first_focus(self) -> QWidget:
        return self.dish

    def touch(self, *_: object) -> None:
        """Nothing is unsaved here."""

    def save(self) -> object | None:
        return None

    def _look(self) -> None:
        found = self.presenter.dishes(self.dish.text())[:_MOST]
        self.found.set_choices([(str(tile.dish_id), tile.name) for tile in found])
        self.found.set_value(str(found[0].dish_id) if found else "")
        self._price()

    def _price(self) -> None:
        self.answer.begin()
        dish = self.found.value()
        if dish:
            priced = self.presenter.what_if(self.one.id, int(dish), Serving(self.serving.value()))
            tell_price(self.answer, priced, self.presenter.problem, all_reasons=True)
        else:
            self.answer.quiet(tr("今天没有这一样。"))
        self.answer.end()
