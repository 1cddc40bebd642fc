"""Forgetting a person: their row stays as a bare token, so that documents and quotas still have somebody to point at.

Records that were merged into theirs are forgotten with them.
"""

from sqlalchemy import delete, select, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids
from canteen_pos.storage.tables import (
    accounts,
    cards,
    documents,
    people,
    person_facts,
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


def forget(conn: Connection, person_id: int) -> None:
    """Facts, salt, proxies, and the facts kept beside this person's documents. Their cards are free for others."""
    records = tuple(conn.execute(ids(person_id)).scalars())
    purse = conn.execute(select(people.c.account_id).where(people.c.id == person_id)).scalar()
    if purse is not None and not _others_use(conn, purse, person_id):
        blank = {"name": "", "contact": "", "phone": "", "active": 0}
        conn.execute(update(accounts).where(accounts.c.id == purse).values(**blank))
    own = select(people.c.account_id).where(people.c.id.in_(records), people.c.merged_into.is_not(None))
    conn.execute(update(accounts).where(accounts.c.id.in_(own), accounts.c.active == 0).values(name=""))
    conn.execute(update(documents).where(documents.c.person_id.in_(records)).values(applied="[]"))
    for table in (person_facts, proxies, cards):
        conn.execute(delete(table).where(table.c.person_id.in_(records)))
    conn.execute(update(vouchers).where(vouchers.c.person_id.in_(records)).values(person_id=None))
    for record in records:  # a member number must stay unlike any other
        conn.execute(update(people).where(people.c.id == record).values(**_FORGOTTEN, member_no=f"-{record}"))
