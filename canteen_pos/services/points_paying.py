"""Points that pay for meals: taken and given back inside the transaction of the sale or refund they belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.order import Payment
from canteen_pos.domain.purse import points_back, points_for
from canteen_pos.domain.sale import PaymentRow
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import points as rows
from canteen_pos.storage.engine import Connection

TENDER = "points"
Noted = tuple[tuple[str, int], ...]
"""What a document says of points: (person's token, points taken); below zero they came back."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose points pay. `points` is what is left of those taken, to be noted on documents."""

    person_id: int
    token: str
    points: int


def debit(conn: Connection, payments: Sequence[Payment], point_fen: int) -> dict[int, Payer]:
    """Take the points of every points payment; payers by person id.

    Refusal 'points.off', 'points.nobody', 'points.whole' (point_fen=), 'points.short' (points=, needed=).
    """
    wanted: dict[int, int] = {}
    for payment in payments:
        if payment.tender != TENDER:
            continue
        if point_fen <= 0:
            raise refuse("points.off")
        if payment.person_id is None:
            raise refuse("points.nobody")
        if payment.fen % point_fen:
            raise refuse("points.whole", point_fen=point_fen)
        wanted[payment.person_id] = wanted.get(payment.person_id, 0) + points_for(payment.fen, point_fen)
    payers = {}
    for person_id, points in sorted(wanted.items()):
        held = rows.held(conn, person_id)
        if held is None:
            raise refuse("points.nobody")
        if not rows.move(conn, person_id, -points):
            raise refuse("points.short", points=held[1], needed=points)
        payers[person_id] = Payer(person_id, held[0], points)
    return payers


def noted(made: Sequence[Sequence[PaymentRow]], point_fen: int) -> tuple[Noted, ...]:
    """For each document, the points its payments took: a payment spread over several documents gives each its whole
    points, the remainders going on to the next."""
    done: dict[str, tuple[int, int]] = {}
    answer = []
    for of_document in made:
        said: list[tuple[str, int]] = []
        for row in of_document:
            if row.tender != TENDER:
                continue
            fen, points = done.get(row.issuer, (0, 0))
            after = (fen + row.fen) // point_fen
            done[row.issuer] = (fen + row.fen, after)
            said.append((row.issuer, after - points))
        answer.append(tuple(said))
    return tuple(answer)


def as_extra(said: Noted) -> dict[str, Any]:
    """How a document says it; nothing where no points moved."""
    return {"points": [list(one) for one in said]} if said else {}


def coming_back(bodies: Iterable[Mapping[str, Any]], payments: Sequence[PaymentRow]) -> Noted:
    """Points that return with these payments (below zero), from what the sale and what followed it still hold."""
    fen: dict[str, int] = {}
    points: dict[str, int] = {}
    for body in bodies:
        for one in body["payments"]:
            if one["tender"] == TENDER:
                fen[one["issuer"]] = fen.get(one["issuer"], 0) + one["fen"]
        for token, count in body["extra"].get("points", ()):
            points[token] = points.get(token, 0) + count
    return tuple(
        (row.issuer, -points_back(points.get(row.issuer, 0), fen[row.issuer], -row.fen))
        for row in payments
        if row.tender == TENDER and row.fen < 0
    )


def write(conn: Connection, desk: Desk, actor: Actor, document_id: str, said: Noted) -> None:
    """Note what a document that is in the books did; points that come back are credited here."""
    people = rows.people_of(conn, {token for token, _ in said})
    for place, (token, taken) in enumerate(said):
        if not taken or token not in people:
            continue
        if taken < 0:
            rows.move(conn, people[token], -taken)
        rows.add(
            conn,
            person_id=people[token],
            kind="meal" if taken > 0 else "returned",
            points=-taken,
            at=desk.clock.now(),
            actor_id=actor.user_id,
            request_id=f"{document_id}:{place}",
            document_id=document_id,
        )
