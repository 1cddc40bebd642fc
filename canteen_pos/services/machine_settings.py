"""What belongs to this machine alone, read and changed by a manager: till.toml in the data folder."""

from pathlib import Path
from typing import Any

from canteen_pos import settings
from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.settings import MachineSettings
from canteen_pos.storage.places import shown

SECRET = ("backup_password", "database")


def folder(desk: Desk) -> Path:
    """This machine's data folder. Refusal 'machine.no_folder' where there is none: nothing can be kept then."""
    beside = desk.db.path
    found = desk.folder or (beside.parent if beside else None)
    if found is None:
        raise refuse("machine.no_folder")
    return found


def load(desk: Desk) -> MachineSettings:
    """Refusal 'machine.*'."""
    return settings.load(folder(desk))


def save(desk: Desk, actor: Actor, **changes: Any) -> MachineSettings:
    """Change some by name; logged by name, a password never by value. Needs 'manage_settings'. Refusal 'machine.*'."""
    check(actor, "manage_settings")
    here = folder(desk)
    before = settings.load(here)
    after = settings.change(here, **changes)
    told = {
        name: "…" if name in SECRET else [_told(name, getattr(one, name)) for one in (before, after)]
        for name in changes
        if getattr(before, name) != getattr(after, name)
    }
    if told:
        with desk.db.write() as conn:
            audit.log(conn, desk, actor, "machine_changed", **told)
    return after


def _told(name: str, value: str) -> str:
    """A password may stand in an address, too."""
    return shown(value) if name == "backup_to" else value
