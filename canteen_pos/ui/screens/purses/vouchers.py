"""Batches of vouchers: issued, printed, listed by state, voided while unused."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from canteen_pos import i18n
from canteen_pos.i18n import tr
from canteen_pos.services import purse_papers, voucher_life, vouchers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.voucher_life import Moment
from canteen_pos.services.vouchers import BatchRow, VoucherLine
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.fields import DateField, PathField
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Event
from canteen_pos.ui.saying import moment_words, money, voucher_worth
from canteen_pos.ui.screens.purses.batch_form import batch_form, payer_word
from canteen_pos.ui.screens.purses.forms import AskForm
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.widgets.labels import ChipKind

_SHOWN = 60
"""Vouchers in the story of a batch; all of them stand on its paper."""


class VouchersSection(PurseList):
    """Every batch, the newest first. A scanned voucher shows its batch."""

    view = "vouchers"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(
            desk,
            actor,
            tr("券"),
            (
                Column(tr("名称"), lambda row: row.name, 150, grow=True),
                Column(tr("发放单位"), lambda row: row.issuer, 120, grow=True),
                Column(tr("面额"), worth, 178),
                Column(tr("有效期至"), lambda row: _until(row, desk), 116),
                Column(tr("未用"), lambda row: str(row.unused), 70, "right"),
                Column(tr("已用"), lambda row: str(row.used), 70, "right"),
            ),
            hint=tr("名称、发放单位，或扫一张券"),
            filters=(("in_force", tr("有效")), ("all", tr("全部"))),
            empty=tr("没有符合的券。"),
        )
        if self.presenter.may("manage_purses"):
            self.button(tr("发券"), "Ctrl+N", self.issue, primary=True)
        self.reload()

    def count(self) -> int:
        return vouchers.count(self.presenter.desk, self.text, in_force=self._in_force)

    def fetch(self, offset: int, limit: int) -> Sequence[BatchRow]:
        desk, actor = self.presenter.desk, self.presenter.actor
        return vouchers.page(desk, actor, self.text, offset, limit, in_force=self._in_force)

    def counts(self) -> Mapping[str, int | None]:
        desk = self.presenter.desk
        return {"in_force": vouchers.count(desk, in_force=True), "all": vouchers.count(desk)}

    def count_words(self, count: int) -> str:
        return tr("{count} 批").format(count=f"{count:,}")

    def deeds(self) -> tuple[Deed, ...]:
        return (
            ("manage_purses", tr("打印"), "Ctrl+P", self.print_sheet),
            ("read_purses", tr("结算单"), "Ctrl+R", self.claim),
            ("manage_purses", tr("作废一张"), "Ctrl+D", self.void_one),
            ("manage_purses", tr("作废剩余"), "Ctrl+Del", self.void_rest),
        )

    def enter(self) -> None:
        self.claim()

    def scan(self, code: str) -> bool:
        if not super().scan(code):
            self.filters.set_value("all")
            self.search.setText(code)
        return True

    def show_row(self, row: BatchRow | None) -> None:
        into = self.story
        into.begin()
        if row is not None:
            into.heading(row.name, row.issuer, _chips(row, self.presenter.today))
            into.sums(
                [
                    (tr("发出"), str(row.made), "body"),
                    (tr("已用"), str(row.used), "body"),
                    (tr("作废"), str(row.void), "body"),
                ],
                (tr("未用"), str(row.unused)),
            )
            self._tell_one(self.text, row)
            self.deed_buttons()
            into.facts(
                [
                    (tr("面额"), worth(row)),
                    (tr("谁来结算"), payer_word(voucher_life.who_pays(row))),
                    (tr("有效期"), f"{row.valid_from.isoformat()} — {row.valid_to.isoformat()}"),
                ]
            )
            into.word(tr("每一张"))
            found = vouchers.listed(self.presenter.desk, self.presenter.actor, row.id, limit=_SHOWN)
            into.pairs([_line(one) for one in found])
            if row.made > _SHOWN:
                into.quiet(tr("还有 {count} 张，用券号可以查到。").format(count=row.made - _SHOWN))
        into.end()

    def _tell_one(self, serial: str, row: BatchRow) -> None:
        """The life of the voucher that was searched for."""
        life = voucher_life.of(self.presenter.desk, self.presenter.actor, serial) if serial else None
        if life is None or life.batch_id != row.id:
            return
        into = self.story
        into.word(tr("这一张"))
        into.pairs([_line(life.voucher)])
        into.timeline([_moment(one, self.presenter.today) for one in life.moments])

    # -- deeds -------------------------------------------------------------------------------------------

    def issue(self) -> None:
        self.ask(batch_form(self.presenter), over=True)

    def claim(self) -> None:
        """What whoever pays the batch back owes for some days: last month's, this month's so far for a batch that began
        later, unless other days are typed."""
        row, today = self._row(), self.presenter.today
        first, last = DateField(today), DateField(today)
        until = today.replace(day=1) - timedelta(days=1)
        if until < row.valid_from:
            until = today
        last.set_day(until)
        first.set_day(until.replace(day=1))
        word = tr("结算单")
        path = PathField(tr("文件或文件夹"), kind="save", files=tr("清单 (*.pdf *.xlsx *.csv)"))

        def check() -> dict[str, str]:
            missing = tr("请写日期。")
            return {key: missing for key, field in (("first", first), ("last", last)) if field.day() is None}

        def do() -> str:
            since, until = first.day(), last.day()
            assert since is not None
            assert until is not None
            file = self.presenter.file(path.path(), f"{word}-{row.name}-{since:%Y%m%d}-{until:%Y%m%d}.pdf")
            desk, actor = self.presenter.desk, self.presenter.actor
            made = purse_papers.voucher_claim(desk, actor, row.id, since, until, file, i18n.language())
            return tr("{count} 张，应结 {amount}，已保存 {file}").format(
                count=made.vouchers, amount=money(made.fen), file=file
            )

        form = AskForm(
            self.presenter,
            tr("结算单：{name}").format(name=row.name),
            tr("保存"),
            (
                (("first", tr("从哪天起"), first), ("last", tr("到哪天（含）"), last)),
                (("path", tr("保存到"), path, tr("名字以 .pdf、.xlsx 或 .csv 结尾")),),
            ),
            do,
            said=tr("按记账日期，每张券用在哪张单据上、实际抵了多少；退回的减去。"),
            check=check,
        )
        self.ask(form)

    def print_sheet(self) -> None:
        row = self._row()
        offered = f"{row.name}.pdf"
        path = PathField(tr("文件或文件夹"), kind="save", files="PDF (*.pdf)")

        def do() -> str:
            file = self.presenter.file(path.path(), offered)
            desk, actor = self.presenter.desk, self.presenter.actor
            number = purse_papers.voucher_sheets(desk, actor, row.id, file, i18n.language())
            return tr("{count} 张已保存到 {file}").format(count=number, file=file)

        form = AskForm(
            self.presenter,
            tr("打印：{name}").format(name=row.name),
            tr("保存 PDF"),
            ((("path", tr("保存到"), path, tr("不填就放到个人文件夹")),),),
            do,
            said=tr("A4 每页十张，按 100% 打印后沿虚线裁开。只印还没用的。"),
        )
        self.ask(form)

    def void_one(self) -> None:
        serial, reason = LineField(tr("扫描或输入券号"), pad="latin"), LineField(tr("如 丢失"))

        def do() -> str:
            code = serial.text().strip()
            vouchers.void(self.presenter.desk, self.presenter.actor, code, reason.text())
            return tr("{serial} 已作废").format(serial=code)

        rows = ((("serial", tr("券号"), serial),), (("reason", tr("原因"), reason),))
        title, word = tr("作废一张"), tr("作废")
        form = AskForm(self.presenter, title, word, rows, do, scans_into=serial)
        self.ask(form)

    def void_rest(self) -> None:
        row, reason = self._row(), LineField(tr("如 活动结束"))

        def do() -> str:
            number = vouchers.void_unused(self.presenter.desk, self.presenter.actor, row.id, reason.text())
            return tr("{count} 张已作废").format(count=number)

        title = tr("作废剩余：{name}").format(name=row.name)
        told = tr("没用过的 {count} 张以后都不能用。已用的不变。").format(count=row.unused)
        rows = ((("reason", tr("原因"), reason),),)
        self.ask(AskForm(self.presenter, title, tr("作废"), rows, do, said=told))

    def _row(self) -> BatchRow:
        return cast("BatchRow", self.current)

    @property
    def _in_force(self) -> bool:
        return self.filter != "all"


def worth(row: BatchRow) -> str:
    return voucher_worth(row.face_fen, row.percent, row.cap_fen)


def _until(row: BatchRow, desk: Desk) -> Cell:
    over = row.valid_to < desk.clock.now().date()
    return Cell(row.valid_to.isoformat(), ink="quiet" if over else "ink", struck=over)


def _chips(row: BatchRow, today: date) -> list[tuple[str, ChipKind]]:
    chips: list[tuple[str, ChipKind]] = [
        (tr("电子券") if row.medium == "electronic" else tr("纸券"), "plain")
    ]
    if row.alone:
        chips.append((tr("一餐限一张"), "plain"))
    if today < row.valid_from:
        chips.append((tr("还没开始"), "notice"))
    if row.valid_to < today:
        chips.append((tr("已过期"), "notice"))
    return chips


def _line(one: VoucherLine) -> tuple[str, str]:
    states = {"unused": tr("未用"), "used": tr("已用"), "void": tr("作废"), "expired": tr("过期")}
    state = states[one.state] + (f" {one.document}" if one.document else "")
    return f"{one.serial}  {one.person}".strip(), state


def _moment(one: Moment, today: date) -> Event:
    words = {
        "issued": tr("发出"),
        "printed": tr("打印"),
        "used": tr("用掉"),
        "given_back": tr("退回"),
        "voided": tr("作废"),
    }
    parts = (moment_words(one.at, today), one.document, one.person, one.by, one.reason)
    return Event(
        words[one.what], money(one.fen) if one.fen else "", " · ".join(part for part in parts if part)
    )
