"""Mending what was noted wrongly about a sale without touching it: the tender, and the invoice mark."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.giving_back import Source, sources
from canteen_pos.domain.ledger import correction_entries
from canteen_pos.domain.order import Payment
from canteen_pos.domain.sale import DocumentShare, Draft, PaymentRow, about_sale
from canteen_pos.services import (
    audit,
    documents,
    points_paying,
    settings_store,
    spending,
    tendering,
    voucher_rules,
)
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.documents import Recorded
from canteen_pos.services.rights import check
from canteen_pos.storage import purses
from canteen_pos.storage import sales as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.sales import Stored


def correct_tender(
    desk: Desk,
    actor: Actor,
    document_id: str,
    payments: Sequence[Payment],
    reason: str,
    request_id: str = "",
) -> Recorded:
    """The diner paid otherwise than was keyed: a document that turns the noted tenders and notes the right ones.

    Prices, shares and quotas stay as they are; a voucher that also paid for others at the table may still pay its part.
    Needs 'correct_tender'. Refusals: 'document.unknown', 'tender.not_a_sale', 'tender.refunded' (give back instead),
    'tender.nothing_paid', 'purse.closed' (back_fen=), those of `tendering.take`.
    """
    check(actor, "correct_tender")
    request_id, reason = request_id or uuid.uuid4().hex, typed.line(reason)
    money = [
        [one.tender, one.fen, one.account_id or one.person_id, one.voucher_serial, one.reference]
        for one in payments
    ]
    fingerprint = chain.fingerprint({"tender_correction": document_id, "payments": money})
    with desk.db.write() as conn:
        again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
        if again:
            return documents.recorded_before(again)
        writer = documents.writer(conn, desk, actor)
        sale, noted, so_far = _what_was_noted(conn, document_id)
        before = tendering.give_back(conn, noted)
        shared = purses.vouchers_paying(conn, sale.body["settlement"], but=document_id)
        for row in before:
            if row.voucher_id is not None and row.voucher_id not in shared:
                purses.free_voucher(conn, row.voucher_id)
        day = date.fromisoformat(sale.body["service_date"])
        taken = tendering.take(
            conn, settings_store.load(conn), [sale.body["pays_fen"]], payments, day, shared
        )
        was_rounded = sum(source.fen for source in noted) - sale.body["pays_fen"]
        rounding = taken.rounding_fen[0] - was_rounded
        both = (*before, *taken.rows[0])
        draft = _draft(sale, both, rounding, desk.station, request_id, fingerprint, reason)
        points = (*points_paying.coming_back(so_far, before), *taken.points[0])
        draft = replace(draft, extra={**draft.extra, **points_paying.as_extra(points)})
        _check_eater(conn, sale, draft, writer.business_date)
        recorded = writer.record((draft,))
        points_paying.write(conn, desk, actor, request_id, points)
        tendering.mark_vouchers(conn, taken, [request_id])
    return recorded[0]


def _check_eater(conn: Connection, sale: Stored, draft: Draft, business_date: str) -> None:
    """Limits and lonely vouchers hold for the right tenders as they did for the wrong ones."""
    shares = [DocumentShare(*share) for share in sale.body["shares"]]
    meal = voucher_rules.Meal(
        sale.person_id, sale.body["service_date"], sale.body["period"], draft.payments, shares
    )
    voucher_rules.check_meals(conn, (meal,), sale.body["settlement"])
    spending.check_limits(conn, (meal,), date.fromisoformat(business_date))


def _what_was_noted(
    conn: Connection, document_id: str
) -> tuple[Stored, tuple[Source, ...], tuple[dict[str, Any], ...]]:
    """The sale, held until the transaction ends, the tenders it stands noted with, and all that was written of it."""
    rows.lock(conn, document_id)
    sale = rows.one(conn, document_id)
    if sale is None:
        raise refuse("document.unknown")
    if sale.body["kind"] != "sale":
        raise refuse("tender.not_a_sale")
    about = [one.body for one in rows.about(conn, document_id)]
    if any(body["kind"] == "refund" for body in about):
        raise refuse("tender.refunded")
    noted = sources((sale.body, *about))
    if not noted:
        raise refuse("tender.nothing_paid")
    return sale, noted, (sale.body, *about)


def _draft(
    sale: Stored,
    payments: tuple[PaymentRow, ...],
    rounding_fen: int,
    station: str,
    request_id: str,
    fingerprint: str,
    reason: str,
) -> Draft:
    return about_sale(
        sale.body,
        sale.person_id,
        "tender_correction",
        request_id,
        fingerprint=fingerprint,
        list_fen=0,
        pays_fen=0,
        rounding_fen=rounding_fen,
        payments=payments,
        entries=correction_entries(payments, rounding_fen, station),
        reason=reason,
    )


def mark_invoice(desk: Desk, actor: Actor, document_id: str) -> None:
    """Note that the invoice for this sale was issued (发票已开); once is enough. Needs 'mark_invoice'.

    Refusal 'document.unknown'.
    """
    check(actor, "mark_invoice")
    with desk.db.write() as conn:
        rows.lock(conn, document_id)
        stored = rows.one(conn, document_id)
        if stored is None:
            raise refuse("document.unknown")
        if not stored.invoiced:
            rows.mark(conn, document_id, "invoice_issued", desk.clock.now(), actor.user_id)
            audit.log(conn, desk, actor, "invoice_marked", document=document_id)
