"""Giving back: which sale, which units of which lines, why, and whose PIN. No Qt."""

import uuid

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.money import half_up, yuan
from canteen_pos.i18n import tr
from canteen_pos.services import refunding, rights, sales_book, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.refunding import RefundableLine, RefundDone
from canteen_pos.services.sales_book import SaleDetail, SaleSummary
from canteen_pos.ui.saying import moment_words, money, said, tender_word

REASONS = ("1", "2", "3", "4")


def reason_words() -> tuple[str, ...]:
    """The usual reasons, by their keys."""
    return (tr("点错了"), tr("菜有问题"), tr("不要了"), tr("重复收款"))


class RefundPresenter:
    """State: sales that fit the search, the chosen one with what is left of it, units wanted by line number."""

    def __init__(self, desk: Desk, actor: Actor, document_id: str = "") -> None:
        self.desk = desk
        self.actor = actor
        self.found: tuple[SaleSummary, ...] = self._matching("")
        self.sale: SaleDetail | None = None
        self.lines: tuple[RefundableLine, ...] = ()
        self.wanted: dict[int, int] = {}
        self.return_portions = False
        self.finished: RefundDone | None = None
        self.problem = ""
        self.in_cash = False
        self._request_id = uuid.uuid4().hex
        newest = next(iter(self.found), None)
        if document_id or newest:
            self.choose(document_id or (newest.document_id if newest else ""))

    @property
    def needs_pin(self) -> bool:
        """Whether a manager's PIN is asked for in place."""
        return rights.grant(self.actor.role, "refund") == "approved"

    def look(self, text: str) -> None:
        """Sales that `text` may mean; the newest ones when it is empty."""
        self.found = self._matching(text)

    def search(self, text: str) -> bool:
        """Look for another sale; whether the chosen one changed. What is not in the list is not given back either."""
        self.look(text)
        found = [one.document_id for one in self.found]
        if self.sale is not None and self.sale.document_id in found:
            return False
        if found:
            self.choose(found[0])
        else:
            self.sale, self.lines, self.wanted = None, (), {}
        return True

    def _matching(self, text: str) -> tuple[SaleSummary, ...]:
        return tuple(one for one in sales_book.find(self.desk, text) if one.kind == "sale")

    def choose(self, document_id: str) -> None:
        """Look at one sale; everything that is left of it is wanted until somebody says less."""
        self.problem = ""
        try:
            self.sale = sales_book.load(self.desk, document_id)
            self.lines = refunding.refundable(self.desk, document_id)
        except Refusal as refusal:
            self.sale, self.lines = None, ()
            self.problem = said(refusal)
        self.wanted = {line.line_no: line.left for line in self.lines if line.left}
        self.finished = None
        self.in_cash = False
        self._request_id = uuid.uuid4().hex

    def want(self, line_no: int, text: str) -> None:
        """So many units of that line; anything but a number counts as none, more than is left as all."""
        left = next((line.left for line in self.lines if line.line_no == line_no), 0)
        self.wanted[line_no] = min(int(text), left) if text.isascii() and text.isdigit() else 0
        self.problem = ""

    @property
    def nothing_left(self) -> bool:
        """Everything of the chosen sale has gone back already."""
        return bool(self.lines) and all(line.left == 0 for line in self.lines)

    @property
    def back_fen(self) -> int:
        """What the diner would get back before cash rounding; to the fen for whole lines."""
        return sum(
            half_up(line.pays_fen * self.wanted.get(line.line_no, 0), line.left)
            for line in self.lines
            if line.left
        )

    def submit(self, reason: str, pin: str) -> bool:
        if self.sale is None:
            self.problem = tr("请先选一张单")
            return False
        if not any(self.wanted.values()):
            self.problem = tr("请写要退几份")
            return False
        if not reason.strip():
            self.problem = tr("请写原因")
            return False
        self.problem = ""
        try:
            actor = users.approve(self.desk, self.actor, pin) if self.needs_pin else self.actor
            self.finished = refunding.refund(
                self.desk,
                actor,
                self.sale.document_id,
                {line_no: units for line_no, units in self.wanted.items() if units},
                reason.strip(),
                self._request_id,
                return_portions=self.return_portions,
                closed_in_cash=self.in_cash,
            )
        except Refusal as refusal:
            self.in_cash = self.in_cash or refusal.code == "refund.purse_closed"  # its sentence offers cash
            self.problem = said(refusal)
            return False
        return True

    def finished_rows(self) -> tuple[tuple[str, str], ...]:
        """Where the money went: ('现金', '6.00')."""
        if self.finished is None:
            return ()
        return tuple((tender_back(tender), yuan(fen)) for tender, fen in self.finished.by_tender)

    def finished_vouchers(self) -> tuple[str, ...]:
        """What became of the vouchers that paid."""
        good, spent = tr("餐券 {serial} 已全部退回，可以再用。"), tr("餐券 {serial} 只退回一部分，不能再用。")
        back = self.finished.vouchers if self.finished else ()
        return tuple((good if one.free else spent).format(serial=one.serial) for one in back)

    def finished_words(self) -> str:
        if self.finished is None:
            return ""
        words = tr("已退 {amount}，单号 {number}")
        return words.format(amount=money(self.finished.back_fen), number=self.finished.number_text)


def tender_back(tender: str) -> str:
    """'退回现金'; the bonus part of a purse is named apart."""
    if tender == "wallet_bonus":
        return tr("退回储值（赠送部分）")
    return tr("退回{tender}").format(tender=tender_word(tender))


def summary_detail(one: SaleSummary, presenter: RefundPresenter) -> str:
    """The quiet line of a row: when, for whom, what."""
    when = moment_words(one.at, presenter.desk.clock.now().date())
    parts = [when, one.person_name, one.what]
    if one.refunded:
        parts.insert(0, tr("有退款"))
    return " ・ ".join(part for part in parts if part)


def line_detail(line: RefundableLine) -> str:
    """'半份 ・ 共 3，已退 1'."""
    parts = [tr("半份")] if line.portion == "half" else []
    parts += [line.detail] if line.detail else []
    parts.append(tr("共 {n}").format(n=line.quantity))
    if line.refunded:
        parts.append(tr("已退 {n}").format(n=line.refunded))
    return " ・ ".join(parts)
