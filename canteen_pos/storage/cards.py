"""Cards: given out, ended one by one or all of a person's; none is ever deleted while its holder is known."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import cards, people

_c = cards.c
_END = (
    update(cards)
    .where(_c.id == bindparam("card"), _c.status == "active")
    .values(status=bindparam("became"), ended_at_utc=bindparam("at"), ended_by=bindparam("by"))
)


@dataclass(frozen=True, slots=True)
class CardRow:
    """`holder` is the name of whose card it is, '' for an anonymous one."""

    id: int
    code: str
    status: str
    person_id: int | None
    account_id: int | None
    holder: str


def add(
    conn: Connection, code: str, person_id: int | None, account_id: int, at_utc: str, issued_by: int
) -> int:
    """Conflict (inside `guarded`) when the card is known already."""
    made = insert(cards).values(
        code=code, person_id=person_id, account_id=account_id, issued_at_utc=at_utc, issued_by=issued_by
    )
    return int(conn.execute(made.returning(_c.id)).scalar_one())


def one(conn: Connection, card_id: int) -> CardRow | None:
    wanted = (
        select(_c.id, _c.code, _c.status, _c.person_id, _c.account_id, people.c.name)
        .join(people, people.c.id == _c.person_id, isouter=True)
        .where(_c.id == card_id)
    )
    row = conn.execute(wanted).first()
    if row is None:
        return None
    return CardRow(row.id, row.code, row.status, row.person_id, row.account_id, row.name or "")


def active_of(conn: Connection, person_id: int) -> tuple[int, ...]:
    """Ids of the cards that open this person's purse now."""
    wanted = select(_c.id).where(_c.person_id == person_id, _c.status == "active").order_by(_c.id)
    return tuple(conn.execute(wanted).scalars())


def end(conn: Connection, card_id: int, status: str, at_utc: str, ended_by: int) -> bool:
    """False when it was ended before."""
    given = {"card": card_id, "became": status, "at": at_utc, "by": ended_by}
    return conn.execute(_END, given).rowcount == 1
