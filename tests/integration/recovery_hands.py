"""The recovery sheet as a test reads it."""

import tempfile
from pathlib import Path

from canteen_pos import vault
from canteen_pos.domain.recovery_code import groups_of
from canteen_pos.services import id_key
from canteen_pos.services.context import Actor, Desk


def sheet_groups(desk: Desk, manager: Actor) -> tuple[str, ...]:
    """Make the sheet; the groups that stand on it."""
    with tempfile.TemporaryDirectory() as folder:
        id_key.print_sheet(desk, manager, Path(folder) / "sheet.pdf")
    file = id_key.status(desk).file
    key = vault.read_key(file) if file else None
    assert key is not None
    return groups_of(key)
