"""Reading the ledger, document by document, in the order of the books."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from canteen_pos.domain.sale import Entry
from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Booked:
    """A document's head and its entries (fen, debit positive)."""

    business_date: str
    series: str
    number: int
    kind: str
    hash: str
    entries: tuple[Entry, ...]


def booked(conn: Connection) -> Iterator[Booked]:
    """Every document that has entries, by business day, series and number."""
    rows = conn.execution_options(stream_results=True).execute(
        select(
            t.documents.c.business_date,
            t.series.c.label,
            t.documents.c.number,
            t.documents.c.kind,
            t.documents.c.hash,
            t.ledger_entries.c.account,
            t.ledger_entries.c.fen,
            t.ledger_entries.c.fund,
        )
        .join(t.documents, t.documents.c.id == t.ledger_entries.c.document_id)
        .join(t.series, t.series.c.id == t.documents.c.series_id)
        .order_by(
            t.documents.c.business_date, t.documents.c.series_id, t.documents.c.number, t.ledger_entries.c.seq
        )
    )
    for _, sides in groupby(rows, key=lambda row: row.hash):
        entries = list(sides)
        head = entries[0]
        yield Booked(
            head.business_date,
            head.label,
            head.number,
            head.kind,
            head.hash,
            tuple(Entry(row.account, row.fen, row.fund) for row in entries),
        )
