"""Giving back, whole or in part: a document of today at the stored amounts, each share and fen to where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.giving_back import (
    Instead,
    PartBack,
    Source,
    benefit_is_back,
    budget_back,
    claims_back,
    given_by,
    in_cash,
    money_back,
    part_back,
    refunded_units,
    sources,
)
from canteen_pos.domain.ledger import sale_entries
from canteen_pos.domain.menu import HALVES
from canteen_pos.domain.sale import DocumentLine, Draft, QuotaSlot, about_sale, claim_text
from canteen_pos.services import (
    documents,
    points_paying,
    print_queue,
    settings_store,
    tendering,
    voucher_rules,
)
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import budgets, menus, purses, quota_uses
from canteen_pos.storage import sales as rows
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.sales import Stored


@dataclass(frozen=True, slots=True)
class RefundableLine:
    """What is left of a sold line. Amounts are for all units left, as they were sold; `detail` as on the receipt."""

    line_no: int
    name: str
    detail: str
    kind: str
    portion: str
    quantity: int
    refunded: int
    list_fen: int
    pays_fen: int

    @property
    def left(self) -> int:
        return self.quantity - self.refunded


@dataclass(frozen=True, slots=True)
class VoucherBack:
    """A voucher that got `fen` back. It is good again (`free`) when all it paid is back; until then it stays used, for
    it is good once and gives no change."""

    serial: str
    fen: int
    free: bool


@dataclass(frozen=True, slots=True)
class RefundDone:
    """`back_fen` is what the diner got back; `by_tender` says through what, in fen; `vouchers` what became of them."""

    document_id: str
    number_text: str
    back_fen: int
    by_tender: tuple[tuple[str, int], ...]
    again: bool = False
    vouchers: tuple[VoucherBack, ...] = ()


def refundable(desk: Desk, document_id: str) -> tuple[RefundableLine, ...]:
    """The lines of a sale with what is left of each. Refusal 'document.unknown', 'refund.not_a_sale'."""
    with desk.db.read() as conn:
        history = _History.load(conn, document_id)
    return tuple(_refundable(history, line) for line in history.sale["lines"])


def refund(
    desk: Desk,
    actor: Actor,
    document_id: str,
    wanted: Mapping[int, int] | None,
    reason: str,
    request_id: str,
    *,
    return_portions: bool = False,
    closed_in_cash: bool = False,
) -> RefundDone:
    """Give back `wanted` units by line number, or (None) all that is left. Needs 'refund'.

    `return_portions` puts the food back on the menu: it was never served. `closed_in_cash` pays out of the drawer what
    would go into a purse that is closed. The same request id again answers with the first refund. Refusals:
    'refund.reason_needed', 'refund.nothing', 'refund.too_many' (line_no=, left=), 'refund.purse_closed' (back_fen=),
    'refund.not_a_sale', 'document.unknown', 'shift.none_open', 'sale.id_reused'.
    """
    check(actor, "refund")
    reason = typed.line(reason)
    if not reason:
        raise refuse("refund.reason_needed")
    asked = None if wanted is None else {str(no): units for no, units in sorted(wanted.items()) if units}
    how: dict[str, Any] = {"refund": document_id, "wanted": asked, "reason": reason}
    fingerprint = chain.fingerprint({**how, "closed_in_cash": True} if closed_in_cash else how)
    with desk.db.write() as conn:
        again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
        if again:
            return _again(again)
        writer = documents.writer(conn, desk, actor)
        rows.lock(conn, document_id)
        history = _History.load(conn, document_id)
        plan = _plan(conn, history, wanted, closed_in_cash=closed_in_cash)
        draft = _draft(conn, history, plan, request_id, fingerprint, reason, desk.station)
        draft = replace(draft, extra={**draft.extra, "portions_back": return_portions})
        if return_portions:
            _portions_back(conn, history, draft)
        for name, fen, _ in sorted(draft.budgets):
            budgets.give_back(conn, name, -fen)
        vouchers = _vouchers_back(conn, history, draft)
        if vouchers:
            said = [[one.serial, one.free] for one in vouchers]
            draft = replace(draft, extra={**draft.extra, "vouchers": said})
        points = points_paying.coming_back(history.bodies, draft.payments)
        draft = replace(draft, extra={**draft.extra, **points_paying.as_extra(points)})
        recorded = writer.record((draft,))[0]
        points_paying.write(conn, desk, actor, draft.id, points)
        _release(conn, history, draft, vouchers)
        print_queue.enqueue(conn, desk, "refund", draft.id)
    money = tuple((source.tender, source.fen) for source in plan.money)
    back_fen = sum(fen for _, fen in money)
    return RefundDone(request_id, recorded.number_text, back_fen, money, vouchers=vouchers)


# -- what happened so far ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _History:
    """A sale, and its refunds and tender corrections, as hashed texts."""

    stored: Stored
    sale: dict[str, Any]
    refunds: tuple[dict[str, Any], ...]
    corrections: tuple[dict[str, Any], ...]

    @classmethod
    def load(cls, conn: Connection, document_id: str) -> "_History":
        stored = rows.one(conn, document_id)
        if stored is None:
            raise refuse("document.unknown")
        if stored.body["kind"] != "sale":
            raise refuse("refund.not_a_sale")
        about = [one.body for one in rows.about(conn, document_id)]
        return cls(
            stored,
            stored.body,
            tuple(body for body in about if body["kind"] == "refund"),
            tuple(body for body in about if body["kind"] == "tender_correction"),
        )

    @property
    def bodies(self) -> tuple[dict[str, Any], ...]:
        return (self.sale, *self.corrections, *self.refunds)

    @property
    def refunded(self) -> dict[int, int]:
        return refunded_units(self.refunds)

    @property
    def sources(self) -> tuple[Source, ...]:
        return sources(self.bodies)


def _refundable(history: _History, line: dict[str, Any]) -> RefundableLine:
    already = history.refunded.get(line["no"], 0)
    left = line["quantity"] - already
    part = part_back(history.sale, line, already, left).line if left else None
    return RefundableLine(
        line_no=line["no"],
        name=line["name"],
        detail=" ".join((*line["choices"], line["reason"])).strip(),
        kind=line["kind"],
        portion=line["portion"],
        quantity=line["quantity"],
        refunded=already,
        list_fen=part.list_fen if part else 0,
        pays_fen=part.pays_fen if part else 0,
    )


# -- what goes back ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """Amounts positive, as they were given. `everything`: after this, nothing of the sale is left."""

    parts: tuple[PartBack, ...]
    money: tuple[Source, ...]
    rounding_fen: int
    everything: bool
    instead: tuple[Instead, ...] = ()


def _plan(
    conn: Connection, history: _History, wanted: Mapping[int, int] | None, *, closed_in_cash: bool
) -> _Plan:
    already = history.refunded
    lines = {line["no"]: line for line in history.sale["lines"]}
    left = {no: line["quantity"] - already.get(no, 0) for no, line in lines.items()}
    units = {no: count for no, count in (left if wanted is None else wanted).items() if count}
    for no, count in units.items():
        if count < 0 or count > left.get(no, 0):
            raise refuse("refund.too_many", line_no=no, left=left.get(no, 0))
    if not units:
        raise refuse("refund.nothing")
    parts = tuple(
        part_back(history.sale, lines[no], already.get(no, 0), count) for no, count in sorted(units.items())
    )
    everything = all(units.get(no, 0) == count for no, count in left.items())
    pays = sum(part.line.pays_fen for part in parts)
    rounding = settings_store.load(conn).cash_rounding
    money, rounded = money_back(pays, history.sources, everything=everything, rounding=rounding)
    closed = tendering.closed(conn, money)
    if not closed:
        return _Plan(parts, money, rounded, everything)
    if not closed_in_cash:
        raise refuse("refund.purse_closed", back_fen=sum(one.fen for one in money if one.purse in closed))
    money, instead, more = in_cash(money, closed, rounding)
    return _Plan(parts, money, rounded + more, everything, instead)


def _draft(
    conn: Connection,
    history: _History,
    plan: _Plan,
    request_id: str,
    fingerprint: str,
    reason: str,
    station: str,
) -> Draft:
    """The sale's amounts with the sign turned."""
    sale = history.sale
    lines = tuple(_turned(part.line) for part in plan.parts)
    shares = tuple(replace(share, fen=-share.fen) for part in plan.parts for share in part.shares)
    claims = claims_back(
        sale, history.refunds, {part.line.line_no: part.line.quantity for part in plan.parts}
    )
    payments = tendering.give_back(conn, plan.money)
    list_fen, rounding_fen = sum(line.list_fen for line in lines), -plan.rounding_fen
    draft = about_sale(
        sale,
        history.stored.person_id,
        "refund",
        request_id,
        fingerprint=fingerprint,
        list_fen=list_fen,
        pays_fen=sum(line.pays_fen for line in lines),
        rounding_fen=rounding_fen,
        lines=lines,
        shares=shares,
        claims=claims,
        payments=payments,
        entries=sale_entries(list_fen, rounding_fen, shares, claims, payments, station),
        reason=reason,
        extra={"serving": sale["extra"].get("serving", "dine_in"), **_instead(plan)},
    )
    return _with_releases(history, plan, draft)


