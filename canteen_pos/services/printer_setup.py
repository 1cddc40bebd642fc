"""The printers of a till: where each is, what its paper is like, and which of them papers go to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.printing import addresses
from canteen_pos.printing.paper import Paper
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import print_jobs as rows
from canteen_pos.storage.engine import Conflict, Connection, guarded
from canteen_pos.storage.print_jobs import PrinterRow


def serving(printers: tuple[PrinterRow, ...], role: str) -> tuple[PrinterRow, ...]:
    """The printers that papers of this role go to: the built-in ones only while there is no other."""
    of_role = tuple(printer for printer in printers if printer.role == role)
    real = tuple(printer for printer in of_role if printer.transport.get("kind") != "virtual")
    return real or of_role


def add_printer(
    desk: Desk,
    actor: Actor,
    name: str,
    role: Literal["receipt", "kitchen"],
    transport: Mapping[str, Any],
    paper: Paper | None = None,
    *,
    shared: bool = False,
) -> int:
    """Set a printer up for this till, or for all (`shared`); its id. Needs 'manage_settings'.

    `transport` as printing.addresses.parse gives it. A receipt printer takes the place of the built-in one.
    Refusal 'printer.name_empty', 'printer.name_taken'.
    """
    check(actor, "manage_settings")
    name = typed.line(name, typed.NAME)
    if not name:
        raise refuse("printer.name_empty")
    with desk.db.write() as conn:
        try:
            with guarded():
                made = rows.add_printer(
                    conn, name, role, transport, (paper or Paper()).to_json(), "" if shared else desk.station
                )
        except Conflict:
            raise refuse("printer.name_taken", name=name) from None
        audit.log(conn, desk, actor, "printer_added", name=name, role=role, transport=dict(transport))
        return made


@dataclass(frozen=True, slots=True)
class PrinterSetup:
    """A printer as somebody set it up; `address` is what printing.addresses reads."""

    printer_id: int
    name: str
    role: str
    address: str
    paper: Paper
    shared: bool


def setups(desk: Desk) -> tuple[PrinterSetup, ...]:
    """The printers of this till with their settings."""
    with desk.db.read() as conn:
        return tuple(
            PrinterSetup(
                printer.id,
                printer.name,
                printer.role,
                addresses.text_of(printer.transport),
                Paper.from_json(printer.paper),
                not printer.station,
            )
            for printer in rows.station_printers(conn, desk.station)
        )


def change_printer(
    desk: Desk, actor: Actor, printer_id: int, transport: Mapping[str, Any], paper: Paper
) -> None:
    """Needs 'manage_settings'. Refusal 'printer.unknown'."""
    check(actor, "manage_settings")
    with desk.db.write() as conn:
        found = the_printer(conn, printer_id)
        rows.change_printer(conn, printer_id, transport, paper.to_json())
        audit.log(conn, desk, actor, "printer_changed", name=found.name, transport=dict(transport))


def retire_printer(desk: Desk, actor: Actor, printer_id: int) -> None:
    """Take a printer out of use; what waits for it is dropped. Needs 'manage_settings'. Refusal 'printer.unknown'."""
    check(actor, "manage_settings")
    with desk.db.write() as conn:
        found = the_printer(conn, printer_id)
        for job in rows.open_jobs(conn, desk.station):
            if job.printer_id == printer_id:
                rows.move(conn, job.id, ("waiting", "unknown", "failed"), "dropped", "printer_retired")
        rows.retire_printer(conn, printer_id, f"{found.name} #{printer_id}")
        audit.log(conn, desk, actor, "printer_retired", name=found.name)


def ensure_printers(desk: Desk) -> None:
    """A till without any printer gets the built-in ones, so that nothing is lost before a real one is set up."""
    with desk.db.read() as conn:
        if rows.station_printers(conn, desk.station):
            return
    with desk.db.write() as conn:
        if rows.station_printers(conn, desk.station):
            return
        for name, role, tray, columns in (
            ("小票", "receipt", "receipt", 48),
            ("厨房", "kitchen", "kitchen", 32),
        ):
            transport = {"kind": "virtual", "tray": f"{desk.station} {tray}"}
            paper = Paper(columns=columns).to_json()
            rows.add_printer(conn, f"内置{name} {desk.station}", role, transport, paper, desk.station)


def the_printer(conn: Connection, printer_id: int) -> PrinterRow:
    """Refusal 'printer.unknown'."""
    found = rows.printer(conn, printer_id)
    if found is None:
        raise refuse("printer.unknown")
    return found
