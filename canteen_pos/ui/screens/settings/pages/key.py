"""The page of the key to ID numbers: its sheet to print, and the sheet typed in when the key is lost."""

from collections.abc import Callable
from pathlib import Path

from canteen_pos.i18n import tr
from canteen_pos.services import id_key
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.ui.widgets.labels import Text


class KeyPage(Page):
    """How it stands with the key, printing it, typing it in."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("身份证号密钥"), "file")
        self.state = Text("", "body").wrapped()
        self.put(self.state)
        self.put(
            Text(
                tr(
                    "身份证号加密存放，密钥不在数据库里，也不在备份里。把恢复单打印出来锁好，丢了密钥才找得回来。"
                ),
                "quiet",
            ).wrapped()
        )
        self.sheet = PathField(tr("恢复单.pdf"), kind="save", files="PDF (*.pdf)")
        self.add("sheet", tr("恢复单"), self.sheet, tr("打印以后把这个文件删掉"))
        self.row(self.action(tr("做恢复单"), "F5", self._print))
        self.typed = LineField(tr("照恢复单输入，空格随意"))
        self.add("typed", tr("找回密钥"), self.typed)
        self.anew = self.action(tr("恢复单也丢了：重新开始"), "F7", self._begin_anew)
        self.row(self.action(tr("找回"), "F6", self._recover), self.anew)
        self._sure = False
        self.sheet.line.entered.connect(self._print)
        self.typed.entered.connect(self._recover)
        self.save_button.hide()
        self.load()

    def first_focus(self) -> LineField:
        return self.typed if self.anew.isVisibleTo(self) else self.sheet.line

    def submit(self) -> None:
        """Nothing here is saved with Ctrl S, so nothing says it was."""

    def touch(self, *_: object) -> None:
        """Nothing here is saved with Ctrl S."""

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        status = id_key.status(presenter.desk)
        if status.state in ("missing", "wrong"):
            return tr("⚠ 密钥不在或不对")
        if status.sealed and status.printed_at is None:
            return tr("⚠ 恢复单还没打印")
        return tr("{count} 个号码").format(count=status.sealed)

    def load(self) -> None:
        status = id_key.status(self.presenter.desk)
        words = {
            "missing": tr("⚠ 密钥文件不见了，{count} 个身份证号现在打不开。请照恢复单输入。"),
            "wrong": tr("⚠ 密钥文件不是这个食堂的，{count} 个身份证号现在打不开。请照恢复单输入。"),
        }
        usual = tr("密钥正常，存着 {count} 个身份证号。")
        told = words.get(str(status.state), usual).format(count=status.sealed)
        printed = (
            tr("恢复单上次做于 {day}。").format(day=f"{status.printed_at:%Y-%m-%d}")
            if status.printed_at
            else tr("恢复单还没有做过。")
        )
        self.state.setText(f"{told}\n{printed}")
        self.anew.setVisible(status.state in ("missing", "wrong"))

    def _print(self) -> None:
        path = self.sheet.path()
        if not path:
            self.show_problems({"sheet": tr("请填写文件名。")})
            return

        def work() -> None:
            id_key.print_sheet(self.presenter.desk, self.presenter.actor, Path(path))

        self._do(work, "sheet", tr("恢复单已写到 {path}，请打印、锁好，再删掉文件").format(path=path))

    def _recover(self) -> None:
        def work() -> None:
            id_key.recover(self.presenter.desk, self.presenter.actor, self.typed.text())

        self._do(work, "typed", tr("密钥已找回，身份证号又能打开了"))

    def _begin_anew(self) -> None:
        """Only when the key is lost; asked twice, for the numbers nobody can open are forgotten."""
        if not self.anew.isVisible():
            return
        if not self._sure:
            self._sure = True
            self.message.say(
                tr("打不开的身份证号会全部删掉，以后要一个个重新登记；人、卡和钱不动。确定就再按一次 F7。")
            )
            return
        self._sure = False

        def work() -> None:
            id_key.begin_anew(self.presenter.desk, self.presenter.actor)

        self._do(work, "", tr("换了新的密钥，请马上做恢复单"))

    def _do(self, work: Callable[[], None], field: str, sentence: str) -> None:
        try:
            done = self.presenter.attempt(work, field)
        except OSError as error:
            told = tr("写不进“{path}”：{why}。请换个地方再存。")
            why = error.strerror or str(error)
            self.presenter.problems = {field: told.format(path=error.filename or self.sheet.path(), why=why)}
            done = False
        self.show_problems({} if done else self.presenter.problems)
        if done:
            self.typed.clear()
            self.load()
            self.told.emit(sentence, "good")
            self.changed.emit()
