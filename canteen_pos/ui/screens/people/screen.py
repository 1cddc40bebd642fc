"""The people section: a list found by anything, the chosen person's story at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from canteen_pos.domain.membership import Member
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import members
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Cell, Column


class PeopleSection(ListSection):
    """Everybody who eats here."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("姓名"), lambda row: row.name, 90, grow=True),
            Column(tr("年龄"), lambda row: str(row.age or "—"), 64),
            Column(tr("卡号"), lambda row: row.card, 120),
            Column(tr("余额"), lambda row: Cell(yuan(row.balance_fen)), 100, "right"),
        )
        super().__init__(
            tr("就餐人"), columns, hint=tr("姓名、首字母、手机尾号、卡号，随便输入"), parent=parent
        )
        self.desk, self.actor = desk, actor
        self.reload()

    def fetch(self, offset: int, limit: int) -> Sequence[Member]:
        return members.find(self.desk, self.text)[offset : offset + limit]

    def count(self) -> int:
        return len(members.find(self.desk, self.text))

    def show_row(self, row: Member | None) -> None:
        self.story.begin()
        if row is not None:
            self.story.heading(row.name, tr("{age} 岁").format(age=row.age))
            self.story.facts(((tr("手机"), row.phone_masked), (tr("卡"), row.card)))
        self.story.end()
