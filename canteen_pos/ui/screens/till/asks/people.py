"""Finding who eats, or who pays: by card, phone tail, initials, name, member number."""

from collections.abc import Callable

from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import members
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.till.asks.base import Ask, Till
from canteen_pos.ui.screens.till.view import AskRow, AskView, Option

SHOWN = 12
_NEWCOMER = "Ctrl N"


class WhoAsk(Ask):
    """Rows follow what is typed; Enter takes the chosen one. Enter over nothing is nobody: a guest without a card."""

    def __init__(
        self, till: Till, title: str, then: Callable[[Member | None], None], *, nobody: str = ""
    ) -> None:
        super().__init__(till)
        self._title = title
        self._then = then
        self._nobody = nobody
        self._found: tuple[Member, ...] = ()
        self._chosen = 0

    def view(self, text: str) -> AskView:
        rows = tuple(
            AskRow(
                title=member.name,
                detail=self._facts(member),
                amount=money(member.spendable_fen),
                chosen=place == self._chosen,
            )
            for place, member in enumerate(self._found)
        )
        nobody = bool(text.strip()) and not rows
        said = "" if rows else tr("没有这个人；Ctrl N 登记新人。") if nobody else self._nobody
        return AskView(
            title=self._title,
            prompt=tr("姓名首字母 · 手机尾号 · 编号 · 卡号"),
            hint=tr("↑↓ 选 · Enter 确定 · Esc 返回"),
            said=said,
            options=(Option(_NEWCOMER, tr("登记新人")),) if nobody else (),
            rows=rows,
            numpad=True,
            words=True,
            enter=tr("确定"),
        )

    def typed(self, text: str) -> None:
        text = text.strip()
        self._found = members.find(self.till.desk, text, limit=SHOWN) if text else ()
        self._chosen = 0

    def enter(self, text: str) -> None:
        if self._found:
            self._take(self._found[self._chosen])
        elif not text.strip() and self._nobody:
            self._take(None)
        else:
            self.till.say(tr("没有找到，请换个写法，或按 Ctrl N 登记。"), "notice")

    def option(self, key: str) -> bool:
        if key != _NEWCOMER:
            return False
        self.till.close_ask()
        self.till.panel("enrol", None)
        return True

    def row(self, place: int) -> None:
        if place < len(self._found):
            self._take(self._found[place])

    def move(self, step: int) -> None:
        self._chosen = max(0, min(len(self._found) - 1, self._chosen + step))

    def scanned(self, code: str) -> bool:
        member = members.by_card(self.till.desk, code)
        if member is None:
            return False
        self._take(member)
        return True

    def _take(self, member: Member | None) -> None:
        self.till.close_ask()
        self._then(member)

    @staticmethod
    def _facts(member: Member) -> str:
        facts = [tr("{age} 岁").format(age=member.age)] if member.age is not None else []
        facts += [part for part in (member.phone_masked, member.member_no) if part]
        return " · ".join(facts)
