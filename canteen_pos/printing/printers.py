"""Sending a ticket to a printer, and what can be said about how it ended. Sending is not printing."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from canteen_pos.printing import escpos_bytes, status
from canteen_pos.printing.lines import Line, LineError, open_line
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.status import Health
from canteen_pos.printing.ticket import Ticket
from canteen_pos.printing.virtual import tray


@dataclass(frozen=True, slots=True)
class Patience:
    """How long answers are waited for, in seconds."""

    status_s: float = 1.0
    done_s: float = 15.0
    """From the last byte to 'done': the printer may still be printing."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A printer as set up: how it is reached and what its paper is like."""

    transport: Mapping[str, Any]
    paper: Paper
    patience: Patience = Patience()

    @property
    def is_virtual(self) -> bool:
        return self.transport.get("kind") == "virtual"

    @property
    def device(self) -> str:
        """What is one device: two threads never talk to it at once."""
        return repr(sorted(self.transport.items()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """printed  it is on paper, as far as this printer can tell
    unsent   nothing of the ticket left: it may be sent again without asking
    unknown  something left and nobody confirmed the end: a person must look
    """

    end: Literal["printed", "unsent", "unknown"]
    health: Health


@cache
def _one_talker(device: str) -> threading.Lock:
    del device
    return threading.Lock()


def send(machine: Machine, ticket: Ticket, job: str = "") -> Outcome:
    """Print `ticket` and wait for the printer's word that it did."""
    data = escpos_bytes.render(ticket, machine.paper)
    if machine.is_virtual:
        from canteen_pos.printing import picture

        name = str(machine.transport.get("tray", ""))
        tray(name).put(job, ticket.title, picture.render(ticket, machine.paper, scale=2), data)
        return Outcome("printed", status.OK)
    with _one_talker(machine.device):
        return _send(machine, data)


def _send(machine: Machine, data: bytes) -> Outcome:
    try:
        line = open_line(machine.transport)
    except LineError as error:
        return Outcome("unsent", Health("fault", error.reason))
    try:
        return _converse(machine, line, data)
    finally:
        line.close()


def _converse(machine: Machine, line: Line, data: bytes) -> Outcome:
    """Ask, send, ask again. A fault known beforehand sends nothing; silence beforehand does not stop the lunch."""
    asks = machine.paper.status and line.answers
    try:
        before = status.ask(line, machine.patience.status_s) if asks else status.OK
    except LineError as error:
        return Outcome("unsent", Health("fault", error.reason))
    if before.state == "fault":
        return Outcome("unsent", before)
    try:
        line.write(data)
    except LineError as error:
        health = Health("fault", error.reason)
        return Outcome("unknown" if error.left else "unsent", health)
    if not asks:
        return Outcome("printed", status.OK)
    return _confirmed(machine, line)


def _confirmed(machine: Machine, line: Line) -> Outcome:
    try:
        line.write(escpos_bytes.ASK_WHEN_DONE)
    except LineError as error:
        return Outcome("unknown", Health("fault", error.reason))
    done = status.is_done(line.read(machine.patience.done_s))
    if done:
        return Outcome("printed", status.OK)
    if done is False:
        return Outcome("unknown", Health("fault", "paper_out"))
    after = _after_silence(machine, line)
    return Outcome("unknown", after if after.state == "fault" else Health("unknown", "no_confirmation"))


def _after_silence(machine: Machine, line: Line) -> Health:
    try:
        return status.ask(line, machine.patience.status_s)
    except LineError as error:
        return Health("fault", error.reason)


def health(machine: Machine) -> Health:
    """How the printer is now, without printing anything."""
    if machine.is_virtual:
        return status.OK
    with _one_talker(machine.device):
        try:
            line = open_line(machine.transport)
        except LineError as error:
            return Health("fault", error.reason)
        try:
            if not machine.paper.status or not line.answers:
                return status.OK
            return status.ask(line, machine.patience.status_s)
        except LineError as error:
            return Health("fault", error.reason)
        finally:
            line.close()


def kick_drawer(machine: Machine) -> bool:
    """Open the cash drawer that hangs on this printer, now; whether the pulse was sent."""
    if machine.is_virtual:
        tray(str(machine.transport.get("tray", ""))).kick_drawer()
        return True
    with _one_talker(machine.device):
        try:
            line = open_line(machine.transport)
        except LineError:
            return False
        try:
            line.write(escpos_bytes.KICK_DRAWER)
        except LineError:
            return False
        finally:
            line.close()
    return True
