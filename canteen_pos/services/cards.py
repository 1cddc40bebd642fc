"""Cards: issued, replaced, lost, returned. A card that ended stays known, with who ended it and when; it never comes
back to life and opens nobody's purse."""

from typing import Literal

from canteen_pos.domain.cards import candidate_codes
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.person import CardOnFile
from canteen_pos.services import audit, belonging
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import cards as rows
from canteen_pos.storage import members, people
from canteen_pos.storage.cards import CardRow
from canteen_pos.storage.columns import offset_min, utc_text
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = ["CardOnFile", "history", "issue", "lost", "replace", "returned"]

Ended = Literal["lost", "replaced", "returned"]


def history(desk: Desk, actor: Actor, person_id: int) -> tuple[CardOnFile, ...]:
    """Every card this person ever had, the newest first. Needs 'read_people'."""
    check(actor, "read_people")
    with desk.db.read() as conn:
        return people.cards_of(conn, person_id, offset_min(desk.clock.now()))


def issue(desk: Desk, actor: Actor, person_id: int, code: str) -> CardOnFile:
    """A further card for somebody; those they have stay good. Needs 'enrol'.

    Refusal 'member.unknown', 'member.left', 'card.unreadable', 'card.taken' (name=).
    """
    check(actor, "enrol")
    with desk.db.write() as conn:
        holder = belonging.here(conn, desk, person_id)
        given = give(conn, desk, actor, code, holder["id"], holder["account_id"])
        audit.log(conn, desk, actor, "card_issued", person_id=holder["id"], card=_tail(code))
        return _on_file(conn, desk, holder["id"], given)


def replace(desk: Desk, actor: Actor, person_id: int, code: str, old: Ended | str = "lost") -> CardOnFile:
    """A new card in place of all they have, which end at once as 'lost', 'replaced' or 'returned'. Needs 'replace_card'.

    Refusal 'member.unknown', 'member.left', 'card.unreadable', 'card.taken' (name=).
    """
    check(actor, "replace_card")
    with desk.db.write() as conn:
        holder = belonging.here(conn, desk, person_id)
        ended = end_all(conn, desk, actor, holder["id"], old)
        given = give(conn, desk, actor, code, holder["id"], holder["account_id"])
        audit.log(
            conn, desk, actor, "card_replaced", person_id=holder["id"], old=old, ended=ended, card=_tail(code)
        )
        return _on_file(conn, desk, holder["id"], given)


def lost(desk: Desk, actor: Actor, card_id: int) -> None:
    """Reported lost: dead at once, also without a new one. Needs 'enrol'. Refusal 'card.unknown', 'card.ended' (status=)."""
    _end(desk, actor, card_id, "lost")


def returned(desk: Desk, actor: Actor, card_id: int) -> None:
    """Given back. Needs 'enrol'. Refusal 'card.unknown', 'card.ended' (status=)."""
    _end(desk, actor, card_id, "returned")


# -- inside a transaction; the right was checked ----------------------------------------------------


def give(conn: Connection, desk: Desk, actor: Actor, code: str, person_id: int, account_id: int) -> int:
    """The new card's id. Refusal 'card.taken' also when the same card is known in another spelling."""
    forms = candidate_codes(code)
    if not forms:
        raise refuse("card.unreadable")
    for known in members.cards_by_code(conn, forms):
        holder = people.record(conn, known.person_id) if known.person_id else None
        raise refuse("card.taken", name=holder["name"] if holder else "")
    try:
        with guarded():
            return rows.add(conn, forms[0], person_id, account_id, utc_text(desk.clock.now()), actor.user_id)
    except Conflict:
        raise refuse("card.taken", name="") from None


def end_all(conn: Connection, desk: Desk, actor: Actor, person_id: int, status: str) -> int:
    """How many of somebody's cards end with this."""
    if status not in ("lost", "replaced", "returned"):
        raise ValueError(f"a card cannot become {status}")
    now = utc_text(desk.clock.now())
    active = rows.active_of(conn, person_id)
    return sum(rows.end(conn, card_id, status, now, actor.user_id) for card_id in active)


def _end(desk: Desk, actor: Actor, card_id: int, status: Ended) -> None:
    check(actor, "enrol")
    with desk.db.write() as conn:
        card = _one(conn, card_id)
        if not rows.end(conn, card_id, status, utc_text(desk.clock.now()), actor.user_id):
            raise refuse("card.ended", status=card.status)
        audit.log(conn, desk, actor, f"card_{status}", person_id=card.person_id, card=_tail(card.code))


def _one(conn: Connection, card_id: int) -> CardRow:
    card = rows.one(conn, card_id)
    if card is None:
        raise refuse("card.unknown")
    return card


def _on_file(conn: Connection, desk: Desk, person_id: int, card_id: int) -> CardOnFile:
    known = people.cards_of(conn, person_id, offset_min(desk.clock.now()))
    return next(card for card in known if card.id == card_id)


def _tail(code: str) -> str:
    """What the log says of a card: enough to know it again in one's hand."""
    return f"…{code.strip()[-4:]}"
