"""A form that asks a few things and does one: the parts that the sections of this screen share."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services import purses
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, MoneyField, PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.saying import tender_word
from canteen_pos.ui.screens.purses.presenter import PursesPresenter, new_request
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text

Field = tuple[str, str, QWidget] | tuple[str, str, QWidget, str]
Problems = Mapping[str, str]


class AskForm(Form):
    """Fields in rows, one per row or several beside each other; `do` answers with the sentence for what was done.

    `do` may raise nothing: it goes through `presenter.attempt`, and '' shows the presenter's problem beside the field
    named by `blame` (or at the top). `check` gives problems by field before anything is done.
    """

    def __init__(
        self,
        presenter: PursesPresenter,
        title: str,
        save_word: str,
        rows: Sequence[Sequence[Field]],
        do: Callable[[], str],
        *,
        said: str = "",
        check: Callable[[], Problems] = dict,
        blame: str = "",
        scans_into: LineField | None = None,
    ) -> None:
        super().__init__(title, save_word)
        self.presenter = presenter
        self._do, self._check, self._blame, self._scans_into = do, check, blame, scans_into
        if said:
            self.put(Text(said, "quiet").wrapped())
        for row in rows:
            if len(row) == 1:
                self.add(*row[0])
            else:
                self.beside(*row)
        fields = [field for row in rows for _, _, field, *_ in row]
        lines = [one.line if isinstance(one, PathField) else one for one in fields]
        self.walk(*(one for one in lines if isinstance(one, LineField)))

    def first_focus(self) -> QWidget:
        fields = [box.field for box in self.boxes.values()]
        return next((one for one in fields if isinstance(one, QLineEdit | PathField)), super().first_focus())

    def scan(self, code: str) -> bool:
        if self._scans_into is not None:
            self._scans_into.setText(code)
            self.touch()
        return self._scans_into is not None

    def save(self) -> object | None:
        unreadable = {
            key: box.field.problem()
            for key, box in self.boxes.items()
            if isinstance(box.field, MoneyField | DateField) and box.field.problem()
        }
        problems = unreadable or dict(self._check())
        if problems:
            self.show_problems(problems)
            return None
        done = self.presenter.attempt(self._do)
        self.show_problems({} if done else {self._blame: self.presenter.problem})
        return done or None


def tenders(codes: Sequence[str]) -> Chips:
    chips = Chips([(code, tender_word(code)) for code in codes])
    chips.set_value(codes[0])
    return chips


def yes_no(no: str, yes: str, *, chosen: bool = False) -> Chips:
    """Two chips; `value()` is 'yes' or 'no'."""
    chips = Chips([("no", no), ("yes", yes)])
    chips.set_value("yes" if chosen else "no")
    return chips


def person_field() -> LineField:
    return LineField(tr("会员号、姓名、首字母，或刷卡"))


VIEWS: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("purses", lambda: tr("储值账户"), "F2"),
    ("customers", lambda: tr("挂账单位"), "F3"),
    ("vouchers", lambda: tr("券"), "F4"),
    ("points", lambda: tr("积分"), "F5"),
    ("liability", lambda: tr("预存负债"), "F6"),
)
"""The five views: section, word, key."""


def join_form(presenter: PursesPresenter, account_id: int, title: str, said: str, joined: str) -> AskForm:
    """Somebody, by card or by name, who may use an account from now on; `joined` says so, with {name}."""
    who, request = person_field(), new_request()

    def do() -> str:
        member = presenter.person(who.text())
        if member is None:
            return ""
        purses.join(presenter.desk, presenter.actor, account_id, member.id, request)
        return joined.format(name=member.name)

    rows = ((("who", tr("谁"), who),),)
    return AskForm(presenter, title, tr("加入"), rows, do, said=said, blame="who", scans_into=who)


class ViewTabs(QWidget):
    """`current` is the view it stands in; F2 to F6 lead to the others."""

    def __init__(self, section: Section, current: str) -> None:
        super().__init__()
        from PySide6.QtWidgets import QHBoxLayout

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, word, cap in VIEWS:
            button = KeyButton(word(), cap, look="tab")
            button.setChecked(key == current)
            if key != current:
                go = _leads(section, key)
                button.clicked.connect(go)
                section.on(cap, go)
            row.addWidget(button)
        row.addStretch(1)


def _leads(section: Section, key: str) -> Callable[..., None]:
    return lambda *_: section.wants.emit(key, None)
