"""What the five lists of this screen have in common: tabs above, a form at the right, one sentence when it is done."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Column
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.office.view_tabs import ViewTabs
from canteen_pos.ui.screens.purses.forms import AskForm
from canteen_pos.ui.screens.purses.presenter import PursesPresenter

Deed = tuple[str, str, str, Callable[[], object]]
"""(right, word, key, what it does) of a button in the story."""


class PurseList(ListSection):
    """`view` is its tab. Subclasses fill `deeds`."""

    view = ""

    def __init__(
        self,
        desk: Desk,
        actor: Actor,
        heading: str,
        columns: tuple[Column, ...],
        *,
        hint: str,
        filters: tuple[tuple[str, str], ...] = (),
        empty: str = "",
        first: str = "",
    ) -> None:
        self.presenter = PursesPresenter(desk, actor)
        super().__init__(heading, columns, hint=hint, filters=filters, empty=empty, first=first)
        self.left.insertWidget(0, ViewTabs(self, self.view, _views()), 0, Qt.AlignmentFlag.AlignLeft)
        for right, _, key, do in self.deeds():
            if self.presenter.may(right):
                self.on(key, self._on_a_row(do))

    def deeds(self) -> tuple[Deed, ...]:
        """What can be done for the current row."""
        return ()

    def count_words(self, count: int) -> str:
        return tr("{count} 个").format(count=f"{count:,}")

    def deed_buttons(self) -> None:
        """The buttons for the current row, those this actor may use."""
        self.story.buttons(
            [
                Action(word, key, self._on_a_row(do))
                for right, word, key, do in self.deeds()
                if self.presenter.may(right)
            ]
        )

    def ask(self, form: AskForm, *, paper: bool = False, over: bool = False) -> None:
        """Open a form; its sentence is said when it is done. `paper`: it queued a slip."""

        def done(sentence: object) -> None:
            self.close_form()
            if form.made is not None:
                self.search.clear()
            self.reload()
            if form.made is not None:
                self.refresh(form.made)
            self.said.emit(str(sentence), form.mood)
            if paper:
                self.paper.emit()

        form.saved.connect(done)
        self.open_form(form, over=over)

    def _on_a_row(self, do: Callable[[], object]) -> Callable[[], object]:
        return lambda: do() if self.current is not None else None


def _views() -> tuple[tuple[str, str, str], ...]:
    """The five views: section, word, key."""
    return (
        ("purses", tr("储值账户"), "F2"),
        ("customers", tr("挂账单位"), "F3"),
        ("vouchers", tr("券"), "F4"),
        ("points", tr("积分"), "F5"),
        ("liability", tr("预存负债"), "F6"),
    )
