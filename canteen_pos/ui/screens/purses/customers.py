"""Customers who pay later: opened with a limit, the month on paper, payments, closed when nothing is owed."""

from collections.abc import Mapping, Sequence
from typing import cast

from canteen_pos import i18n
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import erasing, on_account, purse_papers, purses
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.on_account import Customer
from canteen_pos.services.purses import PurseFilter, PurseRow
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import MoneyField, PathField
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Action, Event
from canteen_pos.ui.saying import money, said
from canteen_pos.ui.screens.purses.forms import AskForm, join_form, person_field, tenders
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.screens.purses.presenter import PAY_IN, last_word, movement_words, new_request
from canteen_pos.ui.widgets.labels import ChipKind


class CustomersSection(PurseList):
    """Units, households, staff meals."""

    view = "customers"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(
            desk,
            actor,
            tr("挂账单位"),
            (
                Column(tr("名称"), _name, 190, grow=True),
                Column(tr("联系人"), lambda row: row.contact or Cell("—", ink="quiet"), 110),
                Column(
                    tr("欠款"),
                    lambda row: Cell(yuan(-row.balance_fen), bold=row.balance_fen < 0),
                    100,
                    "right",
                ),
                Column(tr("额度"), lambda row: yuan(row.credit_limit_fen), 100, "right"),
                Column(tr("最后一笔"), lambda row: last_word(row, desk.clock.now().date()), 110),
            ),
            hint=tr("单位、联系户名称"),
            filters=(("in_use", tr("使用中")), ("owing", tr("有欠款")), ("closed", tr("已关闭"))),
            empty=tr("没有符合的单位。"),
            first=tr("还没有挂账单位。"),
        )
        if self.presenter.may("manage_purses"):
            self.button(tr("开户"), "Ctrl+N", self.open_new, primary=True)
        self.reload()

    def count(self) -> int:
        return purses.count(self.presenter.desk, purses.ON_ACCOUNT, self._which, self.text)

    def fetch(self, offset: int, limit: int) -> Sequence[PurseRow]:
        desk, actor = self.presenter.desk, self.presenter.actor
        return purses.page(desk, actor, purses.ON_ACCOUNT, self._which, self.text, offset, limit)

    def counts(self) -> Mapping[str, int | None]:
        desk = self.presenter.desk
        return {
            which: purses.count(desk, purses.ON_ACCOUNT, which) for which in ("in_use", "owing", "closed")
        }

    def key_of(self, row: PurseRow) -> object:
        return row.account_id

    def deeds(self) -> tuple[Deed, ...]:
        return (
            ("account_payment", tr("收款"), "Ctrl+R", self.receive),
            ("read_purses", tr("对账单"), "Ctrl+P", self.statement),
            ("manage_purses", tr("改资料"), "Ctrl+E", self.edit),
            ("manage_purses", tr("加人"), "Ctrl+J", self.join),
            ("manage_purses", tr("关闭"), "Ctrl+Del", self.shut),
        )

    def enter(self) -> None:
        self.statement()

    def show_row(self, row: PurseRow | None) -> None:
        into = self.story
        into.begin()
        if row is not None:
            one = purses.story(self.presenter.desk, self.presenter.actor, row.account_id)
            purse, today = one.purse, self.presenter.today
            chips: list[tuple[str, ChipKind]] = [] if purse.active else [(tr("已关闭"), "bad")]
            into.heading(purse.name or tr("已删除的客户"), "", chips)
            into.facts([(tr("联系人"), purse.contact), (tr("电话"), purse.phone)])
            left = purse.credit_limit_fen + purse.balance_fen
            into.sums(
                [
                    (tr("额度"), money(purse.credit_limit_fen), "body"),
                    (tr("还可挂"), money(left), "body"),
                ],
                (tr("欠款"), money(-purse.balance_fen)),
            )
            if purse.active:
                self.deed_buttons()
            elif purse.name and self.presenter.may("manage_purses"):
                into.buttons([Action(tr("删除个人信息"), "Ctrl+Del", self.shut)])
            if one.holders:
                into.word(tr("可以挂账的人"))
                into.pairs([(holder.name, holder.member_no) for holder in one.holders])
            into.word(tr("最近变动"))
            into.timeline([Event(*movement_words(each, today)) for each in one.movements])
        into.end()

    # -- deeds -------------------------------------------------------------------------------------------

    def open_new(self) -> None:
        self._customer_form(None)

    def edit(self) -> None:
        self._customer_form(self._row())

    def _customer_form(self, row: PurseRow | None) -> None:
        name, limit = LineField(tr("单位或户名")), MoneyField("3000.00")
        contact, phone = LineField(tr("谁来对账付款")), LineField(tr("对账人的电话"), pad="latin")
        kind = Chips([("on_account", tr("单位或家庭")), ("staff", tr("员工餐"))])
        kind.set_value(row.kind if row is not None else "on_account")
        if row is not None:
            name.setText(row.name)
            limit.set_fen(row.credit_limit_fen)
            contact.setText(row.contact)
            phone.setText(row.phone)

        def do() -> str:
            desk, actor = self.presenter.desk, self.presenter.actor
            typed = Customer(name.text(), kind.value(), limit.fen() or 0, contact.text(), phone.text())
            if row is None:
                form.made = on_account.open_(desk, actor, typed)
                return tr("已开户：{name}").format(name=typed.name.strip())
            on_account.edit(desk, actor, row.account_id, typed)
            return tr("已保存")

        def check() -> dict[str, str]:
            missing = {} if name.text().strip() else {"name": said(refuse("account.name_empty"))}
            if limit.fen() is None:
                missing["limit"] = tr("请写额度；0 就是不能挂账。")
            return missing

        rows: list[tuple[tuple[str, str, LineField] | tuple[str, str, Chips], ...]] = [
            (("name", tr("名称"), name),),
            (("limit", tr("额度（元）"), limit),),
            (("contact", tr("联系人"), contact), ("phone", tr("电话"), phone)),
        ]
        if row is None:
            rows.append((("kind", tr("种类"), kind),))
        title = tr("挂账开户") if row is None else tr("改挂账资料")
        form = AskForm(self.presenter, title, tr("保存"), rows, do, check=check)
        self.ask(form)

    def receive(self) -> None:
        row = self._row()
        fen, tender, reference = (
            MoneyField(),
            tenders((*PAY_IN, "wallet")),
            LineField(tr("转账流水号；可不填")),
        )
        who = person_field()
        fen.set_fen(-row.balance_fen if row.balance_fen < 0 else None)
        request = new_request()

        def do() -> str:
            payer = self.presenter.person(who.text()) if tender.value() == "wallet" else None
            if tender.value() == "wallet" and payer is None:
                return ""
            done = on_account.receive(
                self.presenter.desk,
                self.presenter.actor,
                row.account_id,
                fen.fen() or 0,
                tender.value(),
                request,
                reference=reference.text().strip(),
                purse_id=payer.account_id if payer else None,
            )
            return tr("已收 {amount}，单号 {number}，尚欠 {owed}").format(
                amount=money(done.fen), number=done.number_text, owed=money(done.owed_fen)
            )

        form = AskForm(
            self.presenter,
            tr("收款：{name}").format(name=row.name),
            tr("已收到"),
            (
                (("fen", tr("收多少（元）"), fen),),
                (("tender", tr("方式"), tender),),
                (("who", tr("从谁的储值扣"), who, tr("只扣本金，请本人同意")),),
                (("reference", tr("参考号"), reference),),
            ),
            do,
            scans_into=who,
        )
        form.only_if(tender, "wallet", "who")
        self.ask(form, paper=True)

    def statement(self) -> None:
        row, months = self._row(), self.presenter.months()
        month = LineField(months[0])
        month.setText(months[1])
        word = tr("对账单")
        path = PathField(tr("文件或文件夹"), kind="save", files="PDF (*.pdf)")

        def do() -> str:
            name = f"{word}-{row.name}-{month.text().strip()}.pdf"
            file = self.presenter.file(path.path(), name)
            made = purse_papers.statement(
                self.presenter.desk,
                self.presenter.actor,
                row.account_id,
                month.text(),
                file,
                i18n.language(),
            )
            return tr("已保存 {file}，期末欠款 {owed}").format(file=file, owed=money(made.closing_fen))

        form = AskForm(
            self.presenter,
            tr("对账单：{name}").format(name=row.name),
            tr("保存 PDF"),
            (
                (("month", tr("月份"), month, tr("写成 2026-11")),),
                (("path", tr("保存到"), path, tr("不填就放到个人文件夹")),),
            ),
            do,
        )
        self.ask(form)

    def join(self) -> None:
        """Somebody whose card may be put on this account."""
        self.ask(
            join_form(
                self.presenter,
                self._row().account_id,
                tr("谁可以挂账"),
                tr("卡记在这个账上；自己的储值照旧。先扣哪个，按设置里的扣款次序。"),
                tr("{name} 可以挂这个账"),
            )
        )

    def shut(self) -> None:
        """Close an account; one that is closed loses the name as well."""
        row = self._row()
        if not row.active:
            self._erase(row)
            return

        def do() -> str:
            on_account.close(self.presenter.desk, self.presenter.actor, row.account_id)
            return tr("已关闭：{name}").format(name=row.name)

        title = tr("关闭：{name}").format(name=row.name)
        told = tr("欠款收清后才能关闭。关闭后不能再挂账，以前的单据不变。")
        self.ask(AskForm(self.presenter, title, tr("关闭"), (), do, said=told))

    def _erase(self, row: PurseRow) -> None:
        if not row.name:
            return

        def do() -> str:
            erasing.erase_customer(self.presenter.desk, self.presenter.actor, row.account_id)
            return tr("已删除个人信息")

        title = tr("删除个人信息：{name}").format(name=row.name)
        told = tr("名称、联系人、电话都清空，不能恢复。单据留着，只剩编号。")
        self.ask(AskForm(self.presenter, title, tr("删除"), (), do, said=told))

    def _row(self) -> PurseRow:
        return cast("PurseRow", self.current)

    @property
    def _which(self) -> PurseFilter:
        return cast("PurseFilter", self.filter or "in_use")


def _name(row: PurseRow) -> Cell:
    full = row.active and row.balance_fen <= -row.credit_limit_fen and row.credit_limit_fen > 0
    chips: tuple[tuple[str, ChipKind], ...] = ((tr("已到额度"), "notice"),) if full else ()
    return Cell(row.name or tr("已删除的客户"), chips=chips, ink="ink" if row.active else "quiet")
