"""Purses as lists and stories: who uses one, what went in and out, what was in it on any day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, text, update

from canteen_pos.domain.sale import number_text
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import from_json, local_moment, utc_text
from canteen_pos.storage.engine import Connection

PurseFilter = Literal["in_use", "low", "dormant", "empty", "closed", "owing"]
OF_A_PURSE = text("substr(account, 1, 5) in ('walle', 'bonus', 'on_ac')")
"""What the partial index on ledger entries holds; a query must say it word for word."""


@dataclass(frozen=True, slots=True)
class PurseRow:
    """A purse in a list. `holders` are the names of people who use it, at most four of them; `people` how many."""

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
    people: int
    holders: tuple[str, ...]
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who uses a purse, with their cards in use and limits; limits None for none."""

    person_id: int
    name: str
    member_no: str
    cards: tuple[str, ...]
    day_limit_fen: int | None
    month_limit_fen: int | None


@dataclass(frozen=True, slots=True)
class Movement:
    """What one document did to a purse: `fen` to the principal (or what is owed), `bonus_fen` to the bonus."""

    document_id: str
    number_text: str
    kind: str
    business_date: date
    at: datetime
    person: str
    actor: str
    fen: int
    bonus_fen: int
    body: dict[str, Any]


_a, _p, _c, _d, _e = t.accounts.c, t.people.c, t.cards.c, t.documents.c, t.ledger_entries.c
_LAST = (
    select(func.max(_d.at_utc))
    .join(t.ledger_entries, _e.document_id == _d.id)
    .where(_e.account == case((_a.kind == "wallet", "wallet:" + _a.token), else_="on_account:" + _a.token))
    .where(OF_A_PURSE)
    .correlate(t.accounts)
    .scalar_subquery()
)


def _fits(
    kinds: Collection[str], which: PurseFilter, text_: str, low_fen: int, quiet_since: datetime
) -> ColumnElement[bool]:
    held = _a.balance_fen + _a.bonus_fen
    alive = _a.active == 1
    quiet = or_(_LAST.is_(None), _LAST.op("<")(utc_text(quiet_since)))
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
    quiet_since: datetime,
) -> int:
    fits = _fits(kinds, which, text_, low_fen, quiet_since)
    return int(conn.execute(select(func.count()).select_from(t.accounts).where(fits)).scalar_one())


