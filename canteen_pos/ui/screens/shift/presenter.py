"""The shift panel: which page stands, what was typed, what the services answer. No Qt."""

import uuid
from collections.abc import Callable
from enum import StrEnum

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.shift import DENOMINATIONS_FEN, CashFlow, counted_fen
from canteen_pos.i18n import tr
from canteen_pos.services import rights, shifts, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import money, said, tender_word, typed_fen


class Page(StrEnum):
    OPEN = "open"
    RUNNING = "running"
    CASH = "cash"
    NO_SALE = "no_sale"
    REPORT = "report"
    COUNT = "count"
    CLOSED = "closed"


Signature = tuple[int, str]
"""A user's id and the PIN they typed in place."""
PIECES_FEN = DENOMINATIONS_FEN
"""Notes and coins as the count asks for them, largest first."""


def piece_word(piece_fen: int) -> str:
    """'100 元', '5 角', '1 分'."""
    if piece_fen >= 100:
        return tr("{n} 元").format(n=piece_fen // 100)
    if piece_fen >= 10:
        return tr("{n} 角").format(n=piece_fen // 10)
    return tr("{n} 分").format(n=piece_fen)


def difference_word(fen: int) -> str:
    """Said in words as well as by sign."""
    if fen == 0:
        return tr("账实相符")
    return tr("多出") if fen > 0 else tr("短少")


class _Unsigned(Exception):
    """A second person has not typed their PIN, or not theirs; the sentence."""


class ShiftPresenter:
    """State of the shift panel. `problem` and `notice` hold the sentence to show; '' when there is none."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.page = Page.OPEN
        self.problem = ""
        self.notice = ""
        self.shift: shifts.Shift | None = None
        self.report: shifts.XReport | None = None
        self.closed: shifts.ClosedShift | None = None
        self.heir: Actor | None = None
        self.cash_in = True
        self.reason_needed = False
        self.unsigned = 0
        """The user whose PIN was missing or wrong at the last try to close; 0 for nobody."""
        self._request_id = uuid.uuid4().hex
        self.reload()

    def reload(self) -> None:
        """Look at the drawer again and show the page that fits."""
        self.shift = shifts.current(self.desk)
        self.page = Page.RUNNING if self.shift else Page.OPEN
        self.problem = ""

    def go(self, page: Page) -> None:
        self.problem = ""
        self.notice = ""
        self.page = page
        self.reason_needed = False
        if page is Page.REPORT:
            self._try(self._read_report)
        if page is Page.CASH:
            self._request_id = uuid.uuid4().hex

    def back(self) -> bool:
        """One step back; False when there is nowhere to go but out of the panel."""
        if self.page in (Page.CASH, Page.NO_SALE, Page.REPORT, Page.COUNT):
            self.go(Page.RUNNING)
            return True
        return False

    def open(self, float_text: str) -> bool:
        fen = typed_fen(float_text) if float_text.strip() else 0
        if fen is None:
            self.problem = tr("备用金写成 200 或 200.00")
            return False
        return self._try(lambda: self._open(fen))

    def move_cash(self, amount_text: str, reason: str) -> bool:
        """Cash into or out of the drawer, as `cash_in` says."""
        fen = typed_fen(amount_text)
        if not fen:
            self.problem = tr("请输入金额")
            return False
        if not reason.strip():
            self.problem = tr("请写原因")
            return False
        return self._try(lambda: self._move(fen if self.cash_in else -fen, reason.strip()))

    @property
    def drawer_needs_pin(self) -> bool:
        """Whether opening the drawer without a sale wants a manager's PIN typed in place."""
        return rights.grant(self.actor.role, "no_sale") == "approved"

    def no_sale(self, reason: str, pin: str) -> bool:
        """Log a drawer opening without a sale; the caller kicks the drawer when this is True."""
        if not reason.strip():
            self.problem = tr("请写原因")
            return False
        return self._try(lambda: self._no_sale(reason.strip(), pin))

    def total_of(self, counts: dict[int, int]) -> int:
        return counted_fen(counts)

    def close(
        self,
        counts: dict[int, int],
        reason: str,
        verifier: Signature | None = None,
        heir: Signature | None = None,
    ) -> bool:
        """Close over the blind count; with an `heir` the next shift opens at once on what was counted.

        A difference asks for a reason first and does not say how large it is.
        """
        return self._try(lambda: self._close(counts, reason.strip(), verifier, heir))

    def last_counted_fen(self) -> int:
        """What the last closed shift left in the drawer: the float to expect; 0 when there was none."""
        last = shifts.recent(self.desk, 1)
        return (last[0].counted_fen or 0) if last else 0

    def report_rows(self) -> tuple[tuple[str, int | str], ...]:
        """The X report as words and amounts (fen) or texts.

        What should be in the drawer is for managers and auditors: a cashier counts it blind.
        """
        report = self.report
        if report is None:
            return ()
        sold = report.sales
        rows: list[tuple[str, int | str]] = [
            (tr("销售笔数"), str(sold.sales)),
            (tr("原价"), sold.list_fen),
            (tr("食堂优惠"), -sold.own_discount_fen),
            (tr("补贴"), -sold.subsidy_fen),
            (tr("应付"), sold.pays_fen),
            (tr("退款"), sold.refunds_fen),
        ]
        rows += [(tender_word(tender), fen) for tender, fen in report.by_tender.items()]
        rows.append((tr("不收款开钱箱"), tr("{n} 次").format(n=report.no_sales)))
        rows.append((tr("删过的行"), tr("{n} 次").format(n=report.removed_lines)))
        return (*rows, *self._drawer_rows(report.cash))

    def _drawer_rows(self, cash: CashFlow) -> tuple[tuple[str, int | str], ...]:
        if not rights.may(self.actor, "read_reports"):
            return ((tr("应有现金"), tr("点完钱才看得到")),)
        return (
            (tr("备用金"), cash.float_fen),
            (tr("现金收款"), cash.sales_fen),
            (tr("现金充值"), cash.top_ups_fen),
            (tr("现金退款"), cash.refunds_fen),
            (tr("放入"), cash.paid_in_fen),
            (tr("取出"), cash.paid_out_fen),
            (tr("应有现金"), cash.expected_fen),
        )

    def result_rows(self) -> tuple[tuple[str, int | str], ...]:
        """Expected, counted, difference, as stored for ever."""
        if self.closed is None:
            return ()
        drawer = self.closed.drawer
        rows: list[tuple[str, int | str]] = [
            (tr("应有"), drawer.expected_fen),
            (tr("数得"), drawer.counted_fen),
            (difference_word(drawer.difference_fen), drawer.difference_fen),
        ]
        if self.closed.shift.reason:
            rows.append((tr("原因"), self.closed.shift.reason))
        return tuple(rows)

    def others(self, right: str) -> tuple[tuple[int, str], ...]:
        """Colleagues who hold `right`, in any way: who may verify the count, who may take the shift over."""
        return tuple(
            (user.id, user.name)
            for user in users.all(self.desk)
            if user.active and user.id != self.actor.user_id and rights.grant(user.role, right) is not None
        )

    def _open(self, fen: int) -> None:
        shifts.open(self.desk, self.actor, fen)
        self.reload()
        self.notice = tr("已开班，备用金 {amount}").format(amount=money(fen))

    def _move(self, fen: int, reason: str) -> None:
        shifts.cash_movement(self.desk, self.actor, fen, reason, self._request_id)
        self.go(Page.RUNNING)
        self.reload()
        words = tr("已放入 {amount}") if fen > 0 else tr("已取出 {amount}")
        self.notice = words.format(amount=money(abs(fen)))

    def _no_sale(self, reason: str, pin: str) -> None:
        actor = users.approve(self.desk, self.actor, pin) if self.drawer_needs_pin else self.actor
        shifts.no_sale(self.desk, actor, reason)
        self.go(Page.RUNNING)
        self.notice = tr("正在开钱箱，已记入日志")

    def _read_report(self) -> None:
        self.report = shifts.x_report(self.desk, self.actor)

    def _close(
        self, counts: dict[int, int], reason: str, verifier: Signature | None, heir: Signature | None
    ) -> None:
        self.unsigned = 0
        verified_by = self._signed(*verifier) if verifier else None
        if heir:
            self.heir = self._signed(*heir)
            self.closed = shifts.hand_over(self.desk, self.actor, counts, self.heir, reason, verified_by)
        else:
            self.closed = shifts.close(self.desk, self.actor, counts, reason, verified_by)
        self.page = Page.CLOSED
        self.shift = self.closed.next_shift

    def _signed(self, user_id: int, pin: str) -> Actor:
        """Whose turn it is to type is said by name: two people stand there. No PIN at all counts as no attempt."""
        name = next((user.name for user in users.all(self.desk) if user.id == user_id), "")
        self.unsigned = user_id
        if not pin:
            raise _Unsigned(tr("请{name}输入密码").format(name=name))
        try:
            actor = users.sign_in(self.desk, user_id, pin)
        except Refusal as refusal:
            if refusal.code != "sign_in.wrong":
                raise
            raise _Unsigned(tr("{name}的密码不对").format(name=name)) from None
        self.unsigned = 0
        return actor

    def _try(self, work: Callable[[], None]) -> bool:
        self.problem = ""
        try:
            work()
        except Refusal as refusal:
            self.reason_needed = self.reason_needed or refusal.code == "shift.reason_needed"
            self.problem = said(refusal)
            return False
        except _Unsigned as unsigned:
            self.problem = str(unsigned)
            return False
        return True
