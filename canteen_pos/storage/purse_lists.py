"""Purses as lists: found by who uses them, sifted by what is in them and how long nobody ate from them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.purse_movements import OF_A_PURSE
from canteen_pos.storage.purse_users import cards_of

PurseFilter = Literal["in_use", "low", "dormant", "empty", "closed", "owing"]


@dataclass(frozen=True, slots=True)
class PurseUser:
    """Somebody who uses a purse, as a list names them."""

    name: str
    member_no: str
    phone: str


@dataclass(frozen=True, slots=True)
class PurseRow:
    """A purse in a list, with the people who use it and the cards that pay from it."""

    account_id: int
    token: str
    kind: str
    name: str
    balance_fen: int
    bonus_fen: int
    credit_limit_fen: int
    low_fen: int | None
    contact: str
    phone: str
    active: bool
    users: tuple[PurseUser, ...]
    cards: tuple[str, ...]
    last_day: date | None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.users)


_a, _p, _c, _d, _e = t.accounts.c, t.people.c, t.cards.c, t.documents.c, t.ledger_entries.c
_MAIN = case((_a.kind == "wallet", "wallet:" + _a.token), else_="on_account:" + _a.token)
_MOVED = (
    select(_d.business_date)
    .join(t.ledger_entries, _e.document_id == _d.id)
    .where(or_(_e.account == _MAIN, _e.account == "bonus:" + _a.token), OF_A_PURSE)
    .correlate(t.accounts)
)
_LAST = _MOVED.with_only_columns(func.max(_d.business_date)).scalar_subquery()


def _fits(
    kinds: Collection[str], which: PurseFilter, text_: str, low_fen: int, quiet_since: date
) -> ColumnElement[bool]:
    held = _a.balance_fen + _a.bonus_fen
    alive = _a.active == 1
    day = quiet_since.isoformat()
    used = _MOVED.where(_d.business_date >= day, _d.kind != "top_up").exists()
    quiet = and_(_MOVED.where(_d.business_date < day).exists(), ~used)  # somebody may go on topping it up
    by_filter: dict[str, ColumnElement[bool]] = {
        "in_use": alive,
        "low": and_(alive, func.coalesce(_a.low_fen, low_fen) > 0, held < func.coalesce(_a.low_fen, low_fen)),
        "dormant": and_(alive, held != 0, quiet),
        "empty": and_(alive, held == 0),
        "owing": and_(alive, _a.balance_fen < 0),
        "closed": _a.active == 0,
    }
    fits = and_(_a.kind.in_(sorted(kinds)), by_filter[which])
    return and_(fits, _says(text_)) if text_ else fits


def _says(text_: str) -> ColumnElement[bool]:
    """A purse found by its own name, or by who uses it: name, initials, member number, card."""
    words = _p.initials if text_.isascii() else _p.name
    people = select(_p.account_id).where(
        or_(
            words.startswith(text_.lower(), autoescape=True),
            _p.member_no == text_,
            _p.member_no == text_.zfill(5),
        )
    )
    cards = select(_c.account_id).where(_c.code == text_, _c.account_id.is_not(None))
    return or_(_a.name.contains(text_, autoescape=True), _a.id.in_(people), _a.id.in_(cards))


def count(
    conn: Connection,
    kinds: Collection[str],
    which: PurseFilter,
    text_: str,
    low_fen: int,
    quiet_since: date,
) -> int:
    fits = _fits(kinds, which, text_, low_fen, quiet_since)
    return int(conn.execute(select(func.count()).select_from(t.accounts).where(fits)).scalar_one())


def page(
    conn: Connection,
    kinds: Collection[str],
    which: PurseFilter,
    text_: str,
    low_fen: int,
    quiet_since: date,
    offset: int,
    limit: int,
) -> tuple[PurseRow, ...]:
    """The fullest first; of those who owe, the deepest first."""
    order = _a.balance_fen if "wallet" not in kinds else -(_a.balance_fen + _a.bonus_fen)
    fits = _fits(kinds, which, text_, low_fen, quiet_since)
    return _rows(conn, select(_a.id).where(fits).order_by(order, _a.id).offset(offset).limit(limit))


def one(conn: Connection, account_id: int) -> PurseRow | None:
    found = _rows(conn, select(_a.id).where(_a.id == account_id))
    return found[0] if found else None


def _rows(conn: Connection, few: Select[Any]) -> tuple[PurseRow, ...]:
    ids = list(conn.execute(few).scalars())
    wanted = select(t.accounts, _LAST.label("last_day")).where(_a.id.in_(ids))
    found = {row.id: row for row in conn.execute(wanted)}
    users, cards = _users(conn, ids), cards_of(conn, ids)
    return tuple(_row(found[one], users.get(one, ()), cards.get(one, ())) for one in ids)


def _users(conn: Connection, ids: Sequence[int]) -> dict[int, tuple[PurseUser, ...]]:
    columns = (_p.id, _p.name, _p.member_no, _p.phone)
    own = select(_p.account_id.label("account"), *columns).where(_p.account_id.in_(ids), _p.active == 1)
    by_card = (
        select(_c.account_id.label("account"), *columns)
        .join(t.cards, _c.person_id == _p.id)
        .where(_c.account_id.in_(ids), _c.status == "active", _p.active == 1)
    )
    users: dict[int, tuple[PurseUser, ...]] = {}
    for row in conn.execute(own.union(by_card).order_by("account", "id")):
        users[row.account] = (*users.get(row.account, ()), PurseUser(row.name, row.member_no, row.phone))
    return users


def _row(row: Any, users: tuple[PurseUser, ...], cards: tuple[str, ...]) -> PurseRow:
    return PurseRow(
        account_id=row.id,
        token=row.token,
        kind=row.kind,
        name=row.name,
        balance_fen=row.balance_fen,
        bonus_fen=row.bonus_fen,
        credit_limit_fen=row.credit_limit_fen,
        low_fen=row.low_fen,
        contact=row.contact,
        phone=row.phone,
        active=bool(row.active),
        users=users,
        cards=cards,
        last_day=date.fromisoformat(row.last_day) if row.last_day else None,
    )


def accounts_of(conn: Connection, person_id: int) -> tuple[PurseRow, ...]:
    """What somebody may pay from: their purse first, then accounts their cards point to."""
    by_card = select(_c.account_id).where(_c.person_id == person_id, _c.status == "active")
    own = select(_p.account_id).where(_p.id == person_id)
    mine = case((_a.id.in_(own), 0), else_=1)
    wanted = select(_a.id).where(_a.active == 1, or_(_a.id.in_(own), _a.id.in_(by_card)))
    return _rows(conn, wanted.order_by(mine, _a.id))
