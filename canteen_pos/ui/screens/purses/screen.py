"""Purses: who uses one, what is in it, what moved it; paying out, families, limits, the mark for a low balance."""

from collections.abc import Mapping, Sequence
from typing import cast

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import purses
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.purses import Holder, PurseFilter, PurseRow, PurseStory
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Event, Story
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.purses import purse_forms
from canteen_pos.ui.screens.purses.forms import join_form
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.screens.purses.presenter import last_word, movement_words, purse_name
from canteen_pos.ui.widgets.labels import ChipKind


class PursesSection(PurseList):
    """Stored value. An account's id as payload shows that purse."""

    view = "purses"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(
            desk,
            actor,
            tr("储值账户"),
            _columns(desk),
            hint=tr("姓名、首字母、会员号、卡号"),
            filters=_filters(),
            empty=tr("没有符合的账户。"),
        )
        self.button(tr("保存清单"), "Ctrl+P", self.save_list)
        self.reload()

    def count(self) -> int:
        return purses.count(self.presenter.desk, purses.WALLETS, self._which, self.text)

    def fetch(self, offset: int, limit: int) -> Sequence[PurseRow]:
        desk, actor = self.presenter.desk, self.presenter.actor
        return purses.page(desk, actor, purses.WALLETS, self._which, self.text, offset, limit)

    def counts(self) -> Mapping[str, int | None]:
        desk = self.presenter.desk
        return {which: purses.count(desk, purses.WALLETS, which) for which in ("in_use", "low", "empty")}

    def key_of(self, row: PurseRow) -> object:
        return row.account_id

    def deeds(self) -> tuple[Deed, ...]:
        return (
            ("refund_purse", tr("退款"), "Ctrl+R", self.pay_out),
            ("refund_purse", tr("撤销充值"), "Ctrl+Z", self.undo),
            ("manage_purses", tr("加共用人"), "Ctrl+J", self.join),
            ("manage_purses", tr("移出共用人"), "Ctrl+U", self.leave),
            ("manage_purses", tr("每人限额"), "Ctrl+I", self.limit),
            ("manage_purses", tr("余额提醒"), "Ctrl+M", self.mark),
        )

    def enter(self) -> None:
        if self.presenter.may("refund_purse"):
            self.pay_out()

    def go(self, payload: object) -> None:
        if isinstance(payload, int):
            row = purses.story(self.presenter.desk, self.presenter.actor, payload).purse
            self.filters.set_value("in_use" if row.active else "closed")
            self.search.setText(row.name)
            self.refresh(payload)

    def scan(self, code: str) -> bool:
        if not super().scan(code):
            self.search.setText(code)
        return True

    def show_row(self, row: PurseRow | None) -> None:
        self.story.begin()
        if row is not None:
            one = purses.story(self.presenter.desk, self.presenter.actor, row.account_id)
            self._tell(self.story, one)
        self.story.end()

    def _tell(self, into: Story, one: PurseStory) -> None:
        purse, today = one.purse, self.presenter.today
        held = purse.balance_fen + purse.bonus_fen
        chips: list[tuple[str, ChipKind]] = []
        if not purse.active:
            chips.append((tr("已关闭"), "bad"))
        elif one.low_fen and held < one.low_fen:
            chips.append((tr("余额低"), "notice"))
        into.heading(purse_name(purse), "", chips)
        into.sums(
            [
                (tr("本金（可退）"), money(purse.balance_fen), "body"),
                (tr("赠送（不退）"), money(purse.bonus_fen), "body"),
            ],
            (tr("可用"), money(held)),
            [tr("低于 {mark} 时小票提醒充值").format(mark=money(one.low_fen))] if one.low_fen else (),
        )
        if purse.active:
            self.deed_buttons()
        elif self.presenter.may("manage_purses"):
            into.quiet(tr("重新启用：Ctrl O。"))
        into.word(tr("使用人"))
        for holder in one.holders:
            into.pairs([(f"{holder.name}  {holder.member_no}", tr("、").join(holder.cards) or tr("没有卡"))])
            into.quiet(_limits(holder))
        if not one.holders:
            into.quiet(tr("不记名账户"))
        into.word(tr("最近变动"))
        into.timeline([Event(*movement_words(each, today)) for each in one.movements])

    def press(self, key: str) -> bool:
        row = self.current
        if key == "Ctrl+O" and self.form is None and row is not None and not row.active:
            return self._reopen(row)
        return super().press(key)

    def _reopen(self, row: PurseRow) -> bool:
        def do() -> str:
            purses.reopen(self.presenter.desk, self.presenter.actor, row.account_id)
            return tr("已重新启用")

        done = self.presenter.attempt(do)
        self.reload()
        self.said.emit(done or self.presenter.problem, "good" if done else "notice")
        return True

    # -- deeds -------------------------------------------------------------------------------------------

    def pay_out(self) -> None:
        self.ask(purse_forms.pay_out(self.presenter, self._row()), paper=True)

    def undo(self) -> None:
        story = purses.story(self.presenter.desk, self.presenter.actor, self._row().account_id)
        form = purse_forms.undo_top_up(self.presenter, story)
        if form is None:
            self.said.emit(tr("最近没有充值。"), "notice")
        else:
            self.ask(form, paper=True)

    def join(self) -> None:
        """Somebody else uses this purse too."""
        self.ask(
            join_form(
                self.presenter,
                self._row().account_id,
                tr("加共用人"),
                tr("这个人自己的储值余额会转到这个账户，手里的卡从这个账户扣款。"),
                tr("{name} 现在用这个账户"),
            )
        )

    def leave(self) -> None:
        self.ask(purse_forms.leave(self.presenter, self._row()))

    def limit(self) -> None:
        story = purses.story(self.presenter.desk, self.presenter.actor, self._row().account_id)
        if story.holders:
            self.ask(purse_forms.limits(self.presenter, story.holders))
        else:
            self.said.emit(tr("不记名账户没有使用人，限额要记在人身上。"), "notice")

    def mark(self) -> None:
        self.ask(purse_forms.low_mark(self.presenter, self._row()))

    def save_list(self) -> None:
        """The purses of this filter with their cards and holders."""
        words = dict(_filters())
        self.ask(purse_forms.save_list(self.presenter, self._which, words[self._which]))

    def _row(self) -> PurseRow:
        return cast("PurseRow", self.current)

    @property
    def _which(self) -> PurseFilter:
        return cast("PurseFilter", self.filter or "in_use")


