"""Photos of people."""

from pathlib import Path

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.membership import Member
from canteen_pos.services import audit, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import members as rows
from canteen_pos.storage import people


def change(desk: Desk, actor: Actor, person_id: int, source: Path | str) -> Member:
    """Another photo for somebody ('' takes the photo away). Needs 'enrol'.

    Refusal 'member.unknown' and those of `pictures.look`.
    """
    check(actor, "enrol")
    jpeg = pictures.look(source)
    with desk.db.write() as conn:
        today = desk.clock.now().date()
        member = rows.by_id(conn, person_id, today)
        before = people.record(conn, member.id, held=True) if member else None
        if before is None:
            raise refuse("member.unknown")
        rows.set_photo(conn, before["id"], pictures.keep(conn, desk, jpeg))
        pictures.drop(conn, before["photo"])
        audit.log(conn, desk, actor, "photo_changed", person_id=before["id"], taken_away=not jpeg)
        after = rows.by_id(conn, before["id"], today)
    assert after is not None
    return after
