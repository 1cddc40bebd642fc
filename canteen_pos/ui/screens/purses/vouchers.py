"""Batches of vouchers: issued, printed, listed by state, voided while unused."""

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from canteen_pos import i18n
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import purse_papers, vouchers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.vouchers import BatchRow, NewBatch, VoucherLine
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, MoneyField, PathField
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.purses.forms import AskForm, yes_no
from canteen_pos.ui.screens.purses.listing import Deed, PurseList
from canteen_pos.ui.widgets.labels import ChipKind
from canteen_pos.wording import codes

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
            ("read_purses", tr("打印"), "Ctrl+P", self.print_sheet),
            ("manage_purses", tr("作废一张"), "Ctrl+D", self.void_one),
            ("manage_purses", tr("作废剩余"), "Ctrl+Del", self.void_rest),
        )

    def enter(self) -> None:
        self.print_sheet()

    def scan(self, code: str) -> bool:
        if not super().scan(code):
            self.filters.set_value("all")
            self.search.setText(code)
        return True

    def show_row(self, row: BatchRow | None) -> None:
        into = self.story
        into.begin()
        if row is not None:
            into.heading(row.name, row.issuer, _chips(row))
            into.sums(
                [
                    (tr("发出"), str(row.made), "body"),
                    (tr("已用"), str(row.used), "body"),
                    (tr("作废"), str(row.void), "body"),
                ],
                (tr("未用"), str(row.unused)),
            )
            self.deed_buttons()
            into.facts(
                [
                    (tr("面额"), worth(row)),
                    (tr("谁来结算"), codes.label(row.fund, i18n.language(), codes.FUNDS) or tr("本店承担")),
                    (tr("有效期"), f"{row.valid_from.isoformat()} — {row.valid_to.isoformat()}"),
                ]
            )
            into.word(tr("每一张"))
            found = vouchers.listed(self.presenter.desk, self.presenter.actor, row.id, limit=_SHOWN)
            into.pairs([_line(one) for one in found])
            if row.made > _SHOWN:
                into.quiet(tr("还有 {count} 张，用券号可以查到。").format(count=row.made - _SHOWN))
        into.end()

    # -- deeds -------------------------------------------------------------------------------------------

    def issue(self) -> None:
        """A new batch; electronic ones name the people."""
        name, issuer = LineField(tr("如 重阳节餐券")), LineField(tr("如 区慈善会"))
        fund = LineField(tr("如 charity；留空为本店"), pad="latin")
        kind = Chips([("face", tr("面值（元）")), ("percent", tr("减百分之几"))])
        kind.set_value("face")
        face, percent, cap = MoneyField("5.00"), CountField("20", most=3), MoneyField(tr("不限"))
        first, last = DateField(self.presenter.today), DateField(self.presenter.today)
        first.set_day(self.presenter.today)
        last.set_day(self.presenter.today.replace(month=12, day=31))
        medium = Chips([("paper", tr("纸券")), ("electronic", tr("电子券"))])
        medium.set_value("paper")
        number, people = CountField("50", most=4), LineField(tr("会员号或姓名，用空格隔开"))
        alone = yes_no(tr("可以同时用别的券"), tr("一餐限一张"))

        def check() -> dict[str, str]:
            missing = tr("请写日期。")
            return {key: missing for key, field in (("first", first), ("last", last)) if field.day() is None}

        def do() -> str:
            named = self.presenter.people(people.text()) if medium.value() == "electronic" else ()
            first_day, last_day = first.day(), last.day()
            if named is None or first_day is None or last_day is None:
                return ""
            by_percent = kind.value() == "percent"
            batch = NewBatch(
                name=name.text(),
                issuer=issuer.text(),
                fund=fund.text(),
                valid_from=first_day,
                valid_to=last_day,
                face_fen=0 if by_percent else face.fen() or 0,
                percent=_whole(percent) if by_percent else 0,
                cap_fen=cap.fen() if by_percent else None,
                medium=cast("Literal['paper', 'electronic']", medium.value()),
                alone=alone.value() == "yes",
                number=_whole(number),
                people=named,
            )
            vouchers.issue(self.presenter.desk, self.presenter.actor, batch)
            count = len(named) or _whole(number)
            return tr("已发 {count} 张：{name}").format(count=count, name=batch.name.strip())

        form = AskForm(
            self.presenter,
            tr("发券"),
            tr("发券"),
            (
                (("name", tr("名称"), name), ("issuer", tr("发放单位"), issuer)),
                (("kind", tr("种类"), kind), ("medium", tr("纸券或电子券"), medium)),
                (
                    ("face", tr("面值（元）"), face, tr("面值券：按面值付款，不找零")),
                    ("percent", tr("减百分之几"), percent, tr("折扣券：扫券即减价")),
                    ("cap", tr("最多减（元）"), cap),
                ),
                (("first", tr("从哪天起"), first), ("last", tr("到哪天（含）"), last)),
                (
                    ("number", tr("纸券张数"), number),
                    ("people", tr("电子券发给"), people, tr("每人一张，只能本人用")),
                ),
                (("fund", tr("谁来结算（资金代码）"), fund), ("alone", tr("同一餐"), alone)),
            ),
            do,
            check=check,
        )
        self.ask(form, over=True)

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
            blame="path",
        )
        self.ask(form)

    def void_one(self) -> None:
        serial, reason = LineField(tr("扫描或输入券号"), pad="latin"), LineField(tr("如 丢失"))

        def do() -> str:
            code = serial.text().strip()
            vouchers.void(self.presenter.desk, self.presenter.actor, code, reason.text())
            return tr("{serial} 已作废").format(serial=code)

        def check() -> dict[str, str]:
            return {} if reason.text().strip() or not serial.text().strip() else {"reason": tr("请写原因")}

        rows = ((("serial", tr("券号"), serial),), (("reason", tr("原因"), reason),))
        title, word = tr("作废一张"), tr("作废")
        form = AskForm(self.presenter, title, word, rows, do, check=check, blame="serial", scans_into=serial)
        self.ask(form)

    def void_rest(self) -> None:
        row, reason = self._row(), LineField(tr("如 活动结束"))

        def do() -> str:
            number = vouchers.void_unused(self.presenter.desk, self.presenter.actor, row.id, reason.text())
            return tr("{count} 张已作废").format(count=number)

        title = tr("作废剩余：{name}").format(name=row.name)
        told = tr("没用过的 {count} 张以后都不能用。已用的不变。").format(count=row.unused)
        rows = ((("reason", tr("原因"), reason),),)
        self.ask(AskForm(self.presenter, title, tr("作废"), rows, do, said=told, blame="reason"))

    def _row(self) -> BatchRow:
        return cast("BatchRow", self.current)

    @property
    def _in_force(self) -> bool:
        return self.filter != "all"


def worth(row: BatchRow) -> str:
    if not row.percent:
        return money(row.face_fen)
    capped = tr("（最多 {amount}）").format(amount=yuan(row.cap_fen)) if row.cap_fen is not None else ""
    return tr("减 {percent}%").format(percent=row.percent) + capped


def _until(row: BatchRow, desk: Desk) -> Cell:
    over = row.valid_to < desk.clock.now().date()
    return Cell(row.valid_to.isoformat(), ink="quiet" if over else "ink", struck=over)


def _chips(row: BatchRow) -> list[tuple[str, ChipKind]]:
    chips: list[tuple[str, ChipKind]] = [
        (tr("电子券") if row.medium == "electronic" else tr("纸券"), "plain")
    ]
    if row.alone:
        chips.append((tr("一餐限一张"), "plain"))
    return chips


def _line(one: VoucherLine) -> tuple[str, str]:
    states = {"unused": tr("未用"), "used": tr("已用"), "void": tr("作废"), "expired": tr("过期")}
    state = states[one.state] + (f" {one.document}" if one.document else "")
    return f"{one.serial}  {one.person}".strip(), state


def _whole(field: CountField) -> int:
    text = field.text().strip()
    return int(text) if text.isdigit() else 0
