"""Finding and adding people. Every search uses an index and stops at a limit: 50,000 members answer in milliseconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, insert, or_, select, update

from canteen_pos.domain.diner import full_years
from canteen_pos.domain.membership import EntitlementUse, Member
from canteen_pos.storage.columns import from_json, local_moment, to_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.last_meals import latest, own_and_merged
from canteen_pos.storage.merged import kept, tokens
from canteen_pos.storage.tables import accounts, cards, documents, people, person_facts, quota_uses

_CARD = (
    select(cards.c.code)
    .where(cards.c.person_id == people.c.id, cards.c.status == "active")
    .order_by(cards.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_OWN_MEAL, _MERGED_MEAL = own_and_merged(people.c.id)
_MEMBER = select(
    people.c.id,
    people.c.token,
    people.c.name,
    people.c.member_no,
    people.c.initials,
    people.c.birth_date,
    people.c.phone,
    people.c.diet,
    people.c.allergies,
    people.c.photo,
    people.c.account_id,
    people.c.left_on,
    accounts.c.balance_fen,
    accounts.c.bonus_fen,
    _CARD.label("card"),
    _OWN_MEAL.label("own_meal"),
    _MERGED_MEAL.label("merged_meal"),
).join(accounts, accounts.c.id == people.c.account_id, isouter=True)

_BY_ID = _MEMBER.where(people.c.id == kept(bindparam("wanted")))
_BY_CARD = select(cards.c.code, cards.c.status, cards.c.person_id, cards.c.account_id).where(
    cards.c.code.in_(bindparam("forms", expanding=True))
)


@dataclass(frozen=True, slots=True)
class CardRow:
    code: str
    status: str
    person_id: int | None
    account_id: int | None


def by_id(conn: Connection, person_id: int, today: date) -> Member | None:
    row = conn.execute(_BY_ID, {"wanted": person_id}).first()
    return _member(row, today) if row else None


def cards_by_code(conn: Connection, forms: Sequence[str]) -> tuple[CardRow, ...]:
    """Cards known under any of these normal forms, in the order of the forms."""
    found = {row.code: CardRow(*row) for row in conn.execute(_BY_CARD, {"forms": list(forms)})}
    return tuple(found[form] for form in forms if form in found)


def named(conn: Connection, name: str, today: date, limit: int) -> tuple[Member, ...]:
    """Names that begin so."""
    return _search(conn, begins(conn, people.c.name, name), people.c.name, today, limit)


def with_initials(conn: Connection, letters: str, today: date, limit: int) -> tuple[Member, ...]:
    """Initials that begin so, the shortest first: 'wxl' shows 王秀兰 before 王小兰兰."""
    return _search(conn, begins(conn, people.c.initials, letters), people.c.initials, today, limit)


def numbered(conn: Connection, digits: str, padded: str, today: date, limit: int) -> tuple[Member, ...]:
    """Member number, phone tail, or whole phone."""
    fits: list[ColumnElement[bool]] = [people.c.member_no.in_((digits, padded))]
    if len(digits) == 4:
        fits.append(people.c.phone_tail == digits)
    if len(digits) > 6:
        fits.append(and_(people.c.phone_tail == digits[-4:], people.c.phone == digits))
    return _search(conn, or_(*fits), people.c.member_no, today, limit)


def begins(conn: Connection, column: Any, start: str) -> ColumnElement[bool]:
    """A prefix the index can use. SQLite's LIKE ignores case and with it the index, a range does not; PostgreSQL
    orders text by locale, so there LIKE is the one that is right."""
    if conn.dialect.name == "sqlite":
        between: ColumnElement[bool] = and_(column >= start, column < start + "\U0010ffff")
        return between
    begins: ColumnElement[bool] = column.startswith(start, autoescape=True)
    return begins


def _search(
    conn: Connection, fits: ColumnElement[bool], order: Any, today: date, limit: int
) -> tuple[Member, ...]:
    """First the few ids, by index; then what the till shows of them. A record that was merged into another answers
    with the one that was kept; who has left is not offered."""
    known = or_(people.c.active == 1, people.c.merged_into.is_not(None))
    few = select(func.coalesce(people.c.merged_into, people.c.id)).where(fits, known)
    few = few.order_by(order, people.c.id).limit(limit)
    here = or_(people.c.left_on.is_(None), people.c.left_on > today.isoformat())
    wanted: Select[Any] = _MEMBER.where(people.c.id.in_(few.scalar_subquery()), people.c.active == 1, here)
    wanted = wanted.order_by(order, people.c.id)
    return tuple(_member(row, today) for row in conn.execute(wanted))


def _member(row: Any, today: date) -> Member:
    born = date.fromisoformat(row.birth_date) if row.birth_date else None
    return Member(
        id=row.id,
        token=row.token,
        name=row.name,
        member_no=row.member_no,
        initials=row.initials,
        card=row.card or "",
        birth_date=born,
        age=None if born is None else full_years(born, today),
        phone=row.phone,
        diet=_diet(from_json(row.diet), from_json(row.allergies)),
        photo=row.photo,
        account_id=row.account_id or 0,
        balance_fen=row.balance_fen or 0,
        bonus_fen=row.bonus_fen or 0,
        last_meal=latest(row.own_meal, row.merged_meal),
        left_on=date.fromisoformat(row.left_on) if row.left_on else None,
    )


def uses_on(conn: Connection, token: str, day: date) -> tuple[EntitlementUse, ...]:
    """Quota uses of that day that were not given back, the oldest first."""
    wanted = (
        select(
            quota_uses, documents.c.at_utc, documents.c.offset_min, documents.c.station, documents.c.number
        )
        .join(documents, documents.c.id == quota_uses.c.document_id)
        .where(quota_uses.c.person_token.in_(tokens(token)), quota_uses.c.day == day.isoformat())
        .where(quota_uses.c.released_by.is_(None))
        .order_by(quota_uses.c.id)
    )
    return tuple(
        EntitlementUse(
            quota=row.quota,
            at=local_moment(row.at_utc, row.offset_min),
            station=row.station,
            service_date=day,
            period=row.period,
            fen=row.fen,
            document_id=row.document_id,
            number=row.number,
        )
        for row in conn.execute(wanted)
    )


def next_number(conn: Connection) -> int:
    """One above the largest id: a start for member numbers, never one that was given before."""
    return int(conn.execute(select(func.coalesce(func.max(people.c.id), 0))).scalar_one()) + 1


def number_taken(conn: Connection, member_no: str) -> bool:
    return conn.execute(select(people.c.id).where(people.c.member_no == member_no)).first() is not None


def _diet(diet: list[str], allergies: list[str]) -> tuple[str, ...]:
    """An allergy is a diet tag at the till, which warns of it: peanut is no_peanut."""
    return tuple(dict.fromkeys((*diet, *(f"no_{food}" for food in allergies))))


def add_person(conn: Connection, values: dict[str, Any]) -> int:
    """Conflict (inside `guarded`) when the member number or the ID number is taken. Lists are tuples."""
    stored = {**values, "diet": to_json(values["diet"]), "allergies": to_json(values["allergies"])}
    return int(conn.execute(insert(people).returning(people.c.id), stored).scalar_one())


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who writes a fact down, and whether that is review enough."""

    user_id: int
    at_utc: str
    reviewed: bool


def add_facts(
    conn: Connection,
    person_id: int,
    kind: str,
    codes: Iterable[str],
    since: date,
    by: Recorder,
    source: str,
    until: date | None = None,
) -> None:
    rows = [
        {
            "person_id": person_id,
            "kind": kind,
            "code": code,
            "valid_from": since.isoformat(),
            "valid_to": until.isoformat() if until else None,
            "source": source,
            "recorded_by": by.user_id,
            "recorded_at_utc": by.at_utc,
            "reviewed_by": by.user_id if by.reviewed else None,
            "reviewed_at_utc": by.at_utc if by.reviewed else None,
        }
        for code in codes
    ]
    if rows:
        conn.execute(insert(person_facts), rows)


def set_photo(conn: Connection, person_id: int, photo: str) -> None:
    """`photo` is the picture's name, '' for none."""
    conn.execute(update(people).where(people.c.id == person_id).values(photo=photo))