def _filters() -> tuple[tuple[str, str], ...]:
    return (
        ("in_use", tr("使用中")),
        ("low", tr("余额低")),
        ("dormant", tr("半年没吃")),
        ("empty", tr("没有余额")),
        ("closed", tr("已关闭")),
    )


def _limits(holder: Holder) -> str:
    every = (
        (tr("每餐 {amount}"), holder.meal_limit_fen),
        (tr("每天 {amount}"), holder.day_limit_fen),
        (tr("每月 {amount}"), holder.month_limit_fen),
    )
    limits = " · ".join(words.format(amount=money(fen)) for words, fen in every if fen is not None)
    return tr("限额：{limits}").format(limits=limits) if limits else ""


def _cards(row: PurseRow) -> Cell:
    if not row.cards:
        return Cell("—", ink="quiet")
    return Cell(row.cards[0] if len(row.cards) == 1 else f"{row.cards[0]} +{len(row.cards) - 1}")


def _columns(desk: Desk) -> tuple[Column, ...]:
    def name(row: PurseRow) -> Cell:
        shared: tuple[tuple[str, ChipKind], ...] = ()
        if len(row.users) > 1:
            shared = ((tr("{count} 人共用").format(count=len(row.users)), "plain"),)
        return Cell(purse_name(row), chips=shared, ink="ink" if row.active else "quiet")

    return (
        Column(tr("使用人"), name, 190, grow=True),
        Column(tr("卡号"), _cards, 116),
        Column(tr("本金"), lambda row: yuan(row.balance_fen), 90, "right"),
        Column(
            tr("赠送"),
            lambda row: yuan(row.bonus_fen) if row.bonus_fen else Cell("—", ink="quiet"),
            80,
            "right",
        ),
        Column(tr("可用"), lambda row: Cell(yuan(row.balance_fen + row.bonus_fen), bold=True), 90, "right"),
        Column(tr("最后一笔"), lambda row: last_word(row, desk.clock.now().date()), 120),
    )
