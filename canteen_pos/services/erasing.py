"""Erasing a person on their wish: facts and salt go, the books stay provable."""

from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit, photos
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import erasing as rows
from canteen_pos.storage import members


def erase(desk: Desk, actor: Actor, person_id: int) -> None:
    """Forget who somebody is. Their documents keep a random token and a digest that nobody can guess back any more.

    Needs 'manage_people'. Refusal 'member.unknown', 'member.has_money' (left_fen=) while their purse holds their own money;
    a bonus, which is never paid out, lapses unused. What was printed or backed up before is beyond this.
    """
    check(actor, "manage_people")
    with desk.db.write() as conn:
        fen = rows.principal_fen(conn, person_id)
        if fen is None:
            raise refuse("member.unknown")
        if fen:
            raise refuse("member.has_money", left_fen=fen)
        known = members.by_id(conn, person_id, desk.clock.now().date())
        rows.forget(conn, person_id)
        audit.log(conn, desk, actor, "member_erased", person_id=person_id)
    if known is not None:
        photos.drop(desk, known.photo)
