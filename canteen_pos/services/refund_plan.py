"""What a refund gives back: the sale with what was given back of it before, the parts asked for now, and the document of
it at the stored amounts with the sign turned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.giving_back import (
    Instead,
    PartBack,
    Source,
    benefit_is_back,
    budget_back,
    claims_back,
    in_cash,
    money_back,
    part_back,
    refunded_units,
    sources,
)
from canteen_pos.domain.ledger import sale_entries
from canteen_pos.domain.sale import DocumentLine, Draft, QuotaSlot, about_sale, claim_text
from canteen_pos.services import settings_store, tendering
from canteen_pos.storage import sales as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.sales import Stored


@dataclass(frozen=True, slots=True)
class History:
    """A sale, and its refunds and tender corrections, as hashed texts."""

    stored: Stored
    sale: dict[str, Any]
    refunds: tuple[dict[str, Any], ...]
    corrections: tuple[dict[str, Any], ...]

    @classmethod
    def load(cls, conn: Connection, document_id: str) -> "History":
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


@dataclass(frozen=True, slots=True)
class Plan:
    """Amounts positive, as they were given. `everything`: after this, nothing of the sale is left."""

    parts: tuple[PartBack, ...]
    money: tuple[Source, ...]
    rounding_fen: int
    everything: bool
    instead: tuple[Instead, ...] = ()


def plan_back(
    conn: Connection, history: History, wanted: Mapping[int, int] | None, *, closed_in_cash: bool
) -> Plan:
    """What giving back `wanted` units by line number (None: all that is left) takes. Refusals as in `refunding.refund`."""
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
        return Plan(parts, money, rounded, everything)
    if not closed_in_cash:
        raise refuse("refund.purse_closed", back_fen=sum(one.fen for one in money if one.purse in closed))
    money, instead, more = in_cash(money, closed, rounding)
    return Plan(parts, money, rounded + more, everything, instead)


def draft_of(
    conn: Connection,
    history: History,
    plan: Plan,
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


def _instead(plan: Plan) -> dict[str, Any]:
    """Which payments stand for closed purses, where there are any."""
    noted = [[one.seq, one.tender, one.purse, one.fen] for one in plan.instead]
    return {"instead": noted} if noted else {}


def _turned(line: DocumentLine) -> DocumentLine:
    return replace(line, list_fen=-line.list_fen, pays_fen=-line.pays_fen)


def _with_releases(history: History, plan: Plan, draft: Draft) -> Draft:
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
