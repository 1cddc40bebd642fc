"""What the command line does with a data folder's books, without a window."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from canteen_pos import paths, settings
from canteen_pos.app.house import HOUSES, TillHouse, canteen_url, open_books
from canteen_pos.clock import SystemClock
from canteen_pos.domain.errors import refuse

if TYPE_CHECKING:
    from canteen_pos.services.backing_up import Last
    from canteen_pos.services.backups import Preview
    from canteen_pos.services.verifying import Report
    from canteen_pos.storage.backup import Content


def verify(folder: Path) -> "Mapping[str, Report]":
    """A report for each database of the folder, by file name; empty when there is none."""
    from canteen_pos.services import verifying
    from canteen_pos.services.context import Desk

    machine = settings.load(folder)
    reports = {}
    for kind in HOUSES:
        named = (
            "PostgreSQL" if kind == "canteen" and machine.database else paths.database_file(folder, kind).name
        )
        if named != "PostgreSQL" and not (folder / named).exists():
            continue
        database = open_books(folder, kind, machine)
        try:
            reports[named] = verifying.verify(Desk(database, SystemClock(), machine.station))
        finally:
            database.close()
    return reports


def ledger(folder: Path) -> str:
    """The canteen's ledger as plain-text accounting. Refusal 'machine.no_canteen' when none is founded here."""
    from canteen_pos.services import books

    house = TillHouse(folder, settings.load(folder))
    try:
        for kind in HOUSES:
            if house.founded(kind):
                return books.plain_accounts(house.desk(kind))
    finally:
        house.close()
    raise refuse("machine.no_canteen", folder=str(folder))


def back_up(folder: Path, target: Path) -> "Content":
    """Copy the canteen of a data folder. Refusal 'backup.*'."""
    from canteen_pos.services import backups

    return backups.back_up(_canteen(folder), target)


def back_up_by_plan(folder: Path) -> "Last":
    """Make the backup that this machine's settings describe, as the till does by itself. Refusal 'backup.*'."""
    from canteen_pos.services import backing_up
    from canteen_pos.services.context import Desk

    machine = settings.load(folder)
    if not machine.database and not paths.database_file(folder).exists():
        raise refuse("machine.no_canteen", folder=str(folder))
    database = open_books(folder, "canteen", machine)
    try:
        desk = Desk(database, SystemClock(), machine.station, folder=folder)
        return backing_up.run(desk, backing_up.plan(folder))
    finally:
        database.close()


def look_into(folder: Path, backup: Path) -> "Preview":
    """What restoring `backup` there would lose. Refusal 'backup.*'."""
    from canteen_pos.services import backups

    return backups.preview(_canteen(folder), backup)


def restore(folder: Path, backup: Path) -> "Sequence[str]":
    """Restore the canteen of a data folder; the labels its tills number under from now on. Refusal 'backup.*'."""
    from canteen_pos.services import backups

    return backups.restore(_canteen(folder), backup, SystemClock())


def _canteen(folder: Path) -> str:
    """The address of the canteen's books."""
    return canteen_url(folder, settings.load(folder))


def recover_key(folder: Path, typed: str) -> Path:
    """Put the canteen's key of ID numbers back; where it lies. Refusal 'id_key.*', 'machine.no_canteen'."""
    from canteen_pos.services import id_key

    house = TillHouse(folder, settings.load(folder))
    try:
        if not house.founded("canteen"):
            raise refuse("machine.no_canteen", folder=str(folder))
        return id_key.recover(house.desk("canteen"), None, typed)
    finally:
        house.close()
