"""Whether what stands in the tables is what the hashed texts say. Pure: rows and bodies in, misfits out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canteen_pos.domain import chain
from canteen_pos.domain.ledger import correction_entries, purse_entries, sale_entries
from canteen_pos.domain.sale import DocumentClaim, DocumentShare, Entry, PaymentRow

Row = tuple[Any, ...]
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """One document as the tables have it. `head` is by column name; the rest are rows in the order of HEADS below."""

    head: Mapping[str, Any]
    body: str
    lines: Sequence[Row]
    shares: Sequence[Row]
    claims: Sequence[Row]
    payments: Sequence[Row]
    entries: Sequence[Row]
    uses: Sequence[Row]
    released: Sequence[Row]


def misfits(rows: DocumentRows, body: Body) -> list[str]:
    """What does not fit, in plain words; [] when all does."""
    wrong = [f"column {name} is not what was signed" for name in _head_misfits(rows.head, body)]
    pairs: tuple[tuple[str, Sequence[Row], Sequence[Row]], ...] = (
        ("lines", rows.lines, _lines(body)),
        ("shares", rows.shares, [tuple(share) for share in body["shares"]]),
        ("claims", rows.claims, [tuple(claim[:6]) for claim in body["claims"]]),
        ("payments", rows.payments, _payments(body)),
        ("ledger entries", rows.entries, [tuple(entry) for entry in body["entries"]]),
        ("quota uses", rows.uses, _uses(body)),
        ("quota releases", rows.released, _releases(body)),
    )
    wrong += [
        f"{what} are not what was signed"
        for what, stored, signed in pairs
        if sorted(stored) != sorted(signed)
    ]
    return wrong + sums(body)


def _head_misfits(head: Mapping[str, Any], body: Body) -> list[str]:
    signed = {
        "id": body["id"],
        "number": body["number"],
        "kind": body["kind"],
        "business_date": body["business_date"],
        "service_date": body["service_date"] or body["business_date"],
        "period": body["period"],
        "at_utc": body["at"],
        "offset_min": body["offset_min"],
        "station": body["station"],
        "actor": body["actor"],
        "settlement_id": body["settlement"],
        "refers_to": body["refers_to"],
        "fingerprint": body["fingerprint"],
        "list_fen": body["list_fen"],
        "pays_fen": body["pays_fen"],
        "rounding_fen": body["rounding_fen"],
        "series": body["series"],
        "shift": body["shift"] or None,
        "person": body["person"]["token"] if body["person"] else None,
    }
    return [name for name, value in signed.items() if head[name] != value]


def _lines(body: Body) -> list[Row]:
    names = ("no", "item", "name", "kind", "portion", "quantity", "grams", "list_fen", "pays_fen")
    return [tuple(line[name] for name in names) for line in body["lines"]]


def _payments(body: Body) -> list[Row]:
    return [
        (
            seq,
            payment["tender"],
            payment["fen"],
            payment["purse"],
            payment["voucher"],
            payment["reference"],
            payment["given_fen"],
            payment["change_fen"],
        )
        for seq, payment in enumerate(body["payments"], start=1)
    ]


def _use(body: Body, take: Mapping[str, Any]) -> Row:
    token = body["person"]["token"] if body["person"] else ""
    names = ("quota", "unit", "window", "slot", "day", "period", "fen")
    return (token, *(take[name] for name in names))


def _uses(body: Body) -> list[Row]:
    return [_use(body, take) for take in body["quota_takes"]]


def _releases(body: Body) -> list[Row]:
    return [(body["refers_to"], *_use(body, take)) for take in body["quota_releases"]]


def sums(body: Body) -> list[str]:
    """Whether the signed amounts agree with each other: lines, shares, payments and double entry."""
    wrong = []
    if body["kind"] in ("sale", "refund"):
        if sum(line["list_fen"] for line in body["lines"]) != body["list_fen"]:
            wrong.append("lines do not make the list price")
        for line in body["lines"]:
            shares = sum(share[-1] for share in body["shares"] if share[0] == line["no"])
            if line["list_fen"] != line["pays_fen"] + shares:
                wrong.append(f"line {line['no']} is not what its payers pay")
        if sum(line["pays_fen"] for line in body["lines"]) != body["pays_fen"]:
            wrong.append("lines do not make what the diner pays")
    wrong += [
        f"claim {claim.claim} is not what it was reckoned on"
        for claim in [DocumentClaim(*text) for text in body["claims"]]
        if sum(fen for _, _, fen in claim.parts) not in (0, claim.fen)
    ]
    paid = sum(payment["fen"] for payment in body["payments"])
    if (
        body["kind"] in ("sale", "refund", "tender_correction")
        and paid != body["pays_fen"] + body["rounding_fen"]
    ):
        wrong.append("payments do not make what the diner pays")
    if body["kind"] in _MOVES_A_PURSE and paid != body["pays_fen"] + body["rounding_fen"]:
        wrong.append("payments do not make what was paid")
    if sum(entry[-1] for entry in body["entries"]):
        wrong.append("ledger entries do not sum to zero")
    if not wrong and not _same_entries(body):
        wrong.append("ledger entries do not follow from the amounts")
    return wrong


def _same_entries(body: Body) -> bool:
    payments = [
        PaymentRow(one["tender"], one["fen"], purse=one["purse"], issuer=one["issuer"])
        for one in body["payments"]
    ]
    if body["kind"] in ("sale", "refund"):
        expected = sale_entries(
            body["list_fen"],
            body["rounding_fen"],
            [DocumentShare(*share) for share in body["shares"]],
            [DocumentClaim(*claim) for claim in body["claims"]],
            payments,
            body["station"],
        )
    elif body["kind"] == "tender_correction":
        expected = correction_entries(payments, body["rounding_fen"], body["station"])
    elif body["kind"] in _MOVES_A_PURSE:
        expected = _purse_entries(body, payments)
    elif body["kind"] == "transfer":
        expected = _transfer_entries(body)
    else:
        return True
    return _totals(expected) == _totals([Entry(account, fen, fund) for account, fund, fen in body["entries"]])


_MOVES_A_PURSE = ("top_up", "purse_refund", "account_payment")


def _purse_entries(body: Body, payments: Sequence[PaymentRow]) -> tuple[Entry, ...]:
    """Money between the till and a purse, and the bonus that was given or ended with it."""
    extra = body["extra"]
    kind = "on_account" if body["kind"] == "account_payment" else "wallet"
    return purse_entries(
        payments,
        f"{kind}:{extra['purse']}",
        body["station"],
        rounding_fen=body["rounding_fen"],
        bonus_fen=extra.get("bonus_fen", 0),
    )


def _transfer_entries(body: Body) -> tuple[Entry, ...]:
    """From one purse into another, own money and bonus each by itself: the one never turns into the other."""
    extra = body["extra"]
    return tuple(
        Entry(f"{side}:{purse}", fen)
        for side, amount in (("wallet", extra["fen"]), ("bonus", extra["bonus_fen"]))
        for purse, fen in ((extra["from"], amount), (extra["to"], -amount))
    )


def _totals(entries: Sequence[Entry]) -> dict[tuple[str, str], int]:
    total: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.account, entry.fund)
        total[key] = total.get(key, 0) + entry.fen
    return {key: fen for key, fen in total.items() if fen}


def applied_fits(body: Body, salt: str | None, applied: list[Any]) -> bool:
    """Whether the facts kept beside a document are those it was signed with.

    They may be gone only where the person was erased, and the salt with them.
    """
    if not applied:
        return salt == "" or not body["applied_digest"]
    return bool(body["applied_digest"] == chain.salted(salt or "", {"applied": applied}))
