"""Copies of a SQLite canteen: made while the till sells, looked into, put in place of the file in use."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from canteen_pos.domain import chain
from canteen_pos.domain.errors import Refusal, refuse


@dataclass(frozen=True, slots=True)
class Content:
    """How many documents a file holds and when the newest was written (UTC text, '' when there is none)."""

    documents: int
    newest_at_utc: str


@dataclass(frozen=True, slots=True)
class Lost:
    """`by_kind`: (kind of document, how many, fen they moved). Moments are UTC texts, '' for none.

    `erased` are member numbers of people who were erased since, `customers` accounts of customers who were: both are in the
    backup with all that was known of them.
    """

    by_kind: tuple[tuple[str, int, int], ...] = ()
    people: int = 0
    first_at_utc: str = ""
    last_at_utc: str = ""
    erased: tuple[str, ...] = ()
    customers: tuple[int, ...] = ()

    @property
    def documents(self) -> int:
        return sum(number for _, number, _ in self.by_kind)


def back_up(source: Path, target: Path) -> None:
    """A consistent copy of a file that may be in use; `target` appears whole or not at all."""
    half_made = target.with_name(target.name + ".part")
    half_made.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(half_made)) as copy:
        original.backup(copy)
    half_made.replace(target)


def content(file: Path) -> Content:
    """What is in a canteen's file. Refusal 'backup.not_ours' for anything else."""
    with _reading(file) as conn:
        found, newest = conn.execute("select count(*), max(at_utc) from documents").fetchone()
    return Content(found, newest or "")


def heads(file: Path) -> dict[str, tuple[int, str]]:
    """Label -> (next number, last hash) of each series, once SQLite itself finds the file whole.

    Refusal 'backup.not_ours', 'backup.damaged' (file=, why=) when pages are damaged or a chain's end is not where its
    counter says.
    """
    with _reading(file) as conn:
        (said,) = conn.execute("pragma integrity_check(1)").fetchone()
        if said != "ok":
            raise refuse("backup.damaged", file=file.name, why=str(said))
        found = {}
        for series, label, number, head in conn.execute(
            "select id, label, next_number, head_hash from series"
        ):
            last = conn.execute(
                "select number, prev_hash, body, hash from documents where series_id = ? order by number desc limit 1",
                (series,),
            ).fetchone()
            if last is not None and (
                last[0] != number - 1 or last[3] != head or chain.link(last[1], last[2]) != head
            ):
                raise refuse("backup.damaged", file=file.name, why=f"{label}-{last[0]:06d}")
            if last is None and number != 1:
                raise refuse("backup.damaged", file=file.name, why=label)
            found[label] = (int(number), str(head))
        return found


def lost(backup: Path, current: Path) -> Lost:
    """What `current` holds that `backup` does not: documents by kind with what they moved, people, and erasures."""
    with _reading(current) as conn:
        conn.execute("attach database ? as backup", (f"{backup.absolute().as_uri()}?mode=ro",))
        missing = "from main.documents where id not in (select id from backup.documents)"
        kinds = conn.execute(f"select kind, count(*), sum(pays_fen) {missing} group by kind order by kind")
        by_kind = tuple((str(kind), int(number), int(fen or 0)) for kind, number, fen in kinds)
        first, last = conn.execute(f"select min(at_utc), max(at_utc) {missing}").fetchone()
        (people,) = conn.execute(
            "select count(*) from main.people where token not in (select token from backup.people)"
        ).fetchone()
        erased = conn.execute(
            "select kept.member_no from main.people as now join backup.people as kept on kept.token = now.token"
            " where now.salt = '' and kept.salt <> '' and kept.active = 1 order by kept.id"
        )
        customers = conn.execute(
            "select kept.id from main.accounts as now join backup.accounts as kept on kept.token = now.token"
            " where kept.kind <> 'wallet' and now.name = '' and kept.name <> '' order by kept.id"
        )
        again = [tuple(row[0] for row in found) for found in (erased, customers)]
    return Lost(by_kind, int(people), first or "", last or "", *again)


def put_in_place(fresh: Path, current: Path, aside: Path) -> None:
    """`fresh` becomes `current`, whose own content is kept as `aside`. Refusal 'backup.in_use' while a till has it open.

    There is a `current` at every moment, so that a power cut leaves one or the other.
    """
    if current.exists():
        log, kept = _beside(current, "-wal"), _beside(aside, "-wal")
        if log.exists():
            shutil.copy2(
                log, kept
            )  # SQLite drops the log of a file it cannot read; it may hold the newest sales
        try:
            whole = _nobody_has(current)
        except Refusal:
            kept.unlink(missing_ok=True)
            raise
        if whole:
            kept.unlink(missing_ok=True)  # all of it is in the file now
        _keep(current, aside)
    for leftover in ("-wal", "-shm"):
        _beside(current, leftover).unlink(missing_ok=True)
    fresh.replace(current)


def _nobody_has(current: Path) -> bool:
    """Nobody else has it open; whether it can be read at all. Refusal 'backup.in_use'."""
    with closing(sqlite3.connect(current, timeout=0.2)) as conn:
        try:
            conn.execute("pragma locking_mode = exclusive")  # fails while anybody else is connected
            conn.execute("begin exclusive")
            conn.execute("commit")
            conn.execute("pragma wal_checkpoint(truncate)")
        except sqlite3.OperationalError as error:
            raise refuse("backup.in_use", file=current.name) from error
        except sqlite3.DatabaseError:
            return False  # a damaged file is what a backup is for
    return True


def _keep(current: Path, aside: Path) -> None:
    try:
        os.link(current, aside)
    except OSError:  # a disk that knows no second name for a file
        shutil.copy2(current, aside)


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            yield conn
    except sqlite3.DatabaseError as error:
        raise refuse("backup.not_ours", file=str(file)) from error
