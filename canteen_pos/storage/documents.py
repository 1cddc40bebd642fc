"""Documents in their tables: written once, in one batch for each table, and never changed afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update

from canteen_pos.domain.sale import Draft, Stamp
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import to_json
from canteen_pos.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class SeriesHead:
    """Where a series stands: its last hash and the number the next document gets."""

    id: int
    label: str
    next_number: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class Written:
    """A document with its number, text and link, ready to be stored."""

    draft: Draft
    stamp: Stamp
    series_id: int
    shift_id: int | None
    actor_id: int
    body: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an id already stands for."""

    id: str
    kind: str
    fingerprint: str
    label: str
    number: int
    body: str
    hash: str


_SERIES = (
    select(t.series.c.id, t.series.c.label, t.series.c.next_number, t.series.c.head_hash)
    .where(t.series.c.station == bindparam("at"))
    .order_by(t.series.c.id.desc())
    .limit(1)
    .with_for_update()
)
_ADVANCE = (
    update(t.series)
    .where(t.series.c.id == bindparam("series"), t.series.c.next_number == bindparam("was"))
    .values(next_number=bindparam("becomes"), head_hash=bindparam("head"))
)
_OPEN_SHIFT = select(t.shifts.c.id, t.shifts.c.opened_at_utc).where(
    t.shifts.c.station == bindparam("at"), t.shifts.c.closed_at_utc.is_(None)
)
_EARLIER = (
    select(
        t.documents.c.id,
        t.documents.c.kind,
        t.documents.c.fingerprint,
        t.series.c.label,
        t.documents.c.number,
        t.documents.c.body,
        t.documents.c.hash,
    )
    .join(t.series, t.series.c.id == t.documents.c.series_id)
    .where(t.documents.c.id.in_(bindparam("ids", expanding=True)))
)
_ASKED = select(func.pg_advisory_xact_lock(func.hashtext(bindparam("asked"))))
_USER_NAME = select(t.users.c.name).where(t.users.c.id == bindparam("user"))


def lock_series(conn: Connection, station: str) -> SeriesHead | None:
    """The station's newest series, held until the transaction ends; None when none was opened."""
    row = conn.execute(_SERIES, {"at": station}).first()
    return None if row is None else SeriesHead(row.id, row.label, row.next_number, row.head_hash)


def add_series(conn: Connection, station: str, label: str, opened_at_utc: str, head_hash: str) -> None:
    conn.execute(
        insert(t.series),
        {
            "station": station,
            "label": label,
            "opened_at_utc": opened_at_utc,
            "next_number": 1,
            "head_hash": head_hash,
        },
    )


def labels(conn: Connection) -> set[str]:
    """Labels of every series ever opened here."""
    return set(conn.execute(select(t.series.c.label)).scalars())


def stations(conn: Connection) -> list[str]:
    """Codes of every station that ever sold here."""
    return list(conn.execute(select(t.stations.c.code).order_by(t.stations.c.code)).scalars())


def ensure_station(conn: Connection, code: str, name: str) -> None:
    if conn.execute(select(t.stations.c.code).where(t.stations.c.code == code)).first() is None:
        conn.execute(insert(t.stations), {"code": code, "name": name})


def advance_series(conn: Connection, head: SeriesHead, numbers: int, new_hash: str) -> bool:
    """Move the series on by so many numbers; False when another writer moved it meanwhile."""
    changed = conn.execute(
        _ADVANCE,
        {
            "series": head.id,
            "was": head.next_number,
            "becomes": head.next_number + numbers,
            "head": new_hash,
        },
    )
    return changed.rowcount == 1


def open_shift(conn: Connection, station: str) -> tuple[int, str] | None:
    """The open shift of a station: its id, and when it was opened."""
    found = conn.execute(_OPEN_SHIFT, {"at": station}).first()
    return None if found is None else (found.id, found.opened_at_utc)


