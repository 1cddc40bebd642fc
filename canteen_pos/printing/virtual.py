"""The built-in printer: tickets go to a tray in memory, which a window shows. It never runs out of paper."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_KEPT = 200


@dataclass(frozen=True, slots=True)
class VirtualTicket:
    """One printed ticket: its picture and the bytes a real printer would have got. `serial` counts from 1."""

    serial: int
    job: str
    title: str
    picture: "Image"
    data: bytes


class Tray:
    """The newest tickets of one built-in printer. Printing happens on a worker's thread; so do the callbacks."""

    def __init__(self) -> None:
        self._tickets: deque[VirtualTicket] = deque(maxlen=_KEPT)
        self._lock = threading.Lock()
        self._listeners: list[Callable[[VirtualTicket], None]] = []
        self._count = 0
        self.drawer_kicks = 0

    @property
    def tickets(self) -> tuple[VirtualTicket, ...]:
        """The newest last."""
        with self._lock:
            return tuple(self._tickets)

    def put(self, job: str, title: str, picture: "Image", data: bytes) -> None:
        with self._lock:
            self._count += 1
            ticket = VirtualTicket(self._count, job, title, picture, data)
            self._tickets.append(ticket)
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(ticket)

    def subscribe(self, listener: Callable[[VirtualTicket], None]) -> Callable[[], None]:
        """Call `listener` with each new ticket, on the printing thread; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def kick_drawer(self) -> None:
        with self._lock:
            self.drawer_kicks += 1


@cache
def tray(name: str) -> Tray:
    """The tray of the built-in printer called `name`: one for the whole program, as a device is."""
    del name
    return Tray()
