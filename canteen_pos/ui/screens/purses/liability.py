"""What the canteen owes for prepaid money on any day, as a list, on paper, and paid out when it closes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from canteen_pos import i18n
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import liability, purse_papers, purse_refunds
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.liability import Liability, Owed
from canteen_pos.services.purse_refunds import Carried
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.fields import DateField, PathField
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.saying import money, said
from canteen_pos.ui.screens.purses.forms import AskForm, tenders
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.screens.purses.presenter import PAY_OUT, new_request
from canteen_pos.ui.screens.purses.purse_forms import paid_words, payee_field
from canteen_pos.ui.widgets.labels import ChipKind


class LiabilitySection(PurseList):
    """Purses with anything in them at the end of a day, rebuilt from the ledger."""

    view = "liability"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._day: date | None = None
        self._owed: Liability | None = None
        super().__init__(
            desk,
            actor,
            tr("预存负债"),
            (
                Column(
                    tr("账户"),
                    lambda row: Cell(row.who, chips=_chips(row), ink="ink" if row.active else "quiet"),
                    180,
                    grow=True,
                ),
                Column(tr("会员号"), lambda row: tr("、").join(row.member_nos), 110),
                Column(tr("最后一笔"), lambda row: row.last_day.isoformat(), 120),
                Column(tr("本金"), lambda row: Cell(yuan(row.fen), bold=True), 110, "right"),
                Column(tr("赠送"), lambda row: yuan(row.bonus_fen), 100, "right"),
            ),
            hint=tr("姓名、会员号、卡号"),
            filters=(
                ("today", tr("今天")),
                ("month", tr("上月底")),
                ("year", tr("去年底")),
                ("other", tr("另选一天")),
            ),
            empty=tr("这一天没有预存的钱。"),
        )
        self.filters.picked.connect(self._picked)
        self.button(tr("保存清单"), "Ctrl+P", self.save_list)
        self.button(tr("签字表"), "Ctrl+G", self.save_to_sign)
        if self.presenter.may("refund_purse"):
            self.button(tr("全部退款"), "Ctrl+B", self.pay_all_out)
        self.reload()

    @property
    def day(self) -> date:
        """The day whose end is shown."""
        today = self.presenter.today
        if self.filter == "month":
            return today.replace(day=1) - timedelta(days=1)
        if self.filter == "year":
            return today.replace(month=1, day=1) - timedelta(days=1)
        return self._day or today if self.filter == "other" else today

    def reload(self) -> None:
        self._owed = None
        super().reload()

    def count(self) -> int:
        return len(self._rows())

    def fetch(self, offset: int, limit: int) -> Sequence[Owed]:
        return self._rows()[offset : offset + limit]

    def count_words(self, count: int) -> str:
        return tr("{day} · {count} 户").format(day=self._found().on.isoformat(), count=f"{count:,}")

    def counts(self) -> Mapping[str, int | None]:
        return {}

    def key_of(self, row: Owed) -> object:
        return row.account_id

    def deeds(self) -> tuple[Deed, ...]:
        return (("refund_purse", tr("退这一户"), "Ctrl+R", self.pay_out),)

    def enter(self) -> None:
        if self.current is not None:
            self.wants.emit("purses", cast("Owed", self.current).account_id)

    def show_row(self, row: Owed | None) -> None:
        into, found = self.story, self._found()
        into.begin()
        into.heading(tr("截至 {day}").format(day=found.on.isoformat()))
        into.sums(
            [
                (tr("账户数"), str(len(found.purses)), "body"),
                (tr("赠送（不退）"), money(found.bonus_fen), "body"),
                (tr("挂账单位欠款"), money(found.owing_fen), "quiet"),
            ],
            (tr("可退本金"), money(found.fen)),
            [tr("按账簿分录重算，不取余额。")],
        )
        if row is not None:
            into.word(tr("这一户"))
            into.body(row.who, "strong")
            into.facts(
                [
                    (tr("会员号"), tr("、").join(row.member_nos)),
                    (tr("卡号"), tr("、").join(row.cards)),
                    (tr("本金"), money(row.fen)),
                    (tr("赠送"), money(row.bonus_fen)),
                ]
            )
            if row.active:
                self.deed_buttons()
        if found.debtors:
            into.word(tr("挂账欠款"))
            into.pairs([(one.name, money(one.fen)) for one in found.debtors])
        into.end()

    # -- deeds -------------------------------------------------------------------------------------------

    def save_list(self) -> None:
        word = tr("预存负债")
        offered = f"{word}-{self.day.isoformat()}.pdf"
        path = PathField(tr("文件或文件夹"), kind="save", files=tr("清单 (*.pdf *.xlsx *.csv)"))

        def do() -> str:
            file = self.presenter.file(path.path(), offered)
            desk, actor = self.presenter.desk, self.presenter.actor
            made = purse_papers.prepaid(desk, actor, self.day, file, i18n.language())
            return tr("已保存 {file}，本金 {fen}").format(file=file, fen=money(made.fen))

        rows = ((("path", tr("保存到"), path, tr("名字以 .pdf、.xlsx 或 .csv 结尾")),),)
        self.ask(AskForm(self.presenter, tr("保存清单"), tr("保存"), rows, do))

    def save_to_sign(self) -> None:
        word = tr("签字表")
        offered = f"{word}-{self.presenter.today.isoformat()}.pdf"
        path = PathField(tr("文件或文件夹"), kind="save", files="PDF (*.pdf)")

        def do() -> str:
            file = self.presenter.file(path.path(), offered)
            number = purse_papers.list_to_sign(
                self.presenter.desk, self.presenter.actor, file, i18n.language()
            )
            return tr("{count} 户已保存到 {file}").format(count=number, file=file)

        rows = ((("path", tr("保存到"), path, tr("不填就放到个人文件夹")),),)
        told = tr("停业退款时用：每户一行，领款人签字。")
        self.ask(AskForm(self.presenter, tr("签字表"), tr("保存 PDF"), rows, do, said=told))

    def pay_out(self) -> None:
        """One holder comes for their money: all of it, and the purse is closed."""
        row = cast("Owed", self.current)
        tender, reason, payee, request = tenders(PAY_OUT), LineField(), payee_field(), new_request()
        reason.setText(tr("食堂停业退款"))

        def do() -> str:
            done = purse_refunds.refund(
                self.presenter.desk,
                self.presenter.actor,
                row.account_id,
                tender.value(),
                reason.text(),
                request,
                payee=payee.text(),
                close=True,
            )
            return paid_words(done)

        form = AskForm(
            self.presenter,
            tr("退款：{name}").format(name=row.who),
            tr("退款并关闭"),
            (
                (("payee", tr("领款人"), payee),),
                (("tender", tr("退款方式"), tender),),
                (("reason", tr("原因"), reason),),
            ),
            do,
            said=tr("按现在的余额退，赠送作废，账户关闭。"),
        )
        self.ask(form, paper=True)

    def pay_all_out(self) -> None:
        """Every purse in one go, a document each; the number typed means it."""
        today = liability.on(self.presenter.desk, self.presenter.actor, self.presenter.today)
        paid_out = [one for one in today.purses if one.active and not one.died]
        wanted = [(one.account_id, new_request()) for one in paid_out]
        number, tender, reason = CountField(most=6), tenders(PAY_OUT), LineField()
        reason.setText(tr("食堂停业退款"))
        how = {"tender": "", "reason": ""}

        def check() -> dict[str, str]:
            how.update(tender=tender.value(), reason=reason.text())
            if number.text().strip() == str(len(wanted)):
                return {}
            return {"number": tr("请输入 {count}，表示确实要全部退。").format(count=len(wanted))}

        def do() -> str:
            desk, actor = self.presenter.desk, self.presenter.actor
            carried = purse_refunds.refund_all(desk, actor, wanted, how["tender"], how["reason"])
            if any(one.refusal for one in carried):
                form.mood = "notice"
            return _carried_words(carried)

        told = tr(
            "{count} 户，本金共 {fen}。逐户出单、赠送作废、账户关闭。先存签字表。已故的不在其内，等继承人来逐户退。"
        )
        form = AskForm(
            self.presenter,
            tr("全部退款"),
            tr("全部退款"),
            (
                (("tender", tr("退款方式"), tender),),
                (("reason", tr("原因"), reason),),
                (("number", tr("账户数（确认）"), number),),
            ),
            do,
            said=told.format(count=len(wanted), fen=money(sum(one.fen for one in paid_out))),
            check=check,
            begin="number",
            beside=True,
        )
        self.ask(form, paper=True)

    def _picked(self, code: str) -> None:
        if code != "other":
            return
        day = DateField(self.presenter.today)

        def check() -> dict[str, str]:
            wanted = day.day()
            if wanted is None:
                return {"day": tr("请写日期。")}
            return {"day": tr("这一天还没有到。")} if wanted > self.presenter.today else {}

        def do() -> str:
            self._day = day.day()
            return tr("已换到这一天")

        rows = ((("day", tr("哪一天结束时"), day),),)
        self.ask(AskForm(self.presenter, tr("另选一天"), tr("看这一天"), rows, do, check=check))

    # -- rows --------------------------------------------------------------------------------------------

    def _found(self) -> Liability:
        """Reckoned once for each day and reload."""
        if self._owed is None or self._owed.on != self.day:
            self._owed = liability.on(self.presenter.desk, self.presenter.actor, self.day)
        return self._owed

    def _rows(self) -> tuple[Owed, ...]:
        text = self.text
        if not text:
            return self._found().purses
        return tuple(
            one
            for one in self._found().purses
            if text in one.who or text in one.member_nos or text in one.cards
        )


def _chips(row: Owed) -> tuple[tuple[str, ChipKind], ...]:
    return ((tr("已故"), "notice"),) if row.died else ()


def _carried_words(carried: Sequence[Carried]) -> str:
    """'已退 12 户 ¥340.00'; and how many were not paid out, with each reason once."""
    paid = [one.done.paid_fen for one in carried if one.done is not None]
    left = [one.refusal for one in carried if one.refusal is not None]
    text = tr("已退 {count} 户 {amount}").format(count=len(paid), amount=money(sum(paid)))
    if left:
        whys = "".join(dict.fromkeys(map(said, left)))
        text += tr("；{count} 户没有退，仍在清单上：{why}").format(count=len(left), why=whys)
    return text
