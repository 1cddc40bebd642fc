"""Reading back documents that are no sales: top-ups, cash movements."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from canteen_pos.storage.columns import local_moment
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import documents


@dataclass(frozen=True, slots=True)
class Stored:
    hash: str
    at: datetime
    business_date: str


def stored(conn: Connection, document_id: str) -> Stored:
    """What numbering gave a document. NoResultFound when there is none."""
    row = conn.execute(
        select(documents.c.hash, documents.c.at_utc, documents.c.offset_min, documents.c.business_date).where(
            documents.c.id == document_id
        )
    ).one()
    return Stored(row.hash, local_moment(row.at_utc, row.offset_min), row.business_date)
