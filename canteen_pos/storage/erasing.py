"""Forgetting a person: their row stays as a bare token, so that documents and quotas still have somebody to point at."""

from sqlalchemy import delete, select, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import accounts, cards, documents, people, person_facts

_FORGOTTEN = {
    "name": "",
    "initials": "",
    "birth_date": None,
    "id_number_hash": None,
    "phone": "",
    "phone_tail": "",
    "hukou_city": "",
    "hukou_district": "",
    "hukou_town": "",
    "residence_city": "",
    "residence_district": "",
    "residence_town": "",
    "care_level": 0,
    "in_institution": 0,
    "diet": "[]",
    "photo": "",
    "salt": "",
    "active": 0,
}


def principal_fen(conn: Connection, person_id: int) -> int | None:
    """What their purse still holds of their own money; None when there is no such person. Held until the commit."""
    wanted = (
        select(accounts.c.balance_fen)
        .join(people, people.c.account_id == accounts.c.id)
        .where(people.c.id == person_id)
        .with_for_update()
    )
    found = conn.execute(wanted).first()
    if found is not None:
        return int(found.balance_fen)
    return None if conn.execute(select(people.c.id).where(people.c.id == person_id)).first() is None else 0


def forget(conn: Connection, person_id: int) -> None:
    """Facts, salt, and the facts kept beside this person's documents. Their cards are free for others."""
    purse = select(people.c.account_id).where(people.c.id == person_id).scalar_subquery()
    conn.execute(update(accounts).where(accounts.c.id == purse).values(name="", active=0))
    conn.execute(update(people).where(people.c.id == person_id).values(**_FORGOTTEN))
    conn.execute(delete(person_facts).where(person_facts.c.person_id == person_id))
    conn.execute(update(documents).where(documents.c.person_id == person_id).values(applied="[]"))
    conn.execute(delete(cards).where(cards.c.person_id == person_id))
