"""Photos of people, in `photos/` beside the canteen's books."""

from pathlib import Path

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.membership import Member
from canteen_pos.services import audit
from canteen_pos.services.albums import Album
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import members as rows

FOLDER = "photos"
_album = Album(FOLDER)
path, look, kept, keep, drop = _album.path, _album.look, _album.kept, _album.keep, _album.drop


def change(desk: Desk, actor: Actor, person_id: int, source: Path | str) -> Member:
    """Another photo for somebody ('' takes the photo away). Needs 'enrol'.

    Refusal 'member.unknown' and those of `keep`.
    """
    check(actor, "enrol")
    with kept(desk, source) as name, desk.db.write() as conn:
        before = rows.by_id(conn, person_id, desk.clock.now().date())
        if before is None:
            raise refuse("member.unknown")
        rows.set_photo(conn, person_id, name)
        audit.log(conn, desk, actor, "photo_changed", person_id=person_id, taken_away=not name)
        after = rows.by_id(conn, person_id, desk.clock.now().date())
    drop(desk, before.photo)
    assert after is not None
    return after