def _instead(plan: _Plan) -> dict[str, Any]:
    """Which payments stand for closed purses, where there are any."""
    noted = [[one.seq, one.tender, one.purse, one.fen] for one in plan.instead]
    return {"instead": noted} if noted else {}


def _turned(line: DocumentLine) -> DocumentLine:
    return replace(line, list_fen=-line.list_fen, pays_fen=-line.pays_fen)


def _with_releases(history: _History, plan: _Plan, draft: Draft) -> Draft:
    """Quota uses whose whole benefit is back, and what returns to budgets."""
    this = {
        "shares": [[s.line_no, s.fund, s.rule, s.version, s.pack, s.fen] for s in draft.shares],
        "claims": [claim_text(claim) for claim in draft.claims],
        "budgets": [],
    }
    refunds = (*history.refunds, this)
    released = {(one["quota"], one["window"]) for body in history.refunds for one in body["quota_releases"]}
    releases = tuple(
        QuotaSlot(**{**take, "rules": tuple(take["rules"])})
        for take in history.sale["quota_takes"]
        if (take["quota"], take["window"]) not in released
        and benefit_is_back(history.sale, refunds, take["rules"], everything=plan.everything)
    )
    into_pots = tuple(
        (budget[0], -back, tuple(budget[2]))
        for budget in history.sale["budgets"]
        if (back := budget_back(history.sale, refunds, budget, everything=plan.everything))
    )
    return replace(draft, quota_releases=releases, budgets=into_pots)


