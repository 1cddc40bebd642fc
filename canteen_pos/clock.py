"""What time it is. Only this module asks the machine; everybody else is handed a `Clock`."""

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the time in the canteen's zone."""

    def now(self) -> datetime:
        """The present moment, aware, in the canteen's zone."""
        ...


class SystemClock:
    """The machine's clock in the machine's zone."""

    def now(self) -> datetime:
        return datetime.now().astimezone()


class FixedClock:
    """A clock that stands still until told: for tests, the demo and training."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def now(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        """Stand at `moment`. ValueError when it has no zone."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs a zone")
        self._moment = moment

    def advance(self, seconds: float) -> None:
        self._moment += timedelta(seconds=seconds)
