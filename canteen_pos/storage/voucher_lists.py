"""Batches of vouchers and the vouchers in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, or_, select, update

from canteen_pos.domain.sale import number_text
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import local_moment, utc_text
from canteen_pos.storage.engine import Connection

VoucherState = Literal["unused", "used", "void", "expired"]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with how many of its vouchers are in which state on the day asked about."""

    id: int
    name: str
    issuer: str
    fund: str
    kind: str
    medium: str
    face_fen: int
    percent: int
    cap_fen: int | None
    alone: bool
    valid_from: date
    valid_to: date
    made: int
    used: int
    void: int

    @property
    def unused(self) -> int:
        return self.made - self.used - self.void


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One voucher. `document` is the printed number of the sale that used it, '' while it was not; `name` what its batch
    is called, '' for one without."""

    id: int
    serial: str
    state: VoucherState
    person: str
    document: str
    face_fen: int
    percent: int
    voided_at: datetime | None
    name: str
    cap_fen: int | None
    alone: bool
    valid_from: date
    valid_to: date


_b, _v, _p, _d = t.voucher_batches.c, t.vouchers.c, t.people.c, t.documents.c


def add_batch(conn: Connection, values: dict[str, Any]) -> int:
    made = conn.execute(insert(t.voucher_batches).returning(_b.id), values)
    return int(made.scalar_one())


def add_vouchers(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Conflict (inside `guarded`) when a serial exists."""
    conn.execute(insert(t.vouchers), list(rows))


def _batches(text: str) -> ColumnElement[bool]:
    if not text:
        return _b.id > 0
    of_serial = select(_v.batch_id).where(_v.serial == text, _v.batch_id.is_not(None))
    return or_(
        _b.name.contains(text, autoescape=True),
        _b.issuer.contains(text, autoescape=True),
        _b.id.in_(of_serial),
    )


def count_batches(conn: Connection, text: str, on: date | None) -> int:
    fits = _in_force(text, on)
    return int(conn.execute(select(func.count()).select_from(t.voucher_batches).where(fits)).scalar_one())


def _in_force(text: str, on: date | None) -> ColumnElement[bool]:
    return _batches(text) if on is None else and_(_batches(text), _b.valid_to >= on.isoformat())


def _told() -> Select[Any]:
    """Batches, each with how many vouchers it has and what became of them."""
    used = func.sum(case((_v.used_document_id.is_not(None), 1), else_=0)).label("used")
    void = func.sum(case((_v.voided_at_utc.is_not(None), 1), else_=0)).label("void")
    return (
        select(t.voucher_batches, func.count(_v.id).label("made"), used, void)
        .join(t.vouchers, _v.batch_id == _b.id, isouter=True)
        .group_by(*_b)
    )


def batches(conn: Connection, text: str, on: date | None, offset: int, limit: int) -> tuple[BatchRow, ...]:
    """The newest first; with `on` only those whose last day is not over."""
    wanted = _told().where(_in_force(text, on)).order_by(_b.id.desc()).offset(offset).limit(limit)
    return tuple(_batch(row) for row in conn.execute(wanted))


def batch(conn: Connection, batch_id: int) -> BatchRow | None:
    row = conn.execute(_told().where(_b.id == batch_id)).first()
    return None if row is None else _batch(row)


def batch_with(conn: Connection, serial: str) -> int | None:
    """The batch a voucher was issued in; None for one that has none or does not exist."""
    return conn.execute(select(_v.batch_id).where(_v.serial == serial)).scalar()


def _batch(row: Any) -> BatchRow:
    return BatchRow(
        id=row.id,
        name=row.name,
        issuer=row.issuer,
        fund=row.fund,
        kind=row.kind,
        medium=row.medium,
        face_fen=row.face_fen,
        percent=row.percent,
        cap_fen=row.cap_fen,
        alone=bool(row.alone),
        valid_from=date.fromisoformat(row.valid_from),
        valid_to=date.fromisoformat(row.valid_to),
        made=int(row.made),
        used=int(row.used or 0),
        void=int(row.void or 0),
    )


def vouchers(
    conn: Connection,
    today: date,
    *,
    batch_id: int | None = None,
    person_id: int | None = None,
    serial: str | None = None,
    state: VoucherState | None = None,
    limit: int | None = None,
) -> tuple[VoucherLine, ...]:
    """Vouchers of a batch or of a person, or one by its serial, as they were issued; in one state or in all."""
    state_of = _state_on(today)
    wanted = (
        select(
            _v.id,
            _v.serial,
            state_of.label("state"),
            func.coalesce(_p.name, "").label("person"),
            t.series.c.label,
            _d.number,
            _v.face_fen,
            _v.percent,
            _v.voided_at_utc,
            func.coalesce(_b.name, "").label("name"),
            _v.cap_fen,
            _v.alone,
            _v.valid_from,
            _v.valid_to,
        )
        .join(t.voucher_batches, _b.id == _v.batch_id, isouter=True)
        .join(t.people, _p.id == _v.person_id, isouter=True)
        .join(t.documents, _d.id == _v.used_document_id, isouter=True)
        .join(t.series, t.series.c.id == _d.series_id, isouter=True)
        .order_by(_v.id)
        .limit(limit)
    )
    for column, value in ((_v.batch_id, batch_id), (_v.person_id, person_id), (_v.serial, serial)):
        if value is not None:
            wanted = wanted.where(column == value)
    if state is not None:
        wanted = wanted.where(state_of == state)
    return tuple(map(_line, conn.execute(wanted)))


def _state_on(today: date) -> ColumnElement[str]:
    return case(
        (_v.used_document_id.is_not(None), "used"),
        (_v.voided_at_utc.is_not(None), "void"),
        (_v.valid_to < today.isoformat(), "expired"),
        else_="unused",
    )


def _line(row: Any) -> VoucherLine:
    return VoucherLine(
        row.id,
        row.serial,
        row.state,
        row.person,
        number_text(row.label, row.number) if row.label else "",
        row.face_fen,
        row.percent,
        local_moment(row.voided_at_utc) if row.voided_at_utc else None,
        row.name,
        row.cap_fen,
        bool(row.alone),
        date.fromisoformat(row.valid_from),
        date.fromisoformat(row.valid_to),
    )


def void(conn: Connection, at: datetime, *, serial: str = "", batch_id: int | None = None) -> int:
    """Void unused vouchers, one or a whole batch's; how many became void."""
    which = _v.serial == serial if batch_id is None else _v.batch_id == batch_id
    changed = conn.execute(
        update(t.vouchers)
        .where(which, _v.used_document_id.is_(None), _v.voided_at_utc.is_(None))
        .values(voided_at_utc=utc_text(at))
    )
    return changed.rowcount
