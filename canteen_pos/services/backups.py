"""Backing a canteen up and restoring it, on SQLite and on PostgreSQL; a backup is always a SQLite file, so that either
can be put in place of either. A restored canteen numbers on in new series, so that no printed number comes twice
(decision 7)."""

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
from canteen_pos.storage import bundle, copying
from canteen_pos.storage.backup import Content, Lost
from canteen_pos.storage.documents import stations
from canteen_pos.storage.engine import Database, open_database, sqlite_file, sqlite_url
from canteen_pos.storage.picture_folders import take_in


@dataclass(frozen=True, slots=True)
class Preview:
    """`lost` is how many documents written since the backup restoring would take away; None when the books in use
    cannot be read. `gone` says which, with the money they moved, the people enrolled since, and those who were erased since
    and would be back."""

    backup: Content
    current: Content | None
    lost: int | None
    gone: Lost | None = None


def back_up(books: str, target: Path) -> Content:
    """Copy the canteen at the address `books`, selling or not, and answer what the copy holds once it was opened and read.

    A target that ends in .zip is packed, any other is the database itself.

    Refusals: 'backup.missing' (file=), 'backup.exists' (file=), 'backup.not_ours', 'backup.damaged'.
    """
    current = sqlite_file(books)
    if current is not None and not current.exists():
        raise refuse("backup.missing", file=str(current))
    if target.exists():
        raise refuse("backup.exists", file=str(target))
    with tempfile.TemporaryDirectory(prefix="canteen-backup-") as work, _as_file(books, Path(work)) as moment:
        copy = Path(work) / bundle.DATABASE
        files.back_up(moment, copy)
        files.heads(copy)
        held = files.content(copy)
        if target.suffix.lower() == ".zip":
            bundle.write(target, copy, {"documents": held.documents})
        else:
            files.back_up(copy, target)
    with _opened(target) as database:
        return files.content(database)


def preview(books: str, backup: Path) -> Preview:
    """What restoring `backup` over `books` would mean. Refusals 'backup.missing', 'backup.not_ours'."""
    if not backup.exists():
        raise refuse("backup.missing", file=str(backup))
    with _opened(backup) as database, tempfile.TemporaryDirectory(prefix="canteen-backup-") as work:
        return _compared(books, database, Path(work))


def _compared(books: str, database: Path, work: Path) -> Preview:
    current = sqlite_file(books)
    held = files.content(database)
    if current is not None and not current.exists():
        return Preview(held, None, 0, Lost())
    try:
        with _as_file(books, work) as moment:
            gone = files.lost(database, moment)
            return Preview(held, files.content(moment), gone.documents, gone)
    except Refusal:
        if current is None:
            raise
        return Preview(held, None, None)


def restore(books: str, backup: Path, clock: Clock, by: str = "") -> Sequence[str]:
    """Put a proved copy of `backup` in place of the canteen at `books`; the labels of the new series.

    `by` is who did it, by name: an earlier backup may not know them; '' on the command line.

    Who was erased since is back with it: the restored books say so, and their page of today until it is done again.
    What it replaces is kept beside it: another file, or on PostgreSQL another schema. `backup` is a database file or a zip
    that `backing_up` made; it stays as it is. Refusals: 'backup.missing', 'backup.not_ours', 'backup.does_not_fit'
    (document=, what=) when it does not prove itself, 'backup.in_use' or 'backup.others_connected' while a till has the
    canteen open, 'backup.not_owner'.
    """
    if not backup.exists():
        raise refuse("backup.missing", file=str(backup))
    current = sqlite_file(books)
    stamp = f"{clock.now():%Y%m%d-%H%M%S}"
    beside = current.parent if current else None  # the same disk, where a file is renamed and not copied
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=beside) as work:
        fresh = Path(work) / bundle.DATABASE
        with _opened(backup) as database:
            gone = _compared(books, database, Path(work)).gone or Lost()
            files.back_up(database, fresh)
        labels = _begin_anew(fresh, backup, clock, by, gone)
        if current is None:
            copying.into_server(fresh, books, f"replaced_{stamp.replace('-', '_')}")
        else:
            files.put_in_place(
                fresh, current, current.with_name(f"{current.stem}-replaced-{stamp}{current.suffix}")
            )
    return labels


@contextmanager
def _as_file(books: str, work: Path) -> Iterator[Path]:
    """The canteen as a SQLite file: its own, or a moment of the server's."""
    current = sqlite_file(books)
    if current is not None:
        yield current
        return
    database, moment = open_database(books), work / "moment.db"
    try:
        copying.to_file(database, moment)
    finally:
        database.close()
    yield moment


@contextmanager
def _opened(backup: Path) -> Iterator[Path]:
    """The database of a backup, unpacked for a while when it is a zip."""
    if not bundle.is_bundle(backup):
        yield backup
        return
    with tempfile.TemporaryDirectory(prefix="canteen-backup-") as work:
        database = Path(work) / bundle.DATABASE
        bundle.unpack_database(backup, database)
        yield database


def _begin_anew(fresh: Path, backup: Path, clock: Clock, by: str, gone: Lost) -> list[str]:
    database = open_database(sqlite_url(fresh))
    try:
        desk = Desk(database, clock, "")
        report = verifying.verify(desk)
        if not report.ok:
            problem = report.problems[0]
            raise refuse("backup.does_not_fit", document=problem.document, what=problem.what)
        _take_pictures_in(database, backup)
        labels = []
        with database.write() as conn:
            for station in stations(conn):
                at = replace(desk, station=station)
                label = documents.open_series(conn, at)
                audit.log(conn, at, None, "restored", label=label, by=by)
                labels.append(label)
            if gone.erased or gone.customers:
                back = {"member_nos": gone.erased, "accounts": gone.customers}
                audit.log(conn, desk, None, "erased_are_back", **back)
        return labels
    finally:
        database.close()


def _take_pictures_in(database: Database, backup: Path) -> None:
    """Of a zip that an earlier release made."""
    if bundle.is_bundle(backup):
        with tempfile.TemporaryDirectory(prefix="canteen-restore-") as work:
            bundle.unpack_pictures(backup, Path(work))
            take_in(database, Path(work))
