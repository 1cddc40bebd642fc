"""Purses. Their balances move only together with a document; here they are made and read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import accounts, people


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`person_id` is the member this purse belongs to, None for an anonymous or a household one."""

    id: int
    token: str
    kind: str
    name: str
    balance_fen: int
    bonus_fen: int
    credit_limit_fen: int
    person_id: int | None


def add(conn: Connection, token: str, kind: str, name: str = "", credit_limit_fen: int = 0) -> int:
    made = conn.execute(
        insert(accounts)
        .values(token=token, kind=kind, name=name, credit_limit_fen=credit_limit_fen)
        .returning(accounts.c.id)
    )
    return int(made.scalar_one())


def by_id(conn: Connection, account_id: int) -> AccountRow | None:
    found = conn.execute(_with_owner().where(accounts.c.id == account_id)).first()
    return AccountRow(**found._mapping) if found else None  # noqa: SLF001 - the public name of a row's mapping


def of_kind(conn: Connection, *kinds: str) -> tuple[AccountRow, ...]:
    """Accounts in use."""
    in_use = (accounts.c.kind.in_(kinds), accounts.c.active == 1)
    found = conn.execute(_with_owner().where(*in_use).order_by(accounts.c.name))
    return tuple(AccountRow(**row._mapping) for row in found)  # noqa: SLF001


def _with_owner() -> Select[Any]:
    return select(
        accounts.c.id,
        accounts.c.token,
        accounts.c.kind,
        accounts.c.name,
        accounts.c.balance_fen,
        accounts.c.bonus_fen,
        accounts.c.credit_limit_fen,
        people.c.id.label("person_id"),
    ).join(people, people.c.account_id == accounts.c.id, isouter=True)


def credit(conn: Connection, account_id: int, fen: int, bonus_fen: int, cap_fen: int) -> bool:
    """Add principal and bonus in one update; False when the principal would pass `cap_fen`."""
    changed = conn.execute(
        update(accounts)
        .where(accounts.c.id == account_id, accounts.c.balance_fen + fen <= cap_fen)
        .values(balance_fen=accounts.c.balance_fen + fen, bonus_fen=accounts.c.bonus_fen + bonus_fen)
    )
    return changed.rowcount == 1


def change(conn: Connection, account_id: int, **values: Any) -> bool:
    """Columns of an account that are not its balances."""
    return conn.execute(update(accounts).where(accounts.c.id == account_id).values(**values)).rowcount == 1


def close(conn: Connection, account_id: int, at: datetime) -> bool:
    """False when it holds, or owes, anything, or is closed already."""
    changed = conn.execute(
        update(accounts)
        .where(
            accounts.c.id == account_id,
            accounts.c.active == 1,
            accounts.c.balance_fen == 0,
            accounts.c.bonus_fen == 0,
        )
        .values(active=0, closed_at_utc=utc_text(at))
    )
    return changed.rowcount == 1


def reopen(conn: Connection, account_id: int) -> bool:
    changed = conn.execute(
        update(accounts)
        .where(accounts.c.id == account_id, accounts.c.active == 0)
        .values(active=1, closed_at_utc=None)
    )
    return changed.rowcount == 1


def limit_credit(conn: Connection, account_id: int, credit_limit_fen: int) -> bool:
    """False when more than that is owed already."""
    changed = conn.execute(
        update(accounts)
        .where(accounts.c.id == account_id, accounts.c.balance_fen >= -credit_limit_fen)
        .values(credit_limit_fen=credit_limit_fen)
    )
    return changed.rowcount == 1
