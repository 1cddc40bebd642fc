"""A form that asks a few things and does one: the parts that the sections of this screen share."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services import purses
from canteen_pos.ui import jobs
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, MoneyField, PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.saying import tender_word
from canteen_pos.ui.screens.purses.presenter import PursesPresenter, new_request
from canteen_pos.ui.widgets.labels import Text

Field = tuple[str, str, QWidget] | tuple[str, str, QWidget, str]
Problems = Mapping[str, str]
BLAMES: Mapping[str, tuple[str, ...]] = {
    "account.limit": ("limit",),
    "account.limit_under_owed": ("limit",),
    "account.month": ("month",),
    "account.month_ahead": ("month",),
    "account.name_empty": ("name",),
    "account.payment_amount": ("fen",),
    "account.pays_too_much": ("fen",),
    "account.purse_short": ("who",),
    "cash.not_that_much": ("tender",),
    "export.not_written": ("path",),
    "export.suffix": ("path",),
    "limit.negative": ("day",),
    "member.unknown": ("who", "people"),
    "person": ("who", "people"),
    "points.nothing": ("number", "time"),
    "points.reason_needed": ("what",),
    "points.short": ("number", "which"),
    "points.too_little": ("time",),
    "points.undone": ("which",),
    "purse.last_user": ("who",),
    "purse.needs_card": ("who",),
    "purse.not_yours": ("who",),
    "purse.nothing_to_pay_out": ("fen",),
    "purse.on_it_already": ("who",),
    "purse.payee_needed": ("payee",),
    "purse.too_much": ("fen",),
    "refund.reason_needed": ("reason",),
    "shift.none_open": ("tender",),
    "top_up.spent": ("which",),
    "top_up.undone": ("which",),
    "voucher.batch_cap": ("cap",),
    "voucher.batch_count": ("number", "people"),
    "voucher.batch_dates": ("last",),
    "voucher.batch_face": ("face",),
    "voucher.batch_issuer": ("issuer",),
    "voucher.batch_name": ("name",),
    "voucher.batch_over": ("last",),
    "voucher.batch_people": ("people",),
    "voucher.batch_percent": ("percent",),
    "voucher.claim_days": ("last",),
    "voucher.unknown": ("serial",),
    "voucher.void_reason": ("reason",),
    "voucher.void_used": ("serial",),
}
"""Which field a refusal belongs to: the first of these that the form has."""


class AskForm(Form):
    """Fields in rows, one per row or several beside each other; `do` answers with the sentence for what was done.

    `do` may raise a Refusal: it goes through `presenter.attempt`, and what it could not do is said below the field that
    BLAMES names for it. `check` gives problems by field before anything is done. `begin` has the keyboard first.
    `beside`: `do` takes long and runs beside the window, so it touches no field.
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
        scans_into: LineField | None = None,
        begin: str = "",
        beside: bool = False,
    ) -> None:
        super().__init__(title, save_word)
        self.presenter = presenter
        self.made: object = None
        """The key of the row that came into being, for the list to stand on."""
        self.mood = "good"
        """How the sentence for what was done is said."""
        self._do, self._check, self._scans_into, self._begin = do, check, scans_into, begin
        self._beside, self._busy = beside, False
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
        if self._begin:
            return self.boxes[self._begin].field
        fields = [box.field for box in self.boxes.values() if not box.isHidden()]
        first = next((one for one in fields if isinstance(one, QLineEdit | PathField)), super().first_focus())
        if isinstance(first, QLineEdit):
            first.selectAll()  # what stands there already is replaced by typing
        return first

    def scan(self, code: str) -> bool:
        if self._scans_into is not None:
            self._scans_into.setText(code)
            self.touch()
        return self._scans_into is not None

    def submit(self) -> None:
        if not self._beside:
            super().submit()
        elif not self._busy and self._readable():
            self._busy = True
            self.message.say(tr("正在办，请稍候…"))
            jobs.run(lambda: self.presenter.attempt(self._do), self._finished, self._broke)

    def escape(self) -> None:
        if not self._busy:
            super().escape()

    def _finished(self, done: str) -> None:
        self._busy = False
        self.show_problems({} if done else {self._to_blame(): self.presenter.problem})
        if done:
            self.saved.emit(done)

    def _broke(self, error: Exception) -> None:
        """A bug is logged as ever, and the form may be left."""
        self._busy = False
        self.message.say("")
        raise error

    def save(self) -> object | None:
        if not self._readable():
            return None
        done = self.presenter.attempt(self._do)
        self.show_problems({} if done else {self._to_blame(): self.presenter.problem})
        return done or None

    def _readable(self) -> bool:
        """Whether what is typed can be read and fits; else it is said at its field."""
        unreadable = {
            key: box.field.problem()
            for key, box in self.boxes.items()
            if isinstance(box.field, MoneyField | DateField) and box.field.problem()
        }
        problems = unreadable or dict(self._check())
        self.show_problems(problems)
        return not problems

    def only_if(self, chips: Chips, value: str, *keys: str) -> None:
        """Ask for these fields only while `chips` says `value`."""

        def show(chosen: str = "") -> None:
            asked = (chosen or chips.value()) == value
            left = not asked and any(self.boxes[key].isAncestorOf(self.focusWidget()) for key in keys)
            for key in keys:
                self.boxes[key].setVisible(asked)
            if left:
                self.first_focus().setFocus()

        chips.picked.connect(show)
        show()

    def _to_blame(self) -> str:
        """The field that what went wrong belongs to; '' for the form as a whole."""
        fields = BLAMES.get(self.presenter.fault, ())
        return next((key for key in fields if key in self.boxes), "")


def tenders(codes: Sequence[str]) -> Chips:
    chips = Chips([(code, tender_word(code)) for code in codes])
    chips.set_value(codes[0])
    return chips


def yes_no(no: str, yes: str) -> Chips:
    """Two chips, of which 'no' is chosen; `value()` is 'yes' or 'no'."""
    chips = Chips([("no", no), ("yes", yes)])
    chips.set_value("no")
    return chips


def person_field() -> LineField:
    return LineField(tr("会员号、姓名、首字母，或刷卡"))


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
    return AskForm(presenter, title, tr("加入"), rows, do, said=said, scans_into=who)
