"""The page of backups: where, when, how long; made now, tried; and one put back after a look at what is lost."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr, tr_as
from canteen_pos.services.backing_up import Copy, Last
from canteen_pos.services.backups import Preview
from canteen_pos.ui.forms import CountField, LineField, PinField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.panel import clear
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.settings.backups import BackupPresenter, size_words
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.ui.widgets.labels import Card, Text

SHOWN = 8
"""So many copies are offered; an older one is chosen as a file."""


class BackupPage(Page):
    """`restore(file)` puts a backup in place of the books; '' from it means that this house cannot."""

    def __init__(self, presenter: SettingsPresenter, restore: Callable[[Path], str]) -> None:
        super().__init__(presenter, tr("备份与恢复"), "machine")
        self.backups = BackupPresenter(presenter)
        self._restore = restore
        self._file: Path | None = None
        self.last = Text("", "body").wrapped()
        self.put(self.last)
        self.to = PathField(tr("/media/usb 或 sftp://用户@主机/文件夹"), kind="folder")
        self.password = LineField()
        self.password.setEchoMode(LineField.EchoMode.Password)
        self.at, self.daily, self.monthly = LineField("21:30"), CountField(), CountField()
        self.add(
            "backup_to",
            tr("备份到哪里"),
            self.to,
            tr("另一块盘上的文件夹，或 sftp://、ftp:// 地址；空着就不自动备份"),
        )
        self.beside(
            ("backup_password", tr_as("of a server", "密码"), self.password, tr("只存在这台机器上")),
            ("backup_at", tr("每天几点"), self.at, tr("交班和退出时也备份")),
        )
        self.beside(
            ("backup_daily", tr("每天一份留几天"), self.daily),
            ("backup_monthly", tr("每月一份留几月"), self.monthly),
        )
        self.row(self.action(tr("试一试位置"), "F5", self._try), self.action(tr("现在备份"), "F6", self._now))
        self.walk(self.to.line, self.password, self.at, self.daily, self.monthly)
        self.changed.connect(self._tell_last)
        self._restoring()
        self.load()

    def first_focus(self) -> LineField:
        return self.to.line

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        return BackupPresenter(presenter).last_short()

    def load(self) -> None:
        machine = self.presenter.machine
        self.to.set_path(machine.backup_to)
        self.password.setText(machine.backup_password)
        self.at.setText(machine.backup_at)
        self.daily.setText(machine.backup_daily)
        self.monthly.setText(machine.backup_monthly)
        self._tell_last()

    def _tell_last(self) -> None:
        words, trouble = self.backups.last_words()
        self.last.setText(f"{'⚠ ' if trouble else '✓ '}{words}")

    def store(self) -> bool:
        return self.presenter.save_machine(
            backup_to=self.to.path(),
            backup_password=self.password.text(),
            backup_at=self.at.text().strip(),
            backup_daily=self.daily.text().strip(),
            backup_monthly=self.monthly.text().strip(),
        )

    # -- making one ----------------------------------------------------------------------------------

    def _try(self) -> None:
        to, password = self.to.path(), self.password.text()
        self.try_out(
            lambda: self.backups.try_place(self.backups.plan_typed(to, password)),
            lambda where: tr("能写、能读、能删：{where}").format(where=where),
        )

    def _now(self) -> None:
        if self.unsaved:
            self.submit()
            if self.unsaved:
                return
        self.try_out(self.backups.now, self._made, lane="backup")

    def _made(self, last: Last) -> str:
        self.load()
        return tr("备份好了，已打开核对：{file}（{size}）").format(file=last.file, size=size_words(last.size))

    # -- putting one back ----------------------------------------------------------------------------

    def _restoring(self) -> None:
        self.word(tr_as("a backup", "恢复"))
        self.copies = Chips((), focusable=False)
        self.put(self.copies)
        self.file = PathField(tr("或选一个备份文件"), files=tr("备份 (*.zip *.db)"))
        self.put(self.file)
        self.row(
            self.action(tr("看看有哪些备份"), "F7", self._list),
            self.action(tr("看看会丢什么"), "F8", self._look),
        )
        self._seen = QVBoxLayout()
        self._seen.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._seen)
        self.put(holder)
        self.pin = PinField(tr("你的密码"))
        self.pin_box = self.add("pin", tr("输入你的密码，用这份备份换掉现在的数据"), self.pin)
        self.confirm = self.action(tr_as("a backup", "恢复"), "Ctrl+R", self._put_back)
        self.row(self.confirm)
        self.pin.entered.connect(self._put_back)
        self.pin_box.hide()
        self.confirm.hide()

    def touch(self, *given: object) -> None:
        if self.sender() not in (getattr(self, "pin", None),):
            super().touch(*given)

    def _list(self) -> None:
        self.try_out(self.backups.copies, self._listed, lane="backup")

    def _listed(self, found: tuple[Copy, ...]) -> str:
        self.copies.set_choices([(one.name, self.backups.copy_words(one)) for one in found[:SHOWN]])
        if found:
            self.copies.set_value(found[0].name)
        return tr("有 {count} 份备份").format(count=len(found))

    def _look(self) -> None:
        typed, name = self.file.path(), self.copies.value()
        if not typed and not name:
            self.message.say(tr("先按 F7 选一份备份，或填一个备份文件。"))
            return

        def work() -> tuple[Path, Preview]:
            file = Path(typed) if typed else self.backups.bring(name)
            return file, self.backups.preview(file)

        self.try_out(work, self._looked, lane="backup")

    def _looked(self, found: tuple[Path, Preview]) -> str:
        self._file, seen = found
        clear(self._seen)
        card = Card("notice")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 10)
        held = tr("备份里有 {count} 张单据。恢复的话：").format(count=seen.backup.documents)
        column.addWidget(Text(held, "body").wrapped())
        for words, amount in self.backups.losses(seen):
            column.addWidget(Text(f"{words}  {amount}".rstrip(), "item").wrapped())
        column.addWidget(
            Text(tr("现在的数据会留一份在旁边；之后的单号用新的系列，不会重复。"), "quiet").wrapped()
        )
        self._seen.addWidget(card)
        self.pin_box.show()
        self.confirm.show()
        self.pin.setFocus()
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.confirm, 0, 12))
        return tr("看清楚再恢复")

    def _put_back(self) -> None:
        if self._file is None:
            self.message.say(tr("先看看会丢什么（F8）。"))
            return
        problem = self.backups.proven(self.pin.take())
        if problem:
            self.show_problems({"pin": problem})
            return
        try:
            sentence = self._restore(self._file)
        except Refusal as refusal:
            sentence = said(refusal)
        if sentence:
            self.show_problems({"pin": sentence})
