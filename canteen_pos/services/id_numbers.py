"""National ID numbers: sealed at rest, masked on screen, found by a keyed hash.

The key lies in a file beside the database, or in this machine's data folder when the database is on PostgreSQL; the database
knows a check value that tells a wrong key. Without the key people eat as ever: numbers are shown as sealed, and new ones
are refused with what to do.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from canteen_pos import paths, vault
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.person import IdNumberState, masked_id_number
from canteen_pos.services.context import Desk
from canteen_pos.storage import people as rows
from canteen_pos.storage import settings as texts
from canteen_pos.storage.engine import Connection

_WHOLE = re.compile(r"[0-9]{17}[0-9X]")
CHECK = "id_key"
"""Name of the text in the database that tells the right key from a wrong one."""

KeyState = Literal["ready", "none", "missing", "wrong", "nowhere"]
"""'none': no number was ever kept; 'missing': no key file here, or a damaged one; 'wrong': another canteen's;
'nowhere': there is no folder to keep a key in."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key as it was found, and what it is good for. `file` is where it lies or would lie."""

    state: KeyState
    file: Path | None = None
    key: bytes = b""

    def must(self) -> bytes:
        """The key. Refusal 'id_key.missing', 'id_key.wrong'."""
        if self.state != "ready":
            raise refuse("id_key.wrong" if self.state == "wrong" else "id_key.missing")
        return self.key


def file_of(desk: Desk) -> Path | None:
    """Where this house's key lies on this machine."""
    beside = desk.db.path
    if beside is not None:
        return beside.with_suffix(".key") if beside.suffix else None  # ':memory:' keeps nothing
    return paths.key_file(desk.folder) if desk.folder is not None else None


def keyring(conn: Connection, desk: Desk) -> Keyring:
    """Look for the key. Changes nothing."""
    file = file_of(desk)
    if file is None:
        return Keyring("nowhere")
    known = texts.text(conn, CHECK)
    key = _read(file)
    if known is None:
        return Keyring("none", file, key or b"")
    if key is None:
        return Keyring("missing", file)
    return Keyring("ready" if vault.check_value(key) == known else "wrong", file, key)


def make_key(conn: Connection, desk: Desk) -> Keyring:
    """The key of this house, made if it never had one; an existing file is used, never overwritten."""
    ring = keyring(conn, desk)
    if ring.state != "none" or ring.file is None:
        return ring
    key = ring.key or vault.new_key()
    if texts.put_first(conn, CHECK, vault.check_value(key)) != vault.check_value(key):
        return Keyring(
            "missing", ring.file
        )  # another till made the key in this moment: its sheet is typed in here
    if not ring.key:
        if ring.file.exists():
            return Keyring("missing", ring.file)  # a damaged file: it may be somebody's only copy
        vault.write_key(ring.file, key)
    return Keyring("ready", ring.file, key)


def _read(file: Path) -> bytes | None:
    try:
        return vault.read_key(file)
    except (Refusal, OSError):
        return None


# -- numbers ----------------------------------------------------------------------------------------


def normal(text: str) -> str:
    """A whole ID number as it is kept, '' when `text` is not one."""
    number = re.sub(r"\s", "", text).upper()
    return number if _WHOLE.fullmatch(number) else ""


def find_hash(conn: Connection, desk: Desk, number: str) -> str:
    """What a number is found by; '' without the key."""
    ring = keyring(conn, desk)
    return vault.find_hash(ring.key, number) if ring.state == "ready" else ""


def masked(conn: Connection, desk: Desk, token: str, sealed: str) -> tuple[str, IdNumberState]:
    """('510104********0027', 'kept'), or ('', 'no_key' / 'damaged') when it cannot be shown."""
    if not sealed:
        return "", "none"
    ring = keyring(conn, desk)
    if ring.state != "ready":
        return "", "no_key"
    try:
        return masked_id_number(vault.unseal(ring.key, token, sealed)), "kept"
    except vault.Tampered:
        return "", "damaged"


def whole(conn: Connection, desk: Desk, token: str, sealed: str) -> str:
    """The number itself. Refusal 'id_key.missing', 'id_key.wrong', 'id_number.damaged'."""
    key = keyring(conn, desk).must()
    try:
        return vault.unseal(key, token, sealed)
    except vault.Tampered:
        raise refuse("id_number.damaged") from None


def columns(
    conn: Connection,
    desk: Desk,
    token: str,
    typed: str,
    person_id: int = 0,
    ring: Keyring | None = None,
) -> dict[str, Any]:
    """What to store for a number that was read and found right, as `person_id`'s; {} for ''.

    Who brings many passes the `ring` of `make_key`. Refusal 'id_number.taken' (name=, member_no=) when somebody else was
    enrolled with it, 'id_key.missing', 'id_key.wrong'.
    """
    number = normal(typed)
    if not number:
        return {}
    key = (ring or make_key(conn, desk)).must()
    found_by = vault.find_hash(key, number)
    holder = rows.holder_of_id_number(conn, found_by)
    if holder is not None and holder[0] != person_id:
        raise refuse("id_number.taken", name=holder[1], member_no=holder[2])
    return {"id_number_hash": found_by, "id_number_sealed": vault.seal(key, token, number)}
