"""Who uses a purse: people whose it is, people with a card that points to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update

from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who uses a purse, with their cards in use and limits; limits None for none."""

    person_id: int
    name: str
    member_no: str
    cards: tuple[str, ...]
    meal_limit_fen: int | None
    day_limit_fen: int | None
    month_limit_fen: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """What a token stands for. `member_nos` and `phones` are of the people who use it; `died` when all of them have."""

    token: str
    account_id: int
    name: str
    active: bool
    people: tuple[str, ...]
    member_nos: tuple[str, ...]
    phones: tuple[str, ...]
    cards: tuple[str, ...]
    died: bool


_a, _p, _c = t.accounts.c, t.people.c, t.cards.c


def holders(conn: Connection, account_id: int) -> tuple[Holder, ...]:
    """People whose purse it is, and people with a card that points to it."""
    own = select(_p.id).where(_p.account_id == account_id)
    by_card = select(_c.person_id).where(_c.account_id == account_id, _c.status == "active")
    ids = list(conn.execute(own.union(by_card)).scalars())
    wanted = (
        select(_p.id, _p.name, _p.member_no, _p.meal_limit_fen, _p.day_limit_fen, _p.month_limit_fen)
        .where(_p.id.in_(ids), _p.active == 1)
        .order_by(_p.id)
    )
    people = conn.execute(wanted).all()
    cards: dict[int, tuple[str, ...]] = {}
    in_use = select(_c.person_id, _c.code).where(_c.account_id == account_id, _c.status == "active")
    for row in conn.execute(in_use.order_by(_c.id)):
        cards[row.person_id] = (*cards.get(row.person_id, ()), row.code)
    return tuple(
        Holder(person_id, name, member_no, cards.get(person_id, ()), *limits)
        for person_id, name, member_no, *limits in people
    )


def cards_of(conn: Connection, ids: Collection[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Cards in use that pay from these accounts, or from any; one that names no account pays from its holder's."""
    account = func.coalesce(_c.account_id, _p.account_id)
    wanted = (
        select(account.label("account"), _c.code)
        .join(t.people, _p.id == _c.person_id, isouter=True)
        .where(_c.status == "active", account.is_not(None))
        .order_by(_c.id)
    )
    cards: dict[int, tuple[str, ...]] = {}
    for row in conn.execute(wanted if ids is None else wanted.where(account.in_(ids))):
        cards[row.account] = (*cards.get(row.account, ()), row.code)
    return cards


def named(conn: Connection, tokens: Collection[str]) -> tuple[Named, ...]:
    """The purses with these tokens, in the order they were made."""
    people: dict[int, list[Any]] = {}
    mine = select(_p.account_id, _p.name, _p.member_no, _p.phone, _p.left_why).where(
        _p.account_id.is_not(None), _p.active == 1
    )
    for user in conn.execute(mine.order_by(_p.id)):
        people.setdefault(user.account_id, []).append(user)
    cards = cards_of(conn)
    found = []
    for row in conn.execute(select(_a.id, _a.token, _a.name, _a.active).order_by(_a.id)):
        if row.token not in tokens:
            continue
        on_it = people.get(row.id, [])
        found.append(
            Named(
                row.token,
                row.id,
                row.name,
                bool(row.active),
                tuple(one.name for one in on_it),
                tuple(one.member_no for one in on_it),
                tuple(one.phone for one in on_it if one.phone),
                cards.get(row.id, ()),
                died=bool(on_it) and all(one.left_why == "died" for one in on_it),
            )
        )
    return tuple(found)


def died(conn: Connection, account_id: int) -> bool:
    """Whether everybody whose purse it is has died."""
    why = conn.execute(select(_p.left_why).where(_p.account_id == account_id, _p.active == 1)).scalars().all()
    return bool(why) and all(one == "died" for one in why)


def use(conn: Connection, person_id: int, account_id: int, was: int | None) -> None:
    """Let somebody, and their cards that pointed to their purse before, use this purse."""
    conn.execute(update(t.people).where(_p.id == person_id).values(account_id=account_id))
    conn.execute(
        update(t.cards)
        .where(_c.person_id == person_id, _c.status == "active")
        .where(or_(_c.account_id.is_(None), _c.account_id == was))
        .values(account_id=account_id)
    )


def point_cards(conn: Connection, person_id: int, account_id: int) -> int:
    """Let somebody's cards in use pay from this account; how many there are."""
    changed = conn.execute(
        update(t.cards).where(_c.person_id == person_id, _c.status == "active").values(account_id=account_id)
    )
    return changed.rowcount


def person(conn: Connection, person_id: int) -> tuple[str, int | None] | None:
    """(name, account) of somebody active; None when nobody is."""
    row = conn.execute(select(_p.name, _p.account_id).where(_p.id == person_id, _p.active == 1)).first()
    return None if row is None else (row.name, row.account_id)


def users_of(conn: Connection, account_id: int) -> int:
    """How many people this purse is."""
    wanted = select(func.count()).select_from(t.people).where(_p.account_id == account_id, _p.active == 1)
    return int(conn.execute(wanted).scalar_one())
