"""What the page of backups asks and says. No Qt."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import backing_up, backups, machine_settings, users
from canteen_pos.services.backing_up import Copy, Last, Plan
from canteen_pos.services.backups import Preview
from canteen_pos.ui.saying import moment_words, money, said
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.wording.codes import CODES
from canteen_pos.wording.events import EVENTS


class BackupPresenter:
    def __init__(self, settings: SettingsPresenter) -> None:
        self.settings = settings
        self.desk, self.actor = settings.desk, settings.actor

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    def plan(self) -> Plan:
        """Refusal 'machine.no_folder'."""
        return backing_up.plan(machine_settings.folder(self.desk))

    def plan_typed(self, to: str, password: str) -> Plan:
        """The plan with a place that is being tried. Refusal 'machine.no_folder'."""
        return replace(self.plan(), to=to.strip(), password=password)

    def try_place(self, plan: Plan) -> str:
        return backing_up.try_place(self.actor, plan)

    def now(self) -> Last:
        return backing_up.back_up_now(self.desk, self.actor, self.plan())

    def last_words(self) -> tuple[str, bool]:
        """(how the newest attempt ended, whether that is trouble)."""
        last = backing_up.last(self.desk)
        if last is None:
            return tr("还没有备份过。"), True
        at = moment_words(last.at, self.today)
        if last.refusal is not None:
            return tr("{at} 备份失败：{why}").format(at=at, why=said(last.refusal)), True
        words = tr("{at} 备份成功，已打开核对：{file}（{size}），在 {where}")
        return words.format(at=at, file=last.file, size=size_words(last.size), where=last.where), False

    def last_short(self) -> str:
        """The same in a few words."""
        last = backing_up.last(self.desk)
        if last is None:
            return tr("⚠ 还没有备份过")
        words = tr("⚠ {at} 备份失败") if last.refusal is not None else tr("{at} 备份成功")
        return words.format(at=moment_words(last.at, self.today))

    def copies(self) -> tuple[Copy, ...]:
        return backing_up.copies(self.desk, self.plan())

    def copy_words(self, copy: Copy) -> str:
        return f"{copy.at:%Y-%m-%d %H:%M} · {size_words(copy.size)}"

    def bring(self, name: str) -> Path:
        """A copy from its place into a folder only this user reads, gone when the program ends."""
        folder = tempfile.mkdtemp(prefix="canteen-restore-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return backing_up.fetch(self.plan(), name, Path(folder))

    def preview(self, file: Path) -> Preview:
        """Refusal 'backup.*'."""
        return backups.preview(self.desk.db.url, file)

    def losses(self, seen: Preview) -> tuple[tuple[str, str], ...]:
        """What restoring would take away: (words, amount)."""
        if seen.gone is None:
            return ((tr("现在的数据读不出来，不知道会丢什么"), ""),)
        place = 0 if i18n.language() == "zh" else 1
        lines = []
        for kind, number, fen in seen.gone.by_kind:
            word = CODES[kind][place] if kind in CODES else EVENTS[kind][place + 1].split(" ")[0]
            lines.append((tr("丢掉{kind} {count} 笔").format(kind=word, count=number), money(fen)))
        if seen.gone.people:
            lines.append((tr("丢掉之后登记的就餐人"), tr("{count} 人").format(count=seen.gone.people)))
        if seen.gone.erased or seen.gone.customers:
            customers = len(seen.gone.customers)
            more = (tr("{count} 位挂账客户").format(count=customers),) if customers else ()
            numbers = tr("、").join((*seen.gone.erased, *more))
            lines.append((tr("已删除个人信息、又会回来的人，恢复后要再删一次"), numbers))
        return tuple(lines) or ((tr("什么也不丢：备份之后没有新的单据和人"), ""),)

    def proven(self, pin: str) -> str:
        """'' when this is the manager's own PIN, else the sentence."""
        try:
            users.sign_in(self.desk, self.actor.user_id, pin)
        except Refusal as refusal:
            return said(refusal)
        return ""


def size_words(size: int) -> str:
    """'3.2 MB'."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} KB"
