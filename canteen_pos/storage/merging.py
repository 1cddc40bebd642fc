"""Two records of one person become one: what hangs on the one that goes moves to the one that stays.

Documents stay where they are, with the token they were signed with; who asks for a person's meals or quota uses asks for
all records that became this person.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from canteen_pos.storage.columns import to_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.people import LISTS
from canteen_pos.storage.tables import (
    accounts,
    cards,
    documents,
    people,
    person_facts,
    proxies,
    quota_uses,
    vouchers,
)


@dataclass(frozen=True, slots=True)
class Hanging:
    """How much hangs on a record. `principal_fen` and `bonus_fen` are what would move; `shared` is whether others use
    the purse too, which then stays theirs."""

    cards: int
    facts: int
    proxies: int
    vouchers: int
    documents: int
    principal_fen: int
    bonus_fen: int
    shared: bool
    purse_open: bool


def hanging(conn: Connection, person_id: int) -> Hanging:
    def count(table: Any, *fits: ColumnElement[bool]) -> int:
        wanted = select(func.count()).select_from(table).where(table.c.person_id == person_id, *fits)
        return int(conn.execute(wanted).scalar_one())

    purse = conn.execute(
        select(accounts.c.id, accounts.c.balance_fen, accounts.c.bonus_fen, accounts.c.active)
        .join(people, people.c.account_id == accounts.c.id)
        .where(people.c.id == person_id)
    ).first()
    users = 0
    if purse is not None:
        both = select(func.count()).where(people.c.account_id == purse.id, people.c.active == 1)
        users = int(conn.execute(both).scalar_one())
    return Hanging(
        cards=count(cards, cards.c.status == "active"),
        facts=count(person_facts),
        proxies=count(proxies),
        vouchers=count(vouchers, vouchers.c.used_document_id.is_(None)),
        documents=count(documents),
        principal_fen=purse.balance_fen if purse is not None else 0,
        bonus_fen=purse.bonus_fen if purse is not None else 0,
        shared=users > 1,
        purse_open=purse is not None and bool(purse.active),
    )


def doubled(conn: Connection, one_id: int, other_id: int) -> tuple[tuple[str, str], ...]:
    """(day, period) of meals for which both records used the same quota: one person benefited twice."""
    mine, theirs = quota_uses.alias("mine"), quota_uses.alias("theirs")
    wanted = (
        select(mine.c.day, mine.c.period)
        .join(theirs, (theirs.c.quota == mine.c.quota) & (theirs.c.window == mine.c.window))
        .where(mine.c.person_token.in_(_tokens(one_id)), theirs.c.person_token.in_(_tokens(other_id)))
        .where(mine.c.released_by.is_(None), theirs.c.released_by.is_(None))
        .where(mine.c.day == theirs.c.day, mine.c.period == theirs.c.period)
        .distinct()
        .order_by(mine.c.day, mine.c.period)
    )
    return tuple((row.day, row.period) for row in conn.execute(wanted))


def _tokens(person_id: int) -> Any:
    return select(people.c.token).where(or_(people.c.id == person_id, people.c.merged_into == person_id))


def move_all(
    conn: Connection, keep_id: int, drop_id: int, keep_account: int | None, drop_account: int | None
) -> None:
    """Cards of every status, dated facts, proxies, vouchers, and records that were merged into the one that goes."""
    for table in (cards, person_facts, proxies, vouchers):
        conn.execute(update(table).where(table.c.person_id == drop_id).values(person_id=keep_id))
    if keep_account is not None and drop_account is not None:
        conn.execute(
            update(cards)
            .where(cards.c.person_id == keep_id, cards.c.account_id == drop_account)
            .values(account_id=keep_account)
        )
    conn.execute(update(people).where(people.c.merged_into == drop_id).values(merged_into=keep_id))


def drop(conn: Connection, drop_id: int, keep_id: int) -> None:
    """The record that goes leads to the one that stays; its number is the kept one's now, its photo too."""
    gone = {"active": 0, "merged_into": keep_id, "id_number_hash": None, "id_number_sealed": "", "photo": ""}
    conn.execute(update(people).where(people.c.id == drop_id).values(**gone))


def fill(conn: Connection, keep_id: int, values: dict[str, Any]) -> None:
    """What the kept record lacked."""
    stored = {name: to_json(value) if name in LISTS else value for name, value in values.items()}
    if stored:
        conn.execute(update(people).where(people.c.id == keep_id).values(**stored))
