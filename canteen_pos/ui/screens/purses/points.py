"""Points of volunteers: earned by the hour or by hand, spent on goods; meals take theirs at the till."""

import re
from collections.abc import Callable, Sequence
from typing import cast

from canteen_pos import i18n
from canteen_pos.i18n import tr, tr_as
from canteen_pos.services import points
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.points import Holder, PointRow
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Event
from canteen_pos.ui.saying import moment_words, money
from canteen_pos.ui.screens.purses.forms import AskForm, Field, person_field
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.screens.purses.presenter import new_request
from canteen_pos.wording import codes

_UNDO_OFFERED = 4
"""So many of the last entries may be undone from the form."""


class PointsSection(PurseList):
    """Who has points, or had, the richest first."""

    view = "points"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(
            desk,
            actor,
            tr("积分"),
            (
                Column(tr("姓名"), lambda row: row.name, 140, grow=True),
                Column(tr("会员号"), lambda row: row.member_no, 110),
                Column(tr("志愿时长"), lambda row: hours(row.minutes), 110, "right"),
                Column(tr("累计挣得"), lambda row: str(row.earned), 100, "right"),
                Column(tr("现有积分"), lambda row: Cell(str(row.points), bold=True), 100, "right"),
            ),
            hint=tr("姓名、首字母、会员号"),
            empty=tr("没有符合的人。"),
            first=tr("还没有人有积分。按“记工时”开始。"),
        )
        if self.presenter.may("manage_purses"):
            self.button(tr("记工时"), "Ctrl+N", self.earn, primary=True)
        self.reload()

    def count(self) -> int:
        return points.count(self.presenter.desk, self.text)

    def fetch(self, offset: int, limit: int) -> Sequence[Holder]:
        return points.page(self.presenter.desk, self.presenter.actor, self.text, offset, limit)

    def count_words(self, count: int) -> str:
        return tr("{count} 人").format(count=f"{count:,}")

    def key_of(self, row: Holder) -> object:
        return row.person_id

    def deeds(self) -> tuple[Deed, ...]:
        return (
            ("manage_purses", tr("记工时"), "Ctrl+E", self.earn_for_row),
            ("manage_purses", tr("换物品"), "Ctrl+R", self.redeem),
            ("manage_purses", tr("手工加减"), "Ctrl+G", self.grant),
            ("manage_purses", tr("撤销"), "Ctrl+Z", self.undo),
        )

    def enter(self) -> None:
        if self.presenter.may("manage_purses"):
            self.earn_for_row()

    def show_row(self, row: Holder | None) -> None:
        into = self.story
        into.begin()
        if row is not None:
            settings, today = self.presenter.settings, self.presenter.today
            rate = tr("每小时 {points} 分").format(points=settings.points_per_hour)
            worth = tr("抵餐每分 {amount}").format(amount=money(settings.point_fen))
            into.heading(row.name, row.member_no)
            into.sums(
                [
                    (tr("志愿时长"), hours(row.minutes), "body"),
                    (tr("累计挣得"), str(row.earned), "body"),
                ],
                (tr("现有积分"), str(row.points)),
                [f"{rate} · {worth}" if settings.point_fen else rate],
            )
            self.deed_buttons()
            into.word(tr("明细"))
            found = points.history(self.presenter.desk, self.presenter.actor, row.person_id)
            into.timeline(
                [
                    Event(signed(one.points), _what(one), f"{moment_words(one.at, today)} · {one.actor}")
                    for one in found
                ]
            )
        into.end()

    # -- deeds -------------------------------------------------------------------------------------------

    def earn_for_row(self) -> None:
        self._earn(self._row())

    def earn(self) -> None:
        """Somebody who may have no points yet."""
        self._earn(None)

    def _earn(self, row: Holder | None) -> None:
        """Hours of volunteering at the canteen's rate."""
        who, time = person_field(), LineField(tr("2 / 1.5 / 90分"), pad="latin")
        what, request = LineField(tr("如 分餐、送餐")), new_request()
        who.setText(row.member_no if row is not None else "")

        def do() -> str:
            member, minutes = self.presenter.person(who.text()), typed_minutes(time.text())
            if member is None or minutes is None:
                return ""
            desk, actor = self.presenter.desk, self.presenter.actor
            earned = points.earn(desk, actor, member.id, minutes, what.text(), request)
            form.made = member.id if row is None else None
            return tr("{name} 得 {points} 分").format(name=member.name, points=earned)

        def check() -> dict[str, str]:
            told = tr("看不出是多久，请写成 1.5 或 90分。")
            return {} if typed_minutes(time.text()) else {"time": told}

        asked: tuple[tuple[Field, ...], ...] = (
            (("time", tr("多久（小时）"), time),),
            (("what", tr("做了什么"), what),),
        )
        rate = tr("每小时 {points} 分").format(points=self.presenter.settings.points_per_hour)
        title = tr("记工时") if row is None else tr("记工时：{name}").format(name=row.name)
        rows = asked if row is not None else ((("who", tr("谁"), who),), *asked)
        scans = who if row is None else None
        form = AskForm(self.presenter, title, tr("记下"), rows, do, said=rate, check=check, scans_into=scans)
        self.ask(form)

    def redeem(self) -> None:
        """Goods for points: no sale, no money."""
        row, request = self._row(), new_request()

        def spend(number: int, what: str) -> str:
            desk, actor = self.presenter.desk, self.presenter.actor
            left = points.redeem(desk, actor, row.person_id, number, what, request)
            return tr("{name} 还剩 {points} 分").format(name=row.name, points=left)

        self._number_form(tr("换物品：{name}").format(name=row.name), tr("换什么"), tr("如 毛巾一条"), spend)

    def grant(self) -> None:
        row, request = self._row(), new_request()

        def move(number: int, why: str) -> str:
            desk, actor = self.presenter.desk, self.presenter.actor
            done = points.grant(desk, actor, row.person_id, number, why, request)
            return tr("{name} {points} 分").format(name=row.name, points=signed(done))

        self._number_form(
            tr("手工加减：{name}").format(name=row.name), tr("原因"), tr("如 上月漏记；减分写 -5"), move
        )

    def undo(self) -> None:
        """One of the last entries by hand was a mistake: its points and its hours go back."""
        row, desk, actor = self._row(), self.presenter.desk, self.presenter.actor
        found = points.history(desk, actor, row.person_id)
        gone = {one.undoes for one in found}
        last = [one for one in found if points.may_undo(one) and one.id not in gone][:_UNDO_OFFERED]
        if not last:
            self.said.emit(tr("没有可以撤销的。"), "notice")
            return
        which = Chips([(str(one.id), f"{signed(one.points)} {_what(one)}") for one in last])
        which.set_value(str(last[0].id))

        def do() -> str:
            moved = points.undo(desk, actor, int(which.value()))
            return tr("已撤销，{name} {points} 分").format(name=row.name, points=signed(moved))

        told = tr("记错的工时、换物品、手工加减，整笔撤销。抵餐的积分随退餐退回。")
        rows = ((("which", tr("哪一笔"), which),),)
        title = tr("撤销：{name}").format(name=row.name)
        self.ask(AskForm(self.presenter, title, tr("撤销"), rows, do, said=told))

    def _number_form(self, title: str, what_word: str, hint: str, do_it: Callable[[int, str], str]) -> None:
        number, what = CountField("10", most=6), LineField(hint)

        def do() -> str:
            return do_it(int(number.text()), what.text())

        def check() -> dict[str, str]:
            whole = re.fullmatch(r"\s*[+-]?[0-9]+\s*", number.text())
            return {} if whole else {"number": tr("请写一个数。")}

        rows: tuple[tuple[Field, ...], ...] = (
            (("number", tr("多少分"), number),),
            (("what", what_word, what),),
        )
        self.ask(AskForm(self.presenter, title, tr("确定"), rows, do, check=check))

    def _row(self) -> Holder:
        return cast("Holder", self.current)


