"""Printing what the queue holds: one step sends one job; a thread for each printer takes the steps."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from canteen_pos.domain.errors import Refusal
from canteen_pos.printing import printers as machines
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.printers import Machine, Outcome, Patience
from canteen_pos.printing.status import Health
from canteen_pos.printing.virtual import VirtualTicket, tray
from canteen_pos.services import print_queue, print_slips, printer_setup
from canteen_pos.services.context import Desk
from canteen_pos.storage import print_jobs as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.print_jobs import JobRow, PrinterRow

__all__ = ["VirtualTicket", "Workers"]

Kicked = Literal["opened", "unreachable", "no_printer"]
LOOK_S = 20.0
"""An idle printer is asked how it is this often, and the queue is looked at even if nobody called."""
RETRY_S = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: the job it took (None when nothing waited) and how that ended."""

    job_id: str | None
    end: str = ""


NOTHING = Step(None)


def step(desk: Desk, printer_id: int, patience: Patience = Patience()) -> Step:  # noqa: B008 - a frozen value
    """Send the oldest waiting job of one printer. Safe beside other workers: only one of them gets the job."""
    now = desk.clock.now()
    with desk.db.write() as conn:
        rows.expire(conn, printer_id, now)
        printer, job = rows.printer(conn, printer_id), rows.next_waiting(conn, printer_id)
        if printer is None or job is None or not rows.claim(conn, job.id):
            return NOTHING
    try:
        with desk.db.read() as conn:
            ticket = print_slips.ticket(conn, desk, job, printer)
        outcome = machines.send(machine_of(printer, patience), ticket, job.id)
    except Refusal as refusal:
        return _failed(desk, job, refusal.code)
    except Exception:  # noqa: BLE001 - a bug in one paper must not stop the papers behind it
        _log.exception("print job %s (%s)", job.id, job.kind)
        return _failed(desk, job, "print.bug")
    return _ended(desk, printer, job, outcome)


def _failed(desk: Desk, job: JobRow, code: str) -> Step:
    with desk.db.write() as conn:
        rows.move(conn, job.id, ("sending",), "failed", code)
    return Step(job.id, "failed")


def _ended(desk: Desk, printer: PrinterRow, job: JobRow, outcome: Outcome) -> Step:
    """Nothing left: it waits again by itself. Confirmed: done. Anything between is for a person."""
    status = {"printed": "printed", "unsent": "waiting", "unknown": "unknown"}[outcome.end]
    with desk.db.write() as conn:
        rows.move(conn, job.id, ("sending",), status, outcome.health.reason)
        _note(conn, printer, outcome.health)
    return Step(job.id, outcome.end)


def _note(conn: Connection, printer: PrinterRow, health: Health) -> None:
    if (printer.state, printer.trouble) != (health.state, health.reason):
        rows.note_state(conn, printer.id, health.state, health.reason)


def look(desk: Desk, printer_id: int, patience: Patience = Patience()) -> Health | None:  # noqa: B008
    """Ask the printer how it is and write that down; None for a printer that is gone."""
    with desk.db.read() as conn:
        printer = rows.printer(conn, printer_id)
    if printer is None:
        return None
    health = machines.health(machine_of(printer, patience))
    if (printer.state, printer.trouble) != (health.state, health.reason):
        with desk.db.write() as conn:
            rows.note_state(conn, printer.id, health.state, health.reason)
    return health


def machine_of(printer: PrinterRow, patience: Patience = Patience()) -> Machine:  # noqa: B008
    return Machine(printer.transport, Paper.from_json(printer.paper), patience)


def open_drawer(desk: Desk) -> Kicked:
    """Kick the drawer on this till's receipt printer, now or not at all: 'opened' when the pulse was sent.

    May take as long as the printer's line takes to open: call it off the window's thread.
    """
    with desk.db.read() as conn:
        printers = rows.station_printers(conn, desk.station)
    serving = printer_setup.serving(printers, "receipt")
    if not serving:
        return "no_printer"
    return "opened" if machines.kick_drawer(machine_of(serving[0])) else "unreachable"


