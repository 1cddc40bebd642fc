"""What is done for the chosen person, each by a key: the form it opens and what is said afterwards."""

from typing import TYPE_CHECKING

from canteen_pos.domain.person import PersonStory
from canteen_pos.i18n import tr
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.screens.people.enrolling import EnrolPresenter
from canteen_pos.ui.screens.people.person_form import PersonForm
from canteen_pos.ui.screens.people.presenter import PeoplePresenter

if TYPE_CHECKING:
    from canteen_pos.ui.screens.people.screen import PeopleSection


class Deeds:
    """The keys of the people section."""

    def __init__(self, section: "PeopleSection", presenter: PeoplePresenter) -> None:
        self.section = section
        self.presenter = presenter
        if presenter.may_enrol:
            section.button(tr("登记"), "Ctrl+N", self.enrol, primary=True)
        if presenter.may_manage:
            section.on("Ctrl+E", self.edit)
            section.on("Ctrl+D", self.reveal)

    def first(self, one: PersonStory) -> tuple[Action, ...]:
        """The buttons under the name: what is done most."""
        del one
        if not self.presenter.may_manage:
            return ()
        return (Action(tr("改资料"), "Ctrl+E", self.edit),)

    def more(self, one: PersonStory) -> tuple[Action, ...]:
        """The buttons at the end of the story."""
        actions: list[Action] = []
        if self.presenter.may_manage and one.id_number and not self.presenter.revealed[1]:
            actions.append(Action(tr("看身份证号"), "Ctrl+D", self.reveal))
        return tuple(actions)

    @property
    def _person(self) -> int | None:
        row = self.section.current
        return row.id if row is not None else None

    def enrol(self) -> None:
        form = PersonForm(EnrolPresenter(self.presenter.desk, self.presenter.actor))
        self._open(form, tr("已登记"), over=True)

    def edit(self) -> None:
        if self._person is None or not self.presenter.may_manage:
            return
        form = PersonForm(EnrolPresenter(self.presenter.desk, self.presenter.actor, self._person))
        self._open(form, tr("已保存"), over=True)

    def reveal(self) -> None:
        """The whole ID number until another person is chosen."""
        if self._person is None:
            return
        if self.presenter.reveal(self._person):
            self.section.said.emit(tr("身份证号已显示，已记录是谁看的。"), "quiet")
        else:
            self.section.said.emit(self.presenter.problem, "notice")
        self.section.show_row(self.section.current)

    def _open(self, form: Form, done: str, *, over: bool = False) -> None:
        form.saved.connect(lambda person: self._saved(person, done))
        self.section.open_form(form, over=over)

    def _saved(self, person: object, done: str) -> None:
        self.section.close_form()
        if isinstance(person, int):
            self.section.show_person(person)
        else:
            self.section.reload()
        self.section.said.emit(done, "good")
