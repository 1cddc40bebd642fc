"""Where work happens and who does it: the first two parameters of every service."""

from dataclasses import dataclass
from pathlib import Path

from canteen_pos.clock import Clock
from canteen_pos.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """A till or back-office place: its database, its clock, its station code ('T1').

    `folder` is the canteen's own folder on this machine; None means the one the database file lies in.
    """

    db: Database
    clock: Clock
    station: str
    training: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as `users.sign_in` found them. `approved_by` is a manager who typed their PIN in place."""

    user_id: int
    name: str
    role: str
    approved_by: int | None = None
