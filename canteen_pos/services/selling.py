"""Ringing up: one transaction prices again, takes the money, writes documents and queues paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from canteen_pos.domain import chain
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.menu import HALVES
from canteen_pos.domain.order import Order, OrderLine, Payment, order_as_json
from canteen_pos.domain.sale import Draft
from canteen_pos.services import (
    audit,
    documents,
    menus,
    points_paying,
    print_queue,
    quoting,
    settings_store,
    spending,
    tendering,
    voucher_rules,
)
from canteen_pos.services.booking import sale_draft
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.correcting import correct_tender, mark_invoice
from canteen_pos.services.documents import Recorded
from canteen_pos.services.order_lines import NamedLine
from canteen_pos.services.quoting import OrderQuote, Priced, has_passed, price, quote
from canteen_pos.services.rights import check
from canteen_pos.services.sales_book import SaleDetail, SaleSummary, find, load, recent
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.services.taking import draw_budgets
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = [
    "NamedLine",
    "Order",
    "OrderLine",
    "OrderQuote",
    "Payment",
    "SaleDetail",
    "SaleDone",
    "SaleSummary",
    "Settled",
    "correct_tender",
    "find",
    "load",
    "mark_invoice",
    "quote",
    "recent",
    "renewed",
    "ring_up",
]


@dataclass(frozen=True, slots=True)
class SaleDone:
    """One eater's sale as it went into the books."""

    document_id: str
    number_text: str
    short_hash: str
    list_fen: int
    pays_fen: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What one payment settled. `balance_after_fen` is what is left in the purse that paid, None without one;
    `again` says that this had been rung up before and nothing new was written."""

    documents: tuple[SaleDone, ...]
    change_fen: int
    balance_after_fen: int | None
    rounding_fen: int = 0
    again: bool = False


def ring_up(
    desk: Desk,
    actor: Actor,
    orders: tuple[Order, ...],
    payments: tuple[Payment, ...],
    expected_fen: int,
    settlement_id: str,
    *,
    oversell: bool = False,
) -> Settled:
    """Sell `orders` (one eater each) for `payments`. `expected_fen` is what the screen showed: the sum of what
    the diners pay, before cash rounding. The same ids and request again give the first answer again.

    `oversell` says that the food is on the tray though the count says none is left; that is logged.
    Refusals: 'sale.amount_changed' (was_fen, now_fen), 'sale.id_reused', 'shift.none_open', 'order.period_passed',
    'quota.used', 'portions.short', 'dish.sold_out', 'limit.meal', 'limit.day', 'limit.month',
    'limit.own_meal', 'voucher.alone', 'voucher.not_yours',
    those of `quote` and of `tendering.take`.
    """
    check(actor, "sell")
    if any(line.open_price_fen is not None for order in orders for line in order.lines):
        check(actor, "price_override")
    if oversell:
        check(actor, "oversell")
    if not orders:
        raise refuse("order.empty")
    fingerprints = _fingerprints(orders, payments, settlement_id)
    try:
        with desk.db.write() as conn:
            done = _before(conn, orders, fingerprints)
            if done is not None:
                return done
            return _sell(
                conn, desk, actor, orders, payments, expected_fen, settlement_id, fingerprints, oversell
            )
    except Conflict as conflict:
        if "quota_uses" not in conflict.where:
            raise
        raise refuse("quota.used", **_who_was_quicker(desk, orders)) from conflict


def _who_was_quicker(desk: Desk, orders: Sequence[Order]) -> dict[str, Any]:
    """When and where another till used what this sale counted on."""
    with desk.db.read() as conn:
        used = [use for order in orders for use in quoting.earlier_uses(conn, order)]
    last = max(used, key=lambda use: (use.day, use.document), default=None)
    return {} if last is None else {"day": last.day, "period": last.period, "document": last.document}


def renewed(desk: Desk, order: Order) -> Order:
    """The order moved to the meal being served now, when its own has passed for too long; else the order itself."""
    return quoting.renewed(order, desk.clock.now(), settings_store.load(desk))


def _sell(
    conn: Connection,
    desk: Desk,
    actor: Actor,
    orders: Sequence[Order],
    payments: Sequence[Payment],
    expected_fen: int,
    settlement_id: str,
    fingerprints: dict[str, str],
    oversell: bool,
) -> Settled:
    settings = settings_store.load(conn)
    writer = documents.writer(conn, desk, actor, settings=settings)
    for order in orders:
        if order.service_date > writer.now.date():
            raise refuse("order.not_yet", day=order.service_date)
        if has_passed(order, writer.now, settings):
            now = quoting.renewed(order, writer.now, settings)
            raise refuse("order.period_passed", period=order.period, now_period=now.period)
    priced = _price_all(conn, desk, orders, settings, expected_fen)
    taken = tendering.take(
        conn,
        settings,
        [one.quote.pays_fen for one in priced],
        payments,
        orders[0].service_date,
        orders=[order.id for order in orders],
    )
    drafts = [
        sale_draft(one, rows, rounding, desk.station, settlement_id, fingerprints[one.order.id])
        for one, rows, rounding in zip(priced, taken.rows, taken.rounding_fen, strict=True)
    ]
    drafts = [
        replace(draft, extra={**draft.extra, **points_paying.as_extra(points)}) if points else draft
        for draft, points in zip(drafts, taken.points, strict=True)
    ]
    meals = _check_eaters(conn, drafts, settlement_id, writer.business_date)
    spending.check_payers(conn, payments, meals)
    _take_portions(conn, desk, actor, orders, oversell)
    draw_budgets(conn, priced[0].packs, [take for one in priced for take in one.quote.budget_takes])
    with guarded():
        recorded = writer.record(drafts)
    tendering.mark_vouchers(conn, taken, [draft.id for draft in drafts])
    for draft, points in zip(drafts, taken.points, strict=True):
        voucher_rules.mark(conn, draft.shares, draft.id)
        points_paying.write(conn, desk, actor, draft.id, points)
        _log_other_prices(conn, desk, actor, draft)
        print_queue.enqueue(conn, desk, "sale", draft.id)
    return _settled(priced, recorded, taken)


def _log_other_prices(conn: Connection, desk: Desk, actor: Actor, draft: Draft) -> None:
    """A price that somebody typed stands in the log as well, where an auditor looks for it."""
    for line in draft.lines:
        if line.reason:
            audit.log(
                conn,
                desk,
                actor,
                "price_overridden",
                document=draft.id,
                dish=line.name,
                quantity=line.quantity,
                now_fen=line.list_fen,
                reason=line.reason,
            )


def _check_eaters(
    conn: Connection, drafts: Sequence[Draft], settlement_id: str, business_date: str
) -> Sequence[voucher_rules.Meal]:
    """What holds for people and not for money: limits on spending, vouchers that want to be alone."""
    meals = [
        voucher_rules.Meal(draft.person_id, draft.service_date, draft.period, draft.payments, draft.shares)
        for draft in drafts
    ]
    voucher_rules.check_meals(conn, meals, settlement_id)
    spending.check_limits(conn, meals, date.fromisoformat(business_date))
    return meals


def _price_all(
    conn: Connection, desk: Desk, orders: Sequence[Order], settings: CanteenSettings, expected_fen: int
) -> list[Priced]:
    priced: list[Priced] = []
    for order in orders:
        priced.append(price(conn, desk, order, settings, [one.shown for one in priced]))
    people = [one.eater.person_id for one in priced if one.eater]
    if len(set(people)) < len(people):
        raise refuse("order.same_eater")
    now_fen = sum(one.quote.pays_fen for one in priced)
    if now_fen != expected_fen:
        raise refuse("sale.amount_changed", was_fen=expected_fen, now_fen=now_fen)
    return priced


def _take_portions(
    conn: Connection, desk: Desk, actor: Actor, orders: Sequence[Order], oversell: bool
) -> None:
    wanted: dict[tuple[Any, str], dict[int, int]] = {}
    for order in orders:
        halves = wanted.setdefault((order.service_date, order.period), {})
        for line in order.lines:
            halves[line.dish_id] = halves.get(line.dish_id, 0) + HALVES[line.portion] * line.quantity
    for (day, period), halves in wanted.items():
        beyond = menus.take_portions(conn, day, period, halves, oversell=oversell)
        if beyond:
            audit.log(conn, desk, actor, "oversold", dishes=list(beyond), settlement=orders[0].id)


# -- answers ----------------------------------------------------------------------------------------


def _settled(priced: Sequence[Priced], recorded: Sequence[Recorded], taken: tendering.Taken) -> Settled:
    done = tuple(
        SaleDone(
            document_id=one.document_id,
            number_text=one.number_text,
            short_hash=one.short_hash,
            list_fen=sale.quote.list_fen,
            pays_fen=sale.quote.pays_fen,
            person_id=sale.order.person_id,
        )
        for sale, one in zip(priced, recorded, strict=True)
    )
    return Settled(done, taken.change_fen, taken.balance_after_fen, sum(taken.rounding_fen))


def _fingerprints(orders: Sequence[Order], payments: Sequence[Payment], settlement_id: str) -> dict[str, str]:
    """Of each order together with all that is paid at once: lines, eater, tenders."""
    money = [
        [
            one.tender,
            one.fen,
            one.account_id or one.person_id,
            one.voucher_serial,
            one.reference,
            one.given_fen,
        ]
        for one in payments
    ]
    together = {"orders": [order.id for order in orders], "payments": money, "settlement": settlement_id}
    return {order.id: chain.fingerprint({**together, "order": order_as_json(order)}) for order in orders}


def _before(conn: Connection, orders: Sequence[Order], fingerprints: dict[str, str]) -> Settled | None:
    """The first answer again, when these orders are already in the books."""
    earlier = documents.earlier(conn, [order.id for order in orders], fingerprints)
    if not earlier:
        return None
    done, change, rounding = [], 0, 0
    balance: int | None = None
    for order in orders:
        one = earlier[order.id]
        body = from_json(one.body)
        again = documents.recorded_before(one)
        done.append(
            SaleDone(
                document_id=one.id,
                number_text=again.number_text,
                short_hash=again.short_hash,
                list_fen=body["list_fen"],
                pays_fen=body["pays_fen"],
                person_id=order.person_id,
            )
        )
        rounding += body["rounding_fen"]
        change += sum(payment["change_fen"] for payment in body["payments"])
        balances = [payment["balance_after_fen"] for payment in body["payments"]]
        balance = next((fen for fen in (balance, *balances) if fen is not None), None)
    return Settled(tuple(done), change, balance, rounding, again=True)