def _vouchers_back(conn: Connection, history: _History, draft: Draft) -> tuple[VoucherBack, ...]:
    """What this refund does to the vouchers that paid; one that still pays for others at the table stays used too."""
    back = {one.voucher_id: one for one in draft.payments if one.voucher_id is not None}
    percent = _percent_back(history, draft)
    if not back:
        return percent
    paying = purses.vouchers_paying(conn, history.sale["settlement"])
    face = tuple(
        VoucherBack(one.voucher, -one.fen, free=paying.get(voucher_id, 0) + one.fen == 0)
        for voucher_id, one in back.items()
    )
    return (*face, *percent)


def _percent_back(history: _History, draft: Draft) -> tuple[VoucherBack, ...]:
    """A percent voucher is good again once its whole share is back."""
    found = []
    for serial in dict.fromkeys(one.rule for one in draft.shares if one.pack == voucher_rules.PACK):
        rules = [f"{voucher_rules.PACK}/{serial}"]
        before = sum(given_by(body, rules) for body in (history.sale, *history.refunds))
        back = -sum(one.fen for one in draft.shares if (one.pack, one.rule) == (voucher_rules.PACK, serial))
        found.append(VoucherBack(serial, back, free=before == back))
    return tuple(found)


def _release(conn: Connection, history: _History, draft: Draft, vouchers: Sequence[VoucherBack]) -> None:
    """Quota slots and vouchers free again: last, as a sale takes them last, so that two tills never wait in a ring."""
    for release in draft.quota_releases:
        quota_uses.release(conn, history.sale["id"], release.quota, release.window, draft.id)
    free = {one.serial for one in vouchers if one.free}
    for _, voucher in sorted(purses.vouchers(conn, free).items()):
        purses.free_voucher(conn, voucher.id)


def _portions_back(conn: Connection, history: _History, draft: Draft) -> None:
    day, period = date.fromisoformat(history.sale["service_date"]), history.sale["period"]
    dishes = rows.dish_ids(conn, history.sale["id"])
    for line in sorted(draft.lines, key=lambda one: dishes.get(one.line_no, 0)):
        if line.line_no in dishes:
            halves = HALVES["half" if line.portion == "half" else "full"] * line.quantity
            menus.take(conn, day, period, dishes[line.line_no], -halves, anyway=True)


def _again(earlier: documents.Earlier) -> RefundDone:
    body = from_json(earlier.body)
    money = tuple((payment["tender"], -payment["fen"]) for payment in body["payments"])
    number = documents.recorded_before(earlier).number_text
    back = {payment["voucher"]: -payment["fen"] for payment in body["payments"] if payment["voucher"]}
    vouchers = tuple(
        VoucherBack(serial, back.get(serial, 0), free) for serial, free in body["extra"].get("vouchers", ())
    )
    return RefundDone(earlier.id, number, sum(fen for _, fen in money), money, again=True, vouchers=vouchers)
