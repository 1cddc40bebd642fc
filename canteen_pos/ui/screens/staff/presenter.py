"""The people who work here, as a manager sees and changes them. No Qt."""

from collections.abc import Callable, Mapping

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr, tr_as
from canteen_pos.services import records, staff, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.records import Record, Wanted
from canteen_pos.services.rights import ROLES
from canteen_pos.services.staff import Colleague
from canteen_pos.ui.saying import moment_words, role_word, said

DEEDS = 12
DEED_CHARS = 60


class StaffPresenter:
    """`problems` by field after something was refused; '' is what belongs to no field."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.problems: dict[str, str] = {}

    def filters(self) -> tuple[tuple[str, str], ...]:
        return (
            ("active", tr("在职")),
            ("locked", tr("已锁定")),
            ("left", tr_as("colleague", "已停用")),
        )

    def rows(self, which: str, text: str) -> list[Colleague]:
        sought = text.casefold()
        return [
            one
            for one in staff.everybody(self.desk, self.actor)
            if self._belongs(one, which) and (sought in one.name.casefold() or sought in role_word(one.role))
        ]

    def counts(self) -> Mapping[str, int | None]:
        everybody = staff.everybody(self.desk, self.actor)
        return {which: sum(self._belongs(one, which) for one in everybody) for which, _ in self.filters()}

    def seen(self, one: Colleague) -> str:
        """When somebody signed in last."""
        if one.last_sign_in is None:
            return tr("从未登录")
        return moment_words(one.last_sign_in, self.desk.clock.now().date())

    def locked(self, one: Colleague) -> str:
        """Until when wrong PINs keep the name locked, '' when they do not."""
        if one.locked_until is None:
            return ""
        return tr("密码连错 {count} 次，锁定到 {time}").format(
            count=one.failed_count, time=f"{one.locked_until:%H:%M:%S}"
        )

    def roles(self) -> tuple[tuple[str, str], ...]:
        return tuple((role, role_word(role)) for role in ROLES)

    def duty(self, role: str) -> str:
        """What a role is for, in a sentence."""
        return {
            "cashier": tr("收款、充值、登记就餐人、交班；退款和改价要经理在场授权。"),
            "manager": tr("全部权限：管理后台、员工、规则、设置和备份。"),
            "dispatcher": tr("登记和查看就餐人、送餐、看报表；不能收款。"),
            "auditor": tr("查账、核对、看记录和报表；什么也不能改。"),
        }[role]

    def deeds(self, one: Colleague) -> tuple[Record, ...]:
        """What somebody did last."""
        return records.page(self.desk, self.actor, Wanted(actor_id=one.id), 0, DEEDS)

    def deed_words(self, record: Record) -> tuple[str, str]:
        """(what, when); a sentence that names fifty dishes is read whole among the records."""
        at = moment_words(record.at, self.desk.clock.now().date())
        told = record.sentence(i18n.language())
        return told if len(told) <= DEED_CHARS else f"{told[: DEED_CHARS - 1]}…", at

    # -- changing ------------------------------------------------------------------------------------

    def create(self, name: str, role: str, pin: str, again: str) -> int | None:
        """The new colleague's id; None with `problems` filled."""
        if not self._same(pin, again):
            return None
        made: list[int] = []
        done = self._try(lambda: made.append(users.create(self.desk, self.actor, name.strip(), role, pin).id))
        return made[0] if done else None

    def change(self, one: Colleague, name: str, role: str) -> bool:
        return self._try(lambda: staff.change(self.desk, self.actor, one.id, name=name, role=role))

    def change_pin(self, one: Colleague, pin: str, again: str) -> bool:
        return self._same(pin, again) and self._try(
            lambda: users.change_pin(self.desk, self.actor, one.id, pin)
        )

    def set_active(self, one: Colleague, active: bool) -> bool:
        return self._try(lambda: users.set_active(self.desk, self.actor, one.id, active))

    def unlock(self, one: Colleague) -> bool:
        return self._try(lambda: staff.unlock(self.desk, self.actor, one.id))

    def _same(self, pin: str, again: str) -> bool:
        self.problems = {} if pin == again else {"again": tr("两次输入的密码不一样。")}
        return not self.problems

    def _try(self, work: Callable[[], object]) -> bool:
        self.problems = {}
        try:
            work()
        except Refusal as refusal:
            field = {
                "user.name_empty": "name",
                "user.name_taken": "name",
                "pin.format": "pin",
                "pin.easy": "pin",
                "pin.taken": "pin",
            }
            role = {"user.last_manager": "role", "user.role": "role"}
            self.problems = {(field | role).get(refusal.code, ""): said(refusal)}
            return False
        return True

    @staticmethod
    def _belongs(one: Colleague, which: str) -> bool:
        if which == "locked":
            return one.active and one.locked_until is not None
        return one.active is (which == "active")
