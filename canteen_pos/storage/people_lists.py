"""Lists of people: one statement a page, whatever is searched for, quick among 50,000.

The ids of a page come from narrow, covering indexes (`ix_people_listed`); only the rows that are shown are read whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select
from sqlalchemy import false as nothing

from canteen_pos.domain.diner import Diner
from canteen_pos.domain.membership import LastMeal
from canteen_pos.domain.person import DELIVERY, FILTERS, PeopleFilter
from canteen_pos.storage.diners import AS_RULES_SEE, Dated, diner_of
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.last_meals import latest, own_and_merged
from canteen_pos.storage.members import begins
from canteen_pos.storage.tables import accounts, cards, documents, people, person_facts


@dataclass(frozen=True, slots=True)
class Days:
    """The days that lists depend on: today, the last birth date of an elder, the last day that is 'soon', and the
    moment before which nobody who is not 'absent' has eaten for the last time."""

    today: date
    elder_born_by: date
    soon: date
    absent_since_utc: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name by its pinyin: initials, and of each character those that are read so ('' for any). It begins the name, or
    stands anywhere `within`."""

    initials: str
    signs: tuple[str, ...]
    within: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a search, as everything it may mean. `phone` is a part of a phone, `phone_tail` its last four."""

    member_nos: tuple[str, ...] = ()
    phone_tail: str = ""
    phone: str = ""
    initials: str = ""
    spelled: tuple[Spelled, ...] = ()
    part: str = ""
    born: str = ""
    id_hash: str = ""
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedRow:
    """`diner` is the person as rules see them today."""

    id: int
    name: str
    initials: str
    member_no: str
    birth_date: date | None
    card: str
    diner: Diner
    valid_to: date | None
    to_review: bool
    balance_fen: int
    bonus_fen: int
    last_meal: LastMeal | None
    photo: str
    active: bool
    left_on: date | None
    phone: str
    address: str
    contact_name: str
    contact_phone: str


_p, _f = people.c, person_facts.c
_FIELD, _NEXT = "\x1e", "\x1f"
"""What stands between the parts of a fact, and between facts, where many come as one text."""
_waiting = and_(_f.reviewed_by.is_(None), _f.recorded_at_utc.is_not(None))
"""A fact that nobody who may review has seen; facts of earlier releases have no moment and never wait."""
_entitles = _f.kind.in_(("category", "permit"))


def count(conn: Connection, which: PeopleFilter, wanted: Sequence[Wanted], days: Days) -> int:
    asked = select(func.count()).select_from(people).where(*_fits(conn, which, wanted, days))
    return int(conn.execute(asked).scalar_one())


def counts(conn: Connection, days: Days) -> dict[PeopleFilter, int]:
    """How many are on each list, in one statement."""
    asked = select(
        *(
            select(func.count())
            .select_from(people)
            .where(*_fits(conn, which, (), days))
            .scalar_subquery()
            .label(which)
            for which in FILTERS
        )
    )
    row = conn.execute(asked).one()
    return {which: int(row[place]) for place, which in enumerate(FILTERS)}


def page(
    conn: Connection, which: PeopleFilter, wanted: Sequence[Wanted], days: Days, offset: int, limit: int
) -> tuple[ListedRow, ...]:
    """The page's rows, by initials."""
    few = (
        select(_p.id)
        .where(*_fits(conn, which, wanted, days))
        .order_by(_p.initials, _p.id)
        .limit(limit)
        .offset(offset)
        .subquery("few")
    )
    asked = _rows(days.today).join(few, few.c.id == _p.id).order_by(_p.initials, _p.id)
    return tuple(_row(row) for row in conn.execute(asked))


def _rows(today: date) -> Select[Any]:
    day = today.isoformat()
    holds = and_(_f.person_id == _p.id, _f.valid_from <= day, or_(_f.valid_to.is_(None), _f.valid_to >= day))
    card = (
        select(cards.c.code)
        .where(cards.c.person_id == _p.id, cards.c.status == "active")
        .order_by(cards.c.id.desc())
        .limit(1)
    )
    own_meal, merged_meal = own_and_merged(_p.id)
    told = _f.kind + _FIELD + _f.code + _FIELD + _f.valid_from
    facts = select(func.aggregate_strings(told, _NEXT)).where(holds)
    return select(
        _p.id,
        _p.name,
        _p.initials,
        _p.member_no,
        _p.photo,
        _p.active,
        _p.left_on,
        _p.phone,
        _p.address,
        _p.contact_name,
        _p.contact_phone,
        *AS_RULES_SEE,
        accounts.c.balance_fen,
        accounts.c.bonus_fen,
        card.scalar_subquery().label("card"),
        own_meal.label("own_meal"),
        merged_meal.label("merged_meal"),
        facts.scalar_subquery().label("facts"),
        select(func.min(_f.valid_to)).where(holds, _entitles).scalar_subquery().label("valid_to"),
        exists().where(_f.person_id == _p.id, _waiting).label("to_review"),
    ).join(accounts, accounts.c.id == _p.account_id, isouter=True)