def earlier(conn: Connection, ids: Sequence[str]) -> dict[str, Earlier]:
    """Documents that already have one of these ids.

    On PostgreSQL the same request from two threads waits here for the first to end; SQLite has one writer anyway.
    """
    if conn.dialect.name == "postgresql":
        for one in sorted(ids):
            conn.execute(_ASKED, {"asked": one})
    return {row.id: Earlier(*row) for row in conn.execute(_EARLIER, {"ids": list(ids)})}


def user_name(conn: Connection, user_id: int) -> str:
    return str(conn.execute(_USER_NAME, {"user": user_id}).scalar_one())


def salt_of(conn: Connection, person_id: int | None) -> str:
    """'' for nobody, and for who was erased."""
    wanted = select(t.people.c.salt).where(t.people.c.id == person_id)
    return str(conn.execute(wanted).scalar() or "")


def store(conn: Connection, written: Sequence[Written]) -> None:
    """Insert documents and their rows, one statement for each table."""
    _insert(conn, t.documents, (_head(one) for one in written))
    drafts = [one.draft for one in written]
    _insert(conn, t.document_lines, _rows(drafts, "lines", _LINE))
    _insert(conn, t.document_shares, _rows(drafts, "shares", _SHARE))
    _insert(conn, t.document_claims, _rows(drafts, "claims", _CLAIM))
    _insert(conn, t.payments, _numbered(drafts, "payments", _PAYMENT))
    _insert(conn, t.ledger_entries, _numbered(drafts, "entries", _ENTRY))
    _insert(conn, t.quota_uses, _uses(drafts))


def _insert(conn: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        conn.execute(insert(table), found)


def _head(one: Written) -> dict[str, Any]:
    draft, stamp = one.draft, one.stamp
    return {
        "id": draft.id,
        "series_id": one.series_id,
        "number": stamp.number,
        "kind": draft.kind,
        "business_date": stamp.business_date,
        "service_date": draft.service_date or stamp.business_date,
        "period": draft.period,
        "at_utc": stamp.at_utc,
        "offset_min": stamp.offset_min,
        "station": stamp.station,
        "shift_id": one.shift_id,
        "person_id": draft.person_id,
        "actor_id": one.actor_id,
        "settlement_id": draft.settlement_id,
        "refers_to": draft.refers_to,
        "fingerprint": draft.fingerprint,
        "list_fen": draft.list_fen,
        "pays_fen": draft.pays_fen,
        "rounding_fen": draft.rounding_fen,
        "body": one.body,
        "applied": to_json([dict(rule) for rule in draft.applied]),
        "prev_hash": one.prev_hash,
        "hash": one.hash,
    }


_LINE = (
    "line_no",
    "dish_id",
    "item",
    "name",
    "kind",
    "portion",
    "quantity",
    "grams",
    "list_fen",
    "pays_fen",
)
_SHARE = ("line_no", "fund", "rule", "version", "pack", "fen")
_CLAIM = ("claim", "fund", "rule", "version", "pack", "fen")
_PAYMENT = (
    "tender",
    "fen",
    "account_id",
    "voucher_id",
    "reference",
    "given_fen",
    "change_fen",
)
_ENTRY = ("account", "fund", "fen")
_USE = ("quota", "unit", "window", "slot", "day", "period", "fen")
"""Columns of the tables beside a document, called as the fields of what they hold."""


def _rows(drafts: Sequence[Draft], part: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        for one in getattr(draft, part):
            yield {"document_id": draft.id, **{name: getattr(one, name) for name in names}}


def _numbered(drafts: Sequence[Draft], part: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The same with their places in the document, from 1."""
    for draft in drafts:
        for seq, row in enumerate(_rows((draft,), part, names), start=1):
            yield {**row, "seq": seq}


def _uses(drafts: Sequence[Draft]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        token = draft.person.token if draft.person else ""
        yield from ({**row, "person_token": token} for row in _rows((draft,), "quota_takes", _USE))
