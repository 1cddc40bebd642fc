"""What opening a house may run into, said in the window in place of 'opening…' for ever."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from canteen_pos import logs
from canteen_pos.domain.errors import Refusal, refuse

_log = logging.getLogger(__name__)


class Window(Protocol):
    """Where it is said."""

    def cannot_open(self, refusal: Refusal) -> None: ...


@contextmanager
def telling(window: Window) -> Iterator[None]:
    """A refusal (a newer database, a damaged file) and a fault of ours are both said; the fault's details are logged."""
    try:
        yield
    except Refusal as refusal:
        window.cannot_open(refusal)
    except Exception:  # noqa: BLE001 - a window that says 'opening…' for ever helps nobody
        _log.critical("the house could not be opened", exc_info=True)
        window.cannot_open(refuse("machine.opening_failed", file=logs.where()))
