"""From what is stored to what is printed: documents, shifts and printers as tickets, read at the moment of printing."""

from dataclasses import replace
from datetime import datetime

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.papers import (
    Head,
    KitchenSlip,
    Paid,
    PurseSlip,
    RefundSlip,
    SaleSlip,
    ShiftSlip,
    Slip,
    SlipLine,
    TopUpSlip,
)
from canteen_pos.printing.receipts import ticket_of
from canteen_pos.printing.ticket import Ticket
from canteen_pos.services import sales_book, settings_store
from canteen_pos.services.context import Desk
from canteen_pos.services.sales_book import DetailLine, SaleDetail
from canteen_pos.storage import purse_lists, purses, sales
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.print_jobs import JobRow, PrinterRow
from canteen_pos.wording import codes


def ticket(conn: Connection, desk: Desk, job: JobRow, printer: PrinterRow) -> Ticket:
    """What `job` prints on `printer`. Refusal 'document.unknown' or 'print.kind_unknown'."""
    canteen = settings_store.load(conn)
    lang = canteen.language
    if job.kind == "test":
        from canteen_pos.printing.trial import trial_page

        return trial_page(printer.name, Paper.from_json(printer.paper), desk.clock.now(), lang)
    if job.kind == "shift":
        return ticket_of(_shift(desk, canteen.name, lang, job.payload))
    if job.document_id is None:
        raise refuse("print.kind_unknown", kind=job.kind)
    detail = sales_book.load_in(conn, job.document_id)
    head = Head(
        canteen=canteen.name,
        station=detail.station,
        number=detail.number_text,
        at=detail.at,
        cashier=detail.cashier,
        lang=lang,
        copy_no=job.copy_no,
        training=desk.training,
    )
    slip = _slip(job.kind, head, detail)
    if isinstance(slip, PurseSlip):
        slip = _of_a_purse(conn, detail, slip)
    if isinstance(slip, SaleSlip):
        slip = _as_corrected(conn, job.document_id, slip)
        slip = replace(slip, low_balance=_is_low(conn, canteen, detail), on_account=_customer(conn, detail))
    return ticket_of(slip)


def _of_a_purse(conn: Connection, detail: SaleDetail, slip: PurseSlip) -> PurseSlip:
    """Whose purse it is, or who owed; and whose purse paid for them, if one did."""
    owner = _purse_name(conn, str(detail.extra.get("purse", "")))
    if slip.kind == "purse_refund":
        return slip if slip.name else replace(slip, name=owner)
    paid = next((one for one in detail.payments if one.tender == "wallet"), None)
    if paid is None:
        return replace(slip, name=owner)
    payer = slip.name or _purse_name(conn, paid.purse)
    return replace(slip, name=owner, payer=payer, payer_left_fen=paid.balance_after_fen)


def _purse_name(conn: Connection, token: str) -> str:
    """A purse that is nobody's alone is called by its own name; documents know it by a token."""
    account = purse_lists.one(conn, purses.ids_of(conn, {token}).get(token, 0))
    return account.name if account else ""


def _customer(conn: Connection, detail: SaleDetail) -> str:
    """Who pays later, where somebody does."""
    token = next((one.purse for one in detail.payments if one.tender == "on_account"), "")
    return _purse_name(conn, token) if token else ""


def _is_low(conn: Connection, canteen: settings_store.CanteenSettings, detail: SaleDetail) -> bool:
    """Whether the purse that paid fell below its mark."""
    paid = next((one for one in detail.payments if one.tender in ("wallet", "wallet_bonus")), None)
    if paid is None or paid.balance_after_fen is None:
        return False
    ids = purses.ids_of(conn, {paid.purse})
    account = purse_lists.one(conn, ids[paid.purse]) if paid.purse in ids else None
    mark = canteen.low_balance_fen if account is None or account.low_fen is None else account.low_fen
    return paid.balance_after_fen < mark


def _as_corrected(conn: Connection, document_id: str, slip: SaleSlip) -> SaleSlip:
    """Tenders and rounding as they stand after corrections: a copy says how the meal was paid in truth."""
    bodies = [one.body for one in sales.about(conn, document_id) if one.body["kind"] == "tender_correction"]
    if not bodies:
        return slip
    total: dict[str, int] = {}
    noted = [(paid.tender, paid.fen) for paid in slip.payments]
    noted += [(payment["tender"], payment["fen"]) for body in bodies for payment in body["payments"]]
    for tender, fen in noted:
        total[tender] = total.get(tender, 0) + fen
    rounding_fen = slip.rounding_fen + sum(body["rounding_fen"] for body in bodies)
    payments = tuple(Paid(tender, fen) for tender, fen in total.items() if fen)
    return replace(slip, payments=payments, rounding_fen=rounding_fen)


def _slip(kind: str, head: Head, detail: SaleDetail) -> Slip:
    match kind:
        case "sale":
            return sale_slip(head, detail)
        case "refund":
            return refund_slip(head, detail)
        case "top_up":
            return top_up_slip(head, detail)
        case "purse_refund" | "account_payment":
            return purse_slip(head, detail)
        case "kitchen":
            return kitchen_slip(head, detail)
    raise refuse("print.kind_unknown", kind=kind)


