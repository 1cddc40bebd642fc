"""Erasing a person on their wish or when the time is over: facts and salt go, the books stay provable."""

from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import erasing as rows
from canteen_pos.storage.engine import Connection


def erase(desk: Desk, actor: Actor, person_id: int) -> None:
    """Forget who somebody is, records merged into theirs included. Their documents keep a random token and a digest that
    nobody can guess back any more.

    Needs 'manage_people'. Refusal 'member.unknown', 'member.has_money' (left_fen=) while their purse holds their own money;
    a bonus, which is never paid out, lapses unused, and a purse that others use stays theirs. What was printed or backed up
    before is beyond this (docs/privacy.md).
    """
    check(actor, "manage_people")
    with desk.db.write() as conn:
        forget(conn, desk, actor, person_id)


def forget(conn: Connection, desk: Desk, actor: Actor, person_id: int, why: str = "asked") -> None:
    """The same inside a transaction; the right was checked."""
    fen = rows.principal_fen(conn, person_id)
    if fen is None:
        raise refuse("member.unknown")
    if fen:
        raise refuse("member.has_money", left_fen=fen)
    pictures.drop(conn, *rows.photos_of(conn, person_id))
    rows.forget(conn, person_id)
    audit.log(conn, desk, actor, "member_erased", person_id=person_id, why=why)
