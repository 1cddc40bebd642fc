"""What has been kept long enough: found, and let go, one kind at a time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, delete, exists, func, or_, select, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids
from canteen_pos.storage.tables import accounts, documents, people, person_facts, proxies


@dataclass(frozen=True, slots=True)
class Found:
    """Whose it is, and the day since when it is not needed any more ('' when nobody knows)."""

    person_id: int
    name: str
    member_no: str
    since: str


_p = people.c
_WHO = (_p.id, _p.name, _p.member_no)


def _found(rows: object) -> tuple[Found, ...]:
    return tuple(Found(*row) for row in rows)  # type: ignore[attr-defined]


def left_with_picture_or_number(conn: Connection, left_by: date) -> tuple[Found, ...]:
    """People who left by that day and whose photo, ID number or emergency contact is still here."""
    kept = or_(_p.photo != "", _p.id_number_sealed != "", _p.contact_name != "", _p.contact_phone != "")
    wanted = select(*_WHO, _p.left_on).where(_p.active == 1, _p.left_on <= left_by.isoformat(), kept)
    return _found(conn.execute(wanted.order_by(_p.left_on, _p.id)))


def drop_picture_and_number(conn: Connection, person_id: int) -> str:
    """The name of the photo, '' when there was none."""
    photo = conn.execute(select(_p.photo).where(_p.id == person_id)).scalar() or ""
    gone = {
        "photo": "",
        "id_number_sealed": "",
        "id_number_hash": None,
        "contact_name": "",
        "contact_phone": "",
    }
    conn.execute(update(people).where(_p.id == person_id).values(**gone))
    return str(photo)


def long_gone(conn: Connection, left_by: date, seen_since_utc: str) -> tuple[Found, ...]:
    """People who left by that day, or were last seen before that moment, with no money of their own in the purse.

    Whoever came on a record that was merged into theirs since was seen.
    """
    gone, recent = people.alias("gone"), documents.c.at_utc >= seen_since_utc
    seen = or_(
        exists().where(documents.c.person_id == _p.id, recent),
        exists().where(documents.c.person_id == gone.c.id, gone.c.merged_into == _p.id, recent),
    )
    known = func.coalesce(_p.enrolled_at_utc, seen_since_utc) < seen_since_utc
    last = select(func.max(documents.c.business_date)).where(documents.c.person_id.in_(ids(_p.id)))
    wanted = (
        select(
            *_WHO, func.coalesce(_p.left_on, last.scalar_subquery(), func.substr(_p.enrolled_at_utc, 1, 10))
        )
        .join(accounts, accounts.c.id == _p.account_id, isouter=True)
        .where(
            _p.active == 1, or_(_p.left_on <= left_by.isoformat(), and_(_p.left_on.is_(None), known, ~seen))
        )
        .where(func.coalesce(accounts.c.balance_fen, 0) == 0)
        .order_by(_p.initials, _p.id)
    )
    return _found(conn.execute(wanted))


def old_proxies(conn: Connection, ended_by: date) -> tuple[Found, ...]:
    x = proxies.c
    wanted = (
        select(*_WHO, func.min(x.valid_to))
        .join(people, _p.id == x.person_id)
        .where(x.valid_to <= ended_by.isoformat())
        .group_by(*_WHO)
        .order_by(_p.id)
    )
    return _found(conn.execute(wanted))


def drop_proxies(conn: Connection, person_id: int, ended_by: date) -> None:
    x = proxies.c
    conn.execute(delete(proxies).where(x.person_id == person_id, x.valid_to <= ended_by.isoformat()))


def old_facts(conn: Connection, ended_by: date) -> tuple[Found, ...]:
    f = person_facts.c
    wanted = (
        select(*_WHO, func.min(f.valid_to))
        .join(people, _p.id == f.person_id)
        .where(f.valid_to <= ended_by.isoformat())
        .group_by(*_WHO)
        .order_by(_p.id)
    )
    return _found(conn.execute(wanted))


def drop_facts(conn: Connection, person_id: int, ended_by: date) -> None:
    f = person_facts.c
    conn.execute(delete(person_facts).where(f.person_id == person_id, f.valid_to <= ended_by.isoformat()))
