"""Recent documents: find one, print it again, correct its tender, mark its invoice. No Qt."""

import uuid

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.money import yuan
from canteen_pos.domain.order import Payment
from canteen_pos.domain.settling import rounded_cash
from canteen_pos.i18n import tr
from canteen_pos.services import correcting, members, sales_book, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.sales_book import SaleDetail, SaleSummary
from canteen_pos.ui.saying import moment_words, said, sold_word, tender_word
from canteen_pos.ui.trying import Tries

_CODES = ("cash", "wallet", "wechat", "alipay", "bank_card")


class RecentPresenter(Tries):
    """State: documents that fit the search, the chosen one in full, what to say."""

    def __init__(self, desk: Desk, actor: Actor, document_id: str = "") -> None:
        self.desk = desk
        self.actor = actor
        self.found: tuple[SaleSummary, ...] = self._matching("")
        self.chosen: SaleDetail | None = None
        self.problem = ""
        self.notice = ""
        newest = next(iter(self.found), None)
        if document_id or newest:
            self.choose(document_id or (newest.document_id if newest else ""))

    def look(self, text: str) -> None:
        self.found = self._matching(text)

    def _matching(self, text: str) -> tuple[SaleSummary, ...]:
        return sales_book.find(self.desk, text)

    def choose(self, document_id: str) -> None:
        self.problem = self.notice = ""
        try:
            self.chosen = sales_book.load(self.desk, document_id)
        except Refusal as refusal:
            self.chosen, self.problem = None, said(refusal)

    @property
    def may_correct(self) -> bool:
        """Only the tender of a sale that was paid and not refunded can be corrected."""
        one = self.chosen
        return one is not None and one.kind == "sale" and not one.refunded and one.pays_fen > 0

    @property
    def may_mark(self) -> bool:
        return self.chosen is not None and self.chosen.kind == "sale" and not self.chosen.invoice_issued

    @property
    def may_refund(self) -> bool:
        return self.chosen is not None and self.chosen.kind == "sale"

    def tenders(self) -> tuple[tuple[str, str, str], ...]:
        """What it may have been paid with instead: (code, word, key)."""
        on = settings_store.load(self.desk).tenders
        known = self.chosen is not None and self.chosen.person_id is not None
        codes = [code for code in _CODES if code in on and (code != "wallet" or known)]
        return tuple((code, tender_word(code), str(place)) for place, code in enumerate(codes, start=1))

    def correct(self, tender: str, reason: str) -> bool:
        one = self.chosen
        if one is None:
            return False
        if not reason.strip():
            self.problem = tr("请写原因")
            return False

        def work() -> None:
            payment = self._payment(one, tender)
            correcting.correct_tender(
                self.desk, self.actor, one.document_id, (payment,), reason.strip(), uuid.uuid4().hex
            )
            self.notice = tr("已改为{tender}").format(tender=tender_word(tender))

        return self._try(work)

    def mark_invoice(self) -> bool:
        one = self.chosen
        if one is None:
            return False

        def work() -> None:
            correcting.mark_invoice(self.desk, self.actor, one.document_id)
            self.notice = tr("已记：发票已开")

        return self._try(work)

    def reprint(self) -> bool:
        """Queue a copy; it is printed as one and counted."""
        from canteen_pos.services import print_queue

        one = self.chosen
        if one is None:
            return False

        def work() -> None:
            print_queue.reprint(self.desk, self.actor, one.document_id)
            self.notice = tr("已送去打印（副本）")

        return self._try(work)

    def _payment(self, one: SaleDetail, tender: str) -> Payment:
        fen = one.pays_fen
        if tender == "cash":
            return Payment("cash", rounded_cash(fen, settings_store.load(self.desk).cash_rounding))
        if tender != "wallet":
            return Payment(tender, fen)
        member = members.by_id(self.desk, one.person_id) if one.person_id is not None else None
        return Payment("wallet", fen, account_id=member.account_id if member else None)

    def _tried(self) -> None:
        """Show the document as it stands now, and what was done to it."""
        notice = self.notice
        if self.chosen is not None and not self.problem:
            self.choose(self.chosen.document_id)
            self.notice = notice

    # -- words ---------------------------------------------------------------------------------------

    def row_detail(self, one: SaleSummary) -> str:
        """When, what it was, for whom, how paid."""
        parts = [moment_words(one.at, self.desk.clock.now().date())]
        if one.kind != "sale":
            parts.append(kind_word(one.kind))
        if one.refunded:
            parts.append(tr("有退款"))
        if one.corrected:
            parts.append(tr("已改收款方式"))
        if one.invoice_issued:
            parts.append(tr("发票已开"))
        parts += [one.person_name, tr("、").join(tender_name(tender) for tender in one.tenders)]
        return " ・ ".join(part for part in parts if part)

    def facts(self) -> str:
        """The quiet lines over the chosen document's lines."""
        one = self.chosen
        if one is None:
            return ""
        parts = [kind_word(one.kind), moment_words(one.at, self.desk.clock.now().date()), one.cashier]
        if one.person_name:
            parts.append(one.person_name)
        if one.refers_to_number:
            parts.append(tr("原单 {number}").format(number=one.refers_to_number))
        if one.reason:
            parts.append(one.reason)
        return " ・ ".join(parts)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Lines, sums and payments of the chosen document: (words, amount)."""
        one = self.chosen
        if one is None:
            return ()
        rows = [
            (_line_words(line.name, line.portion, line.quantity, line.grams), yuan(line.list_fen))
            for line in one.lines
        ]
        if one.own_discount_fen:
            rows.append((tr("食堂优惠"), yuan(-one.own_discount_fen)))
        if one.subsidy_fen:
            rows.append((tr("补贴"), yuan(-one.subsidy_fen)))
        rows += [(tr("折扣券 {tails}").format(tails=serial), yuan(-fen)) for serial, fen in one.vouchers_off]
        return (*rows, *_payment_rows(one))


def _payment_rows(one: SaleDetail) -> tuple[tuple[str, str], ...]:
    """How it was paid; of a corrected sale how it is paid now, and below that what was keyed first."""
    noted = [(tender_name(payment.tender), payment.fen) for payment in one.payments]
    if one.corrected:
        now, first = tr("{tender}（改正后）"), tr("原先记的：{tender}")
        return (
            *((now.format(tender=tender_name(tender)), yuan(fen)) for tender, fen in one.paid_now),
            *((first.format(tender=tender), yuan(fen)) for tender, fen in noted),
        )
    change = ((tr("找零"), yuan(one.change_fen)),) if one.change_fen else ()
    return (*((tender, yuan(fen)) for tender, fen in noted), *change)


def tender_name(tender: str) -> str:
    return tr("储值（赠送部分）") if tender == "wallet_bonus" else tender_word(tender)


def kind_word(kind: str) -> str:
    words = {
        "sale": tr("收款单"),
        "refund": tr("退款"),
        "top_up": tr("充值"),
        "cash_movement": tr("现金进出"),
        "tender_correction": tr("改收款方式"),
        "opening": tr("期初"),
        "purse_refund": tr("账户退款"),
        "account_payment": tr("挂账收款"),
    }
    return words.get(kind, kind)


def _line_words(name: str, portion: str, quantity: int, grams: int) -> str:
    parts = [sold_word(name)]
    if portion == "half":
        parts.append(tr("半份"))
    if grams:
        parts.append(tr("{n} 克").format(n=grams))
    if quantity != 1:
        parts.append(f"× {quantity}")
    return " ".join(parts)