def recover(desk: Desk) -> int:
    """At start: what was being sent when the program died has an unknown end. How many jobs."""
    with desk.db.write() as conn:
        ids = tuple(printer.id for printer in rows.station_printers(conn, desk.station))
        return rows.interrupted(conn, ids, "interrupted")


def print_waiting(desk: Desk) -> int:
    """Print everything that can be printed now, in this thread: for the command line and the demo. How many."""
    printed = 0
    for printer in print_queue.status(desk):
        while step(desk, printer.printer_id).end == "printed":
            printed += 1
    return printed


def virtual_tickets(desk: Desk) -> tuple[VirtualTicket, ...]:
    """What the built-in printers of this till hold, the newest last."""
    with desk.db.read() as conn:
        printers = rows.station_printers(conn, desk.station)
    trays = [str(one.transport.get("tray", "")) for one in printers if one.transport.get("kind") == "virtual"]
    return tuple(ticket for name in trays for ticket in tray(name).tickets)


class Workers:
    """A thread for each printer of a till. `wake` after a commit; `stop` waits for what is being sent."""

    def __init__(
        self, desk: Desk, changed: Callable[[], None] = lambda: None, patience: Patience | None = None
    ) -> None:
        self._desk = desk
        self._changed = changed
        self._patience = patience or Patience()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._calls: dict[int, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._down: set[int] = set()

    def start(self) -> None:
        """Begin, or begin with printers that were added since."""
        if not self._threads:
            printer_setup.ensure_printers(self._desk)
            recover(self._desk)
        self._begin_with(one.printer_id for one in print_queue.status(self._desk))

    def _begin_with(self, printer_ids: Iterable[int]) -> None:
        with self._lock:
            for printer_id in printer_ids:
                if printer_id in self._calls or self._stopping.is_set():
                    continue
                self._calls[printer_id] = threading.Event()
                thread = threading.Thread(
                    target=self._work, args=(printer_id,), name=f"printer-{printer_id}", daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def wake(self) -> None:
        """Something was queued, or a printer was set up."""
        with self._lock:
            calls = tuple(self._calls.values())
        for call in calls:
            call.set()

    def stop(self, wait_s: float = 5.0) -> None:
        """No new jobs; wait for those on their way."""
        self._stopping.set()
        self.wake()
        until = time.monotonic() + wait_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _work(self, printer_id: int) -> None:
        call = self._calls[printer_id]
        rest_s = 0.0
        while not self._stopping.is_set():
            called = call.wait(rest_s)
            call.clear()
            if self._stopping.is_set():
                return
            try:
                rest_s = self._turn(printer_id, asked=called)
            except Refusal as refusal:  # the database was busy: the job is still there
                _log.warning("printer %s: %s", printer_id, refusal)
                rest_s = RETRY_S
            except Exception:  # noqa: BLE001 - a worker that dies leaves a till without paper
                _log.exception("printer %s", printer_id)
                rest_s = LOOK_S

    def _turn(self, printer_id: int, *, asked: bool) -> float:
        """Print what waits; how long to rest. A printer that is down is asked before it is given a job again."""
        if printer_id in self._down and self._still_down(printer_id):
            return RETRY_S
        end = ""
        while not self._stopping.is_set():
            done = step(self._desk, printer_id, self._patience)
            if done.job_id is None:
                break
            self._changed()
            end = done.end
            if end == "unsent":
                self._down.add(printer_id)
                return RETRY_S
        if not end and not asked:
            self._still_down(printer_id)
        self._begin_with(one.printer_id for one in print_queue.status(self._desk))
        return LOOK_S

    def _still_down(self, printer_id: int) -> bool:
        """Ask the printer how it is, and tell when that changed."""
        before = [(one.state, one.reason) for one in print_queue.status(self._desk)]
        health = look(self._desk, printer_id, self._patience)
        if before != [(one.state, one.reason) for one in print_queue.status(self._desk)]:
            self._changed()
        down = health is not None and health.state == "fault"
        if not down:
            self._down.discard(printer_id)
        return down
