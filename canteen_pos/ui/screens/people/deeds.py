"""What is done for the chosen person, each by a key: the form it opens and what is said afterwards."""

from collections.abc import Callable

from canteen_pos.domain.person import PeopleFilter, PersonStory
from canteen_pos.i18n import tr
from canteen_pos.services.rights import may
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.screens.people.ask_form import AskForm
from canteen_pos.ui.screens.people.doing import PersonDeeds
from canteen_pos.ui.screens.people.enrolling import EnrolPresenter
from canteen_pos.ui.screens.people.file_forms import CardSheetForm, ExportForm, ListFileForm
from canteen_pos.ui.screens.people.merge_form import MergeForm
from canteen_pos.ui.screens.people.paper_forms import CardForm, FactForm, ProxyForm
from canteen_pos.ui.screens.people.person_form import PersonForm
from canteen_pos.ui.screens.people.photo_form import PhotoForm
from canteen_pos.ui.screens.people.presenter import PeoplePresenter
from canteen_pos.ui.screens.people.record_forms import EraseForm, LeaveForm
from canteen_pos.ui.screens.people.retention_form import RetentionForm
from canteen_pos.ui.widgets.keys import KeyButton

Make = Callable[[PersonDeeds, PersonStory], Form]


class PeopleList(ListSection):
    """What the deeds ask of the section they belong to."""

    @property
    def which(self) -> PeopleFilter:
        """The work list that is shown."""
        raise NotImplementedError

    def show_person(self, person_id: int) -> None:
        """Make somebody the current row, whatever was searched for."""
        raise NotImplementedError

    def stay(self, person: object) -> None:
        """In the list as it is filtered; whoever is next when `person` is no longer on it."""
        raise NotImplementedError


_TO_DO = ("to_review", "expiring", "absent")
"""Lists that are worked through one after another: who is done goes, and the next one is there."""