def page(
    conn: Connection,
    kinds: Collection[str],
    which: PurseFilter,
    text_: str,
    low_fen: int,
    quiet_since: datetime,
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
    wanted = select(t.accounts, _LAST.label("last_at")).where(_a.id.in_(ids))
    found = {row.id: row for row in conn.execute(wanted)}
    names = _names(conn, ids)
    return tuple(_row(found[one], names.get(one, ())) for one in ids)


def _names(conn: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    own = select(_p.account_id.label("account"), _p.id, _p.name).where(_p.account_id.in_(ids), _p.active == 1)
    by_card = (
        select(_c.account_id.label("account"), _p.id, _p.name)
        .join(t.cards, _c.person_id == _p.id)
        .where(_c.account_id.in_(ids), _c.status == "active", _p.active == 1)
    )
    both = own.union(by_card).order_by("account", "id")
    names: dict[int, tuple[str, ...]] = {}
    for row in conn.execute(both):
        names[row.account] = (*names.get(row.account, ()), row.name)
    return names


def _row(row: Any, names: tuple[str, ...]) -> PurseRow:
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
        people=len(names),
        holders=names[:4],
        last_at=local_moment(row.last_at, 480) if row.last_at else None,
    )


def holders(conn: Connection, account_id: int) -> tuple[Holder, ...]:
    """People whose purse it is, and people with a card that points to it."""
    own = select(_p.id).where(_p.account_id == account_id)
    by_card = select(_c.person_id).where(_c.account_id == account_id, _c.status == "active")
    ids = list(conn.execute(own.union(by_card)).scalars())
    wanted = (
        select(_p.id, _p.name, _p.member_no, _p.day_limit_fen, _p.month_limit_fen)
        .where(_p.id.in_(ids), _p.active == 1)
        .order_by(_p.id)
    )
    people = conn.execute(wanted).all()
    cards: dict[int, tuple[str, ...]] = {}
    in_use = select(_c.person_id, _c.code).where(_c.account_id == account_id, _c.status == "active")
    for row in conn.execute(in_use.order_by(_c.id)):
        cards[row.person_id] = (*cards.get(row.person_id, ()), row.code)
    return tuple(
        Holder(row.id, row.name, row.member_no, cards.get(row.id, ()), row.day_limit_fen, row.month_limit_fen)
        for row in people
    )


def movements(
    conn: Connection,
    kind: str,
    token: str,
    *,
    first: date | None = None,
    last: date | None = None,
    limit: int | None = None,
) -> tuple[Movement, ...]:
    """Documents that moved this purse; the newest first with a `limit`, else in the order of the books."""
    main = f"{'wallet' if kind == 'wallet' else 'on_account'}:{token}"
    moved = (
        select(
            _e.document_id,
            func.sum(case((_e.account == main, -_e.fen), else_=0)).label("fen"),
            func.sum(case((_e.account == main, 0), else_=-_e.fen)).label("bonus_fen"),
        )
        .where(_e.account.in_((main, f"bonus:{token}")), OF_A_PURSE)
        .group_by(_e.document_id)
        .subquery()
    )
    wanted = (
        select(
            _d.id,
            _d.kind,
            _d.number,
            _d.business_date,
            _d.at_utc,
            _d.offset_min,
            _d.body,
            t.series.c.label,
            func.coalesce(_p.name, "").label("person"),
            t.users.c.name.label("actor"),
            moved.c.fen,
            moved.c.bonus_fen,
        )
        .join(moved, moved.c.document_id == _d.id)
        .join(t.series, t.series.c.id == _d.series_id)
        .join(t.users, t.users.c.id == _d.actor_id)
        .join(t.people, _p.id == _d.person_id, isouter=True)
    )
    if first is not None:
        wanted = wanted.where(_d.business_date >= first.isoformat())
    if last is not None:
        wanted = wanted.where(_d.business_date <= last.isoformat())
    if limit is None:
        wanted = wanted.order_by(_d.business_date, _d.at_utc, _d.series_id, _d.number)
    else:
        wanted = wanted.order_by(_d.at_utc.desc(), _d.series_id.desc(), _d.number.desc()).limit(limit)
    return tuple(
        Movement(
            row.id,
            number_text(row.label, row.number),
            row.kind,
            date.fromisoformat(row.business_date),
            local_moment(row.at_utc, row.offset_min),
            row.person,
            row.actor,
            int(row.fen),
            int(row.bonus_fen),
            from_json(row.body),
        )
        for row in conn.execute(wanted)
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What entries leave in one ledger account, and the business day of the last of them."""

    fen: int
    last_day: date


def balances_on(conn: Connection, last: date) -> dict[str, Held]:
    """By ledger account ('wallet:<token>', 'bonus:...', 'on_account:...'): what the entries of all business days up to
    and including `last` leave in it; zeros left out."""
    wanted = (
        select(_e.account, func.sum(-_e.fen).label("fen"), func.max(_d.business_date).label("day"))
        .join(t.documents, _d.id == _e.document_id)
        .where(OF_A_PURSE, _d.business_date <= last.isoformat())
        .group_by(_e.account)
    )
    return {
        row.account: Held(int(row.fen), date.fromisoformat(row.day))
        for row in conn.execute(wanted)
        if row.fen
    }


@dataclass(frozen=True, slots=True)
class Named:
    """What a token stands for. `member_nos` and `phones` are of the people who use it."""

    token: str
    account_id: int
    name: str
    active: bool
    people: tuple[str, ...]
    member_nos: tuple[str, ...]
    phones: tuple[str, ...]


def named(conn: Connection, tokens: Collection[str]) -> tuple[Named, ...]:
    """The purses with these tokens, in the order they were made."""
    people: dict[int, list[Any]] = {}
    mine = select(_p.account_id, _p.name, _p.member_no, _p.phone).where(
        _p.account_id.is_not(None), _p.active == 1
    )
    for user in conn.execute(mine.order_by(_p.id)):
        people.setdefault(user.account_id, []).append(user)
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
            )
        )
    return tuple(found)


# -- changing what is not money ---------------------------------------------------------------------


def change(conn: Connection, account_id: int, **values: Any) -> bool:
    """Columns of an account that are not its balances."""
    return conn.execute(update(t.accounts).where(_a.id == account_id).values(**values)).rowcount == 1


def close(conn: Connection, account_id: int, at: datetime) -> bool:
    """False when it holds, or owes, anything, or is closed already."""
    changed = conn.execute(
        update(t.accounts)
        .where(_a.id == account_id, _a.active == 1, _a.balance_fen == 0, _a.bonus_fen == 0)
        .values(active=0, closed_at_utc=utc_text(at))
    )
    return changed.rowcount == 1


def reopen(conn: Connection, account_id: int) -> bool:
    changed = conn.execute(
        update(t.accounts).where(_a.id == account_id, _a.active == 0).values(active=1, closed_at_utc=None)
    )
    return changed.rowcount == 1


def limit_credit(conn: Connection, account_id: int, credit_limit_fen: int) -> bool:
    """False when more than that is owed already."""
    changed = conn.execute(
        update(t.accounts)
        .where(_a.id == account_id, _a.balance_fen >= -credit_limit_fen)
        .values(credit_limit_fen=credit_limit_fen)
    )
    return changed.rowcount == 1


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


def accounts_of(conn: Connection, person_id: int) -> tuple[PurseRow, ...]:
    """What somebody may pay from: their purse first, then accounts their cards point to."""
    by_card = select(_c.account_id).where(_c.person_id == person_id, _c.status == "active")
    own = select(_p.account_id).where(_p.id == person_id)
    mine = case((_a.id.in_(own), 0), else_=1)
    wanted = select(_a.id).where(_a.active == 1, or_(_a.id.in_(own), _a.id.in_(by_card)))
    return _rows(conn, wanted.order_by(mine, _a.id))


def person(conn: Connection, person_id: int) -> tuple[str, int | None] | None:
    """(name, account) of somebody active; None when nobody is."""
    row = conn.execute(select(_p.name, _p.account_id).where(_p.id == person_id, _p.active == 1)).first()
    return None if row is None else (row.name, row.account_id)


def users_of(conn: Connection, account_id: int) -> int:
    """How many people this purse is."""
    wanted = select(func.count()).select_from(t.people).where(_p.account_id == account_id, _p.active == 1)
    return int(conn.execute(wanted).scalar_one())
