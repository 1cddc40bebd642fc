"""One dated fact at a time: reviewed, ended, taken away."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, or_, select, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import person_facts

_f = person_facts.c


@dataclass(frozen=True, slots=True)
class StoredFact:
    id: int
    person_id: int
    kind: str
    code: str
    since: date
    until: date | None
    to_review: bool


def one(conn: Connection, fact_id: int) -> StoredFact | None:
    """Held until the transaction ends."""
    row = conn.execute(select(person_facts).where(_f.id == fact_id).with_for_update()).first()
    if row is None:
        return None
    waits = row.recorded_at_utc is not None and row.reviewed_by is None
    until = date.fromisoformat(row.valid_to) if row.valid_to else None
    return StoredFact(
        row.id, row.person_id, row.kind, row.code, date.fromisoformat(row.valid_from), until, waits
    )


def overlapping(
    conn: Connection, person_id: int, kind: str, code: str, since: date, until: date | None
) -> tuple[date, date | None] | None:
    """From when until when somebody has this very fact already, on any of these days."""
    wanted = select(_f.valid_from, _f.valid_to).where(
        _f.person_id == person_id,
        _f.kind == kind,
        _f.code == code,
        or_(_f.valid_to.is_(None), _f.valid_to >= since.isoformat()),
    )
    if until is not None:
        wanted = wanted.where(_f.valid_from <= until.isoformat())
    row = conn.execute(wanted.order_by(_f.valid_from).limit(1)).first()
    if row is None:
        return None
    return date.fromisoformat(row.valid_from), date.fromisoformat(row.valid_to) if row.valid_to else None


def review(conn: Connection, fact_id: int, user_id: int, at_utc: str, ends: date | None) -> None:
    """`ends` is a new last day, None leaves the one it has."""
    values = {"reviewed_by": user_id, "reviewed_at_utc": at_utc}
    if ends is not None:
        values["valid_to"] = ends.isoformat()
    conn.execute(update(person_facts).where(_f.id == fact_id).values(**values))


def set_end(conn: Connection, fact_id: int, last_day: date) -> None:
    conn.execute(update(person_facts).where(_f.id == fact_id).values(valid_to=last_day.isoformat()))


def remove(conn: Connection, fact_id: int) -> None:
    conn.execute(delete(person_facts).where(_f.id == fact_id))