class Deeds:
    """The keys of the people section, those this actor may use."""

    def __init__(self, section: PeopleList, presenter: PeoplePresenter) -> None:
        self.section = section
        self.presenter = presenter
        self._told: Callable[[], str] = str
        self._may = {
            right: may(presenter.actor, right) for right in ("enrol", "replace_card", "manage_people")
        }
        self.due: KeyButton | None = None
        if self._may["manage_people"]:
            self.due = section.button(tr("到期清除"), "Ctrl+Y", self.let_go)
            self.due.hide()
            section.on("F9", self.save_list)
            section.button(tr("导入名单…"), "Ctrl+O", lambda: section.wants.emit("people_import", None))
        if self._may["enrol"]:
            section.button(tr("打印卡片"), "Ctrl+P", self.print_cards)
            section.button(tr("登记"), "Ctrl+N", self.enrol, primary=True)
        for right, key, do in (
            ("manage_people", "Ctrl+E", self.edit),
            ("enrol", "Ctrl+K", self.card),
            ("enrol", "Ctrl+G", self.fact),
            ("enrol", "Ctrl+I", self.photo),
            ("enrol", "Ctrl+R", self.proxy),
            ("manage_people", "Ctrl+D", self.reveal),
            ("manage_people", "Ctrl+B", self.leave),
            ("manage_people", "Ctrl+M", self.merge),
            ("manage_people", "Ctrl+W", self.export),
            ("manage_people", "Ctrl+Del", self.erase),
        ):
            if self._may[right]:
                section.on(key, do)
        section.on("F7", self.ask)

    def first(self, one: PersonStory) -> tuple[Action, ...]:
        """The buttons under the name: what is done most."""
        waiting = any(fact.to_review for fact in one.facts) and self._may["manage_people"]
        return self._allowed(
            (
                ("manage_people", Action(tr("改资料"), "Ctrl+E", self.edit)),
                ("enrol", Action(tr("卡"), "Ctrl+K", self.card)),
                (
                    "enrol",
                    Action(
                        tr("复核资格") if waiting else tr("资格"),
                        "Ctrl+G",
                        self.fact,
                        "notice" if waiting else "plain",
                    ),
                ),
            )
        )

    def more(self, one: PersonStory) -> tuple[Action, ...]:
        """The buttons at the end of the story."""
        hidden = one.id_number and not self.presenter.revealed[1]
        back = tr("回来了") if one.left_on is not None else tr("不来了")
        return self._allowed(
            (
                ("enrol", Action(tr("照片"), "Ctrl+I", self.photo)),
                ("enrol", Action(tr("代领人"), "Ctrl+R", self.proxy)),
                *((("manage_people", Action(tr("看身份证号"), "Ctrl+D", self.reveal)),) if hidden else ()),
                ("manage_people", Action(back, "Ctrl+B", self.leave)),
                ("manage_people", Action(tr("合并…"), "Ctrl+M", self.merge)),
                ("manage_people", Action(tr("导出"), "Ctrl+W", self.export)),
                ("manage_people", Action(tr("删除资料"), "Ctrl+Del", self.erase)),
                ("manage_people", Action(tr("名单存成表格"), "F9", self.save_list)),
            )
        )

    # -- the deeds ---------------------------------------------------------------------------------------

    def enrol(self) -> None:
        self._open(PersonForm(self._enrolling()), tr("已登记"), over=True)

    def edit(self) -> None:
        person = self._person
        if person is not None and self._may["manage_people"]:
            self._open(PersonForm(self._enrolling(person)), tr("已保存"), over=True)

    def ask(self) -> None:
        """What they would pay for another dish."""
        one = self._story()
        if one is not None:
            self.section.open_form(AskForm(self.presenter, one))

    def card(self) -> None:
        self._form(CardForm, "")

    def fact(self) -> None:
        """What waits for review first, for whom may review."""
        one = self._story()
        waits = one is not None and self._may["manage_people"] and any(fact.to_review for fact in one.facts)
        what = "review" if waits else "record"
        full = self._may["manage_people"]
        self._form(lambda deeds, one: FactForm(deeds, one, what=what, manager=full), tr("资格已记下"))

    def photo(self) -> None:
        self._form(PhotoForm, tr("照片已换"))

    def proxy(self) -> None:
        self._form(ProxyForm, tr("代领人已记下"))

    def leave(self) -> None:
        self._form(LeaveForm, tr("已记下"))

    def merge(self) -> None:
        self._form(MergeForm, tr("两份档案已合并"))

    def export(self) -> None:
        self._form(ExportForm, "")

    def let_go(self) -> None:
        """What has been kept long enough; the button is there while something is."""
        due = self.presenter.due()
        if not due:
            self.section.said.emit(tr("没有到期要清除的。"), "quiet")
            return
        form = RetentionForm(self.presenter, due)
        form.saved.connect(self._told_so)
        self.section.open_form(form, over=True)

    def look_for_due(self) -> None:
        if self.due is not None:
            self.due.setVisible(bool(self.presenter.due()))

    def print_cards(self) -> None:
        """Of the chosen person, or of everybody in the list."""
        section = self.section
        everybody = self.presenter.everybody(section.which, section.text)
        form = CardSheetForm(self.presenter, self._person, everybody)
        form.saved.connect(self._told_so)
        section.open_form(form)

    def save_list(self) -> None:
        """The list as it is now, as a table."""
        section = self.section
        form = ListFileForm(self.presenter, section.which, section.text, section.count())
        form.saved.connect(self._told_so)
        section.open_form(form)

    def _told_so(self, told: object) -> None:
        self.section.close_form()
        self.section.reload()
        self.section.said.emit(str(told), "good")

    def erase(self) -> None:
        self._form(EraseForm, tr("资料已删除"))

    def reveal(self) -> None:
        """The whole ID number until another person is chosen."""
        if self._person is None:
            return
        if self.presenter.reveal(self._person):
            self.section.said.emit(tr("身份证号已显示，已记录是谁看的。"), "quiet")
        else:
            self.section.said.emit(self.presenter.problem, "notice")
        self.section.show_row(self.section.current)

    # -- how ---------------------------------------------------------------------------------------------

    @property
    def _person(self) -> int | None:
        row = self.section.current
        return row.id if row is not None else None

    def _story(self) -> PersonStory | None:
        return self.presenter.story(self._person) if self._person is not None else None

    def _enrolling(self, person: int | None = None) -> EnrolPresenter:
        return EnrolPresenter(self.presenter.desk, self.presenter.actor, person)

    def _form(self, make: Make, done: str) -> None:
        one = self._story()
        if one is None:
            return
        deeds = PersonDeeds(self.presenter.desk, self.presenter.actor, one.id)
        self._open(make(deeds, one), done, told=lambda: deeds.told)

    def _open(self, form: Form, done: str, *, over: bool = False, told: Callable[[], str] = str) -> None:
        form.saved.connect(lambda person: self._saved(person, told() or done))
        self.section.open_form(form, over=over)

    def _saved(self, person: object, done: str) -> None:
        section = self.section
        section.close_form()
        if section.which in _TO_DO and not section.text:
            section.stay(person)
        elif isinstance(person, int):
            section.show_person(person)
        else:
            self.section.reload()
        self.section.said.emit(done, "good")

    def _allowed(self, actions: tuple[tuple[str, Action], ...]) -> tuple[Action, ...]:
        return tuple(action for right, action in actions if self._may[right])
