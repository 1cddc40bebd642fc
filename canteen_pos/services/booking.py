"""From a quote to the document of a sale: what is written down of it, and nothing else."""

from typing import Any

from canteen_pos.domain import chain
from canteen_pos.domain.ledger import sale_entries
from canteen_pos.domain.sale import (
    DocumentClaim,
    DocumentLine,
    DocumentShare,
    Draft,
    PaymentRow,
    PersonMark,
    QuotaSlot,
)
from canteen_pos.services.order_lines import NamedLine
from canteen_pos.services.quoting import Priced
from canteen_pos.services.taking import rules_behind


def sale_draft(
    one: Priced,
    payments: tuple[PaymentRow, ...],
    rounding_fen: int,
    station: str,
    settlement_id: str,
    fingerprint: str,
) -> Draft:
    quoted, order, eater = one.quote, one.order, one.eater
    shares = _shares(one)
    claims = _claims(one)
    return Draft(
        id=order.id,
        kind="sale",
        service_date=order.service_date.isoformat(),
        period=order.period,
        settlement_id=settlement_id,
        fingerprint=fingerprint,
        list_fen=quoted.list_fen,
        pays_fen=quoted.pays_fen,
        rounding_fen=rounding_fen,
        person=PersonMark(eater.diner.person, chain.salted(eater.salt, eater.facts())) if eater else None,
        person_id=eater.person_id if eater else None,
        salt=eater.salt if eater else "",
        lines=tuple(_line(place, line) for place, line in enumerate(one.shown.lines, start=1)),
        shares=shares,
        claims=claims,
        payments=payments,
        entries=sale_entries(quoted.list_fen, rounding_fen, shares, claims, payments, station),
        quota_takes=_slots(one),
        budgets=tuple(
            (take.budget, take.fen, rules_behind(one.packs, order.service_date, budget=take.budget))
            for take in quoted.budget_takes
        ),
        applied=tuple(_applied(rule) for rule in quoted.applied),
        extra={"serving": str(order.serving)},
    )


def _line(line_no: int, line: NamedLine) -> DocumentLine:
    return DocumentLine(
        line_no=line_no,
        item=line.item,
        name=line.name,
        kind=line.kind,
        portion=line.portion,
        quantity=line.quantity,
        grams=line.grams,
        list_fen=line.list_fen,
        pays_fen=line.pays_fen,
        choices=line.choices,
        reason=line.reason,
        dish_id=line.dish_id,
    )


def _shares(one: Priced) -> tuple[DocumentShare, ...]:
    return tuple(
        DocumentShare(line_no, share.fund, share.rule, share.version, share.pack, share.fen)
        for line_no, line in enumerate(one.quote.lines, start=1)
        for share in line.shares
        if share.fen
    )


def _claims(one: Priced) -> tuple[DocumentClaim, ...]:
    numbers = {line.key: line_no for line_no, line in enumerate(one.quote.lines, start=1)}
    return tuple(
        DocumentClaim(
            c.claim,
            c.fund,
            c.rule,
            c.version,
            c.pack,
            c.fen,
            tuple(sorted((numbers[part.key], part.units, part.fen) for part in c.parts)),
        )
        for c in one.quote.claims
    )


def _slots(one: Priced) -> tuple[QuotaSlot, ...]:
    day = one.order.service_date
    return tuple(
        QuotaSlot(
            quota=take.quota,
            unit=take.unit,
            window=take.window,
            slot=take.slot,
            day=take.day.isoformat(),
            period=take.period,
            fen=take.fen,
            rules=rules_behind(one.packs, day, quota=take.quota),
        )
        for take in one.quote.quota_takes
    )


def _applied(rule: Any) -> dict[str, Any]:
    return {
        "pack": rule.pack,
        "rule": rule.rule,
        "version": rule.version,
        "fund": rule.fund,
        "fen": rule.fen,
        "title": rule.title,
        "facts": dict(rule.facts),
        "claim": rule.claim,
        "claim_fen": rule.claim_fen,
    }
