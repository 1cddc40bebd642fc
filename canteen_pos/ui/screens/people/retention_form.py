"""What has been kept long enough: looked through by a manager, then let go."""

from canteen_pos.i18n import tr
from canteen_pos.services.retention import Due
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.screens.people.presenter import PeoplePresenter
from canteen_pos.ui.widgets.labels import Text

MOST = 60


class RetentionForm(Form):
    """Every line is chosen at first; a press keeps one a while longer. `saved` carries how many went."""

    def __init__(self, presenter: PeoplePresenter, due: tuple[Due, ...]) -> None:
        super().__init__(tr("到期清除"), tr("清除选中的"))
        self.presenter = presenter
        self._due = {str(place): one for place, one in enumerate(due[:MOST])}
        kinds = dict.fromkeys(one.kind for one in self._due.values())
        self.put(
            Text(tr("这些已经存够了日子。请看一遍：选中的会清掉，单据和账不变，不能恢复。"), "body").wrapped()
        )
        self._chips: list[Chips] = []
        for kind in kinds:
            chips = Chips(
                [(code, _line(one)) for code, one in self._due.items() if one.kind == kind], many=True
            )
            chips.set_values(chips.codes())
            self._chips.append(chips)
            self.add(kind, kind_word(kind), chips)
        if len(due) > MOST:
            left = tr("先看前 {count} 条，还有 {more} 条。").format(count=MOST, more=len(due) - MOST)
            self.put(Text(left, "quiet"))

    def save(self) -> object | None:
        chosen = [self._due[code] for chips in self._chips for code in chips.values()]
        if not chosen:
            self.show_problems({"all": tr("一条也没有选。")})
            return None
        done = self.presenter.let_go(chosen)
        self.show_problems({"all": self.presenter.problem} if self.presenter.problem else {})
        return None if self.presenter.problem else tr("已清除 {count} 条").format(count=done)


def kind_word(kind: str) -> str:
    kinds = {
        "person": tr("整份资料（离开或没来满 3 年）"),
        "picture_and_number": tr("照片、身份证号、紧急联系人（离开满 90 天）"),
        "proxies": tr("代领人（结束满 1 年）"),
        "facts": tr("资格（结束满 5 年）"),
    }
    return kinds.get(kind, kind)


def _line(one: Due) -> str:
    since = one.since.isoformat() if one.since else ""
    return words.DOT.join(part for part in (f"{one.name} {one.member_no}", since) if part)
