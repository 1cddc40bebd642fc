"""Forgetting a person: their row stays as a bare token, so that documents and quotas still have somebody to point at.

Records that were merged into theirs are forgotten with them.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from canteen_pos.storage import events
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids
from canteen_pos.storage.tables import (
    accounts,
    cards,
    documents,
    parked_orders,
    people,
    person_facts,
    point_entries,
    proxies,
    vouchers,
)

_FORGOTTEN = {
    "name": "",
    "initials": "",
    "birth_date": None,
    "id_number_hash": None,
    "id_number_sealed": "",
    "phone": "",
    "phone_tail": "",
    "address": "",
    "contact_name": "",
    "contact_phone": "",
    "hukou_city": "",
    "hukou_district": "",
    "hukou_town": "",
    "residence_city": "",
    "residence_district": "",
    "residence_town": "",
    "care_level": 0,
    "in_institution": 0,
    "diet": "[]",
    "texture": "",
    "allergies": "[]",
    "note": "",
    "photo": "",
    "meal_limit_fen": None,
    "day_limit_fen": None,
    "month_limit_fen": None,
    "left_why": "",
    "salt": "",
    "active": 0,
}


def principal_fen(conn: Connection, person_id: int) -> int | None:
    """What their purse still holds of their own money, 0 when others use it too; None when there is no such person.
    Held until the commit."""
    wanted = (
        select(accounts.c.id, accounts.c.balance_fen)
        .join(people, people.c.account_id == accounts.c.id)
        .where(people.c.id == person_id)
        .with_for_update()
    )
    found = conn.execute(wanted).first()
    if found is None:
        return (
            None if conn.execute(select(people.c.id).where(people.c.id == person_id)).first() is None else 0
        )
    return 0 if _others_use(conn, found.id, person_id) else int(found.balance_fen)


def _others_use(conn: Connection, account_id: int, person_id: int) -> bool:
    p = people.c
    wanted = select(p.id).where(p.account_id == account_id, p.active == 1, p.id != person_id).limit(1)
    return conn.execute(wanted).first() is not None


def photos_of(conn: Connection, person_id: int) -> tuple[str, ...]:
    """Names of the pictures of this person's records."""
    wanted = select(people.c.photo).where(people.c.id.in_(ids(person_id)), people.c.photo != "")
    return tuple(conn.execute(wanted).scalars())


def still_here(
    conn: Connection, numbers: Mapping[str, datetime], account_ids: Collection[int]
) -> tuple[str, ...]:
    """'00004 王桂芳' of those who have one of these member numbers since before its moment, and names of these customers."""
    p, a = people.c, accounts.c
    known = select(p.member_no, p.name, p.enrolled_at_utc).where(p.member_no.in_(numbers), p.active == 1)
    found = [
        f"{row.member_no} {row.name}"
        for row in conn.execute(known.order_by(p.id))
        if (row.enrolled_at_utc or "") <= utc_text(numbers[row.member_no])
    ]
    customers = select(a.name).where(a.id.in_(account_ids), a.kind != "wallet", a.name != "").order_by(a.id)
    return (*found, *conn.execute(customers).scalars())


def own_purse(conn: Connection, person_id: int) -> int | None:
    """The purse that nobody else uses."""
    purse = conn.execute(select(people.c.account_id).where(people.c.id == person_id)).scalar()
    return None if purse is None or _others_use(conn, purse, person_id) else int(purse)


def customer(conn: Connection, account_id: int, at: datetime) -> bool:
    """The same of somebody who pays later; False while anything is owed. A card that names nobody is free for others."""
    blank = {"name": "", "contact": "", "phone": "", "active": 0}
    a = accounts.c
    settled = (a.id == account_id, a.kind != "wallet", a.balance_fen == 0)
    if not conn.execute(update(accounts).where(*settled).values(**blank)).rowcount:
        return False
    now = func.coalesce(a.closed_at_utc, utc_text(at))
    conn.execute(update(accounts).where(a.id == account_id).values(closed_at_utc=now))
    conn.execute(delete(cards).where(cards.c.account_id == account_id, cards.c.person_id.is_(None)))
    events.forget(conn, (), (account_id,))
    return True


def forget(conn: Connection, person_id: int, at: datetime) -> None:
    """Facts, salt, proxies, what was typed about them, and the facts kept beside their documents. Their cards are free for
    others; vouchers of theirs that were not used are void."""
    records = tuple(conn.execute(ids(person_id)).scalars())
    purse = own_purse(conn, person_id)
    if purse is not None:
        blank = {"name": "", "contact": "", "phone": "", "active": 0}
        conn.execute(update(accounts).where(accounts.c.id == purse).values(**blank))
    merged = select(people.c.account_id).where(people.c.id.in_(records), people.c.merged_into.is_not(None))
    closed = select(accounts.c.id).where(accounts.c.id.in_(merged), accounts.c.active == 0)
    emptied = tuple(conn.execute(closed).scalars())
    conn.execute(update(accounts).where(accounts.c.id.in_(emptied)).values(name=""))
    events.forget(conn, records, (*emptied, *([purse] if purse is not None else ())))
    conn.execute(update(documents).where(documents.c.person_id.in_(records)).values(applied="[]"))
    for table in (person_facts, proxies, cards):
        conn.execute(delete(table).where(table.c.person_id.in_(records)))
    mine = vouchers.c.person_id.in_(records)
    unused = (mine, vouchers.c.used_document_id.is_(None), vouchers.c.voided_at_utc.is_(None))
    conn.execute(update(vouchers).where(*unused).values(voided_at_utc=utc_text(at)))
    conn.execute(update(vouchers).where(mine).values(person_id=None))
    waiting = (f'"person_id":{record}{end}' for record in records for end in ",}")
    conn.execute(delete(parked_orders).where(or_(*(parked_orders.c.body.contains(text) for text in waiting))))
    conn.execute(update(point_entries).where(point_entries.c.person_id.in_(records)).values(reason=""))
    for record in records:  # a member number must stay unlike any other
        conn.execute(update(people).where(people.c.id == record).values(**_FORGOTTEN, member_no=f"-{record}"))