def typed_minutes(text: str) -> int | None:
    """Minutes of '2', '1.5' (hours) or '90分' ('90m'), no more than a day; None for what is no time."""
    found = re.fullmatch(r"([0-9]{0,4}\.?[0-9]{1,4}) *(分钟|分|min|m|小时|时|h)?", text.strip().lower())
    if found is None:
        return None
    minutes = round(float(found[1]) * (1 if found[2] in ("分钟", "分", "min", "m") else 60))
    return minutes if 0 < minutes <= 24 * 60 else None


def hours(minutes: int) -> str:
    if not minutes:
        return "—"
    amount = f"{minutes / 60:.1f}".removesuffix(".0").replace("-", "−")
    return tr("{hours} 小时").format(hours=amount)


def signed(points: int) -> str:
    """'+5' or '−5'."""
    return f"{points:+d}".replace("-", "−")


def _what(one: PointRow) -> str:
    words = {
        "earned": tr("志愿服务"),
        "meal": tr("抵餐"),
        "goods": tr("换物品"),
        "returned": tr("退餐退回"),
        "corrected": tr("手工"),
        "merged": tr("合并"),
    }
    parts = (
        tr_as("was done", "撤销") if one.undoes else "",
        words.get(one.kind, one.kind),
        hours(one.minutes) if one.minutes else "",
        codes.reason(one.reason, i18n.language()),
        one.document,
    )
    return " ".join(part for part in parts if part)