def _row(row: Any) -> ListedRow:
    return ListedRow(
        id=row.id,
        name=row.name,
        initials=row.initials,
        member_no=row.member_no,
        birth_date=_day(row.birth_date),
        card=row.card or "",
        diner=diner_of(row, [Dated(*one.split(_FIELD)) for one in (row.facts or "").split(_NEXT) if one]),
        valid_to=_day(row.valid_to),
        to_review=bool(row.to_review),
        balance_fen=row.balance_fen or 0,
        bonus_fen=row.bonus_fen or 0,
        last_meal=latest(row.own_meal, row.merged_meal),
        photo=row.photo,
        active=bool(row.active),
        left_on=_day(row.left_on),
        phone=row.phone,
        address=row.address,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# -- who is on a list -------------------------------------------------------------------------------


def _fits(
    conn: Connection, which: PeopleFilter, wanted: Sequence[Wanted], days: Days
) -> list[ColumnElement[bool]]:
    return [_p.active == 1, *_on_list(which, days), *(_means(conn, one) for one in wanted)]


def _on_list(which: PeopleFilter, days: Days) -> list[ColumnElement[bool]]:
    today = days.today.isoformat()
    here = or_(_p.left_on.is_(None), _p.left_on > today)
    match which:
        case "all":
            return []
        case "left":
            return [_p.left_on <= today]
        case "aged_60":
            return [here, _p.birth_date <= days.elder_born_by.isoformat()]
        case "delivery":
            return [here, _p.id.in_(_with_delivery(today))]
        case "expiring":
            return [here, _p.id.in_(_expiring(today, days.soon.isoformat()))]
        case "to_review":
            return [here, _p.id.in_(select(_f.person_id).where(_waiting))]
        case "absent":
            known = func.coalesce(_p.enrolled_at_utc, "") < days.absent_since_utc
            return [here, known, _p.id.not_in(_seen_since(days.absent_since_utc))]
    return [here]


def _seen_since(moment_utc: str) -> CompoundSelect[Any]:
    """Who was here since, on this record or on one that was merged into it."""
    d, gone = documents.c, people.alias("gone")
    on_this = select(d.person_id).where(d.at_utc >= moment_utc, d.person_id.is_not(None))
    on_that = (
        select(gone.c.merged_into)
        .join(documents, d.person_id == gone.c.id)
        .where(gone.c.merged_into.is_not(None), d.at_utc >= moment_utc)
    )
    return on_this.union_all(on_that)


def _with_delivery(today: str) -> Select[Any]:
    holds = and_(_f.valid_from <= today, or_(_f.valid_to.is_(None), _f.valid_to >= today))
    return select(_f.person_id).where(_f.kind == "permit", _f.code == DELIVERY, holds)


def _expiring(today: str, soon: str) -> Select[Any]:
    """Whose category or permit ends soon and was not renewed."""
    later = person_facts.alias("later")
    renewed = exists().where(
        later.c.person_id == _f.person_id,
        later.c.kind == _f.kind,
        later.c.code == _f.code,
        or_(later.c.valid_to.is_(None), later.c.valid_to > _f.valid_to),
    )
    return select(_f.person_id).where(_f.valid_to.between(today, soon), _entitles, ~renewed)


def _means(conn: Connection, wanted: Wanted) -> ColumnElement[bool]:
    """Whom one word may mean; a record that was merged away answers with the one that was kept."""
    own = _of(conn, people, wanted)
    merged = people.alias("merged")
    kept = select(merged.c.merged_into).where(merged.c.merged_into.is_not(None), _of(conn, merged, wanted))
    ways = [own, _p.id.in_(kept)]
    if wanted.cards:
        ways.append(_p.id.in_(select(cards.c.person_id).where(cards.c.code.in_(wanted.cards))))
    return or_(*ways)


def _of(conn: Connection, table: Any, wanted: Wanted) -> ColumnElement[bool]:
    p = table.c
    ways: list[ColumnElement[bool]] = []
    if wanted.member_nos:
        ways.append(p.member_no.in_(wanted.member_nos))
    if wanted.phone_tail:
        ways += [p.phone.endswith(wanted.phone_tail), p.contact_phone.endswith(wanted.phone_tail)]
    if wanted.phone:
        ways += [p.phone.contains(wanted.phone), p.contact_phone.contains(wanted.phone)]
    if wanted.initials:
        ways.append(begins(conn, p.initials, wanted.initials))
    ways += [_reads(conn, p, one) for one in wanted.spelled]
    if wanted.born:
        ways.append(p.birth_date == wanted.born)
    if wanted.id_hash:
        ways.append(p.id_number_hash == wanted.id_hash)
    if wanted.part:
        ways += [
            column.contains(wanted.part, autoescape=True) for column in (p.name, p.address, p.contact_name)
        ]
    return or_(nothing(), *ways)


def _reads(conn: Connection, p: Any, spelled: Spelled) -> ColumnElement[bool]:
    """A name that is read so; initials first, which is quick. SQLite's GLOB and PostgreSQL's ~ both know [classes]."""
    name = func.replace(p.name, "·", "")
    sqlite = conn.dialect.name == "sqlite"
    any_sign = "?" if sqlite else "."
    signs = "".join(f"[{one}]" if one else any_sign for one in spelled.signs)
    if spelled.within:
        near = p.initials.contains(spelled.initials)
        return and_(near, name.op("glob")(f"*{signs}*") if sqlite else name.op("~")(signs))
    near = begins(conn, p.initials, spelled.initials)
    return and_(near, name.op("glob")(f"{signs}*") if sqlite else name.op("~")(f"^{signs}"))
