"""The same request twice is one document: the second time answers with the first."""

from canteen_pos.domain.sale import number_text
from canteen_pos.services.documents import Earlier, Recorded
from canteen_pos.storage import money_documents
from canteen_pos.storage.engine import Connection


def recorded_before(conn: Connection, earlier: Earlier) -> Recorded:
    """What the first request answered."""
    stored = money_documents.stored(conn, earlier.id)
    return Recorded(
        document_id=earlier.id,
        number_text=number_text(earlier.label, earlier.number),
        hash=stored.hash,
        at=stored.at,
        business_date=stored.business_date,
    )
