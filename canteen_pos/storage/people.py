"""One person's whole record: read for the story, changed by hand, cards and proxies and dated facts beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, insert, or_, select, update

from canteen_pos.domain.person import CardOnFile, FactOnFile, ProxyOnFile, RecentDocument
from canteen_pos.domain.sale import number_text
from canteen_pos.storage.columns import from_json, local_moment, to_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids
from canteen_pos.storage.tables import (
    accounts,
    cards,
    documents,
    payments,
    people,
    person_facts,
    proxies,
    series,
    users,
)

_p = people.c
LISTS = ("diet", "allergies")
"""Columns that hold a JSON list."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """The columns of a person with their purse. `values` is by column name, lists as tuples."""

    values: dict[str, Any]
    balance_fen: int
    bonus_fen: int

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def record(conn: Connection, person_id: int, *, held: bool = False) -> PersonRecord | None:
    """Anybody ever written down here, erased and merged ones included; `held` until the transaction ends."""
    wanted = (
        select(people, accounts.c.balance_fen, accounts.c.bonus_fen)
        .join(accounts, accounts.c.id == _p.account_id, isouter=True)
        .where(_p.id == person_id)
    )
    if held:
        wanted = wanted.with_for_update(of=people)
    row = conn.execute(wanted).first()
    if row is None:
        return None
    values = dict(row._mapping)  # noqa: SLF001 - the public name of a row's mapping
    balance, bonus = values.pop("balance_fen"), values.pop("bonus_fen")
    values.update({name: tuple(from_json(values[name])) for name in LISTS})
    return PersonRecord(values, balance or 0, bonus or 0)


def change(conn: Connection, person_id: int, values: dict[str, Any]) -> None:
    """Conflict (inside `guarded`) when an ID number is somebody else's."""
    stored = {name: to_json(value) if name in LISTS else value for name, value in values.items()}
    if stored:
        conn.execute(update(people).where(_p.id == person_id).values(**stored))


def rename_purse(conn: Connection, account_id: int, name: str) -> None:
    conn.execute(
        update(accounts).where(accounts.c.id == account_id, accounts.c.kind == "wallet").values(name=name)
    )


def holder_of_id_number(conn: Connection, id_hash: str) -> tuple[int, str, str] | None:
    """(id, name, member number) of who was enrolled with this number."""
    row = conn.execute(select(_p.id, _p.name, _p.member_no).where(_p.id_number_hash == id_hash)).first()
    return None if row is None else (row.id, row.name, row.member_no)


def merged_numbers(conn: Connection, person_id: int) -> tuple[str, ...]:
    """Member numbers of the records that were merged into this one."""
    wanted = select(_p.member_no).where(_p.merged_into == person_id).order_by(_p.id)
    return tuple(conn.execute(wanted).scalars())


# -- cards ------------------------------------------------------------------------------------------


def cards_of(conn: Connection, person_id: int, offset: int) -> tuple[CardOnFile, ...]:
    """Every card this person ever had, the newest first."""
    return _cards(conn, cards.c.person_id == person_id, offset)


def _cards(conn: Connection, fits: Any, offset: int) -> tuple[CardOnFile, ...]:
    giver, ender = users.alias("giver"), users.alias("ender")
    c = cards.c
    wanted = (
        select(
            c.id,
            c.code,
            c.status,
            c.issued_at_utc,
            giver.c.name.label("giver"),
            c.ended_at_utc,
            ender.c.name.label("ender"),
        )
        .join(giver, giver.c.id == c.issued_by, isouter=True)
        .join(ender, ender.c.id == c.ended_by, isouter=True)
        .where(fits)
        .order_by(c.id.desc())
    )
    return tuple(
        CardOnFile(
            row.id,
            row.code,
            row.status,
            local_moment(row.issued_at_utc, offset),
            row.giver or "",
            local_moment(row.ended_at_utc, offset) if row.ended_at_utc else None,
            row.ender or "",
        )
        for row in conn.execute(wanted)
    )


# -- proxies ----------------------------------------------------------------------------------------


def proxies_of(conn: Connection, person_id: int, today: date) -> tuple[ProxyOnFile, ...]:
    """Who may or might collect for this person, the newest first."""
    x = proxies.c
    wanted = (
        select(proxies, users.c.name.label("recorder"))
        .join(users, users.c.id == x.recorded_by, isouter=True)
        .where(x.person_id == person_id)
        .order_by(x.id.desc())
    )
    return tuple(_proxy(row, today) for row in conn.execute(wanted))


