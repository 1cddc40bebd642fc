"""Timing and telling: samples in milliseconds, a row for each measurement, aims beside what was found."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass(slots=True)
class Samples:
    """Durations in milliseconds."""

    ms: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        began = time.perf_counter_ns()
        yield
        self.ms.append((time.perf_counter_ns() - began) / 1e6)

    @property
    def median(self) -> float:
        return statistics.median(self.ms)

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.ms, n=100, method="inclusive")[share - 1]


def timed(work: Callable[[], object], times: int, warm: int = 3) -> Samples:
    """`work` called `times` times after `warm` calls that do not count."""
    for _ in range(warm):
        work()
    samples = Samples()
    gc.collect()
    for _ in range(times):
        with samples.one():
            work()
    return samples


@dataclass(frozen=True, slots=True)
class Row:
    """`aim` is in words; `met` None means there is none."""

    what: str
    found: str
    aim: str = ""
    met: bool | None = None


def below(what: str, value: float, limit: float, unit: str = "ms") -> Row:
    return Row(what, f"{value:.2f} {unit}".rstrip(), f"< {limit:g} {unit}".rstrip(), value < limit)


def show(title: str, rows: list[Row]) -> None:
    table = Table(title=title, title_justify="left", title_style="bold")
    for heading in ("what", "found", "aim", ""):
        table.add_column(heading, justify="right" if heading == "found" else "left")
    words = {True: "[green]met[/]", False: "[red]MISSED[/]", None: ""}
    for row in rows:
        table.add_row(row.what, row.found, row.aim, words[row.met])
    Console().print(table)
