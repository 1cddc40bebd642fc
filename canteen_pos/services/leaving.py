"""Moved away, died, gave the card back: from that day no meal is sold or claimed in their name, and no card opens their
purse. What is in the purse stays until it is paid out; coming back takes a new card."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.person import LeftWhy
from canteen_pos.services import audit, cards
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import leaving as rows
from canteen_pos.storage import people
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.people import PersonRecord


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving did. `meals_since` are the printed numbers of meals sold in their name on that day or after it, for a
    manager to look into; `balance_fen` is still theirs or their family's."""

    cards_ended: int
    meals_since: tuple[str, ...]
    balance_fen: int


def leave(desk: Desk, actor: Actor, person_id: int, day: date, why: LeftWhy | str) -> Left:
    """From `day` on they belong here no more. Cards and proxies end now, or by themselves when `day` is yet to come.

    Needs 'manage_people'. Refusal 'member.unknown', 'member.left_why' (found=).
    """
    check(actor, "manage_people")
    if why not in get_args(LeftWhy):
        raise refuse("member.left_why", found=why)
    with desk.db.write() as conn:
        known = _known(conn, person_id)
        rows.leave(conn, person_id, day, why)
        ended = 0
        if day <= desk.clock.now().date():
            ended = cards.end_all(conn, desk, actor, person_id, "returned")
        rows.end_proxies(conn, person_id, day - timedelta(days=1))
        since = rows.meals_since(conn, person_id, day)
        audit.log(
            conn,
            desk,
            actor,
            "person_left",
            person_id=person_id,
            day=day.isoformat(),
            why=why,
            cards_ended=ended,
            meals_since=len(since),
        )
    return Left(ended, since, known.balance_fen)


def return_(desk: Desk, actor: Actor, person_id: int) -> None:
    """They are back: facts that still run and the purse are as before; cards that ended stay dead. Needs 'manage_people'.

    Refusal 'member.unknown', 'member.never_left'.
    """
    check(actor, "manage_people")
    with desk.db.write() as conn:
        if _known(conn, person_id)["left_on"] is None:
            raise refuse("member.never_left")
        rows.come_back(conn, person_id)
        audit.log(conn, desk, actor, "person_returned", person_id=person_id)


def _known(conn: Connection, person_id: int) -> PersonRecord:
    found = people.record(conn, person_id, held=True)
    if found is None or not found["active"]:
        raise refuse("member.unknown")
    return found
