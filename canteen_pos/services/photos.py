"""Photos of people: copied, made small, into `photos/` of the canteen's folder; a person's row holds the file's name.

With one database for several tills a photo stands on the machine where it was taken; elsewhere the card shows the
initial.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canteen_pos import paths
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.membership import Member
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import members as rows
from canteen_pos.storage import photos as files

FOLDER = "photos"


def path(desk: Desk, name: str) -> Path | None:
    """Where the photo kept under `name` lies; None for '' and for a file that is not here."""
    if not name:
        return None
    file = Path(name) if Path(name).is_absolute() else _folder(desk) / Path(name).name
    return file if file.is_file() else None


def keep(desk: Desk, source: Path | str) -> str:
    """Copy a picture file into the canteen's folder; the name to store in the person's row.

    Nothing refers to the copy yet: use `kept` where what follows may be refused.
    Refusal 'photo.missing', 'photo.not_picture', 'photo.too_large' (file=), 'photo.not_kept' (folder=, why=).
    """
    name = f"{secrets.token_hex(8)}.jpg"
    files.write(look(source), _folder(desk) / name)
    return name


def look(source: Path | str) -> bytes:
    """The picture as it would be kept, a JPEG; nothing is stored. Refusal 'photo.missing', 'photo.not_picture',
    'photo.too_large' (file=)."""
    return files.read(Path(source))


@contextmanager
def kept(desk: Desk, source: Path | str) -> Iterator[str]:
    """`keep` for the length of a block; the copy goes again when the block does not end well. '' keeps nothing."""
    name = keep(desk, source) if source else ""
    try:
        yield name
    except BaseException:
        drop(desk, name)
        raise


def drop(desk: Desk, name: str) -> None:
    """Take a copy away; what was never copied here (an earlier release kept paths) is left alone."""
    if name and not Path(name).is_absolute():
        files.remove(_folder(desk) / Path(name).name)


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


def _folder(desk: Desk) -> Path:
    beside = desk.db.path
    return (desk.folder or (beside.parent if beside else paths.data_folder())) / FOLDER
