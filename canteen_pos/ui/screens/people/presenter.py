"""The list of people and one person's story, as the services tell them to this actor. No Qt."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from canteen_pos import i18n
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.person import PeopleFilter, PersonRow, PersonStory, WhatIf
from canteen_pos.i18n import tr
from canteen_pos.services import card_printing, members, people, pictures, retention
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.retention import Due
from canteen_pos.services.rights import may
from canteen_pos.ui.saying import said

FIRST = 40
"""Rows of a page of the table (`ui.office.paged.PAGE`)."""


class PeoplePresenter:
    """`problem` is the sentence for what could not be read or done last."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.problem = ""
        self.revealed: tuple[int, str] = (0, "")
        self._first: tuple[PeopleFilter, str, tuple[PersonRow, ...]] | None = None

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    @property
    def may_manage(self) -> bool:
        return may(self.actor, "manage_people")

    def filters(self) -> tuple[tuple[PeopleFilter, str], ...]:
        """The work lists and their words."""
        return (
            ("active", tr("在册")),
            ("aged_60", tr("60 岁以上")),
            ("delivery", tr("送餐")),
            ("expiring", tr("资格将到期")),
            ("to_review", tr("待复核")),
            ("absent", tr("长期未到")),
            ("left", tr("已离开")),
        )

    def count(self, which: PeopleFilter, text: str) -> int:
        """Reads the first page as well, which is asked for next; one that is not full needs no counting."""
        first = self._read(which, text, 0, FIRST)
        self._first = (which, text, first)
        return len(first) if len(first) < FIRST else people.count(self.desk, which, text)

    def page(self, which: PeopleFilter, text: str, offset: int, limit: int) -> tuple[PersonRow, ...]:
        known, self._first = self._first, None
        if known is not None and (*known[:2], 0, FIRST) == (which, text, offset, limit):
            return known[2]
        return self._read(which, text, offset, limit)

    def _read(self, which: PeopleFilter, text: str, offset: int, limit: int) -> tuple[PersonRow, ...]:
        return people.page(self.desk, self.actor, which, text, offset, limit, i18n.language())

    def counts(self) -> Mapping[str, int | None]:
        return {str(which): number for which, number in people.counts(self.desk).items()}

    def holder(self, code: str) -> int | None:
        """Whose card that is or was; `problem` is filled for a card that is dead, or nobody's."""
        self.problem = ""
        try:
            member = members.by_card(self.desk, code)
        except Refusal as refusal:
            self.problem = said(refusal)
            had = self._read("all", code, 0, 1)
            return had[0].id if had else None
        if member is None:
            self.problem = tr("没有人用这张卡：{code}").format(code=code)
            return None
        return member.id

    def story(self, person_id: int) -> PersonStory | None:
        try:
            return people.story(self.desk, self.actor, person_id, i18n.language())
        except Refusal as refusal:
            self.problem = said(refusal)
            return None

    def dishes(self, text: str) -> tuple[Tile, ...]:
        """Today's dishes that `text` may mean, by a part of the name, initials or code; all of them for ''."""
        wanted = text.strip().lower()
        return tuple(
            tile
            for tile in people.dishes(self.desk, self.actor)
            if wanted in tile.name.lower()
            or tile.initials.startswith(wanted)
            or tile.code.lower().startswith(wanted)
        )

    def what_if(
        self, person_id: int, dish_id: int | None = None, serving: Serving = Serving.DINE_IN
    ) -> WhatIf | None:
        """What they would pay for the day's set, or for a dish; None when it is not on today's menu, or cannot be priced."""
        self.problem = ""
        try:
            return people.what_if(self.desk, self.actor, person_id, i18n.language(), dish_id, serving)
        except Refusal as refusal:
            self.problem = said(refusal)
            return None

    def everybody(self, which: PeopleFilter, text: str) -> tuple[int, ...]:
        """The ids of all on a list, as it is filtered now."""
        return tuple(row.id for row in self.page(which, text, 0, self.count(which, text)))

    def print_cards(self, person_ids: tuple[int, ...], file: str, *, issue: bool) -> str:
        """What was written, in words; '' with `problem` filled."""
        self.problem = ""
        target = Path(file if file.lower().endswith(".pdf") else f"{file}.pdf")
        try:
            done = card_printing.print_sheet(
                self.desk, self.actor, person_ids, target, issue=issue, lang=i18n.language()
            )
        except Refusal as refusal:
            self.problem = said(refusal)
            return ""
        words = [tr("{count} 张卡写到 {file}").format(count=done.cards, file=done.file)]
        words += [tr("新发 {count} 张").format(count=done.issued)] if done.issued else []
        words += [tr("{count} 人没有卡，没有印").format(count=len(done.without))] if done.without else []
        return tr("；").join(words)

    def save_list(self, which: PeopleFilter, text: str, file: str) -> str:
        """What was written, in words, for a worker thread; raises Refusal."""
        written = people.save_list(self.desk, self.actor, Path(file), which, text, i18n.language())
        return tr("{count} 人写到 {file}").format(count=f"{written:,}", file=file)

    def due(self) -> tuple[Due, ...]:
        """What has been kept long enough; nothing for whom it is not."""
        return retention.due(self.desk, self.actor) if self.may_manage else ()

    def let_go(self, chosen: Sequence[Due]) -> int:
        """How many went; `problem` is filled when none could."""
        self.problem = ""
        try:
            return retention.carry_out(self.desk, self.actor, chosen)
        except Refusal as refusal:
            self.problem = said(refusal)
            return 0

    def photo(self, name: str) -> bytes:
        """The photo kept under `name`; b'' without one."""
        return pictures.read(self.desk, name)

    def reveal(self, person_id: int) -> bool:
        """Show the whole ID number of this person until another is chosen; it is logged who looked."""
        self.problem = ""
        try:
            self.revealed = (person_id, people.reveal_id_number(self.desk, self.actor, person_id))
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        if not self.revealed[1]:
            self.problem = tr("没有存身份证号。")
        return not self.problem
