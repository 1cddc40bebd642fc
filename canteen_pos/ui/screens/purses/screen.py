"""Purses: who uses one, what is in it, what moved it; paying out, families, limits, the mark for a low balance."""

from collections.abc import Mapping, Sequence
from typing import cast

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import purse_refunds, purses
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.purses import PurseFilter, PurseRow, PurseStory
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.fields import MoneyField
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Event, Story
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.purses.forms import AskForm, join_form, person_field, tenders, yes_no
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.screens.purses.presenter import (
    PAY_OUT,
    last_word,
    movement_words,
    new_request,
    purse_name,
)
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
            filters=(
                ("in_use", tr("使用中")),
                ("low", tr("余额低")),
                ("dormant", tr("半年未动")),
                ("empty", tr("没有余额")),
                ("closed", tr("已关闭")),
            ),
            empty=tr("没有符合的账户。"),
        )
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
            into.quiet(_limits(holder.day_limit_fen, holder.month_limit_fen))
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
        """All of the principal, or the part that is typed."""
        row = self._row()
        amount, tender, reason = (
            MoneyField(yuan(row.balance_fen)),
            tenders(PAY_OUT),
            LineField(tr("如 搬家、退卡")),
        )
        reference = LineField(tr("转账流水号；现金不用填"))
        close = yes_no(tr("账户保留"), tr("关闭账户"))
        request = new_request()

        def do() -> str:
            closes = close.value() == "yes"
            done = purse_refunds.refund(
                self.presenter.desk,
                self.presenter.actor,
                row.account_id,
                tender.value(),
                reason.text(),
                request,
                fen=None if closes else amount.fen(),
                reference=reference.text().strip(),
                close=closes,
            )
            return tr("已退 {amount}，单号 {number}").format(
                amount=money(done.paid_fen), number=done.number_text
            )

        lapses = self.presenter.settings.bonus_lapses and row.bonus_fen
        told = tr("本金 {fen} 可退。").format(fen=money(row.balance_fen))
        if lapses:
            told += tr("全部退完时，赠送的 {bonus} 作废。").format(bonus=money(row.bonus_fen))
        form = AskForm(
            self.presenter,
            tr("退款：{name}").format(name=purse_name(row)),
            tr("退款"),
            (
                (("fen", tr("退多少（元）"), amount, tr("不填就是全部本金")),),
                (("tender", tr("退款方式"), tender),),
                (("reason", tr("原因"), reason),),
                (("reference", tr("参考号"), reference),),
                (("close", tr("退完以后"), close),),
            ),
            do,
            said=told,
        )
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
        """Somebody gets a purse of their own again."""
        row, who = self._row(), person_field()

        def do() -> str:
            member = self.presenter.person(who.text())
            if member is None:
                return ""
            purses.leave(self.presenter.desk, self.presenter.actor, row.account_id, member.id)
            return tr("{name} 已移出，有了自己的空账户").format(name=member.name)

        form = AskForm(
            self.presenter,
            tr("移出共用人"),
            tr("移出"),
            ((("who", tr("谁"), who),),),
            do,
            said=tr("余额留在共用账户里。"),
            blame="who",
            scans_into=who,
        )
        self.ask(form)

    def limit(self) -> None:
        """What one person may spend from purses in a day and in a month."""
        one = purses.story(self.presenter.desk, self.presenter.actor, self._row().account_id)
        who, day, month = person_field(), MoneyField(tr("不限")), MoneyField(tr("不限"))
        if one.holders:
            first = one.holders[0]
            who.setText(first.member_no)
            day.set_fen(first.day_limit_fen)
            month.set_fen(first.month_limit_fen)

        def do() -> str:
            member = self.presenter.person(who.text())
            if member is None:
                return ""
            purses.set_limits(self.presenter.desk, self.presenter.actor, member.id, day_fen=day.fen(), month_fen=month.fen())
            return tr("{name} 的限额已保存").format(name=member.name)

        form = AskForm(
            self.presenter,
            tr("每人限额"),
            tr("保存"),
            (
                (("who", tr("谁"), who),),
                (("day", tr("每天最多（元）"), day), ("month", tr("每月最多（元）"), month)),
            ),
            do,
            said=tr("只限制从账户扣的钱；付现金不受限。不填就是不限。"),
            blame="who",
            scans_into=who,
        )
        self.ask(form)

    def mark(self) -> None:
        """Below what the receipt asks to top up."""
        row, low = self._row(), MoneyField(tr("按食堂的统一设置"))
        low.set_fen(row.low_fen)

        def do() -> str:
            purses.set_low_mark(self.presenter.desk, self.presenter.actor, row.account_id, low.fen())
            return tr("提醒线已保存")

        form = AskForm(
            self.presenter,
            tr("余额提醒"),
            tr("保存"),
            ((("low", tr("低于多少提醒（元）"), low, tr("填 0 不提醒；不填按食堂的统一设置")),),),
            do,
        )
        self.ask(form)

    def _row(self) -> PurseRow:
        return cast("PurseRow", self.current)

    @property
    def _which(self) -> PurseFilter:
        return cast("PurseFilter", self.filter or "in_use")


def _limits(day_fen: int | None, month_fen: int | None) -> str:
    parts = []
    if day_fen is not None:
        parts.append(tr("每天 {amount}").format(amount=money(day_fen)))
    if month_fen is not None:
        parts.append(tr("每月 {amount}").format(amount=money(month_fen)))
    limits = " · ".join(parts)
    return tr("限额：{limits}").format(limits=limits) if limits else ""


def _columns(desk: Desk) -> tuple[Column, ...]:
    today = desk.clock.now().date()

    def name(row: PurseRow) -> Cell:
        shared: tuple[tuple[str, ChipKind], ...] = ()
        if len(row.users) > 1:
            shared = ((tr("{count} 人共用").format(count=len(row.users)), "plain"),)
        return Cell(purse_name(row), chips=shared, ink="ink" if row.active else "quiet")

    return (
        Column(tr("使用人"), name, 200, grow=True),
        Column(tr("本金"), lambda row: yuan(row.balance_fen), 100, "right"),
        Column(
            tr("赠送"),
            lambda row: yuan(row.bonus_fen) if row.bonus_fen else Cell("—", ink="quiet"),
            90,
            "right",
        ),
        Column(tr("可用"), lambda row: Cell(yuan(row.balance_fen + row.bonus_fen), bold=True), 100, "right"),
        Column(tr("最后一笔"), lambda row: last_word(row, today), 120),
    )