def sale_slip(head: Head, detail: SaleDetail) -> SaleSlip:
    return SaleSlip(
        head=head,
        period=detail.period,
        serving=detail.serving,
        lines=tuple(_line(line, head.lang) for line in detail.lines),
        list_fen=detail.list_fen,
        own_discount_fen=detail.own_discount_fen,
        subsidy_fen=detail.subsidy_fen,
        vouchers_off=detail.vouchers_off,
        pays_fen=detail.pays_fen,
        rounding_fen=detail.rounding_fen,
        payments=_payments(detail),
        short_hash=detail.short_hash,
        member=_member(detail),
        balance_fen=detail.balance_after_fen,
    )


def refund_slip(head: Head, detail: SaleDetail) -> RefundSlip:
    """A refund is stored with the sign turned; its paper shows what went back as positive amounts."""
    return RefundSlip(
        head=head,
        refers_to=detail.refers_to_number,
        lines=tuple(_line(line, head.lang) for line in detail.lines),
        list_fen=-detail.list_fen,
        own_discount_fen=-detail.own_discount_fen,
        subsidy_fen=-detail.subsidy_fen,
        vouchers_off=tuple((serial, -fen) for serial, fen in detail.vouchers_off),
        back_fen=-detail.pays_fen - detail.rounding_fen,
        rounding_fen=-detail.rounding_fen,
        payments=_payments(detail),
        short_hash=detail.short_hash,
        reason=detail.reason,
        member=_member(detail),
        balance_fen=detail.balance_after_fen,
        vouchers=tuple((str(serial), bool(free)) for serial, free in detail.extra.get("vouchers", ())),
    )


def top_up_slip(head: Head, detail: SaleDetail) -> TopUpSlip:
    extra = detail.extra
    return TopUpSlip(
        head=head,
        member=_member(detail),
        fen=detail.pays_fen,
        payments=_payments(detail),
        balance_fen=int(extra.get("balance_after_fen", 0)),
        short_hash=detail.short_hash,
        bonus_fen=int(extra.get("bonus_fen", 0)),
        bonus_balance_fen=int(extra.get("bonus_after_fen", 0)),
    )


def purse_slip(head: Head, detail: SaleDetail) -> PurseSlip:
    extra = detail.extra
    return PurseSlip(
        head=head,
        kind="purse_refund" if detail.kind == "purse_refund" else "account_payment",
        name=_member(detail),
        fen=abs(detail.pays_fen + detail.rounding_fen),
        payments=_payments(detail),
        short_hash=detail.short_hash,
        balance_fen=int(extra.get("balance_after_fen", 0)),
        owed_fen=max(0, -int(extra.get("balance_after_fen", 0))),
        lapsed_fen=-int(extra.get("bonus_fen", 0)),
        rounding_fen=-detail.rounding_fen,
        reason=detail.reason,
    )


def kitchen_slip(head: Head, detail: SaleDetail) -> KitchenSlip:
    return KitchenSlip(
        head=head,
        serving=detail.serving,
        lines=tuple(_line(line, head.lang) for line in detail.lines if line.made_to_order),
        member=_member(detail),
        notes=tuple(codes.word(tag, head.lang) for tag in detail.diet),
    )


def _line(line: DetailLine, lang: str) -> SlipLine:
    return SlipLine(
        name=codes.sold(line.name, lang),
        quantity=line.quantity,
        list_fen=abs(line.list_fen),
        detail=line.detail,
        half=line.portion == "half",
        grams=line.grams,
    )


def _payments(detail: SaleDetail) -> tuple[Paid, ...]:
    return tuple(
        Paid(payment.tender, abs(payment.fen), payment.given_fen, payment.change_fen, payment.voucher)
        for payment in detail.payments
    )


def _member(detail: SaleDetail) -> str:
    """Name and number: what the cashier called out. Nothing else about a person stands on paper."""
    return f"{detail.person_name} {detail.member_no}".strip()


def _shift(desk: Desk, canteen: str, lang: str, payload: dict[str, object]) -> ShiftSlip:
    from canteen_pos.services import shifts

    report = shifts.report_of(desk, int(str(payload["shift"])))
    shift, sold, cash = report.shift, report.sales, report.cash
    at = datetime.fromisoformat(str(payload["at"]))
    funds = dict(report.by_fund)
    funds.pop(OPERATOR, None)
    closed = shift.closed_at is not None
    return ShiftSlip(
        head=Head(canteen, shift.station, f"#{shift.id}", at, shift.cashier, lang, training=desk.training),
        kind="close" if closed else "x",
        opened_at=shift.opened_at,
        closed_at=shift.closed_at,
        opened_by=shift.cashier,
        sales_count=sold.sales,
        refunds_count=sold.refunds,
        list_fen=sold.list_fen,
        own_discount_fen=sold.own_discount_fen,
        by_fund=tuple(sorted(funds.items())),
        pays_fen=sold.pays_fen,
        refunds_fen=sold.refunds_fen,
        rounding_fen=sold.rounding_fen,
        by_tender=tuple(report.by_tender.items()),
        float_fen=shift.float_fen,
        cash_in_fen=cash.paid_in_fen,
        cash_out_fen=cash.paid_out_fen,
        expected_fen=shift.expected_fen if closed else None,
        counted_fen=shift.counted_fen,
        difference_fen=shift.difference_fen,
        counts=tuple(sorted(shift.counts.items(), reverse=True)),
        reason=shift.reason,
        verified_by=shift.verified_by,
        top_ups_fen=sold.top_ups_fen,
    )
