"""Pages about rules: the packs in force, and the days whose work the calendar does not know."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.ui.widgets.labels import Text


class PacksPage(Page):
    """Which rule packs are in force; a pack of one's own from a file."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("规则包"), "canteen")
        self.packs = Chips(presenter.packs(), many=True)
        self.file = PathField(tr("自己写的规则包（.toml）"), files=tr("规则包 (*.toml)"))
        self.site = Chips((), many=True)
        self.add("packs", tr("生效的规则包"), self.packs, tr("亮的生效；从下一单开始按新的规则计价"))
        self._asked = self.add("site", tr("规则问到的本食堂情况"), self.site, tr("是的就点亮；补贴会按它算"))
        self.packs.picked.connect(self._ask)
        self.add(
            "file", tr("加一个自己的规则包"), self.file, tr("写法见 docs/policies.zh-CN.md；读错会说是哪一行")
        )
        self.row(self.action(tr("读入"), "F5", self._read))
        self.file.line.entered.connect(self._read)
        self.load()

    def first_focus(self) -> QWidget:
        return self.file.line

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        return tr("、").join(presenter.canteen.packs) or tr("没有规则生效")

    def load(self) -> None:
        self.packs.set_choices(self.presenter.packs())
        self.packs.set_values(self.presenter.canteen.packs)
        self.site.set_choices(())
        self._ask()

    def store(self) -> bool:
        chosen = self.packs.values()
        before = [code for code in self.presenter.canteen.packs if code in chosen]
        packs = (*before, *(code for code in chosen if code not in before))
        return self.presenter.choose_packs(packs, self.site.values())

    def _ask(self, *_: object) -> None:
        """Only what the chosen packs ask; what was not on the screen yet stands as it is stored."""
        asked = self.presenter.site_facts(self.packs.values())
        seen, lit, stored = self.site.codes(), self.site.values(), self.presenter.canteen.site_facts
        self.site.set_choices([(code, word) for code, (word, _) in asked.items()])
        self.site.set_values(
            [
                code
                for code, (_, fact) in asked.items()
                if (code in lit if code in seen else stored.get(fact.name) == fact.value)
            ]
        )
        self._asked.setVisible(bool(asked))

    def _read(self) -> None:
        done = bool(self.file.path()) and self.presenter.add_pack(self.file.path())
        self.show_problems({} if done or not self.file.path() else self.presenter.problems)
        if done:
            chosen = self.packs.values()
            self.packs.set_choices(self.presenter.packs())
            self.packs.set_values(chosen)
            self.file.set_path("")
            self.told.emit(tr("已读入，点亮它再保存才生效。"), "good")


class WorkdaysPage(Page):
    """Official days the built-in calendar does not know."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("工作日"), "canteen")
        self.warning = Text("", "body").wrapped()
        self.days = QPlainTextEdit()
        self.days.setTabChangesFocus(True)
        self.days.setMinimumHeight(260)
        self.put(self.warning)
        self.add(
            "days",
            tr("和国家日历不同的日子，一行一天"),
            self.days,
            tr("2027-02-07 班（周末上班），2027-02-08 休（放假）。一年写满七天，就算知道了这一年。"),
        )
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        count = len(presenter.canteen.workdays)
        return tr("另外写了 {count} 天").format(count=count) if count else tr("照国家日历")

    def load(self) -> None:
        self.days.blockSignals(True)
        self.days.setPlainText(self.presenter.workdays_text(self.seen()))
        self.days.blockSignals(False)
        sentence = self.presenter.unknown_year()
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def store(self) -> bool:
        found = self.presenter.workdays(self.days.toPlainText())
        return found is not None and self.keep(workdays=found)