def _proxy(row: Any, today: date) -> ProxyOnFile:
    since, until = date.fromisoformat(row.valid_from), _day(row.valid_to)
    holds = since <= today and (until is None or today <= until)
    return ProxyOnFile(row.id, row.name, row.phone, row.relation, since, until, row.recorder or "", holds)


def add_proxy(conn: Connection, values: dict[str, Any]) -> int:
    return int(conn.execute(insert(proxies).values(**values).returning(proxies.c.id)).scalar_one())


def end_proxy(conn: Connection, proxy_id: int, person_id: int, last_day: date) -> bool:
    """False when this person has no such proxy, or it ended earlier. One that had not begun ends before it begins."""
    x = proxies.c
    changed = conn.execute(
        update(proxies)
        .where(x.id == proxy_id, x.person_id == person_id)
        .where(or_(x.valid_to.is_(None), x.valid_to > last_day.isoformat()))
        .values(valid_to=last_day.isoformat(), valid_from=_earlier(x.valid_from, last_day))
    )
    return changed.rowcount == 1


def _earlier(column: Any, day: date) -> Any:
    return case((column > day.isoformat(), day.isoformat()), else_=column)


# -- dated facts ------------------------------------------------------------------------------------


def facts_of(conn: Connection, person_id: int, today: date) -> tuple[FactOnFile, ...]:
    """The timeline, what holds longest first; `words` is the code as stored, services put the pack's word."""
    writer, reader = users.alias("writer"), users.alias("reader")
    f = person_facts.c
    wanted = (
        select(person_facts, writer.c.name.label("writer"), reader.c.name.label("reader"))
        .join(writer, writer.c.id == f.recorded_by, isouter=True)
        .join(reader, reader.c.id == f.reviewed_by, isouter=True)
        .where(f.person_id == person_id)
        .order_by(f.valid_from.desc(), f.id.desc())
    )
    return tuple(_fact(row, today) for row in conn.execute(wanted))


def _fact(row: Any, today: date) -> FactOnFile:
    since, until = date.fromisoformat(row.valid_from), _day(row.valid_to)
    past, future = until is not None and until < today, since > today
    return FactOnFile(
        id=row.id,
        kind=row.kind,
        code=row.code,
        words=row.code,
        since=since,
        until=until,
        source=row.source,
        recorded_by=row.writer or "",
        reviewed_by=row.reader or "",
        to_review=row.recorded_at_utc is not None and row.reviewed_by is None,
        when="past" if past else "future" if future else "now",
    )


# -- papers -----------------------------------------------------------------------------------------


def recent(conn: Connection, person_id: int, limit: int) -> tuple[RecentDocument, ...]:
    """Their newest documents first, those of merged records included, with the first tender of each."""
    d = documents.c
    tender = (
        select(payments.c.tender)
        .where(payments.c.document_id == d.id)
        .order_by(payments.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(
            d.id,
            d.kind,
            d.at_utc,
            d.offset_min,
            d.service_date,
            d.period,
            d.number,
            d.list_fen,
            d.pays_fen,
            series.c.label,
            tender.label("tender"),
        )
        .join(series, series.c.id == d.series_id)
        .where(d.person_id.in_(ids(person_id)))
        .order_by(d.at_utc.desc(), d.id)
        .limit(limit)
    )
    return tuple(
        RecentDocument(
            document_id=row.id,
            kind=row.kind,
            at=local_moment(row.at_utc, row.offset_min),
            service_date=date.fromisoformat(row.service_date),
            period=row.period,
            number_text=number_text(row.label, row.number),
            pays_fen=row.pays_fen,
            gain_fen=row.list_fen - row.pays_fen if row.kind in ("sale", "refund") else 0,
            tender=row.tender or "",
        )
        for row in conn.execute(wanted)
    )


def moment(text: str | None, offset: int) -> datetime | None:
    return local_moment(text, offset) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# -- sealed ID numbers ------------------------------------------------------------------------------


def sealed_numbers(conn: Connection) -> int:
    """How many ID numbers are kept."""
    wanted = select(func.count()).where(_p.id_number_sealed != "")
    return int(conn.execute(wanted).scalar_one())


def forget_numbers(conn: Connection) -> int:
    """Drop what no key opens any more; how many."""
    sealed = (_p.id_number_sealed != "") | _p.id_number_hash.is_not(None)
    return conn.execute(
        update(people).where(sealed).values(id_number_sealed="", id_number_hash=None)
    ).rowcount
