"""Backing a canteen up and restoring it. A restored canteen numbers on in new series, so that no printed number comes
twice (decision 7). On PostgreSQL the server's own tools do this."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from canteen_pos.clock import Clock
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.services import audit, documents, verifying
from canteen_pos.services.context import Desk
from canteen_pos.storage import backup as files
from canteen_pos.storage import bundle
from canteen_pos.storage.backup import Content, Lost
from canteen_pos.storage.documents import stations
from canteen_pos.storage.engine import open_database, sqlite_url


@dataclass(frozen=True, slots=True)
class Preview:
    """`lost` is how many documents written since the backup restoring would take away; None when the file in use
    cannot be read. `gone` says which, with the money they moved and the people enrolled since."""

    backup: Content
    current: Content | None
    lost: int | None
    gone: Lost | None = None


def back_up(current: Path, target: Path) -> Content:
    """Copy the canteen, selling or not, and answer what the copy holds once it was opened and read.

    A target that ends in .zip gets the pictures as well, any other the database alone.

    Refusals: 'backup.missing' (file=), 'backup.exists' (file=), 'backup.not_ours'.
    """
    if not current.exists():
        raise refuse("backup.missing", file=str(current))
    if target.exists():
        raise refuse("backup.exists", file=str(target))
    if target.suffix.lower() != ".zip":
        files.back_up(current, target)
        files.heads(target)
        return files.content(target)
    with tempfile.TemporaryDirectory(prefix="canteen-backup-") as work:
        copy = Path(work) / bundle.DATABASE
        files.back_up(current, copy)
        files.heads(copy)
        bundle.write(
            target, copy, bundle.DATABASE, current.parent, {"documents": files.content(copy).documents}
        )
    with _opened(target) as database:
        return files.content(database)


def preview(current: Path, backup: Path) -> Preview:
    """What restoring `backup` would mean. Refusals 'backup.missing', 'backup.not_ours'."""
    if not backup.exists():
        raise refuse("backup.missing", file=str(backup))
    with _opened(backup) as database:
        held = files.content(database)
        if not current.exists():
            return Preview(held, None, 0, Lost())
        try:
            gone = files.lost(database, current)
            return Preview(held, files.content(current), gone.documents, gone)
        except Refusal:
            return Preview(held, None, None)


def restore(current: Path, backup: Path, clock: Clock) -> Sequence[str]:
    """Put a proved copy of `backup` in place of `current`, which is kept beside it; the labels of the new series.

    `backup` is a database file or a zip that `backing_up` made; the pictures of a zip that are missing here come back
    too. The backup file itself stays as it is. Refusals: 'backup.missing', 'backup.not_ours', 'backup.does_not_fit'
    (document=, what=) when it does not prove itself, 'backup.in_use' while a till has the canteen open.
    """
    if not backup.exists():
        raise refuse("backup.missing", file=str(backup))
    fresh = current.with_name(current.name + ".restoring")
    with _opened(backup) as database:
        files.content(database)
        files.back_up(database, fresh)
    labels = _begin_anew(fresh, clock)
    aside = current.with_name(f"{current.stem}-replaced-{clock.now():%Y%m%d-%H%M%S}{current.suffix}")
    files.put_in_place(fresh, current, aside)
    if bundle.is_bundle(backup):
        bundle.unpack_pictures(backup, current.parent)
    return labels


@contextmanager
def _opened(backup: Path) -> Iterator[Path]:
    """The database of a backup, unpacked for a while when it is a zip. A PostgreSQL copy: refusal 'backup.postgres'."""
    if not bundle.is_bundle(backup):
        yield backup
        return
    if "tables" in bundle.about(backup):
        raise refuse("backup.postgres")
    with tempfile.TemporaryDirectory(prefix="canteen-backup-") as work:
        database = Path(work) / bundle.DATABASE
        bundle.unpack_database(backup, bundle.DATABASE, database)
        yield database


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
