"""The key to ID numbers: how it stands with it, the sheet to print, typing the sheet in when the file is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from canteen_pos import vault
from canteen_pos.domain import recovery_code
from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit, id_numbers, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.id_numbers import KeyState
from canteen_pos.services.rights import check
from canteen_pos.storage import events, people
from canteen_pos.storage import settings as texts


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """`state` as in `id_numbers`; `sealed` is how many ID numbers are kept; `file` where the key lies or would lie;
    `printed_at` when the recovery sheet was last made (None: never, which settings should say aloud)."""

    state: KeyState
    sealed: int
    file: Path | None
    printed_at: datetime | None


def status(desk: Desk) -> KeyStatus:
    """Whether this machine has the key, and what waits for it."""
    with desk.db.read() as conn:
        ring = id_numbers.keyring(conn, desk)
        printed = events.recent(conn, ("recovery_sheet_made",), 1)
        return KeyStatus(
            ring.state, people.sealed_numbers(conn), ring.file, printed[0].at if printed else None
        )


def print_sheet(desk: Desk, actor: Actor, target: Path) -> Path:
    """Write the recovery sheet as a PDF to print and lock away; delete the file afterwards. That it was made is logged.

    Needs 'manage_settings'. Refusal 'id_key.missing', 'id_key.wrong'.
    """
    from canteen_pos.reports import recovery_sheet  # reportlab: only who prints waits for it

    check(actor, "manage_settings")
    with desk.db.write() as conn:
        key = id_numbers.make_key(conn, desk).must()
        sheet = recovery_sheet.render(
            recovery_sheet.Sheet(
                canteen=settings_store.load(conn).name,
                groups=recovery_code.groups_of(key),
                mark=vault.check_value(key)[:4].upper(),
                made_at=desk.clock.now(),
                made_by=actor.name,
            )
        )
        vault.write_private(target, sheet)
        audit.log(conn, desk, actor, "recovery_sheet_made")
    return target


def recover(desk: Desk, actor: Actor | None, typed: str | Sequence[str]) -> Path:
    """Put the key back from the typed or scanned sheet; where it lies now. A wrong key file is kept aside.

    Needs 'manage_settings'; the command line (no actor) stands beside the machine and holds the sheet, which is right
    enough. Refusal 'id_key.groups', 'id_key.mistyped' (groups=), 'id_key.other_canteen', 'id_key.nothing_sealed',
    'id_key.not_written'.
    """
    if actor is not None:
        check(actor, "manage_settings")
    key = recovery_code.read(typed)
    with desk.db.write() as conn:
        ring = id_numbers.keyring(conn, desk)
        known = texts.text(conn, id_numbers.CHECK)
        if known is None or ring.file is None:
            raise refuse("id_key.nothing_sealed")
        if vault.check_value(key) != known:
            raise refuse("id_key.other_canteen")
        if ring.state != "ready":
            try:
                vault.write_key(ring.file, key)
            except OSError as error:
                raise refuse(
                    "id_key.not_written", folder=str(ring.file.parent), why=error.strerror or str(error)
                ) from error
        audit.log(conn, desk, actor, "id_key_recovered")
    return ring.file


def begin_anew(desk: Desk, actor: Actor) -> int:
    """When file and sheet are both lost: forget the numbers nobody can open, and begin with a new key. People, cards and
    money are not touched. Answers how many numbers have to be asked for again. Needs 'manage_settings'.

    Refusal 'id_key.not_lost' while the key is here.
    """
    check(actor, "manage_settings")
    with desk.db.write() as conn:
        if id_numbers.keyring(conn, desk).state not in ("missing", "wrong"):
            raise refuse("id_key.not_lost")
        lost = people.forget_numbers(conn)
        texts.drop(conn, id_numbers.CHECK)
        ring = id_numbers.make_key(conn, desk)
        if (
            ring.state != "ready" and ring.file is not None
        ):  # a damaged file stands in the way: it is kept aside
            texts.drop(conn, id_numbers.CHECK)
            key = vault.new_key()
            vault.write_key(ring.file, key)
            texts.put_first(conn, id_numbers.CHECK, vault.check_value(key))
        audit.log(conn, desk, actor, "id_key_begun_anew", numbers=lost)
    return lost
