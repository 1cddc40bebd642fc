"""Who is enrolled already, in a few sets: a list of thousands is compared at once, not person by person."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import accounts, cards, documents, people, series


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """`cards` maps a code to its holder's name, `id_hashes` a keyed hash, `namesakes` (name, ISO birth date), to (name,
    member number)."""

    numbers: frozenset[str]
    cards: Mapping[str, str]
    id_hashes: Mapping[str, tuple[str, str]]
    namesakes: Mapping[tuple[str, str], tuple[str, str]]


def known_people(conn: Connection) -> KnownPeople:
    wanted = select(people.c.name, people.c.member_no, people.c.birth_date, people.c.id_number_hash)
    rows = conn.execute(wanted).all()
    holders = select(cards.c.code, people.c.name).join(people, people.c.id == cards.c.person_id, isouter=True)
    return KnownPeople(
        numbers=frozenset(row.member_no for row in rows),
        cards={row.code: row.name or "" for row in conn.execute(holders)},
        id_hashes={row.id_number_hash: (row.name, row.member_no) for row in rows if row.id_number_hash},
        namesakes={(row.name, row.birth_date): (row.name, row.member_no) for row in rows if row.birth_date},
    )


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A balance somebody brought along, as its document has it."""

    name: str
    member_no: str
    fen: int
    series: str
    number: int


def openings(conn: Connection, settlement_id: str) -> tuple[OpeningRow, ...]:
    """The opening documents of one import, in the order of their numbers."""
    wanted = (
        select(documents.c.number, documents.c.body, series.c.label)
        .join(series, series.c.id == documents.c.series_id)
        .where(documents.c.settlement_id == settlement_id, documents.c.kind == "opening")
        .order_by(documents.c.series_id, documents.c.number)
    )
    papers = [(row.label, row.number, from_json(row.body)) for row in conn.execute(wanted)]
    owners = {
        row.token: (row.name, row.member_no)
        for row in conn.execute(
            select(accounts.c.token, people.c.name, people.c.member_no).join(
                people, people.c.account_id == accounts.c.id
            )
        )
    }
    return tuple(
        OpeningRow(
            *owners.get(body["extra"]["purse"], ("", "")),
            fen=sum(fen for account, _fund, fen in body["entries"] if account == "opening"),
            series=label,
            number=number,
        )
        for label, number, body in papers
    )
