"""Giving back, whole or in part: a document of today at the stored amounts, each share and fen to where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.giving_back import given_by, part_back
from canteen_pos.domain.menu import HALVES
from canteen_pos.domain.sale import Draft
from canteen_pos.services import documents, points_paying, print_queue, voucher_rules
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.refund_plan import History, draft_of, plan_back
from canteen_pos.services.rights import check
from canteen_pos.storage import budgets, menus, purses, quota_uses
from canteen_pos.storage import sales as rows
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection


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
        history = History.load(conn, document_id)
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
        history = History.load(conn, document_id)
        plan = plan_back(conn, history, wanted, closed_in_cash=closed_in_cash)
        draft = draft_of(conn, history, plan, request_id, fingerprint, reason, desk.station)
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


def _refundable(history: History, line: dict[str, Any]) -> RefundableLine:
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


def _vouchers_back(conn: Connection, history: History, draft: Draft) -> tuple[VoucherBack, ...]:
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


def _percent_back(history: History, draft: Draft) -> tuple[VoucherBack, ...]:
    """A percent voucher is good again once its whole share is back."""
    found = []
    for serial in dict.fromkeys(one.rule for one in draft.shares if one.pack == voucher_rules.PACK):
        rules = [f"{voucher_rules.PACK}/{serial}"]
        before = sum(given_by(body, rules) for body in (history.sale, *history.refunds))
        back = -sum(one.fen for one in draft.shares if (one.pack, one.rule) == (voucher_rules.PACK, serial))
        found.append(VoucherBack(serial, back, free=before == back))
    return tuple(found)


def _release(conn: Connection, history: History, draft: Draft, vouchers: Sequence[VoucherBack]) -> None:
    """Quota slots and vouchers free again: last, as a sale takes them last, so that two tills never wait in a ring."""
    for release in draft.quota_releases:
        quota_uses.release(conn, history.sale["id"], release.quota, release.window, draft.id)
    free = {one.serial for one in vouchers if one.free}
    for _, voucher in sorted(purses.vouchers(conn, free).items()):
        purses.free_voucher(conn, voucher.id)


def _portions_back(conn: Connection, history: History, draft: Draft) -> None:
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
