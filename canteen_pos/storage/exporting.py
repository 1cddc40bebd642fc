"""Every row about one person, as plain values by table: what somebody may ask for by right."""

from typing import Any

from sqlalchemy import Table, and_, or_, select

from canteen_pos.domain.sale import number_text
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids
from canteen_pos.storage.tables import (
    accounts,
    cards,
    documents,
    events,
    ledger_entries,
    people,
    person_facts,
    point_entries,
    proxies,
    quota_uses,
    series,
    users,
    vouchers,
)

_SECRET = {"salt", "id_number_hash", "id_number_sealed"}
"""What proves or finds, and says nothing to the person; the number itself stands beside, opened."""


def everything(conn: Connection, person_id: int) -> dict[str, Any]:
    """By table; people are named by their id, staff by their names."""
    records = tuple(conn.execute(ids(person_id)).scalars())
    staff = {row.id: row.name for row in conn.execute(select(users.c.id, users.c.name))}
    tokens = tuple(conn.execute(select(people.c.token).where(people.c.id.in_(records))).scalars())
    purse = select(people.c.account_id).where(people.c.id.in_(records))
    own = [_plain(row, staff) for row in conn.execute(select(people).where(people.c.id.in_(records)))]
    found: dict[str, Any] = {
        "people": [{name: value for name, value in one.items() if name not in _SECRET} for one in own],
        "purses": [
            _plain(row, staff) for row in conn.execute(select(accounts).where(accounts.c.id.in_(purse)))
        ],
    }
    for name, table in (
        ("cards", cards),
        ("facts", person_facts),
        ("proxies", proxies),
        ("vouchers", vouchers),
        ("points", point_entries),
    ):
        found[name] = _of(conn, table, records, staff)
    uses = select(quota_uses).where(quota_uses.c.person_token.in_(tokens)).order_by(quota_uses.c.id)
    found["quota_uses"] = [_plain(row, staff) for row in conn.execute(uses)]
    found["documents"] = _documents(conn, records, _own_purses(conn, records))
    found["log"] = _log(conn, records, staff)
    return found


def _of(
    conn: Connection, table: Table, records: tuple[int, ...], staff: dict[int, str]
) -> list[dict[str, Any]]:
    wanted = select(table).where(table.c.person_id.in_(records)).order_by(table.c.id)
    return [_plain(row, staff) for row in conn.execute(wanted)]


def _own_purses(conn: Connection, records: tuple[int, ...]) -> list[str]:
    """Ledger accounts of purses that nobody else uses."""
    others = people.alias()
    shared = select(others.c.account_id).where(others.c.id.not_in(records), others.c.account_id.is_not(None))
    mine = select(people.c.account_id).where(people.c.id.in_(records))
    tokens = conn.execute(
        select(accounts.c.token).where(accounts.c.id.in_(mine), accounts.c.id.not_in(shared))
    )
    return [f"{side}:{token}" for token in tokens.scalars() for side in ("wallet", "bonus")]


def _documents(conn: Connection, records: tuple[int, ...], purses: list[str]) -> list[dict[str, Any]]:
    """Each as it was signed, with the facts it used: what names the person, and what moved their purse without it."""
    d, e = documents.c, ledger_entries.c
    moved = select(e.document_id).where(e.account.in_(purses))
    wanted = (
        select(d.number, d.body, d.applied, d.hash, series.c.label)
        .join(series, series.c.id == d.series_id)
        .where(or_(d.person_id.in_(records), and_(d.person_id.is_(None), d.id.in_(moved))))
        .order_by(d.at_utc, d.number)
    )
    return [
        {
            "number": number_text(row.label, row.number),
            "signed": from_json(row.body),
            "facts_used": from_json(row.applied),
            "hash": row.hash,
        }
        for row in conn.execute(wanted)
    ]


def _log(conn: Connection, records: tuple[int, ...], staff: dict[int, str]) -> list[dict[str, Any]]:
    """What was done with this person's record: who looked at the ID number, who changed what."""
    told = []
    likely = events.c.body.like('%"person_id":%')
    for row in conn.execute(select(events).where(likely).order_by(events.c.id)):
        body = from_json(row.body)
        if body.get("person_id") in records or body.get("dropped_id") in records:
            told.append(_plain(row, staff) | {"body": body})
    return told


_STAFF = ("recorded_by", "reviewed_by", "issued_by", "ended_by", "actor_id")


def _plain(row: Any, staff: dict[int, str]) -> dict[str, Any]:
    values = dict(row._mapping)  # noqa: SLF001 - the public name of a row's mapping
    return {name: staff.get(value, value) if name in _STAFF else value for name, value in values.items()}
