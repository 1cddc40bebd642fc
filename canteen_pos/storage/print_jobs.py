"""Printers and their queues in the database. Every change of a job's state is conditional on the state it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from canteen_pos.storage.columns import from_json, to_json, utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import marks, print_jobs, printers

OPEN = ("waiting", "sending", "failed", "unknown")


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """A printer as set up; `state` is what it last said of itself, `trouble` why it is not 'ok'."""

    id: int
    name: str
    role: str
    station: str
    transport: dict[str, Any]
    paper: dict[str, Any]
    state: str
    trouble: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """One paper in a queue. Times are stored text; `payload` is what cannot be read back from a document."""

    id: str
    document_id: str | None
    printer_id: int
    kind: str
    payload: dict[str, Any]
    copy_no: int
    status: str
    created_at_utc: str
    expires_at_utc: str | None
    error: str
    tries: int


_j, _p = print_jobs.c, printers.c
_PRINTERS = (
    select(_p.id, _p.name, _p.role, _p.station, _p.transport, _p.paper, _p.state, _p.trouble)
    .where(_p.active == 1)
    .order_by(_p.id)
)
_OF_STATION = _PRINTERS.where(_p.station.in_(("", bindparam("at"))))
_NEXT = (
    select(print_jobs)
    .where(_j.printer_id == bindparam("printer"), _j.status == "waiting")
    .order_by(_j.created_at_utc, _j.id)
    .limit(1)
)


def station_printers(conn: Connection, station: str) -> tuple[PrinterRow, ...]:
    """Active printers that this station prints on."""
    return tuple(_printer(row) for row in conn.execute(_OF_STATION, {"at": station}))


def printer(conn: Connection, printer_id: int) -> PrinterRow | None:
    row = conn.execute(_PRINTERS.where(_p.id == printer_id)).first()
    return None if row is None else _printer(row)


def _printer(row: Any) -> PrinterRow:
    transport, paper = from_json(row.transport), from_json(row.paper)
    return PrinterRow(row.id, row.name, row.role, row.station, transport, paper, row.state, row.trouble)


def add_printer(
    conn: Connection,
    name: str,
    role: str,
    transport: Mapping[str, Any],
    paper: Mapping[str, Any],
    station: str,
) -> int:
    made = conn.execute(
        insert(printers)
        .values(name=name, role=role, transport=to_json(transport), paper=to_json(paper), station=station)
        .returning(_p.id)
    )
    return int(made.scalar_one())


def change_printer(
    conn: Connection, printer_id: int, transport: Mapping[str, Any], paper: Mapping[str, Any]
) -> None:
    conn.execute(
        update(printers)
        .where(_p.id == printer_id)
        .values(transport=to_json(transport), paper=to_json(paper), state="unknown", trouble="")
    )


def retire_printer(conn: Connection, printer_id: int, name: str) -> None:
    """Out of use; `name` makes its own free for another."""
    conn.execute(update(printers).where(_p.id == printer_id).values(active=0, name=name))


def note_state(conn: Connection, printer_id: int, state: str, trouble: str) -> None:
    conn.execute(update(printers).where(_p.id == printer_id).values(state=state, trouble=trouble))


def add(conn: Connection, jobs: Iterable[JobRow]) -> None:
    values = [
        {
            "id": job.id,
            "document_id": job.document_id,
            "printer_id": job.printer_id,
            "kind": job.kind,
            "payload": to_json(job.payload),
            "copy_no": job.copy_no,
            "created_at_utc": job.created_at_utc,
            "expires_at_utc": job.expires_at_utc,
        }
        for job in jobs
    ]
    if values:
        conn.execute(insert(print_jobs), values)


def _job(row: Any) -> JobRow:
    return JobRow(
        id=row.id,
        document_id=row.document_id,
        printer_id=row.printer_id,
        kind=row.kind,
        payload=from_json(row.payload),
        copy_no=row.copy_no,
        status=row.status,
        created_at_utc=row.created_at_utc,
        expires_at_utc=row.expires_at_utc,
        error=row.error,
        tries=row.tries,
    )


def by_id(conn: Connection, job_id: str) -> JobRow | None:
    row = conn.execute(select(print_jobs).where(_j.id == job_id)).first()
    return None if row is None else _job(row)


def next_waiting(conn: Connection, printer_id: int) -> JobRow | None:
    """The oldest job that waits for this printer."""
    row = conn.execute(_NEXT, {"printer": printer_id}).first()
    return None if row is None else _job(row)


def open_jobs(conn: Connection, station: str) -> tuple[JobRow, ...]:
    """What is not yet on paper and not given up, on the printers of this station; the oldest first."""
    reached = select(_p.id).where(_p.active == 1, _p.station.in_(("", station)))
    wanted = select(print_jobs).where(_j.status.in_(OPEN), _j.printer_id.in_(reached))
    return tuple(_job(row) for row in conn.execute(wanted.order_by(_j.created_at_utc, _j.id)))


def claim(conn: Connection, job_id: str) -> bool:
    """Take a waiting job for sending; False when somebody else took it first."""
    taken = conn.execute(
        update(print_jobs)
        .where(_j.id == job_id, _j.status == "waiting")
        .values(status="sending", tries=_j.tries + 1)
    )
    return taken.rowcount == 1


def move(
    conn: Connection, job_id: str, come_from: tuple[str, ...], status: str, error: str = "", **values: Any
) -> bool:
    """Change a job's state from one of `come_from`; False when it was in another."""
    changed = conn.execute(
        update(print_jobs)
        .where(_j.id == job_id, _j.status.in_(come_from))
        .values(status=status, error=error, **values)
    )
    return changed.rowcount == 1


def expire(conn: Connection, printer_id: int, now: datetime) -> int:
    """Give up waiting jobs whose time is over; how many. An unknown end is a person's to judge and stays."""
    gone = conn.execute(
        update(print_jobs)
        .where(_j.printer_id == printer_id, _j.status == "waiting", _j.expires_at_utc <= utc_text(now))
        .values(status="expired")
    )
    return gone.rowcount


def interrupted(conn: Connection, printer_ids: tuple[int, ...], error: str) -> int:
    """Jobs that were being sent when the program died: nobody knows their end."""
    changed = conn.execute(
        update(print_jobs)
        .where(_j.printer_id.in_(printer_ids), _j.status == "sending")
        .values(status="unknown", error=error)
    )
    return changed.rowcount


def count_copy(conn: Connection, document_id: str, actor_id: int, at: datetime) -> int:
    """Mark one more copy of a document's slip; the number of this copy, 1 for the first."""
    conn.execute(
        insert(marks).values(
            document_id=document_id, kind="copy_printed", at_utc=utc_text(at), actor_id=actor_id
        )
    )
    counted = select(func.count()).where(marks.c.document_id == document_id, marks.c.kind == "copy_printed")
    return int(conn.execute(counted).scalar_one())
