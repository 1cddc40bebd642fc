"""Backing a canteen up and restoring it. A restored canteen numbers on in new series, so that no printed number comes
twice (decision 7). On PostgreSQL the server's own tools do this."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from canteen_pos.clock import Clock
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.services import audit, documents, verifying
from canteen_pos.services.context import Desk
from canteen_pos.storage import backup as files
from canteen_pos.storage.backup import Content
from canteen_pos.storage.documents import stations
from canteen_pos.storage.engine import open_database, sqlite_url


@dataclass(frozen=True, slots=True)
class Preview:
    """`lost` is how many documents written since the backup restoring would take away; None when the file in use
    cannot be read."""

    backup: Content
    current: Content | None
    lost: int | None


def back_up(current: Path, target: Path) -> Content:
    """Copy the canteen, selling or not, and answer what the copy holds once it was opened and read.

    Refusals: 'backup.missing' (file=), 'backup.exists' (file=), 'backup.not_ours'.
    """
    if not current.exists():
        raise refuse("backup.missing", file=str(current))
    if target.exists():
        raise refuse("backup.exists", file=str(target))
    files.back_up(current, target)
    return files.content(target)


def preview(current: Path, backup: Path) -> Preview:
    """What restoring `backup` would mean. Refusals 'backup.missing', 'backup.not_ours'."""
    if not backup.exists():
        raise refuse("backup.missing", file=str(backup))
    held = files.content(backup)
    if not current.exists():
        return Preview(held, None, 0)
    try:
        return Preview(held, files.content(current), files.missing_from(backup, current))
    except Refusal:
        return Preview(held, None, None)


def restore(current: Path, backup: Path, clock: Clock) -> Sequence[str]:
    """Put a proved copy of `backup` in place of `current`, which is kept beside it; the labels of the new series.

    The backup file itself stays as it is. Refusals: 'backup.missing', 'backup.not_ours', 'backup.does_not_fit'
    (document=, what=) when it does not prove itself, 'backup.in_use' while a till has the canteen open.
    """
    if not backup.exists():
        raise refuse("backup.missing", file=str(backup))
    files.content(backup)
    fresh = current.with_name(current.name + ".restoring")
    files.back_up(backup, fresh)
    labels = _begin_anew(fresh, clock)
    aside = current.with_name(f"{current.stem}-replaced-{clock.now():%Y%m%d-%H%M%S}{current.suffix}")
    files.put_in_place(fresh, current, aside)
    return labels


def _begin_anew(fresh: Path, clock: Clock) -> list[str]:
    database = open_database(sqlite_url(fresh))
    try:
        desk = Desk(database, clock, "")
        report = verifying.verify(desk)
        if not report.ok:
            problem = report.problems[0]
            raise refuse("backup.does_not_fit", document=problem.document, what=problem.what)
        labels = []
        with database.write() as conn:
            for station in stations(conn):
                at = replace(desk, station=station)
                label = documents.open_series(conn, at)
                audit.log(conn, at, None, "restored", label=label)
                labels.append(label)
        return labels
    finally:
        database.close()
